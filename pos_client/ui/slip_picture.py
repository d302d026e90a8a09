"""A slip as a PNG as wide as an 80 mm printer prints: 576 dots at 203 dpi.

Apart from the window because a command draws it too, on a machine that may have no display.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import segno
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QApplication

from pos_client.config.slip_page import Row, RowKind
from pos_client.config.whole_file import replace_file

from .fitting import fitted_font
from .theme import font_family

WIDTH_PX: Final = 576
_MARGIN_PX: Final = 16
_TEXT_PX: Final = 24
_ROW_PX: Final = 34
_QUIET_ZONE: Final = 4
_LARGEST_MODULE_PX: Final = 8
_INSIDE: Final = WIDTH_PX - 2 * _MARGIN_PX
_DOTS_PER_METRE: Final = 8_000


def write_slip_picture(rows: Sequence[Row], path: Path) -> None:
    """Draw the rows below each other. Raises DiskFull, StorageUnavailable."""
    # Fonts need the application; a running window's is used where there is one.
    running = QGuiApplication.instance() or _application()
    picture = _drawn(rows)
    del running
    replace_file(path, _png(picture))


def _application() -> QGuiApplication:
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QApplication(sys.argv[:1])


def _drawn(rows: Sequence[Row]) -> QImage:
    symbols = {row.left: _symbol(row.left) for row in rows if row.kind is RowKind.CODE}
    heights = [symbols[row.left].height() if row.kind is RowKind.CODE else _ROW_PX for row in rows]
    picture = QImage(WIDTH_PX, sum(heights) + 2 * _MARGIN_PX, QImage.Format.Format_Grayscale8)
    picture.setDotsPerMeterX(_DOTS_PER_METRE)
    picture.setDotsPerMeterY(_DOTS_PER_METRE)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    top = _MARGIN_PX
    for row, height in zip(rows, heights, strict=True):
        if row.kind is RowKind.CODE:
            symbol = symbols[row.left]
            painter.drawImage((WIDTH_PX - symbol.width()) // 2, top, symbol)
        else:
            _draw(painter, row, QRect(_MARGIN_PX, top, _INSIDE, height))
        top += height
    painter.end()
    return picture


def _draw(painter: QPainter, row: Row, room: QRect) -> None:
    painter.setPen(QColor("black"))
    if row.kind is RowKind.RULE:
        middle = room.center().y()
        painter.drawLine(room.left(), middle, room.right(), middle)
        return
    font = QFont(font_family())
    font.setPixelSize(_TEXT_PX)
    font.setBold(row.kind is RowKind.TITLE)
    middle = Qt.AlignmentFlag.AlignVCenter
    side = Qt.AlignmentFlag.AlignHCenter if row.kind is RowKind.TITLE else Qt.AlignmentFlag.AlignLeft
    painter.setFont(fitted_font(f"{row.left} {row.right}", font, room.size()))
    painter.drawText(room, side | middle, row.left)
    painter.drawText(room, Qt.AlignmentFlag.AlignRight | middle, row.right)


def _symbol(code: str) -> QImage:
    """A QR symbol, as large as the paper takes it."""
    modules = [bytes(row) for row in segno.make_qr(code, error="m", boost_error=False).matrix_iter(border=_QUIET_ZONE)]
    side = len(modules)
    small = QImage(side, side, QImage.Format.Format_Grayscale8)
    for y, row in enumerate(modules):
        for x, module in enumerate(row):
            small.setPixelColor(x, y, QColor("black" if module else "white"))
    return small.scaledToWidth(side * min(_LARGEST_MODULE_PX, _INSIDE // side))


def _png(picture: QImage) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(picture)
    return bytes(content.data())
