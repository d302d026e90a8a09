"""Bars painted by hand: colour, pattern and the number itself on each, in a font that always fits.

Apart because Qt's own chart modules are under the GPL, and because nothing here may rest on colour alone.
"""

from typing import Final

from PySide6.QtCore import QMargins, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_client.ui.dashboard.charts import Chart, ChartBar
from pos_client.ui.fitting import SMALLEST_PX, fitted_font
from pos_client.ui.theme import Theme

# The pattern of each series lies over its colour, in the ground's colour.
_PATTERN: Final = {
    1: Qt.BrushStyle.NoBrush,
    2: Qt.BrushStyle.BDiagPattern,
    3: Qt.BrushStyle.HorPattern,
    4: Qt.BrushStyle.FDiagPattern,
}
_LABELS_MOST: Final = 0.45
_MOST_ROW: Final = 2.6
_GAP: Final = 8
_THINNEST: Final = 3


class BarChart(QWidget):
    """A chart as a picture.

    Args:
        theme: colours and the clerk's text size.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._role = "body"
        self.chart = Chart("", "", 1, (), ())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_chart(self, chart: Chart) -> None:
        """Draw this; a screen reader hears every bar."""
        self.chart = chart
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(", ".join(f"{bar.label}: {bar.text}" for bar in chart.bars))
        self.update()

    def set_role(self, role: str) -> None:
        """The text role in which its words stand."""
        self._role = role
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Room for one number over one label."""
        return QSize(160, 4 * SMALLEST_PX)

    def is_cut(self) -> bool:
        """Whether a word or number does not fit even at the smallest size."""
        for text, room in self._texts():
            font = self._font(text, room)
            metrics = QFontMetrics(font)
            if font.pixelSize() < SMALLEST_PX or metrics.horizontalAdvance(text) > room.width() + 1:
                return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for _, box in self._boxes():
            self._fill(painter, box)
        if self.chart.upright:
            self._draw_usual(painter)
        painter.setPen(self._theme.colour("text"))
        side = Qt.AlignmentFlag.AlignHCenter if self.chart.upright else Qt.AlignmentFlag.AlignLeft
        for text, room in self._texts():
            painter.setFont(self._font(text, room))
            if self.chart.upright:
                # The line may cross a number, which is the more important of the two.
                ground = painter.fontMetrics().tightBoundingRect(text).size().grownBy(QMargins(3, 2, 3, 2))
                behind = QRect(QPoint(0, 0), ground)
                behind.moveCenter(room.center())
                painter.fillRect(behind, self._theme.colour("surface"))
            painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)

    def _fill(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour(self.chart.series))
        painter.drawRect(box)
        pattern = _PATTERN[self.chart.series]
        if pattern is not Qt.BrushStyle.NoBrush:
            painter.setBrush(QBrush(self._theme.colour("surface"), pattern))
            painter.drawRect(box)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._colour(self.chart.series), 1.5))
        painter.drawRect(box)

    def _draw_usual(self, painter: QPainter) -> None:
        points = [
            QPointF(box.center().x(), self._height_of(bar.usual)) for bar, box in self._boxes() if bar.usual is not None
        ]
        ink = self._colour(2)
        painter.setPen(QPen(ink, 2, Qt.PenStyle.DashLine))
        painter.drawPolyline(points)
        painter.setPen(QPen(ink, 2))
        painter.setBrush(self._theme.colour("surface"))
        for point in points:
            painter.drawEllipse(point, 4, 4)

    def _colour(self, series: int) -> QColor:
        return self._theme.colour(f"chart-{series}")

    def _boxes(self) -> list[tuple[ChartBar, QRectF]]:
        return self._upright() if self.chart.upright else self._lying()

    def _most(self) -> float:
        return max((max(bar.value, bar.usual or 0) for bar in self.chart.bars), default=0) or 1

    def _line(self) -> int:
        """Height of a line of words."""
        return min(round(self._theme.size(self._role) * 1.4), max(SMALLEST_PX + 6, self.height() // 6))

    def _height_of(self, value: float) -> float:
        top, bottom = self._line(), self.height() - self._line()
        return bottom - (bottom - top) * value / self._most()

    def _upright(self) -> list[tuple[ChartBar, QRectF]]:
        bars = self.chart.bars
        slot = self.width() / max(1, len(bars))
        wide = min(slot - _GAP, 96)
        found = []
        for place, bar in enumerate(bars):
            top, bottom = self._height_of(bar.value), self._height_of(0)
            left = slot * place + (slot - wide) / 2
            found.append((bar, QRectF(left, min(top, bottom - _THINNEST * (bar.value > 0)), wide, bottom - top)))
        return found

    def _lying(self) -> list[tuple[ChartBar, QRectF]]:
        bars = self.chart.bars
        row = min(self.height() / max(1, len(bars)), self._line() * _MOST_ROW)
        left = self._labels() + _GAP
        room = self.width() - left - self._numbers()
        return [
            (bar, QRectF(left, row * place + row * 0.16, max(_THINNEST, room * bar.value / self._most()), row * 0.68))
            for place, bar in enumerate(bars)
        ]

    def _labels(self) -> int:
        """Room for the longest name before a bar: no more than it needs, so that bars stay long."""
        longest = self._longest([bar.label for bar in self.chart.bars])
        return min(longest + _GAP, round(self.width() * _LABELS_MOST))

    def _numbers(self) -> float:
        """Room for the longest number behind a bar."""
        return min(self._longest([_behind(bar) for bar in self.chart.bars]) + 2 * _GAP, self.width() * 0.3)

    def _longest(self, texts: list[str]) -> int:
        font = QFont(self.font())
        font.setPixelSize(self._theme.size(self._role))
        return max((QFontMetrics(font).horizontalAdvance(text) for text in texts), default=0)

    def _texts(self) -> list[tuple[str, QRect]]:
        """Every word and number with its room."""
        found: list[tuple[str, QRect]] = []
        line = self._line()
        for bar, box in self._boxes():
            if self.chart.upright:
                slot = self.width() / len(self.chart.bars)
                left = round(box.center().x() - slot / 2)
                found += [
                    (bar.text, QRect(left, round(box.top()) - line, round(slot), line)),
                    (bar.label, QRect(left + _GAP // 2, self.height() - line, round(slot) - _GAP, line)),
                ]
            else:
                # Words may use the whole row; a bar leaves air above and below itself.
                air = round(box.height() * 0.2)
                top, high = round(box.top()) - air, round(box.height()) + 2 * air
                labels = QRect(0, top, self._labels(), high)
                behind = round(box.right()) + _GAP
                number = QRect(behind, top, self.width() - behind, high)
                found += [(bar.label, labels), (_behind(bar), number)]
        return found

    def _font(self, text: str, room: QRect) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._theme.size(self._role))
        return fitted_font(text, font, room.size())


def _behind(bar: ChartBar) -> str:
    return f"{bar.text}  {bar.more}".rstrip()
