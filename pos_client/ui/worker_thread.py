"""Runs a worker that knows no Qt in a thread of its own: the only QThread of the program.

Apart so that till, scanner and sync stay plain classes with ``run(stop)``, and so that none of them can die unseen.
"""

import logging
import threading
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, QThread, Signal

_log = logging.getLogger(__name__)


class Worker(Protocol):
    """Something that works until it is told to stop."""

    def run(self, stop: threading.Event) -> None:
        """Work; return soon after ``stop`` is set."""


@runtime_checkable
class Wakes(Protocol):
    """A worker that would otherwise be a while in looking whether it is to stop."""

    def wake(self) -> None:
        """Look now; from any thread."""


class WorkerThread(QThread):
    """A thread around one worker.

    Signals:
        failed: (name, what) when an exception escaped the worker; the window shows it.

    Args:
        name: of the thread, for logs and for the window.
        worker: what it runs.
    """

    failed = Signal(str, str)

    def __init__(self, name: str, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._worker = worker
        self._stop = threading.Event()

    def run(self) -> None:
        """Qt's entry into the thread."""
        try:
            self._worker.run(self._stop)
        except Exception as error:  # noqa: BLE001
            # The last net below a worker's own loop: whatever it was, the clerk has to see that this part stands still.
            _log.exception("worker %s died", self.objectName())
            self.failed.emit(self.objectName(), type(error).__name__)

    def ask_to_stop(self) -> None:
        """Tell the worker to end; returns at once."""
        self._stop.set()
        if isinstance(self._worker, Wakes):
            self._worker.wake()

    def join(self, timeout_s: float = 10.0) -> bool:
        """Wait for its end; False if it is still running."""
        return self.wait(int(timeout_s * 1000))
