"""The centre's database: jobs that read, jobs that write, and which engine carries them.

Apart from the tables because callers hand in jobs and never see threads, pools or transactions: SQLite with one writer
that commits in groups, or PostgreSQL with a pool where unique keys decide.
"""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from .embedded_database import EmbeddedDatabase
from .pooled_database import PooledDatabase

Result = TypeVar("Result")


class Database(Protocol):
    """Where jobs run. A job gets a connection inside a transaction and returns a plain value.

    What a job raises comes out of its future, and nothing that it wrote stays. A writing job may be run again after a
    deadlock, so it has no effect but its writes.
    """

    def read(self, job: Callable[[Connection], Result]) -> Future[Result]:
        """Run a job that only reads, on one consistent view."""

    def write(self, job: Callable[[Connection], Result]) -> Future[Result]:
        """Run a job that writes; the future is done when its commit is on disk."""

    def close(self) -> None:
        """Finish what was handed in, then let go of the file or server."""


def open_database(folder: Path, url: str | None) -> Database:
    """Open (and bring up to date) the tables under ``folder``, or those behind a PostgreSQL URL."""
    if url:
        return PooledDatabase(url)
    folder.mkdir(parents=True, exist_ok=True)
    return EmbeddedDatabase(folder / "crm.db")
