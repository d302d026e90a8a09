"""Secrets: in the keyring where one answers, else in a file for the owner alone; never silently somewhere else."""

import stat
import threading
from collections.abc import Generator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from pos_client.config import secret_store
from pos_client.config.credentials import Credentials
from pos_client.config.paths import Home
from pos_client.config.secret_store import FileSecrets, KeyringSecrets, open_secrets
from pos_client.domain.errors import StorageUnavailable
from pos_client.domain.verdict import EntryRef


class DesktopKeyring(KeyringBackend):
    """A keyring as a desktop has one."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")


class LockedKeyring(DesktopKeyring):
    """One that says no."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("locked")


class AskingKeyring(DesktopKeyring):
    """One that waits for a password that nobody types."""

    def __init__(self, answered: threading.Event) -> None:
        super().__init__()
        self.answered = answered

    def get_password(self, service: str, username: str) -> str | None:
        self.answered.wait(30)
        return None


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.create()
    return made


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> Generator[DesktopKeyring, None, None]:
    before, made = keyring.get_keyring(), DesktopKeyring()
    monkeypatch.delenv("POS_CLIENT_KEYRING", raising=False)
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def test_a_desktop_keeps_them_in_its_keyring(home: Home, desktop: DesktopKeyring) -> None:
    secrets = open_secrets(home)
    secrets.write("a", b"\x00\xffsecret")

    assert not secrets.is_file_backed
    assert secrets.read("a") == b"\x00\xffsecret"
    assert secrets.read("b") is None
    assert not home.secrets.exists()
    secrets.delete("a")
    secrets.delete("a")
    assert secrets.read("a") is None


def test_two_homes_do_not_share_secrets(tmp_path: Path, desktop: DesktopKeyring) -> None:
    first, second = KeyringSecrets(tmp_path / "1"), KeyringSecrets(tmp_path / "2")
    first.write("a", b"1")

    assert second.read("a") is None


def test_a_machine_without_a_keyring_uses_a_file(home: Home) -> None:
    secrets = open_secrets(home)
    secrets.write("a", b"\x00\xff")
    secrets.write("b", b"2")
    secrets.delete("b")

    assert secrets.is_file_backed
    assert FileSecrets(home.secrets).read("a") == b"\x00\xff"
    assert FileSecrets(home.secrets).read("b") is None
    assert stat.S_IMODE(home.secrets.stat().st_mode) == 0o600


def test_a_file_that_others_may_read_is_closed_again(home: Home) -> None:
    secrets = FileSecrets(home.secrets)
    secrets.write("a", b"1")
    home.secrets.chmod(0o644)

    secrets.read("a")

    assert stat.S_IMODE(home.secrets.stat().st_mode) == 0o600


def test_the_environment_may_insist_on_the_file(
    home: Home, desktop: DesktopKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POS_CLIENT_KEYRING", "file")

    assert open_secrets(home).is_file_backed


def test_a_choice_once_made_is_kept(home: Home, desktop: DesktopKeyring) -> None:
    FileSecrets(home.secrets).write("a", b"1")

    assert open_secrets(home).is_file_backed
    assert open_secrets(home, "file").is_file_backed
    assert not open_secrets(home, "keyring").is_file_backed


def test_a_locked_keyring_is_not_chosen_and_never_replaced(home: Home, desktop: DesktopKeyring) -> None:
    keyring.set_keyring(LockedKeyring())

    chosen_now = open_secrets(home)
    enrolled_before = open_secrets(home, "keyring")

    assert chosen_now.is_file_backed
    with pytest.raises(StorageUnavailable, match="KeyringLocked"):
        enrolled_before.read("a")


def test_a_keyring_that_asks_for_a_password_does_not_hang_us(
    home: Home, desktop: DesktopKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = threading.Event()
    keyring.set_keyring(AskingKeyring(answered))
    monkeypatch.setattr(secret_store, "ANSWER_WITHIN_S", 0.1)

    assert open_secrets(home).is_file_backed
    answered.set()


def test_a_torn_secrets_file_is_a_fault_of_the_world(home: Home) -> None:
    home.secrets.write_text('{"a": ')

    with pytest.raises(StorageUnavailable):
        FileSecrets(home.secrets).read("a")


def test_a_lost_reply_enrols_with_the_same_key(home: Home) -> None:
    first = Credentials(open_secrets(home)).pending_key()
    again = Credentials(open_secrets(home)).pending_key()

    assert first.public_bytes() == again.public_bytes()


def test_an_enrolment_takes_the_pending_key(home: Home) -> None:
    credentials = Credentials(open_secrets(home))
    key = credentials.pending_key()
    credentials.adopt("d-1", bytes(32))

    later = Credentials(open_secrets(home))
    assert later.device_key("d-1").public_bytes() == key.public_bytes()
    assert later.store_secret("d-1") == bytes(32)
    assert later.pending_key().public_bytes() != key.public_bytes()
    assert later.is_file_backed


def test_a_missing_key_is_never_made_anew(home: Home) -> None:
    credentials = Credentials(open_secrets(home))

    with pytest.raises(StorageUnavailable):
        credentials.device_key("d-1")
    with pytest.raises(StorageUnavailable):
        credentials.store_secret("d-1")


def test_the_journals_head_is_witnessed(home: Home) -> None:
    credentials = Credentials(open_secrets(home))
    before = credentials.head_witness("d-1")
    credentials.witness_head("d-1", EntryRef(2, 17, "ab" * 32))

    assert before is None
    assert Credentials(open_secrets(home)).head_witness("d-1") == EntryRef(2, 17, "ab" * 32)


@pytest.mark.parametrize("kept", [b"", b"[]", b"[1]", b"{}", b'["a","b","c"]', b"\xff"])
def test_a_damaged_witness_is_a_fault_of_the_world(home: Home, kept: bytes) -> None:
    secrets = open_secrets(home)
    secrets.write("d-1/head", kept)

    with pytest.raises(StorageUnavailable):
        Credentials(secrets).head_witness("d-1")
