"""Twelve keys for a finger; the same deeds as the digits of the keyboard."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pos_client.ui.key_button import KeyButton

_KEYS: Final = ("1", "2", "3", "4", "5", "6", "7", "8", "9")
# Higher keys are no easier to hit, and no longer look like keys.
_TALLEST_KEY: Final = 120
_ROWS: Final = 4


class Keypad(QWidget):
    """Digits, one free key (point or clear) and backspace.

    Signals:
        pressed: a character. erased: backspace. extra_pressed: the free key.

    Args:
        extra: what the free key types; empty makes it a clear key.
    """

    pressed = Signal(str)
    erased = Signal()
    cleared = Signal()

    def __init__(self, extra: str = "") -> None:
        super().__init__()
        self._extra = extra
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        self._buttons: list[KeyButton] = []
        for place, digit in enumerate(_KEYS):
            grid.addWidget(self._digit(digit), place // 3, place % 3)
        self.free = self._button("" if extra else "close")
        self.free.clicked.connect(lambda: self.pressed.emit(extra) if extra else self.cleared.emit())
        self.back = self._button("backspace")
        self.back.clicked.connect(self.erased)
        grid.addWidget(self.free, 3, 0)
        grid.addWidget(self._digit("0"), 3, 1)
        grid.addWidget(self.back, 3, 2)
        # What a tall window has to spare lies under the keys, not between or in them.
        for row in range(_ROWS):
            grid.setRowStretch(row, 255)
        grid.setRowStretch(_ROWS, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Names of the two keys that are pictures."""
        self.back.setAccessibleName(self.tr("Erase one"))
        if self._extra:
            self.free.set_words(self._extra)
        else:
            self.free.setAccessibleName(self.tr("Erase all"))

    def _digit(self, digit: str) -> KeyButton:
        button = self._button("")
        button.set_words(digit)
        button.clicked.connect(lambda: self.pressed.emit(digit))
        return button

    def _button(self, icon: str) -> KeyButton:
        button = KeyButton("digit", "", icon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        button.setMaximumHeight(_TALLEST_KEY)
        # The keyboard has its own digits; Tab should not have to pass twelve keys.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._buttons.append(button)
        return button
