"""The reserve: really taken from the disk, given up once, laid in again."""

import os
from pathlib import Path

import pytest

from pos_client.domain.errors import DiskFull
from pos_client.storage.ballast import Ballast
from tests import builders as a

SIZE = 256 * 1024
SPENT = "reserve of the journal was given up"


def test_it_takes_room_and_gives_it_up_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    ballast = Ballast.beside(tmp_path / "journal.db", SIZE)
    file = tmp_path / "journal.ballast"

    assert not ballast.is_spent
    assert file.stat().st_blocks * 512 >= SIZE
    assert Ballast.beside(tmp_path / "journal.db", SIZE).is_spent is False


@pytest.mark.expects_log(SPENT)
def test_it_is_given_up_once_and_laid_in_again(tmp_path: Path) -> None:
    ballast = Ballast.beside(tmp_path / "journal.db", SIZE)

    assert ballast.spend()
    assert ballast.is_spent
    assert not (tmp_path / "journal.ballast").exists()
    assert not ballast.spend()
    ballast.require_room(a.a_redemption())
    ballast.restore()
    assert not ballast.is_spent


def test_without_the_call_that_reserves_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "posix_fallocate")
    Ballast.beside(tmp_path / "journal.db", SIZE)

    assert (tmp_path / "journal.ballast").stat().st_size == SIZE


def test_where_there_is_no_room_for_it_nothing_new_begins(tmp_path: Path) -> None:
    disk = os.statvfs(tmp_path)
    larger_than_the_disk = 5 * disk.f_frsize * disk.f_blocks
    ballast = Ballast.beside(tmp_path / "journal.db", larger_than_the_disk)

    assert ballast.is_spent
    for draft in (a.a_redemption(), a.an_intent()):
        with pytest.raises(DiskFull):
            ballast.require_room(draft)
    ballast.require_room(a.a_void(1))
    ballast.require_room(a.a_login())
    ballast.require_room(a.a_redemption(intent_seq=3))
