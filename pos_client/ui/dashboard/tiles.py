"""The five figures over the charts: what a shift lead reads in five seconds."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from pos_client.ui.fitting import FittedLabel
from pos_client.ui.theme import mark


@dataclass(frozen=True, slots=True)
class TileText:
    """What stands on a tile; ``tone`` is ``warn`` where somebody should look."""

    caption: str
    figure: str
    note: str = ""
    tone: str = ""


class Tile(QFrame):
    """One figure."""

    def __init__(self, *, is_short: bool = False) -> None:
        super().__init__()
        self._is_short = is_short
        self.setProperty("kind", "chart")
        self.caption = FittedLabel("caption")
        self.figure = FittedLabel("figure")
        self.note = FittedLabel("caption", lines=2, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 14, 6)
        column.setSpacing(0)
        for label in (self.caption, self.figure, self.note):
            column.addWidget(label)

    def show_text(self, text: TileText) -> None:
        """These words."""
        self.caption.setText(text.caption)
        self.figure.setText(text.figure)
        self.note.setText(text.note)
        self.note.setVisible(bool(text.note) or not self._is_short)
        self.setAccessibleName(" ".join((text.caption, text.figure, text.note)).strip())
        mark(self, tone=text.tone)


class Tiles(QWidget):
    """Tiles side by side; below each other where the window is narrow."""

    def __init__(self, count: int, *, are_short: bool = False) -> None:
        super().__init__()
        self.tiles = tuple(Tile(is_short=are_short) for _ in range(count))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self.arrange(count)

    def arrange(self, columns: int) -> None:
        """So many in a row; the first one takes what the last row would leave empty."""
        count = len(self.tiles)
        wide = -(-count // columns) * columns - count + 1
        for place, tile in enumerate(self.tiles):
            self._grid.removeWidget(tile)
            cell = place + wide - 1 if place else 0
            self._grid.addWidget(tile, cell // columns, cell % columns, 1, 1 if place else wide)
        for column in range(len(self.tiles)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def show_texts(self, texts: Sequence[TileText]) -> None:
        """All of them."""
        for tile, text in zip(self.tiles, texts, strict=True):
            tile.show_text(text)
