"""Python's collector of cycles, on the window's thread alone while other threads run.

By itself it runs on whichever thread happens to allocate, and what it finds there may be a widget: Qt takes down timers
and children of a widget on its own thread only, and on another one it breaks off the whole program.
"""

import gc
from typing import ClassVar, Final

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY_MS: Final = 200


class Sweeper(QObject):
    """Sweeps at the limits that the collector has by itself, between two events."""

    _at_work: ClassVar[int] = 0

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.sweep)

    def begin(self) -> None:
        """Before the first thread."""
        if not self._timer.isActive():
            Sweeper._at_work += 1
            gc.disable()
            self._timer.start()

    def end(self) -> None:
        """After the last one."""
        if self._timer.isActive():
            self._timer.stop()
            Sweeper._at_work -= 1
            if not Sweeper._at_work:
                gc.enable()

    @Slot()
    def sweep(self) -> None:
        """The oldest generation that is due, and with it all younger ones."""
        ages = enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
        due = [age for age, (count, limit) in ages if count > limit > 0]
        if due:
            gc.collect(due[-1])
