"""No camera at all: a counter with a gun alone.

Apart so that the worker needs no special case for it.
"""

from threading import Event

from pos_client.scanner.frame import Frame


class NoSource:
    """Shows nothing."""

    name = "none"
    has_ended = False

    def __init__(self) -> None:
        self._closed = Event()

    def open(self) -> None:
        """Begin showing nothing."""
        self._closed.clear()

    def read(self, timeout_s: float) -> Frame | None:
        """Wait in vain."""
        self._closed.wait(timeout_s)
        return None

    def close(self) -> None:
        """End."""
        self._closed.set()
