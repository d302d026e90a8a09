"""The lines as Qt's list asks for them: a hundred at a time, the next hundred when somebody scrolls there."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from pos_client.ui.history.history_words import HistoryWords
from pos_client.usecases.history import HistoryLine

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE: Final = Qt.ItemDataRole.UserRole
WHAT: Final = 2
VALUE: Final = 3
STATE: Final = 5
_NOWHERE: Final = QModelIndex()


class HistoryModel(QAbstractTableModel):
    """What was found so far.

    Args:
        words: of each line. can_go_on, go_on: whether there is more, and ask for it.
    """

    def __init__(self, words: HistoryWords, can_go_on: Callable[[], bool], go_on: Callable[[], None]) -> None:
        super().__init__()
        self._words, self._can_go_on, self._go_on = words, can_go_on, go_on
        self._lines: list[HistoryLine] = []
        self.with_day = False

    def show_lines(self, lines: tuple[HistoryLine, ...], *, are_new: bool) -> None:
        """All of them, or those that follow."""
        if are_new:
            self.beginResetModel()
            self._lines = list(lines)
            self.endResetModel()
        elif lines:
            first = len(self._lines)
            self.beginInsertRows(_NOWHERE, first, first + len(lines) - 1)
            self._lines += lines
            self.endInsertRows()

    def line(self, row: int) -> HistoryLine | None:
        """The line of a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, key: tuple[int, int]) -> int:
        """Where an entry (epoch, seq) stands, −1 where it does not."""
        return next((row for row, line in enumerate(self._lines) if (line.epoch, line.seq) == key), -1)

    def retranslate(self) -> None:
        """Other words for the same lines."""
        self.layoutChanged.emit()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, STATE)

    # what Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Lines so far."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Of one table."""
        return 0 if parent.isValid() else STATE + 1

    def canFetchMore(self, parent: Index) -> bool:
        """Whether scrolling on finds more."""
        return not parent.isValid() and self._can_go_on()

    def fetchMore(self, parent: Index) -> None:
        """Somebody scrolled to the end."""
        if not parent.isValid():
            self._go_on()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._words.columns()[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's words; the whole line for whoever draws it."""
        line = self.line(index.row())
        if line is None:
            return None
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words.cells(line, with_day=self.with_day)[index.column()]
        return self._words.sentence(line) if role == Qt.ItemDataRole.AccessibleTextRole else None
