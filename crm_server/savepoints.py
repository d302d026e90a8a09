"""Savepoints: work that may fail alone inside a job.

Apart from SQLAlchemy's own nested transactions, which cost four times as much and are entered for every entry of a
batch.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection


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
