"""Ends this process at the n-th statement that it says to a journal, a cache or another file of its own.

The connections of the storage room are wrapped when they are opened; each call of ``execute`` or ``executemany`` has
two boundaries, before and after. What ends the process is ``os._exit``: nothing is flushed, closed or rolled back.
"""

import os
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
    connections._connect = lambda uri: _Counted(plain(uri))  # type: ignore[assignment,return-value] # noqa: SLF001


def _pass() -> None:
    global _boundary  # noqa: PLW0603
    _boundary += 1
    if _boundary == _crash_at:
        os._exit(CRASHED)


class _Counted:
    """A connection each of whose statements can be the last."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, *said: Any) -> Any:
        _pass()
        done = self._connection.execute(*said)
        _pass()
        return done

    def executemany(self, *said: Any) -> Any:
        _pass()
        done = self._connection.executemany(*said)
        _pass()
        return done

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)
