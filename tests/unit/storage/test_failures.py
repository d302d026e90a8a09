"""Each error of SQLite that a till can meet leaves this room as one of the program's own."""

import errno
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from pos_client.domain.errors import (
    CacheMissing,
    DiskFull,
    JournalDamaged,
    JournalHeld,
    PosError,
    StorageUnavailable,
)
from pos_client.storage import connections
from pos_client.storage.connections import open_reader, open_writer
from pos_client.storage.failures import CACHE, JOURNAL, Border, disk_fault


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable) as failed, JOURNAL:
        open_writer(tmp_path / "none" / "journal.db")

    assert type(failed.value) is StorageUnavailable
    assert failed.value.facts == {"code": "SQLITE_CANTOPEN"}


@pytest.mark.parametrize(("border", "kind"), [(JOURNAL, JournalDamaged), (CACHE, CacheMissing)])
def test_a_file_that_is_no_database(tmp_path: Path, border: Border, kind: type[PosError]) -> None:
    file = tmp_path / "file.db"
    file.write_bytes(b"nothing of the kind" * 1000)

    with pytest.raises(kind), border:
        open_reader(file).execute("SELECT * FROM sqlite_master")


@pytest.mark.parametrize(("border", "kind"), [(JOURNAL, JournalHeld), (CACHE, StorageUnavailable)])
def test_a_file_that_is_locked(tmp_path: Path, border: Border, kind: type[PosError]) -> None:
    file = tmp_path / "file.db"
    holder, other = open_writer(file), open_writer(file)
    other.execute("PRAGMA busy_timeout = 10")
    holder.execute("BEGIN IMMEDIATE")

    with pytest.raises(kind) as held, border:
        other.execute("BEGIN IMMEDIATE")

    assert type(held.value) is kind


def test_a_file_that_may_only_be_read(tmp_path: Path) -> None:
    file = tmp_path / "file.db"
    open_writer(file).execute("CREATE TABLE t (x)")

    with pytest.raises(StorageUnavailable), JOURNAL:
        open_reader(file).execute("INSERT INTO t VALUES (1)")


def test_a_table_that_is_not_there_any_more(tmp_path: Path) -> None:
    with pytest.raises(JournalDamaged), JOURNAL:
        open_writer(tmp_path / "file.db").execute("SELECT * FROM entry")


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    connection = open_writer(tmp_path / "file.db")

    with pytest.raises(JournalDamaged), JOURNAL:
        connection.execute("SELECT CAST(x'ff' AS TEXT)").fetchall()


def test_a_broken_constraint_stays_what_it_is(tmp_path: Path) -> None:
    connection = open_writer(tmp_path / "file.db")
    connection.execute("CREATE TABLE t (x UNIQUE)")
    connection.execute("INSERT INTO t VALUES (1)")

    with pytest.raises(dbapi2.IntegrityError), JOURNAL:
        connection.execute("INSERT INTO t VALUES (1)")


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull), (errno.EACCES, StorageUnavailable), (0, StorageUnavailable)],
)
def test_errors_of_the_file_system(number: int, kind: type[StorageUnavailable]) -> None:
    assert type(disk_fault(OSError(number, "no"))) is kind


def test_a_sqlite_that_can_lose_a_commit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "LEAST_SQLITE", (99, 0, 0))

    with pytest.raises(StorageUnavailable) as failed:
        open_writer(tmp_path / "journal.db")

    assert failed.value.facts == {"sqlite": connections.sqlite_version()}
    assert tuple(map(int, connections.sqlite_version().split("."))) >= (3, 51, 3)


def test_a_commit_is_on_the_disk_and_readers_read_only(tmp_path: Path) -> None:
    writer = open_writer(tmp_path / "file.db")
    pragmas = {name: writer.execute(f"PRAGMA {name}").fetchone() for name in ("journal_mode", "synchronous")}

    assert pragmas == {"journal_mode": ("wal",), "synchronous": (2,)}
