"""Spares a clerk the wait for a server that is not there: after three silences nobody asks for half a minute.

Apart from claims because the healing happens in the background: a probe asks while no customer waits.
"""

import threading
from collections.abc import Callable
from typing import Final

SILENCES: Final = 3
OPEN_S: Final = 30.0


class Breaker:
    """Opens after ``silences`` failures in a row, and probes every ``open_s`` seconds until the server answers.

    Args:
        probe: asks the server something cheap; True where it answered. Called in a thread of its own.
    """

    def __init__(self, probe: Callable[[], bool], silences: int = SILENCES, open_s: float = OPEN_S) -> None:
        self._probe = probe
        self._silences = silences
        self._open_s = open_s
        self._lock = threading.Lock()
        self._failures = 0
        self._closed = threading.Event()
        self._closed.set()

    @property
    def is_open(self) -> bool:
        """Whether asking is not worth the wait."""
        return not self._closed.is_set()

    def wait_closed(self, timeout_s: float) -> bool:
        """Wait until asking is worth it again; False where the time was up first."""
        return self._closed.wait(timeout_s)

    def answered(self) -> None:
        """The server spoke, whatever it said."""
        with self._lock:
            self._failures = 0
            self._closed.set()

    def silent(self) -> None:
        """Nobody answered in time."""
        with self._lock:
            self._failures += 1
            if self._failures < self._silences or self.is_open:
                return
            self._closed.clear()
        threading.Thread(target=self._heal, name="breaker-probe", daemon=True).start()

    def _heal(self) -> None:
        # Waiting on the event ends the thread early where the sync worker was answered meanwhile.
        while not self._closed.wait(self._open_s):
            if self._probe():
                self.answered()
