"""The undo button with its ring: how long taking back is free can be seen, not guessed."""

from math import ceil
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen

from pos_client.ui.key_button import KeyButton

_RING: Final = 30


class UndoButton(KeyButton):
    """Undo, free while the ring runs down; afterwards it asks for a reason."""

    def __init__(self) -> None:
        super().__init__("panel", "F8", "undo")
        self._left_s = 0.0
        self._whole_s = 8.0

    def show_left(self, left_s: float) -> None:
        """Seconds of free undo that remain."""
        if left_s != self._left_s:
            self._left_s = left_s
            self.update()

    def begin(self, whole_s: float) -> None:
        """A new ring of so many seconds."""
        self._whole_s = max(whole_s, 0.1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, with the ring in the place of its icon while undo is free."""
        super().paintEvent(event)
        if self._left_s <= 0:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self._icon_box().center().x() - _RING / 2 + 0.5, self.height() / 2 - _RING / 2, _RING, _RING)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(self.backgroundRole()))
        painter.drawEllipse(box.adjusted(-1, -1, 1, 1))
        pen = QPen(self.palette().color(self.foregroundRole()), 3.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawArc(box.adjusted(2, 2, -2, -2), 90 * 16, round(360 * 16 * self._left_s / self._whole_s))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(ceil(self._left_s)))
