"""What stands where there is nothing: a picture, a sentence that says so, and a quieter one that says what will come.

Apart because an empty list, an empty tray and an empty day are the same calm place with other words.
"""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pos_client.ui import icons
from pos_client.ui.fitting import FittedLabel

_DISC: Final = 88
_LEAST_DISC: Final = 48
_ICON_SHARE: Final = 0.46


class _Disc(QWidget):
    """The disc of a tile, larger; it gives way before the words do."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self.icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(_DISC, _DISC)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_DISC, _LEAST_DISC)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height(), _DISC)
        disc = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.AlternateBase))
        painter.drawEllipse(disc)
        margin = side * (1 - _ICON_SHARE) / 2
        ink = self.palette().color(QPalette.ColorRole.Link)
        icons.draw(painter, self.icon, disc.adjusted(margin, margin, -margin, -margin), ink)


class EmptyPanel(QWidget):
    """Picture over words, in the middle of what room there is.

    Args:
        icon: name of an icon.
    """

    def __init__(self, icon: str) -> None:
        super().__init__()
        self.disc = _Disc(icon)
        self.words = FittedLabel("reason", lines=2, wrap=True)
        self.hint = FittedLabel("muted", lines=2, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 8)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(self.disc)
        for label in (self.words, self.hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            column.addWidget(label)
        column.addStretch(1)
        self.hint.hide()

    def show_words(self, words: str, hint: str = "") -> None:
        """What is so, and what will come."""
        self.words.setText(words)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.setAccessibleName(words)
        self.setAccessibleDescription(hint)
