"""The receipt of this purchase as the camera saw it, where its amount is spoken of; on a wide screen only.

Apart from the page because it is about the camera, and the page about coupons.
"""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_client.ui.bridges import CameraPicture
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.receipt_photo import ReceiptPhoto, ReceiptStill, has_purchase
from pos_client.ui.theme import Theme
from pos_client.usecases.camera_view import CameraState
from pos_client.usecases.till_view import Customer


class ReceiptPart(QWidget):
    """A button, and what it took.

    Args:
        photo: keeps it for this purchase.
    """

    def __init__(self, theme: Theme, photo: ReceiptPhoto) -> None:
        super().__init__()
        self._photo = photo
        self._newest: CameraPicture | None = None
        self._waits = self._is_wide = self._has_purchase = False
        self._state = CameraState.NONE
        self.button = KeyButton("", "Ctrl+R", "camera")
        self.trouble = FittedLabel("muted", lines=2, wrap=True)
        self.still = ReceiptStill(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.button, self.trouble):
            column.addWidget(widget)
        column.addWidget(self.still, 1)
        column.addStretch(0)
        self.button.clicked.connect(self.press)
        photo.changed.connect(self._show)
        self.retranslate()

    def set_wide(self, *, wide: bool) -> None:
        """There is room for it, or not."""
        self._is_wide = wide
        self._show()

    def show_customer(self, customer: Customer) -> None:
        """Without a purchase there is no receipt."""
        self._has_purchase = has_purchase(customer)
        self._show()

    def show_camera(self, state: CameraState) -> None:
        """The camera came or went."""
        self._state = state
        if state is not CameraState.WATCHING:
            self.forget_frame()
        self._show()

    def show_picture(self, picture: CameraPicture) -> None:
        """What the camera sees; it is kept only when somebody asked for it."""
        self._newest = picture
        if self._waits:
            self.press()

    def forget_frame(self) -> None:
        """Nobody looks any more; what is newest now is old when somebody looks again."""
        self._newest, self._waits = None, False

    def press(self) -> None:
        """Take a picture, or another one; of what the camera sees next where it has shown nothing yet."""
        if not self.button.isEnabled() or self.button.isHidden() or self.isHidden():
            return
        self._waits = self._newest is None
        if self._newest is not None:
            self._photo.take(self._newest)

    def retranslate(self) -> None:
        """All words in the present language."""
        self.still.setAccessibleName(self.tr("Picture of the receipt"))
        self._show()

    def _show(self) -> None:
        image = self._photo.image
        self.setVisible(self._is_wide and self._has_purchase and self._state is not CameraState.NONE)
        self.button.setVisible(self._state is CameraState.WATCHING)
        words = self.tr("Photograph it again") if image is not None else self.tr("Photograph the receipt")
        self.button.set_words(words, self.tr("Keep a picture of the receipt until this customer goes"))
        self.trouble.setVisible(self._state is not CameraState.WATCHING)
        self.trouble.setText(self.tr("The camera shows nothing now. Type the amount as ever."))
        self.still.show_image(image)
        self.still.setVisible(image is not None)
