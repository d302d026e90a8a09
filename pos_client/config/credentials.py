"""This lane's secrets by name: its key, the store's secret, and the journal's last witness.

Apart from where they are kept, so that the rest of the program asks for a key and never for a keyring.
"""

import json
import secrets
from typing import Final

from pos_client.domain.errors import StorageUnavailable
from pos_client.domain.keyed_hash import SECRET_BYTES
from pos_client.domain.verdict import EntryRef

from .secret_store import SecretStore
from .signing_keys import DeviceKey

_PENDING: Final = "pending-key"
_CAMERA: Final = "camera-password"


class Credentials:
    """The secrets of the devices that this home is or was.

    Args:
        secrets: where they are kept.
    """

    def __init__(self, secrets: SecretStore) -> None:
        self._secrets = secrets

    @property
    def is_file_backed(self) -> bool:
        """Whether they lie in a file and not in a keyring; ``doctor`` and ``status`` warn."""
        return self._secrets.is_file_backed

    def pending_key(self) -> DeviceKey:
        """The key to enrol with; the same one again until an enrolment took it, so that a lost reply costs nothing."""
        kept = self._secrets.read(_PENDING)
        if kept is not None:
            return DeviceKey(kept)
        key = DeviceKey.generate()
        self._secrets.write(_PENDING, key.private_bytes())
        return key

    def adopt(self, device: str, store_secret: bytes) -> None:
        """Make the pending key a device's, and keep the store's secret with it."""
        self._secrets.write(f"{device}/key", self.pending_key().private_bytes())
        self._secrets.write(f"{device}/store-secret", store_secret)
        self._secrets.delete(_PENDING)

    def device_key(self, device: str) -> DeviceKey:
        """The lane's key.

        Raises:
            StorageUnavailable: it is not there, or the keyring does not answer.
        """
        return DeviceKey(self._required(f"{device}/key"))

    def store_secret(self, device: str) -> bytes:
        """The 32 bytes behind every keyed hash of this store.

        Raises:
            StorageUnavailable: it is not there, or the keyring does not answer.
        """
        return self._required(f"{device}/store-secret")

    def destroy_store_secret(self, device: str) -> None:
        """Put random bytes in its place: what it opened stays shut for ever, and nothing that asks for one breaks."""
        self._secrets.write(f"{device}/store-secret", secrets.token_bytes(SECRET_BYTES))

    def forget(self, device: str) -> None:
        """Keep nothing of a device that this home is no more."""
        for name in ("store-secret", "key", "head"):
            self._secrets.delete(f"{device}/{name}")

    def camera_password(self) -> str:
        """The network camera's password; empty where none was kept. It belongs to the place, not to the device."""
        return (self._secrets.read(_CAMERA) or b"").decode("utf-8", "replace")

    def keep_camera_password(self, password: str) -> None:
        """Keep the network camera's password, or forget it where it is empty."""
        if password:
            self._secrets.write(_CAMERA, password.encode())
        else:
            self._secrets.delete(_CAMERA)

    def head_witness(self, device: str) -> EntryRef | None:
        """The newest journal entry that was witnessed here; a journal that is shorter has lost its tail."""
        kept = self._secrets.read(f"{device}/head")
        if kept is None:
            return None
        try:
            epoch, seq, digest = json.loads(kept)
            return EntryRef(int(epoch), int(seq), str(digest))
        except (TypeError, ValueError) as error:
            raise StorageUnavailable("the journal's witness cannot be read") from error

    def witness_head(self, device: str, head: EntryRef) -> None:
        """Remember the newest journal entry outside the journal."""
        self._secrets.write(f"{device}/head", json.dumps([head.epoch, head.seq, head.hash]).encode())

    def _required(self, name: str) -> bytes:
        secret = self._secrets.read(name)
        if secret is None:
            raise StorageUnavailable(
                "a secret of this lane is missing where it was kept", secret=name.partition("/")[2]
            )
        return secret
