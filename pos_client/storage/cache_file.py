"""The cache file that is in use now: one connection for reading, guarded by a lock.

Apart from what is asked of it because several ask. A page that is being applied does not hold a question up (WAL), and
a swapped file is noticed at the next one. Where a new file breaks while it answers, the whole question is asked again
of the one before it.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from pos_client.domain.errors import CacheMissing, DiskFull, PosError, StorageUnavailable

from . import cache_sql
from .cache_pointer import CachePointer
from .connections import Connection, Row, open_reader
from .failures import CACHE
from .offer_shelf import OfferShelf
from .quarantine import Quarantine

P = ParamSpec("P")
T = TypeVar("T")


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
        self._file = Path()
        self._is_asked = False

    def close(self) -> None:
        """Close the file; the next question opens it again."""
        with self._guard:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def set_aside(self) -> int:
        """How many rows of the centre could not be read, and count as unknown; 0 before the first data."""
        return self.answer(lambda: len(self._quarantine) if self._opened() is not None else 0)

    def fell_back(self) -> bool:
        """Whether the newest file cannot be read, so that the one before it serves."""
        return self._pointer.fell_back()

    def _meta(self) -> dict[str, str]:
        return dict(self.rows(cache_sql.META))

    def row(self, sql: str, *values: Any) -> Row | None:
        """The first row of an answer. Raises CacheMissing, StorageUnavailable."""
        return self.answer(lambda: self._required().execute(sql, values).fetchone())

    def rows(self, sql: str, *values: Any) -> list[Row]:
        """All rows of an answer. Raises CacheMissing, StorageUnavailable."""
        return self.answer(lambda: self._required().execute(sql, values).fetchall())

    def answer(self, question: Callable[[], T], *, counts: bool = False) -> T:
        """Ask something of one file, whole: what is asked within a question is asked of the same.

        Args:
            question: asks the file that is in use.
            counts: it is about a coupon, and proves the file a little more.

        Raises:
            CacheMissing, StorageUnavailable: and there is no file before this one.
        """
        with self._guard:
            if self._is_asked:
                return _of_the_border(question)
            with self._asking():
                try:
                    found = _of_the_border(question)
                except StorageUnavailable as error:
                    if not (_is_damage(error) and self._pointer.fall_back(self._file, error.detail)):
                        raise
                    found = _of_the_border(question)
            if counts:
                self._pointer.served(self._file)
            return found

    @contextmanager
    def _asking(self) -> Iterator[None]:
        self._is_asked = True
        try:
            yield
        finally:
            self._is_asked = False

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
        self._file = current.path
        with CACHE:
            self._connection = open_reader(current.path)
            self._quarantine = Quarantine.of(self._connection)
        self._offers = OfferShelf()
        self._version = version
        return self._connection


def of_one_file(method: Callable[Concatenate[Any, P], T]) -> Callable[Concatenate[Any, P], T]:
    """A method of a ``CacheFile`` that asks several things which must come from the same file."""
    return _as_one_question(method, counts=False)


def of_a_coupon(method: Callable[Concatenate[Any, P], T]) -> Callable[Concatenate[Any, P], T]:
    """As ``of_one_file``, for what a verdict on a coupon begins with."""
    return _as_one_question(method, counts=True)


def _as_one_question(method: Callable[Concatenate[Any, P], T], *, counts: bool) -> Callable[Concatenate[Any, P], T]:
    @wraps(method)
    def asked(self: Any, /, *values: P.args, **named: P.kwargs) -> T:
        found: T = self.answer(lambda: method(self, *values, **named), counts=counts)
        return found

    return asked


def _of_the_border(question: Callable[[], T]) -> T:
    with CACHE:
        return question()


def _is_damage(error: PosError) -> bool:
    """Whether the file itself is to blame; not one that is locked for a moment, nor a disk that is full."""
    if isinstance(error, DiskFull):
        return False
    return isinstance(error, CacheMissing) or str(error.facts.get("code", "")).startswith("SQLITE_IOERR")
