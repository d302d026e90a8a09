"""A QR code as a customer's phone wants it: black on a white card in any theme, whole pixels, a quiet border.

Apart from the screens because a test reads its picture back with the program's own decoder.
"""

from typing import Final

import segno
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

QUIET_MODULES: Final = 4
LEAST_MODULE_PX: Final = 8
_WHITE, _BLACK = QColor("#FFFFFF"), QColor("#000000")
_DIGITS_OF_A_CODE: Final = 229


def modules_of(text: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of a text, rows of dark ones; digits at the end of a link are packed as digits."""
    head, digits = text[:-_DIGITS_OF_A_CODE], text[-_DIGITS_OF_A_CODE:]
    parts = [head, digits] if head and digits.isdecimal() else text
    return tuple(tuple(map(bool, row)) for row in segno.make(parts, error="m", micro=False).matrix)  # type: ignore[arg-type]


class QrPicture(QWidget):
    """Draws one; never smaller than a phone reads at arm's length."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._modules: tuple[tuple[bool, ...], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_text(self, text: str) -> None:
        """Another code, or none."""
        if text != self._text:
            self._text = text
            self._modules = modules_of(text) if text else ()
            self.updateGeometry()
            self.update()

    def module_px(self) -> int:
        """Pixels of one module: as many as there is room for."""
        return min(self.width(), self.height()) // self._across() if self._modules else 0

    def minimumSizeHint(self) -> QSize:
        """Eight pixels a module, with the border."""
        side = LEAST_MODULE_PX * self._across()
        return QSize(side, side)

    def sizeHint(self) -> QSize:
        """The same; it takes the room that is left."""
        return self.minimumSizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card, then its modules."""
        del event
        side = self.module_px()
        if not side:
            return
        painter = QPainter(self)
        whole = side * self._across()
        left, top = (self.width() - whole) // 2, (self.height() - whole) // 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(QRect(left, top, whole, whole), _WHITE)
        for row, modules in enumerate(self._modules, start=QUIET_MODULES):
            for column, dark in enumerate(modules, start=QUIET_MODULES):
                if dark:
                    painter.fillRect(QRect(left + column * side, top + row * side, side, side), _BLACK)

    def _across(self) -> int:
        return (len(self._modules) or 41) + 2 * QUIET_MODULES
