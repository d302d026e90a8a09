"""A still of the receipt, for as long as one purchase: in memory only, and gone with the customer.

Apart because two places show the same one: beside the coupons, and where the camera's picture stands while its amount
is typed.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_client.ui.bridges import CameraPicture
from pos_client.ui.scan.viewfinder import as_image
from pos_client.ui.theme import Theme
from pos_client.usecases.till_view import Customer

_RADIUS = 12


def has_purchase(customer: Customer) -> bool:
    """Whether somebody stands here whose receipt it could be."""
    return customer.member is not None or customer.amount_minor is not None


class ReceiptPhoto(QObject):
    """The newest still, or none.

    Signals:
        changed: there is another, or none any more.

    Args:
        on_changed: told so too.
    """

    changed = Signal()

    def __init__(self, parent: QObject, on_changed: Callable[[], None]) -> None:
        super().__init__(parent)
        self.changed.connect(on_changed)
        self.image: QImage | None = None
        self._customer = Customer()

    def take(self, picture: CameraPicture) -> None:
        """Keep what the camera sees now."""
        self.image = as_image(picture.pixels)
        self.changed.emit()

    def see_customer(self, customer: Customer) -> None:
        """Another customer, or a purchase that is over, takes the picture along."""
        before, self._customer = self._customer, customer
        is_other = _ref(before) != _ref(customer)
        is_over = before.amount_minor is not None and customer.amount_minor is None
        if self.image is not None and (is_other or is_over or not has_purchase(customer)):
            self.image = None
            self.changed.emit()


class ReceiptStill(QWidget):
    """Draws a still, all of it, as large as fits."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_image(self, image: QImage | None) -> None:
        """Show another one."""
        self.image = image
        self.update()

    def sizeHint(self) -> QSize:
        """As the camera's."""
        return QSize(320, 240)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        if self.image is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF((self.width() - size.width()) / 2, 0, size.width(), size.height())
        shape = QPainterPath()
        shape.addRoundedRect(target, _RADIUS, _RADIUS)
        painter.fillPath(shape, self._theme.colour("viewfinder"))
        painter.setClipPath(shape)
        painter.drawImage(target, self.image)


def _ref(customer: Customer) -> str:
    return customer.member.view.ref if customer.member else ""
