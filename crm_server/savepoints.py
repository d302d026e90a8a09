"""Savepoints: work that may fail alone inside a job.

Apart from SQLAlchemy's own nested transactions, which cost four times as much and are entered for every entry of a
batch.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, IntegrityError

# What an entry can cause. A full disk or a deadlock is about none of them, and ends the batch.
ENTRY_FAULTS: Final = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    DataError,
    IntegrityError,
)


@contextmanager
def savepoint(connection: Connection) -> Iterator[None]:
    """Undo what the block wrote where it raises, and nothing else of the job."""
    connection.exec_driver_sql("SAVEPOINT work")
    try:
        yield
    except Exception:
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT work")
        connection.exec_driver_sql("RELEASE SAVEPOINT work")
        raise
    connection.exec_driver_sql("RELEASE SAVEPOINT work")
