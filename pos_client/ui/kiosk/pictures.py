"""The kiosk's pictures: the photograph of the scan guide, coupons on a table, and QR codes.

Apart from the screens because they are drawn in several of them. The photograph is made by
``script/make_scan_photo.py``.
"""

from functools import lru_cache
from typing import Final

import segno
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPixmap

from pos_client.ui.assets import resources_folder
from pos_client.ui.theme import Theme

_MODULE_PX: Final = 8
_QUIET: Final = 4


@lru_cache(maxsize=1)
def _photo() -> QPixmap:
    return QPixmap(str(resources_folder() / "pictures" / "scan-guide.jpg"))


def draw_photo(painter: QPainter, room: QRect) -> None:
    """The phone over the reader, filling a room: what does not fit is cut off around its middle."""
    photo = _photo()
    if photo.isNull() or room.isEmpty():
        return
    scale = max(room.width() / photo.width(), room.height() / photo.height())
    width, height = room.width() / scale, room.height() / scale
    part = QRectF((photo.width() - width) / 2, (photo.height() - height) / 2, width, height)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(QRectF(room), photo, part)


def draw_coupons(painter: QPainter, room: QRect, theme: Theme) -> None:
    """Three coupons fanned out on a coloured ground."""
    ground = QLinearGradient(QPointF(room.topLeft()), QPointF(room.bottomRight()))
    ground.setColorAt(0, QColor("#FFB199"))
    ground.setColorAt(1, QColor("#D9413B"))
    painter.fillRect(room, ground)
    width = min(room.width() * 0.62, room.height() * 0.95)
    size = QRectF(-width / 2, -width * 0.27, width, width * 0.54)
    for turn, shift in ((-13, -0.2), (9, 0.16), (-2, 0.0)):
        painter.save()
        painter.translate(QPointF(room.center()) + QPointF(shift * width, shift * width * 0.3))
        painter.rotate(turn)
        _draw_coupon(painter, size, theme)
        painter.restore()


def _draw_coupon(painter: QPainter, size: QRectF, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for step in range(6):
        painter.setBrush(QColor(60, 0, 0, 14))
        painter.drawRoundedRect(size.adjusted(-step, step, step, step * 3), 22, 22)
    painter.setBrush(QColor("#FFF8EE"))
    painter.drawRoundedRect(size, 20, 20)
    stub = QRectF(size.left(), size.top(), size.width() * 0.3, size.height())
    painter.setBrush(QColor("#FFE0C2"))
    painter.drawRoundedRect(stub, 20, 20)
    painter.drawRect(stub.adjusted(stub.width() / 2, 0, 0, 0))
    painter.setBrush(QColor("#E2574C"))
    for place in range(9):
        painter.drawEllipse(QPointF(stub.right(), size.top() + size.height() * (place + 0.5) / 9), 5, 5)
    font = painter.font()
    font.setFamily(theme.family)
    font.setPixelSize(max(20, round(size.height() * 0.42)))
    painter.setFont(font)
    painter.setPen(QColor("#A3211B"))
    painter.drawText(size.adjusted(stub.width(), 0, 0, 0), Qt.AlignmentFlag.AlignCenter, "¥20")
    font.setPixelSize(max(16, round(size.height() * 0.3)))
    painter.setFont(font)
    painter.drawText(stub, Qt.AlignmentFlag.AlignCenter, "券")


def draw_qr(painter: QPainter, room: QRect, text: str) -> None:
    """A QR code in the middle of a white card, eight pixels a module where that fits."""
    painter.fillRect(room, Qt.GlobalColor.white)
    if not text:
        return
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    side = len(rows) + 2 * _QUIET
    module = max(1, min(_MODULE_PX, room.width() // side, room.height() // side))
    left = room.left() + (room.width() - module * len(rows)) // 2
    top = room.top() + (room.height() - module * len(rows)) // 2
    for y, row in enumerate(rows):
        for x, is_dark in enumerate(row):
            if is_dark:
                painter.fillRect(left + x * module, top + y * module, module, module, Qt.GlobalColor.black)
