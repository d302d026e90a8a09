"""A button for a customer's finger: large, unmistakably a button, and never smaller in its words than may be read.

Apart from the clerk's button, and no push button of the style sheet, because it is drawn by hand: a press that sinks, a
ring that everybody sees, a tick on what is switched on, and an edge that no picture on these screens has.
"""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from pos_client.ui import icons
from pos_client.ui.fitting import fitted_font
from pos_client.ui.theme import Theme

TARGET: Final = 80
PRIMARY: Final = 104
CARD: Final = 112
GAP: Final = 16
_PAD: Final = 20
_RADIUS: Final = 16
_SECONDS_PX: Final = 28


class Look(StrEnum):
    """What kind of button it is."""

    PRIMARY = "primary"
    PLAIN = "plain"
    TOGGLE = "toggle"
    DIGIT = "digit"
    CARD = "card"


class TouchButton(QAbstractButton):
    """A button with an icon, words, and perhaps a second line of words at its right or below.

    Args:
        theme: colours and sizes. look: its kind. icon: name of an icon, empty for none.
    """

    def __init__(self, theme: Theme, look: Look = Look.PLAIN, icon: str = "") -> None:
        super().__init__()
        self._theme, self.look, self._icon = theme, look, icon
        self._words, self._beside = "", ""
        self._share: float | None = None
        self._seconds = 0
        self._lines = 1
        self.setCheckable(look is Look.TOGGLE)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if look is Look.DIGIT else Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumSize(TARGET, PRIMARY if look is Look.PRIMARY else CARD if look is Look.CARD else TARGET)

    def set_words(self, text: str, beside: str = "", description: str = "") -> None:
        """What stands on it, and what a screen reader says of it."""
        self._words, self._beside = text, beside
        self.setAccessibleName(f"{text} {beside}".strip())
        self.setAccessibleDescription(description or text)
        self.updateGeometry()
        self.update()

    def set_time(self, left_s: float, share: float) -> None:
        """Seconds left, and their share of all, drawn as a ring in the place of its icon."""
        self._share, self._seconds = share, round(left_s + 0.49)
        self.update()

    def set_lines(self, lines: int) -> None:
        """Ask room for another number of lines."""
        self._lines = lines
        self.updateGeometry()

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def set_look(self, look: Look, icon: str = "") -> None:
        """Be another kind of button, in the same place and as large as before."""
        self.look, self._icon = look, icon
        self.update()

    def text(self) -> str:
        """What stands on it; written here and not by the style."""
        return self._words

    def words_px(self) -> int:
        """The size in which its words stand now."""
        return min(self._font_for(text, box).pixelSize() for text, box in self._parts() if text)

    def is_cut(self) -> bool:
        """Whether words do not fit even so."""
        return any(self._is_too_large(text, box) for text, box in self._parts() if text)

    def sizeHint(self) -> QSize:
        """Room for everything on one line, or for the words in two."""
        metrics = QFontMetrics(self._own_font())
        width = metrics.horizontalAdvance(self._words) + 2 * _PAD + (self._side() + 12 if self._has_picture() else 0)
        height = max(self.minimumHeight(), metrics.lineSpacing() * self._lines + 24)
        return QSize(max(width, self.minimumWidth()), height)

    def minimumSizeHint(self) -> QSize:
        """A finger."""
        return self.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, picture, words and ring."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, ink, edge = self._colours()
        self._draw_ground(painter, ground, edge)
        if self._has_picture():
            self._draw_picture(painter, ink)
        flags = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextWordWrap.value
        for place, (text, box) in enumerate(self._parts()):
            painter.setFont(self._font_for(text, box))
            painter.setPen(self._theme.colour("brand-ink") if place and self.look is Look.CARD else ink)
            painter.drawText(box, flags | self._across(place).value, text)

    def _draw_ground(self, painter: QPainter, ground: QColor, edge: QColor) -> None:
        down = 3 if self.isDown() else 0
        box = QRectF(self.rect()).adjusted(2, 2 + down, -2, -5 + down)
        if not down and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(edge)
            painter.drawRoundedRect(box.translated(0, 3), _RADIUS, _RADIUS)
        painter.setPen(QPen(edge, 2))
        painter.setBrush(ground)
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for inset, width, name in ((2, 5, "brand"), (6, 3, "surface"), (8, 2, "text")):
                painter.setPen(QPen(self._theme.colour(name), width))
                painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), _RADIUS - 4, _RADIUS - 4)

    def _draw_picture(self, painter: QPainter, ink: QColor) -> None:
        box = self._picture_box()
        if self._share is None:
            name = "check" if self.look is Look.TOGGLE and self.isChecked() else self._icon
            icons.draw(painter, name, QRectF(box), ink)
            return
        faint = QColor(ink)
        faint.setAlphaF(0.3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ring = QRectF(box).adjusted(4, 4, -4, -4)
        painter.setPen(QPen(faint, 6))
        painter.drawEllipse(ring)
        painter.setPen(QPen(ink, 6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(ring, 90 * 16, round(self._share * 360 * 16))
        font = self._own_font()
        font.setPixelSize(_SECONDS_PX)
        painter.setFont(font)
        painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, str(self._seconds))

    def _colours(self) -> tuple[QColor, QColor, QColor]:
        colour = self._theme.colour
        if not self.isEnabled():
            return colour("disabled-bg"), colour("disabled-text"), colour("disabled-text")
        if self.look is Look.PRIMARY or (self.look is Look.TOGGLE and self.isChecked()):
            return colour("brand-press" if self.isDown() else "brand"), colour("on-brand"), colour("brand-press")
        return colour("sunken" if self.isDown() else "surface"), colour("text"), colour("border")

    def _across(self, place: int) -> Qt.AlignmentFlag:
        if place and not self._is_stacked():
            return Qt.AlignmentFlag.AlignRight
        if self._has_picture() or self.look is Look.CARD:
            return Qt.AlignmentFlag.AlignLeft
        return Qt.AlignmentFlag.AlignHCenter

    def _own_font(self) -> QFont:
        role = {Look.PRIMARY: "say", Look.DIGIT: "title"}.get(self.look, "body")
        font = QFont(self._theme.family)
        font.setPixelSize(self._theme.size(role))
        font.setWeight(QFont.Weight.Bold)
        return font

    def _font_for(self, text: str, box: QRect) -> QFont:
        return fitted_font(text, self._own_font(), box.size(), wrap=True)

    def _is_too_large(self, text: str, box: QRect) -> bool:
        bounds = QFontMetrics(self._font_for(text, box)).boundingRect(
            QRect(0, 0, box.width(), 9999), Qt.TextFlag.TextWordWrap.value, text
        )
        return bounds.width() > box.width() or bounds.height() > box.height()

    def _has_picture(self) -> bool:
        return bool(self._icon) or self._share is not None

    def _side(self) -> int:
        return 68 if self._share is not None else 44

    def _inner(self) -> QRect:
        down = 3 if self.isDown() else 0
        return self.rect().adjusted(_PAD, 6 + down, -_PAD, -9 + down)

    def _picture_box(self) -> QRect:
        """Beside the words, and with them in the middle; alone in the middle."""
        inner, side = self._inner(), self._side()
        left = inner.left()
        if not self._words:
            left = inner.center().x() - side // 2
        elif self.look is not Look.CARD:
            wanted = side + 12 + QFontMetrics(self._own_font()).horizontalAdvance(self._words) + 4
            left += max(0, (inner.width() - wanted) // 2)
        return QRect(left, inner.center().y() - side // 2, side, side)

    def _is_stacked(self) -> bool:
        metrics = QFontMetrics(self._own_font())
        wanted = metrics.horizontalAdvance(self._words) + metrics.horizontalAdvance(self._beside) + 2 * _PAD
        room = self._inner().width() - (self._side() + 12 if self._has_picture() else 0)
        return bool(self._beside) and wanted > room

    def _parts(self) -> list[tuple[str, QRect]]:
        """Each text and its box."""
        box = self._inner()
        if self._has_picture() and self._words:
            box.setLeft(self._picture_box().right() + 12)
        if not self._beside:
            return [(self._words, box)]
        if self._is_stacked():
            half = box.height() // 2
            return [(self._words, box.adjusted(0, 0, 0, -half)), (self._beside, box.adjusted(0, half, 0, 0))]
        width = QFontMetrics(self._own_font()).horizontalAdvance(self._beside) + 6
        split = box.right() - width
        return [
            (self._words, box.adjusted(0, 0, -width - _PAD, 0)),
            (self._beside, QRect(QPointF(split, box.top()).toPoint(), QSize(width, box.height()))),
        ]
