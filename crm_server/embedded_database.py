"""SQLite as the centre's database: many readers, and one writer that commits waiting jobs together.

Apart from the PostgreSQL way because a file has one writer at a time anyway: putting the jobs in line ourselves turns
lock contention into one fsync for many of them. Each job stands in its own savepoint and fails alone.
"""

import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, TypeVar

import pysqlite3.dbapi2
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from .migrations import upgrade
from .savepoints import savepoint

Result = TypeVar("Result")

# Older builds can lose commits when a write-ahead log is reset (sqlite.org, "WAL-reset bug").
LEAST_VERSION: Final = (3, 51, 3)
LARGEST_GROUP: Final = 64
READERS: Final = 8
_READER_PRAGMAS: Final = ("journal_mode=WAL", "busy_timeout=10000", "query_only=ON")
_WRITER_PRAGMAS: Final = ("journal_mode=WAL", "busy_timeout=10000", "synchronous=FULL", "foreign_keys=ON")


class SqliteTooOld(RuntimeError):
    """The SQLite library of this process carries a bug that loses data."""


class _Job:
    """A writing job and the promise of its result."""

    def __init__(self, work: Callable[[Connection], Any]) -> None:
        self.work = work
        self.future: Future[Any] = Future()
        self.result: Any = None
        self.error: BaseException | None = None

    def run_alone(self, connection: Connection) -> None:
        """Do the work as the whole of its transaction, which what it raises undoes."""
        self.result = self.work(connection)

    def run(self, connection: Connection) -> None:
        """Do the work in a savepoint; keep what it returns or raises until the group is on disk."""
        try:
            with savepoint(connection):
                self.result = self.work(connection)
        except Exception as error:  # noqa: BLE001 - it belongs to whoever handed the job in
            self.error = error

    def settle(self, failure: BaseException | None = None) -> None:
        """Tell the caller, after the commit or its failure."""
        error = failure or self.error
        if error is not None:
            self.future.set_exception(error)
        else:
            self.future.set_result(self.result)


class EmbeddedDatabase:
    """SQLite behind one writer thread with group commit.

    Args:
        path: the database file; made and migrated where it is not there.
    """

    def __init__(self, path: Path) -> None:
        if pysqlite3.dbapi2.sqlite_version_info < LEAST_VERSION:
            raise SqliteTooOld(f"SQLite {pysqlite3.dbapi2.sqlite_version} is older than 3.51.3")
        path.touch(mode=0o600)
        self._writing = _engine(path, 1, _WRITER_PRAGMAS)
        upgrade(self._writing)
        self._reading = _engine(path, READERS, _READER_PRAGMAS)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._readers = ThreadPoolExecutor(READERS, "crm-reader")
        self._writer = threading.Thread(target=self._write_groups, name="crm-writer", daemon=True)
        self._writer.start()

    def read(self, job: Callable[[Connection], Result]) -> Future[Result]:
        """Run a reading job on a reader's thread."""
        return self._readers.submit(self._read, job)

    def write(self, job: Callable[[Connection], Result]) -> Future[Result]:
        """Put a writing job in line."""
        waiting = _Job(job)
        self._jobs.put(waiting)
        return waiting.future

    def close(self) -> None:
        """Commit what waits, then close the file."""
        self._jobs.put(None)
        self._writer.join()
        self._readers.shutdown()
        self._reading.dispose()
        self._writing.dispose()

    def _read(self, job: Callable[[Connection], Result]) -> Result:
        with self._reading.connect() as connection, connection.begin():
            connection.exec_driver_sql("BEGIN")
            return job(connection)

    def _write_groups(self) -> None:
        with self._writing.connect() as connection:
            open_ = True
            while open_:
                group, open_ = self._next_group()
                _commit_group(connection, group)

    def _next_group(self) -> tuple[list[_Job], bool]:
        """Wait for one job and take along what else is waiting."""
        first = self._jobs.get()
        group: list[_Job] = []
        while first is not None:
            group.append(first)
            if len(group) == LARGEST_GROUP:
                return group, True
            try:
                first = self._jobs.get_nowait()
            except queue.Empty:
                return group, True
        return group, False


def _commit_group(connection: Connection, group: list[_Job]) -> None:
    if not group:
        return
    try:
        with connection.begin():
            # Taken at once: a reading transaction that turns into a writing one may be refused half-way.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            if len(group) == 1:
                group[0].run_alone(connection)
            for job in group if len(group) > 1 else ():
                job.run(connection)
    except Exception as error:  # noqa: BLE001 - the disk's refusal belongs to every job of the group
        for job in group:
            job.settle(error)
        return
    for job in group:
        job.settle()


def _engine(path: Path, connections: int, pragmas: Sequence[str]) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}",
        module=pysqlite3.dbapi2,
        poolclass=QueuePool,
        pool_size=connections,
        hide_parameters=True,
        connect_args={"check_same_thread": False, "isolation_level": None},
    )

    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", prepare)
    return engine
