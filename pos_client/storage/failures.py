"""The one border where SQLite's errors become the program's own.

Apart from the tables because every module of this room passes it. A constraint that is broken is no fault of the world:
it stays what it is, and the one place that expects it (a use that is taken) catches it.
"""

import errno
from types import TracebackType
from typing import Final

from pysqlite3 import dbapi2

from pos_client.domain.errors import (
    CacheMissing,
    DiskFull,
    JournalDamaged,
    JournalHeld,
    PosError,
    StorageUnavailable,
)

# https://sqlite.org/rescode.html; the low byte is the primary code.
_ERROR, _PERM, _BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT = 1, 3, 5, 6, 8, 10, 11
_FULL, _CANTOPEN, _AUTH, _NOTADB = 13, 14, 23, 26
# What is said to SQLite is constant and tested, so an error of the statement is a table that is not what it was.
_BROKEN: Final = frozenset({_ERROR, _CORRUPT, _NOTADB})
_REFUSED: Final = frozenset({_READONLY, _IOERR, _CANTOPEN, _AUTH, _PERM})
UniqueViolated = dbapi2.IntegrityError
DriverError = dbapi2.Error


class Border:
    """A context in which the errors of SQLite, and of the files it needs, leave as domain errors.

    Args:
        damaged: what a broken file is called here.
        held: what a file that another program keeps locked is called here.
    """

    def __init__(self, damaged: type[PosError], held: type[PosError]) -> None:
        self._damaged = damaged
        self._held = held

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, UnicodeDecodeError):
            # A text column whose bytes are no text any more: SQLite itself does not look.
            raise self._damaged("a text cannot be read") from error
        if isinstance(error, OSError):
            raise disk_fault(error) from error
        if isinstance(error, DriverError):
            translated = self._translate(error)
            if translated:
                raise translated from error

    def _translate(self, error: BaseException) -> PosError | None:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None:
            return self._damaged(str(error)) if "decode" in str(error) else None
        primary, name = code & 0xFF, str(getattr(error, "sqlite_errorname", code))
        if primary == _FULL:
            return DiskFull(str(error), code=name)
        if primary in {_BUSY, _LOCKED}:
            return self._held(str(error), code=name, holder="another program")
        if primary in _BROKEN:
            return self._damaged(str(error), code=name)
        return StorageUnavailable(str(error), code=name) if primary in _REFUSED else None


def disk_fault(error: OSError) -> StorageUnavailable:
    """What a file operation's error is called here."""
    kind = DiskFull if error.errno in {errno.ENOSPC, errno.EDQUOT} else StorageUnavailable
    return kind(str(error.strerror or error), code=errno.errorcode.get(error.errno or 0, ""))


JOURNAL: Final = Border(JournalDamaged, JournalHeld)
CACHE: Final = Border(CacheMissing, StorageUnavailable)
