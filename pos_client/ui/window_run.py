"""Runs the threads beside a window until it is closed, and joins all of them: the one event loop of the program.

Apart from the windows because the clerk's and the kiosk's begin, break and end alike.
"""

import logging
import signal
import sys
from collections.abc import Callable, Mapping
from functools import partial
from types import FrameType
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, SignalInstance, Slot
from PySide6.QtWidgets import QApplication, QWidget

from pos_client.ui.sweeping import Sweeper
from pos_client.ui.worker_thread import Worker, WorkerThread

# Workers load libraries of their own, which would hold up the first paint.
_WORKERS_AFTER_MS: Final = 30
# After the first paint: loading takes longer than a frame, and nobody scans in the first moment.
_THE_REST_AFTER_MS: Final = 250
_log: Final = logging.getLogger(__name__)


def application() -> QApplication:
    """The one application object, made if there is none."""
    present = QApplication.instance()
    app = present if isinstance(present, QApplication) else QApplication(sys.argv[:1])
    # The end is ours to say: threads are joined first, and a window that was never run must not end anything.
    app.setQuitOnLastWindowClosed(False)
    return app


class WindowRun(QObject):
    """The run of one window.

    Args:
        window: has a signal ``closed``.
        close: closes it for good; also what a signal of the system does.
        on_died: told the name of a worker that died, and the kind of error.
    """

    def __init__(self, window: QWidget, close: Callable[[], object], on_died: Callable[[str, str], None]) -> None:
        super().__init__()
        self._app, self._close, self._on_died = application(), close, on_died
        self._threads: list[WorkerThread] = []
        self._is_running = False
        self._sweeper = Sweeper(self)
        closed: SignalInstance = window.closed  # type: ignore[attr-defined]
        self._closed = closed
        closed.connect(self._on_closed)

    def run(self, workers: Mapping[str, Worker]) -> int:
        """Run workers and window; returns 0, or 1 where a worker did not end in time.

        Args:
            workers: by name (``till``, ``scanner``, ``sync``); started in this order, stopped in the reverse one.
        """
        self._later(_WORKERS_AFTER_MS, partial(self.start, workers))
        before = {number: signal.signal(number, self._on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
        self._is_running = True
        try:
            self._app.exec()
        finally:
            self._is_running = False
            for number, handler in before.items():
                signal.signal(number, handler)
        return 0 if self.stop() else 1

    def start(self, workers: Mapping[str, Worker]) -> None:
        """Start the threads."""
        self._sweeper.begin()
        for name, worker in workers.items():
            thread = WorkerThread(name, worker, self)
            thread.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> bool:
        """Stop and join the threads, the last one first; False where one is still running."""
        ended = True
        for thread in reversed(self._threads):
            thread.ask_to_stop()
            ended = thread.join() and ended
        self._threads.clear()
        if ended:
            self._sweeper.end()
        return ended

    def after_first_paint(self, load: Callable[[], object]) -> None:
        """Load what is slow and not needed at once; never, where the window is closed before."""
        self._later(_THE_REST_AFTER_MS, load)

    def _later(self, after_ms: int, do: Callable[[], object]) -> None:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(do)
        self._closed.connect(timer.stop)
        timer.start(after_ms)

    @Slot(str, str)
    def _on_failed(self, name: str, what: str) -> None:
        self._on_died(name, what)

    @Slot()
    def _on_closed(self) -> None:
        if self._is_running:
            self._app.quit()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        del frame
        _log.info("asked to end by signal %s", number)
        self._close()
