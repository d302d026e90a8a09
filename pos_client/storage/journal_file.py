"""One open ``journal.db``: a connection, and the lock by which threads take turns on it.

Apart from what is asked of it because reading, writing and delivery share it. One connection and not one a thread: the
till and the sync thread then never meet inside SQLite (no busy wait, no reader's snapshot that stops a checkpoint), and
the statements stay prepared. What the sync thread does under the lock is one small transaction at a time, so a
redemption waits for one of those at most. What reads a whole day for a chart does so beside it (``day_groups``).
"""

import threading
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from pos_client.domain import hash_chain
from pos_client.domain.errors import JournalDamaged, NotEnrolled, SchemaTooNew

from .connections import Connection, Row, all_or_nothing, open_reader, open_writer, sync_file, sync_folder
from .failures import JOURNAL
from .journal_sql import GET_META, PUT_META, VERSION

# A commit writes whole pages, and five of these are written in 6 % less time than five of SQLite's usual 4096.
PAGE_BYTES: Final = 2048
PREVIOUS: Final = "previous.{epoch}"


class JournalFile:
    """A connection to a journal.

    Args:
        path: the file.
        connection: used by nothing else.

    Attributes:
        guard: held by whoever uses the connection.
        is_writer: nobody else writes the file.
        revision: rises with every transaction that may do more than add entries.
    """

    def __init__(self, path: Path, connection: Connection, *, is_writer: bool = False) -> None:
        self.path = path
        self.guard = threading.RLock()
        self.is_open = True
        self.is_writer = is_writer
        self.revision = 0
        self._connection = connection

    def rows(self, sql: str, values: Mapping[str, Any]) -> list[Row]:
        """All rows of a query."""
        with self.guard, JOURNAL:
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Mapping[str, Any]) -> Row | None:
        """The first row of a query."""
        with self.guard, JOURNAL:
            return self._connection.execute(sql, values).fetchone()

    def run(self, sql: str, values: Mapping[str, Any]) -> None:
        """One statement that changes something, as a transaction of its own."""
        with self.guard, JOURNAL:
            self._connection.execute(sql, values)

    def each(self, sql: str, values: Mapping[str, Any] | None = None) -> Iterator[Row]:
        """The rows of a query one at a time; for a connection that no other thread uses."""
        with JOURNAL:
            yield from self._connection.execute(sql, values or {})

    @contextmanager
    def transaction(self, *, only_adds: bool = False) -> Generator[Connection, None, None]:
        """All or nothing, on disk when it ends. The caller's statements run on the connection it yields.

        ``only_adds``: it changes nothing that is counted of entries that were there before.
        """
        with self.guard, JOURNAL, all_or_nothing(self._connection):
            self.revision += not only_adds
            yield self._connection

    def meta(self, key: str) -> str | None:
        """A remembered value."""
        row = self.row(GET_META, {"key": key})
        return None if row is None else str(row[0])

    def remember(self, values: Mapping[str, str]) -> None:
        """Keep values, in one transaction."""
        with self.transaction(only_adds=True) as connection:
            put_meta(connection, values.items())

    def checkpoint(self) -> None:
        """Move what stands in the write-ahead log into the file, and empty the log."""
        with self.guard, JOURNAL:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close the connection; once more does nothing."""
        with self.guard, JOURNAL:
            self.is_open = False
            self._connection.close()


def put_meta(connection: Connection, values: Iterable[tuple[str, str]]) -> None:
    """Write remembered values inside a transaction."""
    connection.executemany(PUT_META, [{"key": key, "value": value} for key, value in values])


def epoch_begins_after(file: JournalFile, epoch: int) -> bytes:
    """The hash (32 bytes) that the first entry of an epoch follows, as it was given when the epoch began."""
    kept = file.meta(PREVIOUS.format(epoch=epoch))
    return bytes.fromhex(kept) if kept else hash_chain.GENESIS


def open_for_reading(path: Path) -> JournalFile:
    """Open a journal beside whoever writes it.

    Raises:
        NotEnrolled: there is none.
        SchemaTooNew, JournalDamaged, StorageUnavailable.
    """
    if not path.exists():
        raise NotEnrolled("there is no journal here")
    with JOURNAL:
        connection = open_reader(path)
        _require_version(connection)
    return JournalFile(path, connection)


def open_for_writing(path: Path) -> JournalFile:
    """Open a journal as its only writer, and make it first where there is none.

    The caller holds the writer's lock. An older schema has been upgraded before (``upgrade``).
    """
    if not path.exists():
        create(path)
    with JOURNAL:
        connection = open_writer(path)
        _require_version(connection)
    return JournalFile(path, connection, is_writer=True)


def schema_version(path: Path) -> int:
    """The version that a file's schema says it has."""
    with JOURNAL:
        connection = open_reader(path)
        try:
            return _version(connection)
        finally:
            connection.close()


def create(path: Path) -> None:
    """Make an empty journal under another name and rename it: a power cut leaves a whole file or none."""
    from .schema import ddl  # noqa: PLC0415 - SQLAlchemy is needed only here, and costs more than opening does

    unfinished = path.with_name(path.name + ".new")
    with JOURNAL:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        for left_over in (unfinished, Path(f"{unfinished}-wal"), Path(f"{unfinished}-shm")):
            left_over.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)
        connection = open_writer(unfinished, page_bytes=PAGE_BYTES)
        for statement in ddl():
            connection.execute(statement)
        connection.close()
        sync_file(unfinished)
        unfinished.replace(path)
        sync_folder(path.parent)


def _version(connection: Connection) -> int:
    row = connection.execute("PRAGMA user_version").fetchone()
    return int(row[0]) if row else 0


def _require_version(connection: Connection) -> None:
    version = _version(connection)
    if version > VERSION:
        connection.close()
        raise SchemaTooNew("written by a newer program", version=version, known=VERSION)
    if version < VERSION:
        connection.close()
        raise JournalDamaged("this is no journal, or one that was not upgraded", version=version)
