"""A receipt on the screen, as it comes out of the printer: white paper, black words."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QWidget

from pos_client.domain.receipt_page import Row, RowKind

from .receipt_drawing import page_height
from .receipt_picture import DOTS, page_image

_LARGEST: Final = 1.0


class ReceiptPreview(QWidget):
    """Draws one page, whole, as large as its place allows and never larger than life."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()
        self._dots = DOTS[80]
        self._picture: QPixmap | None = None

    def show_rows(self, rows: Sequence[Row], paper_mm: int) -> None:
        """Another page."""
        self._rows, self._dots, self._picture = tuple(rows), DOTS[paper_mm], None
        words = [f"{row.left} {row.right}".strip() for row in rows if row.kind in {RowKind.TITLE, RowKind.TEXT}]
        self.setAccessibleName("\n".join(words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As large as the paper."""
        return QSize(self._dots, page_height(self._rows, self._dots))

    def minimumSizeHint(self) -> QSize:
        """Any place will do."""
        return QSize(120, 120)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper in the middle of the place."""
        del event
        if not self._rows:
            return
        high = page_height(self._rows, self._dots)
        scale = min(_LARGEST, self.width() / self._dots, self.height() / high)
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        # A picture of the paper's own size, made smaller as a whole: letters that are set smaller are set differently.
        left = (self.width() - self._dots * scale) / 2
        paper = QRectF(left, 0, self._dots * scale, high * scale)
        painter.drawPixmap(paper, self._paper(), QRectF())
        # White paper on a white card is seen by its edge.
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.drawRect(paper.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _paper(self) -> QPixmap:
        if self._picture is None:
            self._picture = QPixmap.fromImage(page_image(self._rows, self._dots))
        return self._picture
