"""People as tiles: a face with a letter, a name, what they are; two rows of four, or of six on a wide window.

Apart from the screens because who logs in, who gets the credit and who signs are chosen in the same way.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QKeyEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from pos_client.domain.store_profile import Role
from pos_client.ui.key_button import KeyButton
from pos_client.ui.theme import mark
from pos_client.usecases.shift import Person

ROWS: Final = 2
_NARROW, _WIDE = 4, 6
_WIDE_FROM: Final = 1100
_ARROWS: Final = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})


class FaceTile(KeyButton):
    """A tile with the first letter of a name on a disc; photographs of staff are nobody's business at a counter."""

    def __init__(self) -> None:
        super().__init__("tile", "", "member", stacked=True)
        self._letter = ""

    def show_person(self, person: Person, role: str, key: str) -> None:
        """Show somebody."""
        self._letter = person.name[:1].upper()
        self.set_key(key)
        self.set_words(f"{person.name}\n{role}", role)
        self.setAccessibleName(" ".join(part for part in (person.name, role, key) if part))

    def show_more(self, words: str) -> None:
        """Lead to those who have no place here."""
        self._letter = "…"
        self.set_key("")
        self.set_words(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave arrows to the grid, which knows where the next one stands."""
        if Qt.Key(event.key()) in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _draw_icon(self, painter: QPainter, colour: QColor) -> None:
        del colour
        box = QRectF(self._icon_box())
        margin = box.width() * 0.36
        disc = box.adjusted(-margin, -margin, margin, margin)
        painter.setPen(Qt.PenStyle.NoPen)
        is_chosen = self.property("state") == "chosen"
        ground = QPalette.ColorRole.Base if is_chosen else QPalette.ColorRole.AlternateBase
        # The sheet gives the chosen tile's own ground to its Base: the disc would not be seen on it.
        palette = QGuiApplication.palette() if is_chosen else self.palette()
        painter.setBrush(palette.color(ground))
        painter.drawEllipse(disc)
        font = QFont(self.font())
        font.setPixelSize(round(box.height() * 0.8))
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.Link))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter.value, self._letter)


_TILES_SHARE: Final = 1_000
_TILE_MOST: Final = 320


class PeopleGrid(QWidget):
    """Tiles; arrows lead from one to the next, Enter chooses where they stand.

    Signals:
        chosen: a Person.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._people: tuple[Person, ...] = ()
        self._from = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self._columns = 0
        self.tiles = [FaceTile() for _ in range(ROWS * _WIDE)]
        self._chosen: Person | None = None
        for place, tile in enumerate(self.tiles):
            tile.setParent(self)
            tile.setMaximumHeight(_TILE_MOST)
            tile.clicked.connect(lambda _=False, place=place: self._press(place))
        self._arrange(_NARROW)

    def show_people(self, people: Sequence[Person], chosen: Person | None = None) -> None:
        """Offer these, one of them chosen already; the same ones again change nothing but words."""
        self._chosen = chosen
        if tuple(people) != self._people:
            self._people, self._from = tuple(people), 0
        self.retranslate()

    def retranslate(self) -> None:
        """All words in the present language."""
        shown = self._shown()
        has_more = len(self._people) > self._room()
        for place, tile in enumerate(self.tiles):
            tile.setVisible(place < len(shown) or (has_more and place == self._room() - 1))
            if place < len(shown):
                number = self._from + place + 1
                role = self.role_words(shown[place].role)
                mark(tile, state="chosen" if shown[place] == self._chosen else "")
                tile.show_person(shown[place], role, str(number) if number < 10 else "")
            elif tile.isVisibleTo(self):
                mark(tile, state="")
                tile.show_more(self.tr("More"))

    def role_words(self, role: Role) -> str:
        """What somebody is."""
        return {
            Role.CLERK: self.tr("Clerk"),
            Role.PROMOTER: self.tr("Promoter"),
            Role.SUPERVISOR: self.tr("Supervisor"),
            Role.MANAGER: self.tr("Manager"),
        }[role]

    def press_current(self) -> bool:
        """Enter, where the arrows have led; False where they have led nowhere."""
        place = self._focused()
        if place is None:
            return False
        self._press(place)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows."""
        place = self._focused()
        if place is None or Qt.Key(event.key()) not in _ARROWS:
            super().keyPressEvent(event)
            return
        down = self._columns
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -down}.get(Qt.Key(event.key()), down)
        shown = [tile for tile in self.tiles if tile.isVisibleTo(self)]
        if 0 <= place + step < len(shown):
            shown[place + step].setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Four columns or six."""
        super().resizeEvent(event)
        columns = _WIDE if event.size().width() >= _WIDE_FROM else _NARROW
        if columns != self._columns:
            self._arrange(columns)
            self._from = 0
            self.retranslate()

    def _focused(self) -> int | None:
        return next((place for place, tile in enumerate(self.tiles) if tile.hasFocus()), None)

    def _arrange(self, columns: int) -> None:
        self._columns = columns
        for tile in self.tiles:
            self._grid.removeWidget(tile)
        for place, tile in enumerate(self.tiles[: columns * ROWS]):
            self._grid.addWidget(tile, place // columns, place % columns)
        for column in range(_WIDE):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for row in range(ROWS):
            self._grid.setRowStretch(row, _TILES_SHARE)
        # On a tall screen the faces stay faces, and what is left is below them.
        self._grid.setRowStretch(ROWS, 1)

    def _room(self) -> int:
        return self._columns * ROWS

    def _shown(self) -> tuple[Person, ...]:
        if len(self._people) <= self._room():
            return self._people
        return self._people[self._from : self._from + self._room() - 1]

    def _press(self, place: int) -> None:
        shown = self._shown()
        if place < len(shown):
            self.chosen.emit(shown[place])
            return
        after = self._from + len(shown)
        self._from = after if after < len(self._people) else 0
        self.retranslate()
