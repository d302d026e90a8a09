"""A full disk: nothing that was accepted is lost, what was begun can be ended, and nothing new is begun."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from pos_client.domain.errors import DiskFull, StorageUnavailable
from pos_client.domain.verdict import EntryRef
from pos_client.storage.journal import LaneKey, SqlJournal
from pos_client.storage.verification import Verification, verify
from tests import builders as a

KEY = a.a_key("device")
RESERVE = 1024 * 1024
DISK = 5 * 1024 * 1024
FULL_LOG = "the disk is full|no room for the reserve"


def opened(folder: Path) -> SqlJournal:
    return SqlJournal.open(folder / "journal.db", LaneKey("device-1", 1, KEY.sign), reserve_bytes=RESERVE)


def take(folder: Path, size: int) -> Path:
    """Something else that fills the disk."""
    file = folder / "pictures"
    with file.open("wb") as handle:
        os.posix_fallocate(handle.fileno(), 0, size)
    return file


def fill_up(journal: SqlJournal, first: int = 0) -> list[EntryRef]:
    """Redeem until the disk is full; what was acknowledged."""
    refs: list[EntryRef] = []
    for number in range(first, first + 100_000):
        try:
            refs.append(journal.append(a.a_redemption(f"1001-{number}")))
        except DiskFull:
            return refs
    pytest.fail("the disk never got full")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 5 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)]
    if os.name != "posix" or os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("mounting a small file system needs root")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.expects_log(FULL_LOG)
def test_a_disk_that_fills_up(small_disk: Path) -> None:
    journal = opened(small_disk)
    assert not journal.disk_is_low
    other = take(small_disk, DISK - RESERVE - 512 * 1024)

    refs = fill_up(journal)

    assert journal.disk_is_low
    assert not (small_disk / "journal.ballast").exists()
    assert len(refs) > 100
    void = journal.append_void(a.a_void(len(refs), f"1001-{len(refs) - 1}"), len(refs))
    journal.outbox.record_results([])
    journal.outbox.mark_sent([void])
    assert void.seq == len(refs) + 1
    with pytest.raises(DiskFull):
        journal.append(a.an_intent("1001-999999"))
    ends = journal.append(a.a_redemption("1001-999999", intent_seq=1, claim_id="x"))
    assert ends.seq == void.seq + 1
    journal.close()
    assert verify(small_disk / "journal.db", a.public_bytes(KEY), ends) == Verification(ok=True, entries=ends.seq)

    other.unlink()
    journal = opened(small_disk)
    assert not journal.disk_is_low
    assert journal.append(a.an_intent("1001-999998")).seq == ends.seq + 1
    journal.close()


@pytest.mark.expects_log(FULL_LOG)
def test_not_even_the_reserve_helps(small_disk: Path) -> None:
    journal = opened(small_disk)
    take(small_disk, DISK - RESERVE - 512 * 1024)
    before = fill_up(journal)
    voided = 0
    for number in range(len(before), 0, -1):
        try:
            journal.append_void(a.a_void(number, f"1001-{number - 1}"), number)
        except StorageUnavailable:
            break
        voided += 1
    count = len(before) + voided

    assert len(journal.latest(200_000)) == count
    journal.close()
    assert verify(small_disk / "journal.db", a.public_bytes(KEY)) == Verification(ok=True, entries=count)


@pytest.mark.expects_log(FULL_LOG)
def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    """The same without root: SQLite's own bound on the pages of a file."""
    journal = opened(tmp_path)
    journal.append(a.a_login())
    connection = journal._file._connection
    row = connection.execute("PRAGMA page_count").fetchone()
    assert row is not None
    connection.execute(f"PRAGMA max_page_count = {row[0] + 30}")

    refs = fill_up(journal)

    assert len(refs) > 10
    assert journal.disk_is_low
    assert journal.head() == refs[-1]
    with pytest.raises(DiskFull):
        journal.append(a.a_redemption("1001-999999"))
    journal.close()
    assert verify(tmp_path / "journal.db", a.public_bytes(KEY)) == Verification(ok=True, entries=len(refs) + 1)


def test_another_program_keeps_the_file_locked(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    journal._file._connection.execute("PRAGMA busy_timeout = 20")
    intruder = dbapi2.connect(str(tmp_path / "journal.db"), isolation_level=None)
    intruder.execute("BEGIN IMMEDIATE")

    with pytest.raises(StorageUnavailable) as held:
        journal.append(a.a_login())

    assert (held.value.reason, held.value.facts["holder"]) == ("journal-held", "another program")
    intruder.execute("ROLLBACK")
    assert journal.append(a.a_login()).seq == 1
    intruder.close()
    journal.close()
