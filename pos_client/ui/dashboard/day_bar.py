"""What stands around the charts: which day and how old its figures are; which chart; what can be done with it."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos_client.ui.fitting import FittedLabel
from pos_client.ui.icons import IconLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.theme import mark

_AGE_LEAST: Final = 160


class DayBar(QWidget):
    """The head.

    Signals:
        stepped: so many days on. left: back to scanning.
    """

    stepped = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = FittedLabel("title")
        self.day = FittedLabel("title")
        self.before = KeyButton("", "←")
        self.after = KeyButton("", "→")
        self.clock = IconLabel("clock", 18)
        self.age = FittedLabel("caption", wrap=True)
        self.age.setMinimumWidth(_AGE_LEAST)
        self.leave_button = KeyButton("", "Esc")
        self.before.clicked.connect(partial(self.stepped.emit, -1))
        self.after.clicked.connect(partial(self.stepped.emit, 1))
        self.leave_button.clicked.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addSpacing(8)
        row.addWidget(self.before)
        row.addWidget(self.day)
        row.addWidget(self.after)
        row.addSpacing(8)
        row.addWidget(self.clock)
        row.addWidget(self.age, 1)
        row.addWidget(self.leave_button)

    def retranslate(self) -> None:
        """All words in the present language."""
        self.title.setText(self.tr("Figures"))
        self.before.set_words(self.tr("Day before"))
        self.after.set_words(self.tr("Day after"))
        self.leave_button.set_words(self.tr("Back to scanning"))

    def show_day(self, words: str, *, is_today: bool) -> None:
        """Which day; none comes after today."""
        self.day.setText(words)
        self.after.setEnabled(not is_today)

    def show_age(self, words: str, *, is_old: bool) -> None:
        """When it was counted."""
        self.age.setText(words)
        self.clock.set_icon("warning" if is_old else "clock")
        self.clock.set_tone("warn" if is_old else "")


class ChartTabs(QWidget):
    """One tab for each chart, where only one has room.

    Signals:
        chosen: its place.
    """

    chosen = Signal(int)

    def __init__(self, count: int) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.tabs = tuple(KeyButton("tab", f"{place + 1}", cap_first=True) for place in range(count))
        for place, tab in enumerate(self.tabs):
            tab.setCheckable(True)
            tab.clicked.connect(partial(self.chosen.emit, place))
            row.addWidget(tab, 1)

    def show_titles(self, titles: Sequence[str]) -> None:
        """Their words."""
        for tab, title in zip(self.tabs, titles, strict=True):
            tab.set_words(title)

    def choose(self, place: int) -> None:
        """This one is open."""
        for number, tab in enumerate(self.tabs):
            tab.setChecked(number == place)
            mark(tab, state="chosen" if number == place else "")


class DeedBar(QWidget):
    """The foot.

    Signals:
        table_asked, copy_asked, save_asked: for the chosen chart.
    """

    table_asked = Signal()
    copy_asked = Signal()
    save_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._as_table = False
        self.table_button = KeyButton("", "T")
        self.copy_button = KeyButton("", "C")
        self.save_button = KeyButton("", "S")
        self.said = FittedLabel("small")
        self.table_button.clicked.connect(self.table_asked)
        self.copy_button.clicked.connect(self.copy_asked)
        self.save_button.clicked.connect(self.save_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.table_button, self.copy_button, self.save_button):
            row.addWidget(button)
        row.addWidget(self.said, 1)

    def retranslate(self) -> None:
        """All words in the present language."""
        self.show_state(as_table=self._as_table)
        self.copy_button.set_words(self.tr("Copy"))
        self.save_button.set_words(self.tr("Save as CSV and Excel"))

    def show_state(self, *, as_table: bool) -> None:
        """What is shown, and what the first button leads to."""
        self._as_table = as_table
        self.table_button.set_words(self.tr("As bars") if as_table else self.tr("As a table"))

    def set_offered(self, *, offered: bool) -> None:
        """Whether there is anything to show otherwise, to copy or to keep."""
        for button in (self.table_button, self.copy_button, self.save_button):
            button.setEnabled(offered)

    def say(self, words: str) -> None:
        """What came of it."""
        self.said.setText(words)
