"""Words that always fit their place: large where there is room, smaller where there is not, never cut off.

Apart from the screens because languages, text sizes and window sizes multiply, and no layout holds for all of them.
"""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy

from pos_client.ui.line_breaks import parted

SMALLEST_PX: Final = 14
_ROOM: Final = 16_777_215
# What is narrower has not been given its place yet, and would ask for a line for each character.
_LEAST_PLACE: Final = 64
_QT_THICKENS_BELOW_PX: Final = 64


@lru_cache(maxsize=1024)
def fitting_px(text: str, font_key: str, wanted_px: int, width: int, height: int, flags: int) -> int:
    """The largest size up to ``wanted_px`` at which a text fits a box, at least ``SMALLEST_PX``."""
    font = QFont()
    font.fromString(font_key)
    if _fits(text, font, wanted_px, QSize(width, height), flags):
        return wanted_px
    low, high = min(SMALLEST_PX, wanted_px), max(wanted_px - 1, 1)
    while low < high:
        middle = (low + high + 1) // 2
        if _fits(text, font, middle, QSize(width, height), flags):
            low = middle
        else:
            high = middle - 1
    return low


def _fits(text: str, font: QFont, pixels: int, room: QSize, flags: int) -> bool:
    sized = QFont(font)
    sized.setPixelSize(pixels)
    height = room.height() if flags & Qt.TextFlag.TextWordWrap.value else _ROOM
    bounds = QFontMetrics(sized).boundingRect(QRect(0, 0, room.width(), height), flags, text)
    return bounds.width() <= room.width() and bounds.height() <= room.height()


def fitted_font(text: str, font: QFont, room: QSize, *, wrap: bool = False) -> QFont:
    """A copy of a font, no larger than it, at which the text fits the room."""
    flags = Qt.TextFlag.TextWordWrap.value if wrap else Qt.TextFlag.TextSingleLine.value
    fitted = QFont(font)
    fitted.setPixelSize(fitting_px(text, font.toString(), font.pixelSize(), room.width(), room.height(), flags))
    return fitted


@lru_cache(maxsize=32)
def _has_bold(family: str) -> bool:
    return any(QFontDatabase.bold(family, style) for style in QFontDatabase.styles(family))


def needs_own_bold(font: QFont) -> bool:
    """Whether Qt would lose the weight: it thickens a family that has no bold cut only below 64 pixels."""
    return font.bold() and font.pixelSize() >= _QT_THICKENS_BELOW_PX and not _has_bold(font.family())


def draw_bold(painter: QPainter, room: QRect, text: str) -> None:
    """Write one line at the left of a room, thickened by hand."""
    font = QFont(painter.font())
    font.setBold(False)
    metrics = QFontMetrics(font)
    baseline = room.top() + (room.height() - metrics.height()) / 2 + metrics.ascent()
    outline = QPainterPath()
    outline.addText(room.left(), baseline, font, text)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = painter.pen().color()
    painter.strokePath(outline, QPen(colour, font.pixelSize() / 26, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.fillPath(outline, colour)


class FittedLabel(QLabel):
    """A label whose text shrinks to its box instead of being cut off.

    Args:
        role: its text role in the style sheet.
        lines: how many lines it asks room for.
        wrap: it may take more than one line.
        grows: it asks for the height that its words take at the smallest size, where that is more.
    """

    def __init__(self, role: str, lines: int = 1, *, wrap: bool = False, grows: bool = False) -> None:
        super().__init__()
        self.setProperty("role", role)
        self._lines, self._grows, self._least_height = lines, grows, 0
        self._ink: QColor | None = None
        self.set_wrapped(wrapped=wrap)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def set_wrapped(self, *, wrapped: bool) -> None:
        """Let it take more than one line, or not."""
        self._wrap = wrapped
        horizontal = QSizePolicy.Policy.Ignored if wrapped else QSizePolicy.Policy.Preferred
        self.setSizePolicy(horizontal, QSizePolicy.Policy.Preferred)

    def set_ink(self, ink: QColor | None) -> None:
        """Write in this colour instead of the sheet's."""
        self._ink = ink
        self.update()

    def set_lines(self, lines: int) -> None:
        """Ask room for another number of lines."""
        self._lines = lines
        self.updateGeometry()

    def setText(self, text: str) -> None:
        """Say something else."""
        super().setText(text)
        self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower place may need another line."""
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        """By the width alone: a height that changed with the height would never come to rest."""
        if not self._grows or self.contentsRect().width() < _LEAST_PLACE:
            return
        room = QRect(0, 0, self.contentsRect().width(), _ROOM)
        least = QFontMetrics(self._smallest()).boundingRect(room, self._flags(), self.text()).height()
        if least != self._least_height:
            self._least_height = least
            self.updateGeometry()

    def _smallest(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(min(SMALLEST_PX, max(1, font.pixelSize())))
        return font

    def sizeHint(self) -> QSize:
        """Its text on one line at full size; as many lines high as it asks for."""
        self.ensurePolished()
        metrics = self.fontMetrics()
        width = metrics.boundingRect(self.text()).width()
        height = max(metrics.lineSpacing() * self._lines, self._least_height)
        return QSize(max(width, metrics.horizontalAdvance(self.text())) + 4, height + 2)

    def minimumSizeHint(self) -> QSize:
        """Its text at the smallest size; a long one may be shortened to 160 pixels."""
        self.ensurePolished()
        metrics = QFontMetrics(self._smallest())
        width = 0 if self._wrap else metrics.horizontalAdvance(self.text()) + 4
        return QSize(min(width, 160), max(metrics.lineSpacing(), self._least_height) + 2)

    def shown_font(self) -> QFont:
        """The font in which the text stands now."""
        return fitted_font(self.text(), self.font(), self.contentsRect().size(), wrap=self._wrap)

    def is_cut(self) -> bool:
        """Whether even the smallest size does not fit."""
        room = self.contentsRect().size()
        return bool(self.text()) and not _fits(
            self.text(), self.font(), self.shown_font().pixelSize(), room, self._flags()
        )

    def _flags(self) -> int:
        return (Qt.TextFlag.TextWordWrap if self._wrap else Qt.TextFlag.TextSingleLine).value

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the text; where even the smallest size does not fit, its end becomes an ellipsis."""
        del event
        painter = QPainter(self)
        painter.setFont(self.shown_font())
        painter.setPen(self._ink or self.palette().color(self.foregroundRole()))
        text, room = self.text(), self.contentsRect()
        if self._wrap:
            text = parted(text, painter.font(), room.width())
        else:
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        if not self._wrap and needs_own_bold(painter.font()):
            spare = room.width() - painter.fontMetrics().horizontalAdvance(text)
            is_centred = bool(self.alignment() & Qt.AlignmentFlag.AlignHCenter)
            draw_bold(painter, room.adjusted(max(0, spare) // 2 if is_centred else 0, 0, 0, 0), text)
        else:
            painter.drawText(room, self.alignment().value | self._flags(), text)
