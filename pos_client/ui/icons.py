"""Draws the program's own icons in the colour of the words beside them.

Apart so that a widget names an icon and nothing else: files, colours, sizes and the cache are known here only.
"""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QWidget

from pos_client.ui.assets import resources_folder
from pos_client.ui.theme import mark


@lru_cache(maxsize=256)
def pixmap(name: str, pixels: int, colour: str, back: str = "#FFFFFF", ratio: float = 1.0) -> QPixmap:
    """An icon as a square picture.

    Args:
        name: file name in ``resources/icons`` without its ending.
        pixels: logical side length.
        colour: of the shape.
        back: of the mark inside a filled shape.
        ratio: device pixels for one logical pixel.
    """
    drawing = (resources_folder() / "icons" / f"{name}.svg").read_text("utf-8")
    coloured = drawing.replace("currentColor", colour).replace("backColor", back)
    picture = QPixmap(round(pixels * ratio), round(pixels * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(coloured.encode())).render(painter, QRectF(0, 0, picture.width(), picture.height()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def draw(painter: QPainter, name: str, box: QRectF, colour: QColor, back: QColor | None = None) -> None:
    """Paint an icon into a box, as large as fits, in its middle."""
    side = int(min(box.width(), box.height()))
    ratio = painter.device().devicePixelRatioF()
    picture = pixmap(name, side, colour.name(), (back or QColor("#FFFFFF")).name(), ratio)
    painter.drawPixmap(
        round(box.x() + (box.width() - side) / 2), round(box.y() + (box.height() - side) / 2), side, side, picture
    )


class IconLabel(QLabel):
    """An icon in the colour that the sheet gives to words at this place."""

    def __init__(self, name: str, pixels: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._pixels = pixels
        self._back: QColor | None = None
        self._ink: QColor | None = None
        self.setFixedSize(pixels, pixels)

    def set_icon(self, name: str, back: QColor | None = None) -> None:
        """Show another icon; ``back`` is the colour of the mark inside a filled shape."""
        self._name, self._back = name, back
        self.update()

    def set_ink(self, ink: QColor | None) -> None:
        """Draw in this colour instead of the sheet's."""
        self._ink = ink
        self.update()

    def set_tone(self, tone: str) -> None:
        """``warn`` where it asks for attention, empty otherwise."""
        mark(self, tone=tone)

    def name(self, words: str) -> None:
        """Say what it stands for, to a pointer and to a screen reader."""
        self.setToolTip(words)
        self.setAccessibleName(words)

    def set_pixels(self, pixels: int) -> None:
        """Another size."""
        self._pixels = pixels
        self.setFixedSize(pixels, pixels)

    def sizeHint(self) -> QSize:
        """As large as the icon."""
        return QSize(self._pixels, self._pixels)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon in the present colour of words."""
        del event
        painter = QPainter(self)
        colour = self._ink or self.palette().color(self.foregroundRole())
        draw(painter, self._name, QRectF(self.rect()), colour, self._back)
