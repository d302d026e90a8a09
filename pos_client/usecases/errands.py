"""Errands to somebody far away, one after the other on a thread of its own: no deed of the till waits for an answer.

Apart from the till lane because a slow network must not hold up a scan, and apart from sync because a person waits.
"""

import queue
import threading
from collections.abc import Callable
from typing import Final

LOOK_EVERY_S: Final = 0.2


class Errands:
    """Does what it is asked in its turn; an errand keeps what it finds, and raises nothing."""

    def __init__(self) -> None:
        self._errands: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()

    def do(self, errand: Callable[[], None]) -> None:
        """Ask for one, from any thread; returns at once."""
        self._errands.put(errand)

    def wake(self) -> None:
        """Look now whether to stop; any thread."""
        self._errands.put(lambda: None)

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop; what was not begun by then is left."""
        while not stop.is_set():
            try:
                errand = self._errands.get(timeout=LOOK_EVERY_S)
            except queue.Empty:
                continue
            errand()
