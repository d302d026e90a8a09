"""Number keys of twenty millimetres: for a phone number, and for the PIN of staff."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from pos_client.ui.kiosk.mounting import Mounting
from pos_client.ui.kiosk.touch_button import GAP, Look, TouchButton
from pos_client.ui.theme import Theme

ROOMY: Final = 112
_DIGITS: Final = ("1", "2", "3", "4", "5", "6", "7", "8", "9")


class Pad(QWidget):
    """Twelve keys.

    Signals:
        pressed: a digit. erased, cleared: one less; all.
    """

    pressed = Signal(str)
    erased = Signal()
    cleared = Signal()

    def __init__(self, theme: Theme, mounting: Mounting) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        self._side = side = mounting.key_px()
        self.keys = {digit: TouchButton(theme, Look.DIGIT) for digit in (*_DIGITS, "0")}
        for place, digit in enumerate(_DIGITS):
            grid.addWidget(self.keys[digit], place // 3, place % 3)
        grid.addWidget(self.keys["0"], 3, 1)
        self.clear = TouchButton(theme, Look.DIGIT, "close")
        self.back = TouchButton(theme, Look.DIGIT, "backspace")
        grid.addWidget(self.clear, 3, 0)
        grid.addWidget(self.back, 3, 2)
        for digit, key in self.keys.items():
            key.set_words(digit)
            key.clicked.connect(lambda _checked=False, digit=digit: self.pressed.emit(digit))
        for button in (*self.keys.values(), self.clear, self.back):
            button.setMinimumSize(side, side)
        self.clear.clicked.connect(self.cleared)
        self.back.clicked.connect(self.erased)

    def set_height(self, height: int) -> None:
        """Keys of this height, or of the least that is promised where that is more."""
        for button in (*self.keys.values(), self.clear, self.back):
            button.setMinimumHeight(max(height, self._side))

    def retranslate(self) -> None:
        """Names of the two keys that are pictures."""
        self.clear.setAccessibleName(self.tr("Erase all"))
        self.back.setAccessibleName(self.tr("Erase one"))
