"""A scanner gun on a serial line: no focus, no keyboard layout and no input method can come between.

A worker with a loop of its own, as the camera's is: it opens the line, hands texts over, and opens it again by itself
when the gun comes back.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from pos_client.devices.line_text import LineHabits, LineText, Trouble
from pos_client.devices.serial_line import Line, open_line
from pos_client.domain.errors import GunUnavailable
from pos_client.domain.scan import Scan, ScanSource
from pos_client.usecases.gun_view import GunReport, GunState

RETRY_S: Final = 1.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SerialGunListener:
    """Where the gun's thread hands in what happens; every call returns at once.

    Attributes:
        on_scan: a whole text. on_state: the line came or went. on_trouble: something came that is no text.
    """

    on_scan: Callable[[Scan], None]
    on_state: Callable[[GunReport], None]
    on_trouble: Callable[[Trouble], None]


class SerialGun:
    """Reads one gun until it is told to stop.

    Args:
        port, baud: as ``serial_line.open_line`` takes them.
        habits: how the gun sends.
        listener: gets what happens, on the thread of ``run``.
        retry_s: between two attempts to open the line.
    """

    def __init__(
        self, port: str, baud: int, habits: LineHabits, listener: SerialGunListener, retry_s: float = RETRY_S
    ) -> None:
        self._port, self._baud, self._habits = port, baud, habits
        self._listener = listener
        self._retry_s = retry_s
        self._state: GunState | None = None

    def run(self, stop: threading.Event) -> None:
        """Read until ``stop`` is set; a line that cannot be opened or breaks off is tried again, for ever."""
        self._tell(GunState.OPENING)
        while not stop.is_set():
            try:
                self._read_line(stop)
            except GunUnavailable as fault:
                self._tell(self._state_of(fault))
                stop.wait(self._retry_s)

    def _read_line(self, stop: threading.Event) -> None:
        """Read one opening of the line to its end. Raises GunUnavailable."""
        line = open_line(self._port, self._baud)
        try:
            self._tell(GunState.CONNECTED)
            self._read_texts(line, stop)
        finally:
            line.close()

    def _read_texts(self, line: Line, stop: threading.Event) -> None:
        # Anew for each opening: what was half sent when the gun went must not begin the next text.
        text = LineText(self._habits)
        while not stop.is_set():
            for found in text.fed(line.read(), time.monotonic()):
                self._hand_over(found)

    def _hand_over(self, found: str | Trouble) -> None:
        if isinstance(found, Trouble):
            _log.info("the serial gun sent no text: %s", found.value)
            self._listener.on_trouble(found)
        else:
            self._listener.on_scan(Scan(found, ScanSource.SERIAL, datetime.now(UTC)))

    def _state_of(self, fault: GunUnavailable) -> GunState:
        """A gun that was there and is not is lost, however the system calls it, until it is found again."""
        state = GunState(fault.reason)
        return GunState.LOST if state is GunState.ABSENT and self._state is GunState.LOST else state

    def _tell(self, state: GunState) -> None:
        if state is not self._state:
            self._state = state
            _log.info("serial gun: %s", state.value)
            self._listener.on_state(GunReport(state, self._port))
