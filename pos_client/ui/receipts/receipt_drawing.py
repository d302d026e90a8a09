"""Draws a page's rows on whatever can be painted: the screen, a picture, a PDF, a printer's dots.

Apart from all of these so that no two of them say different things.
"""

from collections.abc import Sequence
from typing import Final

import segno
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from pos_client.domain.receipt_page import Row, RowKind
from pos_client.ui.fitting import fitted_font
from pos_client.ui.theme import font_family

_MARGIN: Final = 16
_TEXT: Final = 24
_ROW: Final = 34
_QUIET_ZONE: Final = 4
_LARGEST_MODULE: Final = 8


def page_height(rows: Sequence[Row], width: int) -> int:
    """How high a page is, in the dots of which ``width`` lie across it (576 on 80 mm, 384 on 58 mm)."""
    return sum(_height(row, width) for row in rows) + 2 * _MARGIN


def draw_page(painter: QPainter, rows: Sequence[Row], width: int) -> None:
    """Draw the rows below each other, black, from the upper left corner on."""
    top = _MARGIN
    for row in rows:
        height = _height(row, width)
        if row.kind is RowKind.CODE:
            symbol = _symbol(row.left, width)
            painter.drawImage((width - symbol.width()) // 2, top, symbol)
        else:
            _draw_row(painter, row, QRect(_MARGIN, top, width - 2 * _MARGIN, height))
        top += height


def _height(row: Row, width: int) -> int:
    return _symbol(row.left, width).height() if row.kind is RowKind.CODE else _ROW


def _draw_row(painter: QPainter, row: Row, room: QRect) -> None:
    painter.setPen(QColor("black"))
    if row.kind is RowKind.RULE:
        middle = room.center().y()
        painter.drawLine(room.left(), middle, room.right(), middle)
        return
    font = QFont(font_family())
    font.setPixelSize(_TEXT)
    font.setBold(row.kind is RowKind.TITLE)
    middle = Qt.AlignmentFlag.AlignVCenter
    side = Qt.AlignmentFlag.AlignHCenter if row.kind is RowKind.TITLE else Qt.AlignmentFlag.AlignLeft
    painter.setFont(fitted_font(f"{row.left} {row.right}", font, room.size()))
    painter.drawText(room, side | middle, row.left)
    painter.drawText(room, Qt.AlignmentFlag.AlignRight | middle, row.right)


def _symbol(code: str, width: int) -> QImage:
    """A QR symbol, as large as the paper takes it."""
    modules = [bytes(row) for row in segno.make_qr(code, error="m", boost_error=False).matrix_iter(border=_QUIET_ZONE)]
    side = len(modules)
    small = QImage(side, side, QImage.Format.Format_Grayscale8)
    for y, row in enumerate(modules):
        for x, module in enumerate(row):
            small.setPixelColor(x, y, QColor("black" if module else "white"))
    return small.scaledToWidth(side * max(1, min(_LARGEST_MODULE, (width - 2 * _MARGIN) // side)))
