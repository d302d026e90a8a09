"""Parts of a page beside each other, and one below the other where the page is taller than wide.

Apart from the pages because a kiosk's screen on a counter would show each of them as two thin, half empty columns.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

_NO_LIMIT: Final = 16_777_215


@dataclass(frozen=True)
class Part:
    """One of them.

    Attributes:
        widget: the part. wide, tall: its share of the width, and of the height where they stand below each other.
        width_px: its own width while they stand beside each other, pixels; 0 for what its share gives.
    """

    widget: QWidget
    wide: int
    tall: int
    width_px: int = 0


class TurningRow(QWidget):
    """A row that becomes a column.

    Args:
        parts: from the left, or from above. gap: between them, pixels.

    Signals:
        turned: they stand below each other now (true), or beside each other.
    """

    turned = Signal(bool)

    def __init__(self, parts: tuple[Part, ...], gap: int) -> None:
        super().__init__()
        self._parts = parts
        self.is_tall = False
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(gap)
        for part in parts:
            self._layout.addWidget(part.widget)
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where the page became taller than wide, or wider again."""
        super().resizeEvent(event)
        is_tall = event.size().height() > event.size().width()
        if is_tall != self.is_tall:
            self.is_tall = is_tall
            self._turn()
            self.turned.emit(is_tall)

    def _turn(self) -> None:
        way = QBoxLayout.Direction.TopToBottom if self.is_tall else QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(way)
        for part in self._parts:
            self._layout.setStretchFactor(part.widget, part.tall if self.is_tall else part.wide)
            if part.width_px:
                part.widget.setMinimumWidth(0 if self.is_tall else part.width_px)
                part.widget.setMaximumWidth(_NO_LIMIT if self.is_tall else part.width_px)
