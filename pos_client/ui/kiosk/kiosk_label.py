"""Words of the kiosk: in the middle, over several lines where they must, and heavy also where a font has no heavy cut.

Apart from the clerk's label because that one begins at the left, where a till is read.
"""

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent

from pos_client.ui.fitting import FittedLabel, draw_bold, needs_own_bold

_SIDE: Final = 12


class KioskLabel(FittedLabel):
    """A label in the middle of its place.

    Args:
        role: its text role in the style sheet. lines: how many lines it asks room for.
        at_left: it begins at the left.
    """

    def __init__(self, role: str, lines: int = 1, *, at_left: bool = False) -> None:
        super().__init__(role, lines, wrap=True)
        self.setContentsMargins(_SIDE, 0, _SIDE, 0)
        if not at_left:
            self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the text; one heavy line is thickened by hand."""
        font = self.shown_font()
        metrics, room = QFontMetrics(font), self.contentsRect()
        width = metrics.horizontalAdvance(self.text())
        if not needs_own_bold(font) or width > room.width() or "\n" in self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(font)
        painter.setPen(self._ink or self.palette().color(self.foregroundRole()))
        is_centred = bool(self.alignment() & Qt.AlignmentFlag.AlignHCenter)
        left = room.left() + ((room.width() - width) // 2 if is_centred else 0)
        draw_bold(painter, QRect(left, room.top(), width, room.height()), self.text())
