"""Ends this process at the n-th statement that it says to a journal, a cache or another file of its own.

The connections of the storage room are wrapped when they are opened; each call of ``execute`` or ``executemany`` has
two boundaries, before and after; so has each rename and each fsync that Python asks for. What ends the process is
``os._exit``: nothing is flushed, closed or rolled back.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

from pos_client.storage import connections

CRASHED = 75
_boundary = 0
_crash_at = 0


def arm(crash_at: int) -> None:
    """From now on every new connection counts; the process ends at boundary ``crash_at``, counted from 1."""
    global _boundary, _crash_at
    _boundary, _crash_at = 0, crash_at
    plain = connections._connect  # noqa: SLF001 - the one place where all of them are opened
    connections._connect = lambda uri: _Counted(plain(uri))  # noqa: SLF001
    for name in ("replace", "fsync"):
        setattr(os, name, _between_boundaries(getattr(os, name)))


def _pass() -> None:
    global _boundary  # noqa: PLW0603
    _boundary += 1
    if _boundary == _crash_at:
        os._exit(CRASHED)


def _between_boundaries(call: Callable[..., Any]) -> Callable[..., Any]:
    def called(*given: Any, **named: Any) -> Any:
        _pass()
        done = call(*given, **named)
        _pass()
        return done

    return called


class _Counted:
    """A connection, or a cursor, each of whose statements can be the last."""

    def __init__(self, counted: Any) -> None:
        self._counted = counted
        self.execute = _between_boundaries(counted.execute)
        self.executemany = _between_boundaries(counted.executemany)

    def cursor(self, *given: Any) -> "_Counted":
        """A cursor that counts as well: SQLAlchemy speaks through one."""
        return _Counted(self._counted.cursor(*given))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._counted, name)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._counted)
