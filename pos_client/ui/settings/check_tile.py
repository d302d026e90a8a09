"""One part of the counter as a tile: shape, name and word; never colour alone."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from pos_client.ui import icons
from pos_client.ui.fitting import fitted_font
from pos_client.ui.settings.check_words import ICON_OF, TONE_OF
from pos_client.ui.theme import Theme
from pos_client.usecases.machine_checks import Finding, Light

_SIDE: Final = 28
_LEAST: Final = 56


class CheckTile(QPushButton):
    """A part and how it is."""

    def __init__(self, theme: Theme, part: str) -> None:
        super().__init__()
        self.setProperty("kind", "check")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(_LEAST)
        self.part = part
        self.finding = Finding()
        self._theme, self._name, self._word = theme, part, ""

    def show_words(self, name: str, word: str) -> None:
        """What it is called, and how it is."""
        self._name, self._word = name, word
        self.setAccessibleName(f"{name}: {word}")
        self.setAccessibleDescription(self.finding.detail)
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines of words."""
        return QSize(220, _LEAST)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style draws a button, then shape and words are laid on it."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = self.rect().adjusted(14, 4, -12, -4)
        light = self.finding.light
        box = QRectF(inner.left(), inner.center().y() - _SIDE / 2 + 0.5, _SIDE, _SIDE)
        icons.draw(painter, ICON_OF[light], box, self._theme.colour(TONE_OF[light]), self._theme.colour("surface"))
        words = inner.adjusted(_SIDE + 14, 0, 0, 0)
        half = words.height() // 2
        self._write(painter, self._name, QRect(words.left(), words.top(), words.width(), half), is_name=True)
        self._write(painter, self._word, QRect(words.left(), words.top() + half, words.width(), half), is_name=False)

    def _write(self, painter: QPainter, text: str, room: QRect, *, is_name: bool) -> None:
        font = QFont(self._theme.family)
        font.setPixelSize(self._theme.size("body" if is_name else "small"))
        font.setWeight(QFont.Weight.DemiBold if is_name else QFont.Weight.Normal)
        painter.setFont(fitted_font(text, font, room.size(), wrap=True))
        is_calm = self.finding.light in {Light.GOOD, Light.UNKNOWN, Light.LOOKING}
        tone = "text" if is_name else "text-muted" if is_calm else TONE_OF[self.finding.light]
        painter.setPen(self._theme.colour(tone))
        up = Qt.AlignmentFlag.AlignBottom if is_name else Qt.AlignmentFlag.AlignTop
        painter.drawText(room, (Qt.AlignmentFlag.AlignLeft | up).value | Qt.TextFlag.TextSingleLine.value, text)
