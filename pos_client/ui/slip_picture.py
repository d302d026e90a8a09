"""A slip as a PNG as wide as an 80 mm printer prints: 576 dots at 203 dpi.

Apart from the drawing because a command writes it into a file.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from pos_client.config.whole_file import replace_file
from pos_client.domain.receipt_page import Row
from pos_client.ui.receipts.receipt_picture import DOTS, page_image

WIDTH_PX: Final = DOTS[80]


def write_slip_picture(rows: Sequence[Row], path: Path) -> None:
    """Draw the rows below each other. Raises DiskFull, StorageUnavailable."""
    replace_file(path, _png(page_image(rows, WIDTH_PX)))


def _png(picture: QImage) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(picture)
    return bytes(content.data())
