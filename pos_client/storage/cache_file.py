"""The cache file that is in use now: one connection for reading, guarded by a lock.

Apart from what is asked of it because several ask. A page that is being applied does not hold a question up (WAL), and
a swapped file is noticed at the next one.
"""

import threading
from typing import Any

from pos_client.domain.errors import CacheMissing

from . import cache_sql
from .cache_pointer import CachePointer
from .connections import Connection, Row, open_reader
from .failures import CACHE
from .offer_shelf import OfferShelf
from .quarantine import Quarantine


class CacheFile:
    """Asks the file that a pointer names.

    Args:
        pointer: which file; shared with the installer.
    """

    def __init__(self, pointer: CachePointer) -> None:
        self._pointer = pointer
        self._guard = threading.RLock()
        self._connection: Connection | None = None
        self._version = -1
        self._offers = OfferShelf()
        self._quarantine = Quarantine()

    def close(self) -> None:
        """Close the file; the next question opens it again."""
        with self._guard:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def set_aside(self) -> int:
        """How many rows of the centre could not be read, and count as unknown; 0 before the first data."""
        with self._guard:
            return len(self._quarantine) if self._opened() is not None else 0

    def _meta(self) -> dict[str, str]:
        return dict(self.rows(cache_sql.META))

    def row(self, sql: str, *values: Any) -> Row | None:
        """The first row of an answer. Raises CacheMissing, StorageUnavailable."""
        with self._guard, CACHE:
            return self._required().execute(sql, values).fetchone()

    def rows(self, sql: str, *values: Any) -> list[Row]:
        """All rows of an answer. Raises CacheMissing, StorageUnavailable."""
        with self._guard, CACHE:
            return self._required().execute(sql, values).fetchall()

    def _required(self) -> Connection:
        connection = self._opened()
        if connection is None:
            raise CacheMissing("no data was ever fetched")
        return connection

    def _opened(self) -> Connection | None:
        """The connection to the file that is in use now; None before the first data."""
        if self._connection is not None and self._version == self._pointer.version:
            return self._connection
        version = self._pointer.version
        current = self._pointer.current()
        self.close()
        if current is None:
            return None
        with CACHE:
            self._connection = open_reader(current.path)
            self._quarantine = Quarantine.of(self._connection)
        self._offers = OfferShelf()
        self._version = version
        return self._connection
