"""PostgreSQL as the centre's database: jobs run side by side, unique keys and one counter row decide.

Apart from the SQLite way because here several processes write at once. A change number is taken under the lock of the
``change_head`` row, which is held to the commit, so numbers become visible in their own order (PROTOCOL 3.5).
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from .migrations import upgrade

Result = TypeVar("Result")

WORKERS: Final = 16
TRIES: Final = 5
# Whoever asks is told to ask later, instead of waiting for a database that is not there.
CONNECT_S: Final = 3
# serialization_failure and deadlock_detected (PostgreSQL appendix A): the same job succeeds when it is run again.
_PASSING: Final = frozenset({"40001", "40P01"})


def is_away(error: BaseException) -> bool:
    """Whether PostgreSQL itself is not there: it was stopped, it crashed, it is out of reach or of connections."""
    # SQLite's operational errors are bugs of ours as well (no such column); PostgreSQL's are not.
    if isinstance(error, OperationalError | InterfaceError) and type(error.orig).__module__.startswith("psycopg"):
        return True
    # What a job wants to undo on a connection that is gone fails once more, in another way.
    earlier = error.__cause__ or error.__context__
    return isinstance(error, PoolTimeout) or (earlier is not None and is_away(earlier))


class PooledDatabase:
    """PostgreSQL behind a pool.

    Args:
        url: ``postgresql+psycopg://…``; the plain ``postgresql://`` is taken as the same.
    """

    def __init__(self, url: str) -> None:
        driver_url = url.replace("postgresql://", "postgresql+psycopg://", 1)
        self._engine = create_engine(
            driver_url,
            pool_size=WORKERS,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"connect_timeout": CONNECT_S},
        )
        self._reading = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        upgrade(self._engine)
        self._workers = ThreadPoolExecutor(WORKERS, "crm-database")

    def read(self, job: Callable[[Connection], Result]) -> Future[Result]:
        """Run a reading job on one snapshot of the tables."""
        return self._workers.submit(self._read, job)

    def write(self, job: Callable[[Connection], Result]) -> Future[Result]:
        """Run a writing job in a transaction of its own."""
        return self._workers.submit(self._write, job)

    def close(self) -> None:
        """Wait for running jobs, then drop the connections."""
        self._workers.shutdown()
        self._engine.dispose()

    def _read(self, job: Callable[[Connection], Result]) -> Result:
        with self._reading.connect() as connection, connection.begin():
            return job(connection)

    def _write(self, job: Callable[[Connection], Result]) -> Result:
        for attempt in range(1, TRIES + 1):
            try:
                with self._engine.begin() as connection:
                    return job(connection)
            except DBAPIError as error:
                if attempt == TRIES or getattr(error.orig, "sqlstate", None) not in _PASSING:
                    raise
        raise AssertionError("the loop returns or raises")
