"""The camera's picture, and beside it the three ways in that a beginner needs to know."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos_client.ui.fitting import FittedLabel
from pos_client.ui.icons import IconLabel
from pos_client.ui.scan.receipt_photo import ReceiptStill
from pos_client.ui.scan.viewfinder import Viewfinder
from pos_client.ui.theme import Theme

_PICTURE_HEIGHT: Final = 258
_PICTURE_TALL: Final = 555
_BESIDE_GAP: Final = 24
_BESIDE_WIDTH: Final = 288
BESIDE_WIDE: Final = _BESIDE_WIDTH + _BESIDE_GAP
"""What picture and hints need beside the picture alone, on a wide screen."""
_WAYS: Final = ("member", "coupon", "phone")


class CameraColumn(QWidget):
    """Viewfinder and hints: one sentence below on a small screen, all three ways beside it on a large one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.viewfinder = Viewfinder(theme)
        self.still = ReceiptStill(theme)
        self.hint = FittedLabel("title")
        self.other_way = FittedLabel("muted", lines=2, wrap=True)
        self.ways = [FittedLabel("body", lines=3, wrap=True) for _ in _WAYS]
        self._outer = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.addWidget(self.viewfinder, 1)
        self._outer.addWidget(self.still, 1)
        self.still.hide()
        self._beside = QWidget()
        words = QVBoxLayout(self._beside)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addWidget(self.hint)
        words.addWidget(self.other_way)
        words.addWidget(self._three_ways())
        words.addStretch(1)
        self._outer.addWidget(self._beside)
        self.set_wide(wide=False)
        self.retranslate()

    def set_wide(self, *, wide: bool, tall: bool = False) -> None:
        """Hints beside the picture instead of below; on a tall screen the picture may be larger."""
        self._outer.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._outer.setSpacing(_BESIDE_GAP if wide else 8)
        self._beside.setMinimumWidth(_BESIDE_WIDTH if wide else 0)
        self._beside.setMaximumWidth(_BESIDE_WIDTH if wide else 16_777_215)
        self._box.setVisible(wide)
        self.other_way.setVisible(not wide)
        # On a small screen the picture has its own shape, so that no dark bars eat into it.
        self.viewfinder.setMaximumHeight(16_777_215 if wide else _PICTURE_TALL if tall else _PICTURE_HEIGHT)
        self.hint.set_wrapped(wrapped=wide)
        self.hint.set_lines(2 if wide else 1)

    def show_still(self, image: QImage | None) -> None:
        """A receipt instead of what the camera sees, or the camera again (None)."""
        self.still.show_image(image)
        self.still.setVisible(image is not None)
        self.viewfinder.setVisible(image is None)

    def set_beside(self, *, shown: bool) -> None:
        """Whether the hints stand beside the picture; whoever is no longer asked to scan needs none."""
        self._beside.setVisible(shown)

    def retranslate(self) -> None:
        """All words in the present language."""
        self.hint.setText(self.tr("Scan a member or coupon code"))
        self.other_way.setText(self.tr("or just type a phone number"))
        sentences = (
            self.tr("Member code: shows what this customer can use"),
            self.tr("Coupon code: is redeemed, or says why not"),
            self.tr("Phone number: type it"),
        )
        for label, sentence in zip(self.ways, sentences, strict=True):
            label.setText(sentence)
        self.still.setAccessibleName(self.tr("Picture of the receipt"))
        self.viewfinder.retranslate()

    def _three_ways(self) -> QWidget:
        self._box = QWidget()
        column = QVBoxLayout(self._box)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(16)
        for icon, label in zip(_WAYS, self.ways, strict=True):
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(IconLabel(icon, 28), 0, Qt.AlignmentFlag.AlignTop)
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            row.addWidget(label, 1)
            column.addLayout(row)
        column.addStretch(1)
        return self._box
