"""The list of deeds: rows a finger can hit, drawn by hand, so that shape and colour say the state beside its word."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from pos_client.ui import icons
from pos_client.ui.fitting import fitted_font
from pos_client.ui.history.history_model import LINE_ROLE, STATE, VALUE, WHAT, HistoryModel
from pos_client.ui.history.history_words import HistoryWords
from pos_client.ui.theme import Theme
from pos_client.usecases.history import HistoryLine

_ROW: Final = 48
_PAD: Final = 10
_ICON: Final = 22
# Parts of the width, in the order of the columns.
_SHARES: Final = (15, 21, 24, 13, 12, 15)
_MOVES: Final = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    }
)


class HistoryTable(QTableView):
    """A virtual list of deeds.

    Signals:
        chosen: another row is the current one. pressed_row: a row was touched.
    """

    chosen = Signal()
    pressed_row = Signal()

    def __init__(self, theme: Theme, model: HistoryModel, words: HistoryWords) -> None:
        super().__init__()
        self._theme = theme
        self.setModel(model)
        self.setItemDelegate(_Delegate(theme, words, self))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.selectionModel().currentRowChanged.connect(lambda *_: self.chosen.emit())
        self.clicked.connect(lambda _: self.pressed_row.emit())
        theme.changed.connect(self._fit)
        self._fit()

    def current_line(self) -> HistoryLine | None:
        """The chosen deed."""
        line: HistoryLine | None = self.currentIndex().data(LINE_ROLE)
        return line

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns; whole rows only."""
        super().resizeEvent(event)
        width, total = self.viewport().width(), sum(_SHARES)
        for column, share in enumerate(_SHARES):
            self.setColumnWidth(column, width * share // total)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move; everything else belongs to the screen."""
        if event.key() in _MOVES:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _fit(self) -> None:
        body = self._theme.size("body")
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(max(_ROW, round(body * 1.9)))
        self.horizontalHeader().setFixedHeight(max(32, round(self._theme.size("small") * 1.9)))


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, words: HistoryWords, table: QTableView) -> None:
        super().__init__(table)
        self._theme, self._words, self._table = theme, words, table

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        line: HistoryLine = index.data(LINE_ROLE)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, rect, is_chosen=index.row() == self._table.currentIndex().row())
        room = rect.adjusted(_PAD, 0, -_PAD, 0)
        if index.column() == STATE:
            name, tone = self._words.icon(line)
            side = max(_ICON, self._theme.size("body"))
            box = QRectF(room.left(), room.center().y() - side / 2 + 0.5, side, side)
            icons.draw(painter, name, box, self._theme.colour(tone), self._theme.colour("surface"))
            room = room.adjusted(side + 8, 0, 0, 0)
        self._write(painter, str(index.data()), room, line, index.column())
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, *, is_chosen: bool) -> None:
        if is_chosen:
            painter.fillRect(rect, self._theme.colour("brand-tint"))
            if self._table.hasFocus():
                painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), self._theme.colour("brand"))
                painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), self._theme.colour("brand"))
        else:
            painter.setPen(self._theme.colour("hairline"))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _write(self, painter: QPainter, text: str, room: QRect, line: HistoryLine, column: int) -> None:
        font = QFont(self._theme.family)
        font.setPixelSize(self._theme.size("body"))
        font.setFeature(QFont.Tag("tnum"), 1)
        font.setWeight(QFont.Weight.Medium if column in {WHAT, VALUE} else QFont.Weight.Normal)
        font.setStrikeOut(line.item.undone and column in {WHAT, VALUE})
        fitted = fitted_font(text, font, QSize(room.width(), 999))
        painter.setFont(fitted)
        painter.setPen(self._theme.colour("text-muted" if line.item.undone else "text"))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value, shown)
