"""The mark of practice, above every screen: stripes and words, so that nobody takes it for a real counter.

Apart from the banner because no news may ever take its place. It speaks both languages at once, and says which PINs to
practise with, wherever one is asked for.
"""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from pos_client.domain.practice_pins import CLERK_PIN, SUPERVISOR_PIN
from pos_client.ui.fitting import SMALLEST_PX

HEIGHT: Final = 28
WORDS: Final = (
    f"练习 · 不计数 · 密码 店员 {CLERK_PIN} 主管 {SUPERVISOR_PIN}"
    f"   PRACTICE · nothing counts · PIN clerk {CLERK_PIN}, supervisor {SUPERVISOR_PIN}"
)
_DARK, _LIGHT = QColor("#1B1F24"), QColor("#FFC233")
_STEP: Final = 28


class TrainingStripe(QWidget):
    """Black and yellow, with the words in the middle."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(WORDS)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Stripes over the whole width, and the words on a plain ground."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), _LIGHT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_DARK)
        for left in range(-_STEP, self.width() + _STEP, _STEP):
            corners = ((left, HEIGHT), (left + 14, HEIGHT), (left + 14 + HEIGHT, 0), (left + HEIGHT, 0))
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        font = QFont(self.font())
        font.setPixelSize(16)
        font.setWeight(QFont.Weight.Bold)
        while font.pixelSize() > SMALLEST_PX and QFontMetricsF(font).horizontalAdvance(WORDS) + 48 > self.width():
            font.setPixelSize(font.pixelSize() - 1)
        painter.setFont(font)
        width = QFontMetricsF(font).horizontalAdvance(WORDS) + 48
        box = QRectF((self.width() - width) / 2, 0, width, HEIGHT)
        painter.fillRect(box, _LIGHT)
        painter.setPen(_DARK)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, WORDS)
