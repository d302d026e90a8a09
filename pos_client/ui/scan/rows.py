"""Rows of a list, drawn by hand: an icon, a title, a note and an amount on one line a finger can hit.

Apart because last scans, history, coupons and promoters are the same row with other words.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from pos_client.ui import icons
from pos_client.ui.fitting import fitted_font
from pos_client.ui.theme import Theme

ROW_HEIGHT: Final = 48
_ROW_ROLE: Final = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Row:
    """One line.

    Attributes:
        key: what choosing it means.
        icon: name; tone: name of the colour token it is drawn in; back: of its mark.
        title, note, trailing: words; the note is small and muted under the title.
        is_struck: it no longer counts.
        spoken: what a screen reader says, one sentence.
    """

    key: str
    icon: str
    title: str
    note: str = ""
    trailing: str = ""
    tone: str = "text-muted"
    is_struck: bool = False
    is_muted: bool = False
    spoken: str = ""


class RowList(QListWidget):
    """A list of rows for keyboard and finger; it never takes the focus from a click alone.

    Signals:
        chosen: the key of the row that was pressed, or on which Enter was pressed.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, colour_of: Callable[[str], QColor] | None = None) -> None:
        super().__init__()
        self._delegate = _RowDelegate(theme, colour_of or theme.colour, self)
        self.setItemDelegate(self._delegate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerItem)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.itemClicked.connect(lambda item: self.chosen.emit(item.data(_ROW_ROLE).key))
        self._rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these; rows that are the same already are not touched, and the chosen place stays.

        The list is never emptied and filled anew: whoever reads it aloud would lose his place in it.
        """
        before, self._rows = self._rows, tuple(rows)
        if before == self._rows:
            return
        place = max(0, self.currentRow())
        for number, row in enumerate(self._rows):
            if number >= len(before):
                self.addItem(_told(QListWidgetItem(), row))
            elif before[number] != row:
                _told(self.item(number), row)
        while self.count() > len(self._rows):
            self.takeItem(self.count() - 1)
        if rows:
            self.setCurrentRow(min(place, len(rows) - 1))

    def rows(self) -> tuple[Row, ...]:
        """What it shows."""
        return self._rows

    def current_key(self) -> str:
        """The key of the chosen row, empty without one."""
        return self._rows[self.currentRow()].key if 0 <= self.currentRow() < len(self._rows) else ""

    def press_current(self) -> None:
        """Enter on the chosen row."""
        if self.current_key():
            self.chosen.emit(self.current_key())

    def sizeHint(self) -> QSize:
        """One row is enough to begin with; it takes the room that is left."""
        return QSize(200, self._delegate.row_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Whole rows only: half a row at the lower edge can be neither read nor hit."""
        room = self.height() - 2 * self.frameWidth()
        row = self._delegate.row_height()
        self.setViewportMargins(0, 0, 0, room % row if room > row else 0)
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move; everything else belongs to the screen."""
        moves = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
        if event.key() in moves:
            super().keyPressEvent(event)
        else:
            event.ignore()


def _told(item: QListWidgetItem, row: Row) -> QListWidgetItem:
    """The same item, which is this row now."""
    item.setText(row.title)
    item.setData(_ROW_ROLE, row)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, row.spoken or " ".join((row.title, row.note, row.trailing)))
    return item


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, colour_of: Callable[[str], QColor], parent: QListWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._colour_of = colour_of
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One finger's breadth, more with large text."""
        del option, index
        return QSize(100, self.row_height())

    def row_height(self) -> int:
        """Pixels of every row."""
        body, small = self._theme.size("body"), self._theme.size("small")
        return max(ROW_HEIGHT, round((body + small) * 1.32) + 8)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        row: Row = index.data(_ROW_ROLE)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, rect, is_chosen=index.row() == self._list.currentRow())
        inner = rect.adjusted(8, 2, -8, -2)
        side = 24
        box = QRectF(inner.left(), inner.center().y() - side / 2 + 0.5, side, side)
        icons.draw(painter, row.icon, box, self._colour_of(row.tone), self._theme.colour("surface"))
        right = self._trailing(painter, row, inner)
        self._title(
            painter, row, QRect(inner.left() + side + 10, inner.top(), right - inner.left() - side - 18, inner.height())
        )
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, *, is_chosen: bool) -> None:
        if is_chosen and self._list.hasFocus():
            painter.setPen(self._theme.colour("brand"))
            painter.setBrush(self._theme.colour("brand-tint"))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 8, 8)
        else:
            painter.setPen(self._theme.colour("hairline"))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _trailing(self, painter: QPainter, row: Row, inner: QRect) -> int:
        """Write the amount at the right; returns where it begins."""
        font = self._font("body", QFont.Weight.DemiBold)
        # With large text in a narrow list it gives way to what it is an amount of.
        font = fitted_font(row.trailing, font, QSize(inner.width() * 30 // 100, inner.height()))
        width = QFontMetrics(font).horizontalAdvance(row.trailing) if row.trailing else 0
        painter.setFont(font)
        painter.setPen(self._theme.colour("text-muted" if row.is_muted or row.is_struck else "text"))
        painter.drawText(inner, (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value, row.trailing)
        return inner.right() - width

    def _title(self, painter: QPainter, row: Row, room: QRect) -> None:
        font = self._font("body", QFont.Weight.Medium)
        font.setStrikeOut(row.is_struck)
        painter.setPen(self._theme.colour("text-muted" if row.is_muted or row.is_struck else "text"))
        upper = QRect(room.left(), room.top(), room.width(), room.height() * 56 // 100) if row.note else room
        self._line(painter, row.title, font, upper, bottom=bool(row.note))
        if row.note:
            painter.setPen(self._theme.colour("text-muted"))
            lower = QRect(room.left(), upper.bottom() + 1, room.width(), room.height() - upper.height())
            self._line(painter, row.note, self._font("small", QFont.Weight.Normal), lower, bottom=False)

    @staticmethod
    def _line(painter: QPainter, text: str, font: QFont, room: QRect, *, bottom: bool) -> None:
        fitted = fitted_font(text, font, QSize(room.width(), 999))
        painter.setFont(fitted)
        shown = QFontMetrics(fitted).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        up = Qt.AlignmentFlag.AlignBottom if bottom else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, (Qt.AlignmentFlag.AlignLeft | up).value | Qt.TextFlag.TextDontClip.value, shown)

    def _font(self, role: str, weight: QFont.Weight) -> QFont:
        font = QFont(self._theme.family)
        font.setPixelSize(self._theme.size(role))
        font.setWeight(weight)
        return font
