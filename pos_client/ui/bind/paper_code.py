"""The booth's lasting code as a sheet of paper, for where there is no screen for the customer.

Apart from the picture on the screen because it is measured in millimetres.
"""

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPageSize, QPainter, QPdfWriter

from pos_client.ui.bind.qr_picture import modules_of
from pos_client.ui.theme import font_family

_DPI: Final = 300
_SIDE_MM: Final = 90.0
_PAGE_MM: Final = (105.0, 148.0)
_INK: Final = QColor("#000000")


def paper_code(text: str, headline: str, whose: str) -> bytes:
    """A page of A6 as a PDF: the headline, the code of 90 mm, whose it is."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A6))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(writer)
    dot, (wide, _high) = _DPI / 25.4, _PAGE_MM
    _write(painter, headline, QRectF(5 * dot, 6 * dot, (wide - 10) * dot, 18 * dot), 7 * dot)
    modules = modules_of(text)
    side = int(_SIDE_MM * dot / len(modules))
    left = (wide * dot - side * len(modules)) / 2
    for row, dark_ones in enumerate(modules):
        for column, dark in enumerate(dark_ones):
            if dark:
                painter.fillRect(QRectF(left + column * side, 28 * dot + row * side, side, side), _INK)
    _write(painter, whose, QRectF(5 * dot, 124 * dot, (wide - 10) * dot, 18 * dot), 4.5 * dot)
    painter.end()
    buffer.close()
    return bytes(content.data())


def _write(painter: QPainter, words: str, room: QRectF, height: float) -> None:
    font = QFont(font_family())
    font.setPixelSize(round(height))
    painter.setFont(font)
    painter.setPen(_INK)
    painter.drawText(room, (Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap).value, words)
