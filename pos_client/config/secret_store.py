"""Where secrets are kept: the system's keyring, or a file for the owner alone where there is no keyring.

Apart from ``credentials`` because the choice is made once, when a lane is enrolled, and is then kept: a keyring that is
locked today must not make a lane believe that it has no key.
"""

import base64
import hashlib
import json
import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol, TypeVar

from pos_client.domain.errors import StorageUnavailable

from .paths import Home
from .whole_file import replace_file

SERVICE: Final = "pos-client"
ENVIRONMENT: Final = "POS_CLIENT_KEYRING"
KEYRING: Final = "keyring"
FILE: Final = "file"
ANSWER_WITHIN_S: Final = 5.0
LOG: Final = logging.getLogger(__name__)
T = TypeVar("T")


class SecretStore(Protocol):
    """Named secrets of one home."""

    is_file_backed: bool

    def read(self, name: str) -> bytes | None:
        """A secret, None where none is kept. Raises StorageUnavailable."""

    def write(self, name: str, secret: bytes) -> None:
        """Keep a secret. Raises StorageUnavailable."""

    def delete(self, name: str) -> None:
        """Forget a secret, also one that is not there. Raises StorageUnavailable."""


class FileSecrets:
    """Secrets in one file with mode 0600.

    Args:
        path: the file; made by the first ``write``.
    """

    is_file_backed = True

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def read(self, name: str) -> bytes | None:
        """A secret, None where none is kept."""
        text = self._all().get(name)
        return None if text is None else base64.b64decode(text)

    def write(self, name: str, secret: bytes) -> None:
        """Keep a secret."""
        with self._lock:
            self._replace({**self._all(), name: base64.b64encode(secret).decode()})

    def delete(self, name: str) -> None:
        """Forget a secret."""
        with self._lock:
            kept = self._all()
            if kept.pop(name, None) is not None:
                self._replace(kept)

    def _replace(self, secrets: dict[str, str]) -> None:
        replace_file(self._path, json.dumps(secrets, indent=1).encode())

    def _all(self) -> dict[str, str]:
        try:
            if self._path.stat().st_mode & 0o077:
                self._path.chmod(0o600)
            found: dict[str, str] = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise StorageUnavailable(f"{self._path.name}: {type(error).__name__}", path=str(self._path)) from error
        return found


class KeyringSecrets:
    """Secrets in the system's keyring, one entry per name and home folder.

    Args:
        root: the home folder; two homes of one user do not share secrets.
    """

    is_file_backed = False

    def __init__(self, root: Path) -> None:
        self._home = hashlib.sha256(str(root).encode()).hexdigest()[:16]

    def read(self, name: str) -> bytes | None:
        """A secret, None where none is kept."""
        import keyring  # noqa: PLC0415 - its search for back ends costs 0.15 s that a file-backed lane never pays

        text = _answered(lambda: keyring.get_password(SERVICE, self._entry(name)))
        return None if text is None else base64.b64decode(text)

    def write(self, name: str, secret: bytes) -> None:
        """Keep a secret."""
        import keyring  # noqa: PLC0415

        text = base64.b64encode(secret).decode()
        _answered(lambda: keyring.set_password(SERVICE, self._entry(name), text))

    def delete(self, name: str) -> None:
        """Forget a secret."""
        import keyring  # noqa: PLC0415

        if self.read(name) is not None:
            _answered(lambda: keyring.delete_password(SERVICE, self._entry(name)))

    def _entry(self, name: str) -> str:
        return f"{self._home}/{name}"


def open_secrets(home: Home, kept_in: str = "") -> SecretStore:
    """The store that a home uses.

    Args:
        home: the lane's home folder.
        kept_in: ``keyring`` or ``file`` as the enrolment remembers it; empty to choose now: the keyring where one
            answers, unless ``POS_CLIENT_KEYRING=file`` says otherwise or the file is there already.
    """
    if not kept_in:
        wants_file = os.environ.get(ENVIRONMENT) == FILE or home.secrets.exists()
        kept_in = FILE if wants_file or not _keyring_answers() else KEYRING
    return FileSecrets(home.secrets) if kept_in == FILE else KeyringSecrets(home.root)


def _keyring_answers() -> bool:
    """Whether a real keyring is there and open; on a machine without a desktop there is none."""
    import keyring  # noqa: PLC0415
    from keyring.backends import fail, null  # noqa: PLC0415

    try:
        backend = _answered(keyring.get_keyring)
        if isinstance(backend, fail.Keyring | null.Keyring):
            return False
        _answered(lambda: keyring.get_password(SERVICE, "probe"))
    except StorageUnavailable as error:
        LOG.info("no usable keyring: %s", error.detail)
        return False
    return True


def _answered(call: Callable[[], T]) -> T:
    """The result of a call to the keyring, which may wait for ever for a password that nobody types."""
    from keyring.errors import KeyringError  # noqa: PLC0415

    outcome: list[T] = []
    faults: list[Exception] = []

    def work() -> None:
        try:
            outcome.append(call())
        except (KeyringError, RuntimeError, OSError, ValueError) as error:
            faults.append(error)

    thread = threading.Thread(target=work, name="keyring", daemon=True)
    thread.start()
    thread.join(ANSWER_WITHIN_S)
    if outcome:
        return outcome[0]
    cause = type(faults[0]).__name__ if faults else f"no answer within {ANSWER_WITHIN_S:.0f} s"
    raise StorageUnavailable(f"keyring: {cause}") from (faults[0] if faults else None)
