"""Connections to SQLite files, opened the one way that is safe for money.

Apart from the tables because which library, which version and which pragmas is one decision for both files. The SQLite
is pysqlite3's: versions 3.7.0 to 3.51.2 can lose commits in WAL mode when two connections meet (the WAL-reset bug), and
the interpreter's own is usually one of them. Nothing else in this process may open these files: two copies of SQLite in
one process break each other's POSIX locks.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol, cast
from urllib.parse import quote

from pysqlite3 import dbapi2

from pos_client.domain.errors import DiskFull, StorageUnavailable

LEAST_SQLITE: Final = (3, 51, 3)
BUSY_TIMEOUT_MS: Final = 2_000
# 8 MB of log between two checkpoints: each costs two more fsyncs, and a commit here is five pages, not one.
CHECKPOINT_PAGES: Final = 2_000
_LEAST_ROOM_BYTES: Final = 1024 * 1024
Row = tuple[Any, ...]


class Cursor(Protocol):
    """What is used of a DB-API cursor."""

    rowcount: int

    def fetchone(self) -> Row | None:
        """The next row."""

    def fetchall(self) -> list[Row]:
        """All further rows."""

    def __iter__(self) -> Iterator[Row]: ...


class Connection(Protocol):
    """What is used of a pysqlite3 connection (it carries no type information)."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction was begun and not ended."""

    def execute(self, sql: str, values: Mapping[str, Any] | Sequence[Any] = ...) -> Cursor:
        """Run one statement."""

    def executemany(self, sql: str, values: Iterable[Mapping[str, Any] | Sequence[Any]]) -> Cursor:
        """Run one statement for each of the values."""

    def close(self) -> None:
        """Close it."""


def sqlite_version() -> str:
    """The SQLite that opens these files, for ``doctor``."""
    return str(dbapi2.sqlite_version)


def require_sqlite() -> None:
    """Refuse to touch money with a SQLite that can lose a commit.

    Raises:
        StorageUnavailable: the library is older than 3.51.3.
    """
    if tuple(dbapi2.sqlite_version_info) < LEAST_SQLITE:
        raise StorageUnavailable("this SQLite has the WAL-reset bug", sqlite=sqlite_version())


def open_writer(path: Path, *, full_sync: bool = True, page_bytes: int = 4096) -> Connection:
    """Open a file for writing: WAL, and a commit is on the disk when it returns.

    Args:
        path: made by SQLite if it does not exist.
        page_bytes: of a file that is made now.
        full_sync: False only for what can be fetched again: NORMAL may forget the last commits at a power cut, but
            does not tear the file.
    """
    require_sqlite()
    with _room_for(path), _opening(_uri(path, "rwc")) as connection:
        connection.execute(f"PRAGMA page_size = {page_bytes}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {'FULL' if full_sync else 'NORMAL'}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        # The file beside the WAL is made by the first look: better here than in the middle of a redemption.
        connection.execute("SELECT COUNT(*) FROM sqlite_schema")
    return connection


def open_reader(path: Path, *, immutable: bool = False) -> Connection:
    """Open a file for reading, beside a writer if there is one.

    Args:
        path: must exist.
        immutable: nobody writes it and it has no ``-wal``; no lock is taken and nothing is made beside it.
    """
    require_sqlite()
    with _room_for(path), _opening(_uri(path, "ro") + ("&immutable=1" if immutable else "")) as connection:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT COUNT(*) FROM sqlite_schema")
    return connection


@contextmanager
def _room_for(path: Path) -> Iterator[None]:
    """Tell a disk without room from a broken one: the driver calls both an I/O error when it opens a file.

    Raises:
        DiskFull: there is no room for the file that SQLite keeps beside a WAL.
    """
    try:
        yield
    except dbapi2.OperationalError as error:
        if "disk I/O error" in str(error) and shutil.disk_usage(path.parent).free < _LEAST_ROOM_BYTES:
            raise DiskFull("no room to open the file", code="SQLITE_IOERR") from error
        raise


def sync_folder(folder: Path) -> None:
    """Make renames in a folder survive a power cut (POSIX; elsewhere the rename itself has to do)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Force a finished file to the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def all_or_nothing(connection: Connection) -> Iterator[None]:
    """What is said to a writing connection meanwhile is one transaction, on disk when it ends; else nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _uri(path: Path, mode: str) -> str:
    return f"file:{quote(str(path.absolute()))}?mode={mode}"


@contextmanager
def _opening(uri: str) -> Iterator[Connection]:
    """A connection that is closed again where the file turns out to be none: Windows renames no file that is open."""
    connection = _connect(uri)
    try:
        yield connection
    except BaseException:
        connection.close()
        raise


def _connect(uri: str) -> Connection:
    # check_same_thread: the owner guards the connection with a lock of his own (see journal_file).
    connection = dbapi2.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_TIMEOUT_MS / 1000
    )
    return cast("Connection", connection)
