"""The one box and the four chips: what is looked for. It is no line edit: characters come from whoever typed them."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from pos_client.ui.fitting import FittedLabel
from pos_client.ui.history.history_search import CHIPS
from pos_client.ui.icons import IconLabel
from pos_client.ui.key_button import KeyButton
from pos_client.usecases.history import HistoryAsk

_FIELD_HEIGHT: Final = 52


class SearchBox(QWidget):
    """What is looked for.

    Signals:
        cleared: the box is to be emptied. toggled: a chip's name.
    """

    cleared = Signal()
    toggled = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._ask = HistoryAsk()
        self.field = QFrame()
        self.field.setProperty("kind", "field")
        self.field.setMinimumHeight(_FIELD_HEIGHT)
        self.text = FittedLabel("title")
        self.hint = FittedLabel("muted", wrap=True)
        self.clear = KeyButton("quiet", "", "close")
        self.clear.clicked.connect(self.cleared)
        inside = QHBoxLayout(self.field)
        inside.setContentsMargins(12, 0, 2, 0)
        inside.addWidget(IconLabel("search", 24))
        inside.addWidget(self.text)
        inside.addWidget(_Caret(self.text))
        inside.addWidget(self.hint, 1)
        inside.addStretch(0)
        inside.addWidget(self.clear)
        self.chips = {name: _chip(number) for number, name in enumerate(CHIPS, start=1)}
        for name, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, chosen=name: self.toggled.emit(chosen))
        # There while it is on: nobody looks for conflicts who was not led to them.
        self.conflicts = KeyButton("filter")
        self.conflicts.setCheckable(True)
        self.conflicts.clicked.connect(lambda: self.toggled.emit("in_conflict"))
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(12)
        self._rows.addWidget(self.field, 1)
        self._rows.addLayout(self._row_of_chips())
        self.retranslate()

    def _row_of_chips(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for chip in (*self.chips.values(), self.conflicts):
            row.addWidget(chip)
        return row

    def set_upright(self, *, upright: bool) -> None:
        """The chips under the box, where the words are large."""
        way = QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight
        self._rows.setDirection(way)
        self._rows.setSpacing(4 if upright else 12)
        self.setMinimumHeight(2 * _FIELD_HEIGHT + 4 if upright else _FIELD_HEIGHT)

    def show_ask(self, ask: HistoryAsk) -> None:
        """What is looked for."""
        self._ask = ask
        words = ask.masked or ask.text
        self.text.setText(words)
        self.text.setVisible(bool(words))
        self.hint.setVisible(not words)
        self.clear.setVisible(bool(words))
        self.field.setAccessibleName(self.tr("Search"))
        self.field.setAccessibleDescription(words or self.hint.text())
        for name, chip in self.chips.items():
            is_on = bool(getattr(ask, name))
            chip.setChecked(is_on)
            chip.set_icon("check" if is_on else "")
        self.conflicts.setVisible(ask.in_conflict)
        self.conflicts.setChecked(ask.in_conflict)

    def retranslate(self) -> None:
        """All words in the present language."""
        chips = {
            "today": self.tr("Today"),
            "mine": self.tr("Mine"),
            "waiting": self.tr("Waiting"),
            "undone": self.tr("Taken back"),
        }
        for name, chip in self.chips.items():
            chip.set_words(chips[name])
        self.conflicts.set_words(self.tr("To decide"), self.tr("Redemptions that need a decision; press to see all"))
        self.hint.setText(self.tr("End of the code or phone, receipt number or clerk"))
        self.clear.set_words("", self.tr("Clear"))
        self.clear.setAccessibleName(self.tr("Clear"))
        self.show_ask(self._ask)


class _Caret(QWidget):
    """Where the next character will stand; it does not blink, nothing here does."""

    def __init__(self, beside: QWidget) -> None:
        super().__init__()
        self._beside = beside
        self.setFixedWidth(3)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        """One line."""
        del event
        height = self._beside.fontMetrics().height()
        top = (self.height() - height) // 2
        QPainter(self).fillRect(0, top, 2, height, self.palette().color(self.foregroundRole()))


def _chip(number: int) -> KeyButton:
    chip = KeyButton("filter", f"Alt+{number}")
    chip.setCheckable(True)
    return chip
