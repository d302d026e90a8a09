"""A page as a picture, as the dots of a printer, and as a PDF of the paper's width.

Apart from the drawing because these need no window: a command makes them too, on a machine that may have no display.
"""

import os
import sys
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication

from pos_client.domain.receipt_page import Row

from .receipt_drawing import draw_page, page_height

DOTS: Final = {58: 384, 80: 576}
"""Dots across the paper, by its width in mm."""

_DOTS_PER_MM: Final = 8
_DOTS_PER_METRE: Final = 8_000
_PDF_DPI: Final = 1_200
_MM_PER_INCH: Final = 25.4


def page_image(rows: Sequence[Row], dots: int) -> QImage:
    """A page in black on white, at 203 dpi."""
    # Fonts need the application; a running window's is used where there is one.
    running = QGuiApplication.instance() or _application()
    picture = QImage(dots, page_height(rows, dots), QImage.Format.Format_Grayscale8)
    picture.setDotsPerMeterX(_DOTS_PER_METRE)
    picture.setDotsPerMeterY(_DOTS_PER_METRE)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    draw_page(painter, rows, dots)
    painter.end()
    del running
    return picture


def page_bits(rows: Sequence[Row], dots: int) -> tuple[int, int, bytes]:
    """Width, height and dots of a page for a printer: the highest bit leftmost, 1 is black."""
    threshold = Qt.ImageConversionFlag.MonoOnly | Qt.ImageConversionFlag.ThresholdDither
    mono = page_image(rows, dots).convertToFormat(QImage.Format.Format_Mono, threshold)
    if mono.color(1) == QColor("white").rgba():
        mono.invertPixels()
    line, used = mono.bytesPerLine(), (dots + 7) // 8
    data = bytes(mono.constBits())
    return dots, mono.height(), b"".join(data[y * line : y * line + used] for y in range(mono.height()))


def page_pdf(rows: Sequence[Row], paper_mm: int) -> bytes:
    """A page as a PDF file, one page as long as the receipt; its words are text."""
    running = QGuiApplication.instance() or _application()
    dots = DOTS[paper_mm]
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_PDF_DPI)
    size = QSizeF(paper_mm, max(paper_mm, page_height(rows, dots) / _DOTS_PER_MM))
    sheet = QPageSize(size, QPageSize.Unit.Millimeter, "receipt", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(sheet, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    painter = QPainter(writer)
    scale = _PDF_DPI / _MM_PER_INCH / _DOTS_PER_MM
    # A printer leaves the edges of its paper white.
    painter.translate((paper_mm * _DOTS_PER_MM - dots) / 2 * scale, 0)
    painter.scale(scale, scale)
    draw_page(painter, rows, dots)
    painter.end()
    buffer.close()
    del running
    return bytes(content.data())


def _application() -> QGuiApplication:
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QApplication(sys.argv[:1])
