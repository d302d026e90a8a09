"""Makes looks at the machine's parts on a thread of its own, one after the other, and brings back what they found.

Apart from the till's thread because a server that does not answer takes seconds, and a scan must not wait for it.
"""

import queue
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from pos_client.domain.errors import PosError
from pos_client.usecases.machine_checks import Finding, MachineChecks


class CheckLine(QObject):
    """A line of looks, and of errands that take as long.

    Args:
        checks: the looks; None for a line that does errands only.

    Signals:
        found: a part's name and its Finding, on the thread that made this object.
    """

    found = Signal(str, object)
    _seen = Signal(str, object)
    _done = Signal(object, object)

    def __init__(self, checks: MachineChecks | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._checks = checks
        self._errands: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._seen.connect(self._on_seen, Qt.ConnectionType.QueuedConnection)
        self._done.connect(self._on_done, Qt.ConnectionType.QueuedConnection)

    def look(self, name: str) -> None:
        """Look at this part in its turn."""
        checks = self._checks
        if checks is not None:
            self._put(lambda: self._seen.emit(name, checks.look(name)))

    def do(self, errand: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Do this in its turn; ``then`` gets what came of it, or a PosError, on the thread that made this object."""
        self._put(lambda: self._done.emit(then, _came_of(errand)))

    def _put(self, errand: Callable[[], None]) -> None:
        self._errands.put(errand)
        if self._thread is None or not self._thread.is_alive():
            # It ends with the program: a look holds nothing that would have to be given back.
            self._thread = threading.Thread(target=self._run, name="checks", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while True:
            self._errands.get()()

    @Slot(str, object)
    def _on_seen(self, name: str, finding: Finding) -> None:
        self.found.emit(name, finding)

    @Slot(object, object)
    def _on_done(self, then: Callable[[Any], None], found: object) -> None:
        then(found)


def _came_of(errand: Callable[[], Any]) -> Any:
    try:
        return errand()
    except PosError as fault:
        return fault
