"""A number pad for a finger, and a PIN pad: dots that are counted, never spoken, over the same keys.

Apart from the screens because logging in, an override and the way out of a kiosk ask in the same way. No text widget of
Qt's is used: an input method cannot get in, and a gun's burst is a scan and no PIN.
"""

from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pos_client.domain.pins import LEAST_DIGITS
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.keypad import Keypad
from pos_client.ui.theme import mark

KEY_MM: Final = 20
LEAST_KEY_PX: Final = 64
_MOST_KEY_PX: Final = 118
_MM_PER_INCH: Final = 25.4
_DOT: Final = "●"
_EMPTY_DOT: Final = "○"


class NumberPad(Keypad):
    """Twelve keys of 20 mm where there is room, and never less than 64 pixels."""

    def __init__(self, extra: str = "") -> None:
        super().__init__(extra)
        for button in self.findChildren(KeyButton):
            mark(button, kind="pin-key")

    def sizeHint(self) -> QSize:
        """Four rows of three such keys on this screen."""
        side = round(KEY_MM / _MM_PER_INCH * self.screen().physicalDotsPerInch())
        side = max(LEAST_KEY_PX, min(side, _MOST_KEY_PX))
        return QSize(3 * side + 16, 4 * side + 24)


class PinPad(QWidget):
    """Dots with their count, and the keys.

    Signals:
        typed: a digit. erased, cleared: one, all.
    """

    typed = Signal(str)
    erased = Signal()
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self.dots = FittedLabel("dots")
        self.keys = NumberPad()
        self.keys.pressed.connect(self.typed)
        self.keys.erased.connect(self.erased)
        self.keys.cleared.connect(self.cleared)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._field = QFrame()
        self._field.setProperty("kind", "field")
        inside = QHBoxLayout(self._field)
        inside.setContentsMargins(12, 2, 12, 2)
        inside.addWidget(self.dots)
        column.addWidget(self._field)
        column.addWidget(self.keys, 1)
        self.retranslate()

    def show_count(self, count: int) -> None:
        """So many digits are typed."""
        if count != self._count:
            self._count = count
            self.retranslate()

    def set_tone(self, tone: str) -> None:
        """``warn`` where the last one was wrong, else empty."""
        mark(self._field, tone=tone)

    def retranslate(self) -> None:
        """All words in the present language."""
        self.keys.retranslate()
        empty = max(0, LEAST_DIGITS - self._count)
        self.dots.setText(" ".join(_DOT * self._count + _EMPTY_DOT * empty))
        # The count is all that anybody hears of it.
        self.dots.setAccessibleName(self.tr("%n digit(s) typed", "", self._count))
