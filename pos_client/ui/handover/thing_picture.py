"""A prize as the customer knows it: its photograph where this machine has one, else a drawing with its name.

Apart from the screen because a picture is loaded once, and must never be larger than its place.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImageReader, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_client.ui import icons
from pos_client.ui.fitting import fitted_font
from pos_client.ui.theme import Theme

SIDE: Final = 320
_LEAST: Final = 160
_LARGEST_PX: Final = 960
_RADIUS: Final = 12


def photograph(path: Path) -> QPixmap:
    """A picture file, made smaller while it is read; empty where it is none."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > _LARGEST_PX:
        reader.setScaledSize(size.scaled(_LARGEST_PX, _LARGEST_PX, Qt.AspectRatioMode.KeepAspectRatio))
    return QPixmap.fromImageReader(reader)


class ThingPicture(QWidget):
    """Shows one thing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._name, self._icon = "", "gift"
        self._path: Path | None = None
        self._photo = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumSize(SIDE * 2, SIDE * 2)

    @property
    def has_photo(self) -> bool:
        """A photograph is shown."""
        return not self._photo.isNull()

    def show_thing(self, name: str, path: Path | None, icon: str = "gift") -> None:
        """A thing by its name, its photograph, and what is drawn without one."""
        if path != self._path:
            self._path = path
            self._photo = photograph(path) if path else QPixmap()
        self._name, self._icon = name, icon
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """As large as a hand."""
        return QSize(SIDE, SIDE)

    def minimumSizeHint(self) -> QSize:
        """Still a thing."""
        return QSize(_LEAST, _LEAST)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A square, on a level with the words beside it."""
        del event
        side = min(self.width(), self.height())
        box = QRect((self.width() - side) // 2, 0, side, side)
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        edge = QPainterPath()
        edge.addRoundedRect(QRectF(box), _RADIUS, _RADIUS)
        painter.setClipPath(edge)
        painter.fillRect(box, self._theme.colour("brand-tint"))
        if self.has_photo:
            self._draw_photo(painter, box)
        else:
            self._draw_word(painter, box)

    def _draw_photo(self, painter: QPainter, box: QRect) -> None:
        """The middle of it, without a border."""
        whole = self._photo.size()
        part = min(whole.width(), whole.height())
        source = QRect((whole.width() - part) // 2, (whole.height() - part) // 2, part, part)
        painter.drawPixmap(box, self._photo, source)

    def _draw_word(self, painter: QPainter, box: QRect) -> None:
        ink = self._theme.colour("brand-ink")
        half = box.height() / 2
        icons.draw(painter, self._icon, QRectF(box.left(), box.top() + half * 0.3, box.width(), half), ink)
        room = QRect(box.left() + 16, box.top() + round(half * 1.36), box.width() - 32, round(half * 0.5))
        font = self.font()
        font.setPixelSize(self._theme.size("title"))
        painter.setFont(fitted_font(self._name, font, room.size(), wrap=True))
        painter.setPen(self._theme.colour("text"))
        painter.drawText(room, (Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap).value, self._name)
