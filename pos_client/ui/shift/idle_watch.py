"""Hides the window when nobody has touched it for a while: what is left open at a counter is read by others.

Apart from the log-in because it watches the native window. A filter on the whole application would be asked about every
repaint too; this one sees each key and touch once.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QWindow

LOCK_AFTER_MS: Final = 5 * 60_000
_TOUCHES: Final = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.Wheel}
)


class IdleWatch(QObject):
    """Tells when nobody was there for five minutes.

    Args:
        lock: called then.
    """

    def __init__(self, lock: Callable[[], None]) -> None:
        super().__init__()
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(LOCK_AFTER_MS)
        self.timer.timeout.connect(lock)

    def watch(self, window: QWindow) -> None:
        """Hear the keys and touches of the native window, from now on."""
        window.installEventFilter(self)
        self.timer.start()

    def stop(self) -> None:
        """The window goes."""
        self.timer.stop()

    @Slot()
    def heard(self) -> None:
        """Somebody is there."""
        if self.timer.isActive():
            self.timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let everything through."""
        del watched
        if event.type() in _TOUCHES:
            self.timer.start()
        return False
