"""A button that shows its key: a label for beginners, a keycap for experts, both always on screen.

Apart because tiles, function bar and verdict use the same one, and because it fits its words to its width.
"""

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QSizePolicy

from pos_client.ui import icons
from pos_client.ui.fitting import SMALLEST_PX, fitted_font
from pos_client.ui.line_breaks import parted

_PAD: Final = 12
_GAP: Final = 8
_SLACK: Final = 6
# Above and below two small lines there is room already, which belongs to the font.
_LEADING: Final = 3


class KeyButton(QPushButton):
    """A push button with an icon, words and a keycap.

    Args:
        kind: how the sheet draws it (``primary``, ``quiet``, ``tile``, ``panel``, ``chip`` or empty).
        key: what the keycap says, for example ``F2``; empty for none.
        icon: name of an icon, empty for none.
        stacked: words under the icon, as on a tile.
        cap_first: the keycap stands before the words, as in a row of keys.
    """

    def __init__(
        self, kind: str = "", key: str = "", icon: str = "", *, stacked: bool = False, cap_first: bool = False
    ) -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if stacked:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._key = key
        self._icon = icon
        self._stacked = stacked
        self._cap_first = cap_first
        self._words = ""
        self._most_px = 0
        self._hint: tuple[tuple[str, str], QSize] | None = None

    def set_words(self, text: str, description: str = "") -> None:
        """Set what stands on it and what a screen reader says."""
        self._words = text
        self.setAccessibleName(f"{text} {self._key}".strip())
        self.setAccessibleDescription(description or text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """What stands on it; the style does not know it, since it is written here."""
        return self._words

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        if icon != self._icon:
            self._icon = icon
            self.updateGeometry()
            self.update()

    def set_key(self, key: str) -> None:
        """Show another keycap."""
        self._key = key
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for icon, words and keycap at full size."""
        self.ensurePolished()
        asked = (f"{self._words} {self._key} {self._icon}", self.font().key())
        if self._hint is None or self._hint[0] != asked:
            self._hint = (asked, self._measured())
        return self._hint[1]

    def _measured(self) -> QSize:
        metrics = self.fontMetrics()
        height = max(super().sizeHint().height(), self.minimumHeight())
        if self._stacked:
            return QSize(metrics.horizontalAdvance(self.text()) + 2 * _PAD, max(96, metrics.height() * 3 + 24))
        # Slack: a glyph's box may be wider than its advance, and that must not cost the words a size.
        width = _SLACK + 2 * _PAD + metrics.horizontalAdvance(self.text()) + self._beside()
        return QSize(max(width, self.minimumWidth(), 48), height)

    def _beside(self) -> int:
        return (24 + _GAP if self._icon else 0) + (self._cap_width() + _GAP if self._key else 0)

    def minimumSizeHint(self) -> QSize:
        """A finger's breadth; the words shrink to it. In a row of keys no further than they can be read."""
        width = 0
        if self.property("kind") == "quiet":
            smallest = QFont(self.font())
            smallest.setPixelSize(SMALLEST_PX)
            words = QFontMetrics(smallest).horizontalAdvance(self.text())
            width = _SLACK + 2 * _PAD + words + self._beside()
        return QSize(max(48, width), super().minimumSizeHint().height())

    def fitting_px(self) -> int:
        """The size at which its words fit."""
        return self._fitted().pixelSize()

    def shown_px(self) -> int:
        """The size at which they stand there."""
        return min(self.fitting_px(), self._most_px or self.font().pixelSize())

    def set_most_px(self, pixels: int) -> None:
        """Write no larger than this, as its neighbours do; 0 for as large as fits."""
        if pixels != self._most_px:
            self._most_px = pixels
            self.update()

    def is_cut(self) -> bool:
        """Whether the words do not fit even at the smallest size."""
        room = self._words_box()
        flags = Qt.TextFlag.TextWordWrap if self._wraps() else Qt.TextFlag.TextSingleLine
        bounds = QFontMetrics(self._fitted()).boundingRect(QRect(0, 0, room.width(), 9999), flags.value, self.text())
        return bool(self.text()) and (bounds.width() > room.width() or bounds.height() > room.height())

    def _fitted(self) -> QFont:
        return fitted_font(self.text(), self.font(), self._words_box().size(), wrap=self._wraps())

    def _wraps(self) -> bool:
        """Whether the words take more than one line: below an icon, or where one is too short for them at any size."""
        return self._stacked or self._least_width() > self._words_box().width()

    def _least_width(self) -> int:
        smallest = QFont(self.font())
        smallest.setPixelSize(min(SMALLEST_PX, smallest.pixelSize()))
        return QFontMetrics(smallest).horizontalAdvance(self.text()) + _SLACK

    def _shows_icon(self) -> bool:
        """Beside words it gives way to them."""
        if self._stacked or not self.text():
            return bool(self._icon)
        return bool(self._icon) and self._least_width() <= self._inner().width() - self._beside()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style draws a button without words, then icon, words and keycap are laid on it."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._colour()
        if self._shows_icon():
            self._draw_icon(painter, colour)
        self._draw_words(painter, colour)
        if self._key:
            self._draw_cap(painter, colour)

    def _colour(self) -> QColor:
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        return self.palette().color(group, QPalette.ColorRole.ButtonText)

    def _draw_icon(self, painter: QPainter, colour: QColor) -> None:
        box = QRectF(self._icon_box())
        if self._stacked:
            # The one accent of a quiet screen: a disc that a beginner's eye finds.
            margin = box.width() * 0.36
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(QPalette.ColorRole.AlternateBase))
            painter.drawEllipse(box.adjusted(-margin, -margin, margin, margin))
            colour = self.palette().color(QPalette.ColorRole.Link)
        icons.draw(painter, self._icon, box, colour)

    def _draw_words(self, painter: QPainter, colour: QColor) -> None:
        box = self._words_box()
        painter.setPen(colour)
        font = QFont(self.font())
        font.setPixelSize(self.shown_px())
        painter.setFont(font)
        wraps = self._wraps()
        flag = Qt.TextFlag.TextWordWrap if wraps else Qt.TextFlag.TextSingleLine
        at_left = (self._shows_icon() or self._cap_first) and not self._stacked
        across = Qt.AlignmentFlag.AlignLeft if at_left else Qt.AlignmentFlag.AlignHCenter
        words = parted(self.text(), font, box.width()) if wraps else self.text()
        painter.drawText(box, (across | Qt.AlignmentFlag.AlignVCenter).value | flag.value, words)

    def _draw_cap(self, painter: QPainter, colour: QColor) -> None:
        box, font = self._cap_box(), self._cap_font()
        faint = QColor(colour)
        faint.setAlphaF(0.12)
        edge = QColor(colour)
        edge.setAlphaF(0.55)
        painter.setPen(edge)
        painter.setBrush(faint)
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(colour)
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._key)

    def _cap_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(12, min(round(self.font().pixelSize() * 0.82), 18)))
        font.setWeight(QFont.Weight.Medium)
        return font

    def _cap_width(self) -> int:
        return QFontMetrics(self._cap_font()).horizontalAdvance(self._key) + 12 if self._key else 0

    def _icon_side(self) -> int:
        return (30 if self.height() < 130 else 40) if self._stacked else min(24, self.height() - 16)

    def _inner(self) -> QRect:
        return self.rect().adjusted(_PAD, 4, -_PAD, -4)

    def _icon_box(self) -> QRect:
        inner, side = self._inner(), self._icon_side()
        if self._stacked:
            top = inner.center().y() - side - (2 if side < 40 else 0)
            return QRect(inner.center().x() - side // 2, max(inner.top() + 6, top), side, side)
        left = inner.left() if self.text() or self._key else inner.center().x() - side // 2
        return QRect(left, inner.center().y() - side // 2, side, side)

    def _cap_box(self) -> QRect:
        inner, width = self._inner(), self._cap_width()
        height = QFontMetrics(self._cap_font()).height() + 4
        if self._stacked:
            return QRect(inner.right() - width + 5, inner.top() + 4, width, height)
        left = inner.left() if self._cap_first else inner.right() - width + 1
        return QRect(left, inner.center().y() - height // 2, width, height)

    def _words_box(self) -> QRect:
        inner = self._inner()
        if self._stacked:
            top = self._icon_box().bottom() + self._icon_side() * 4 // 10 if self._icon else inner.top()
            return QRect(inner.left(), top, inner.width(), inner.bottom() - top)
        left = self._icon_side() + _GAP if self._shows_icon() else 0
        cap = self._cap_width() + _GAP if self._key else 0
        if self._cap_first:
            return inner.adjusted(left + cap, -_LEADING, 0, _LEADING)
        return inner.adjusted(left, -_LEADING, -cap, _LEADING)
