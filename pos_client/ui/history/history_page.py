"""C11: did it go through? One box, four chips, every deed of this lane, and the chosen one in full.

The search decides; this puts its parts in their places. The next scan takes the window back to the verdict.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout

from pos_client.domain.errors import PosError
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.history.history_detail import HistoryDetail
from pos_client.ui.history.history_export import HistoryExport
from pos_client.ui.history.history_model import HistoryModel
from pos_client.ui.history.history_search import CHIPS, HistorySearch
from pos_client.ui.history.history_table import HistoryTable
from pos_client.ui.history.history_words import HistoryWords
from pos_client.ui.history.nothing_found import NothingFound
from pos_client.ui.history.search_box import SearchBox
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.screen import Page, Surroundings
from pos_client.usecases.history import HistoryAsk, HistoryLine
from pos_client.usecases.till_view import LaneStatus, RecentItem

_WIDE_FROM: Final = 1400
_DETAIL_WIDE: Final = 520
_DETAIL_LOW: Final = 196
_LARGE_TEXT: Final = 130


class HistoryPage(Page):
    """The history of a lane; a ``HistoryView``."""

    workspace = Workspace.HISTORY
    takes_whole = True

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        tools = around.line.tools
        self.words = HistoryWords(around.wording, self)
        self.search = HistorySearch(around.line, self, around.now)
        self.box = SearchBox()
        self.model = HistoryModel(self.words, self.search.can_go_on, self.search.go_on)
        self.table = HistoryTable(around.theme, self.model, self.words)
        self.detail = HistoryDetail(around.theme, around.wording, self.words, can_print=tools.reprint is not None)
        self.exports = HistoryExport(around.line, tools.files, self.words, around.now) if tools.files else None
        self.title = FittedLabel("title")
        self.count, self.news = FittedLabel("muted", wrap=True), FittedLabel("muted", wrap=True)
        self.nothing = NothingFound()
        self.csv, self.xlsx = KeyButton("", "Ctrl+E", "save"), KeyButton("", "", "save")
        self.leave = KeyButton("", "Esc")
        self._total: int | None = None
        self._state = (False, False)
        self._newest: tuple[RecentItem, ...] = ()
        self._is_shown = False
        self._was_wide: bool | None = None
        self._build()
        self._connect()
        self._arrange()
        self.retranslate("zh")

    # what a screen does

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        super().retranslate(language)
        self.words.language = language
        self.title.setText(self.tr("History of this lane"))
        self.nothing.widen.set_words(self.tr("Look through all days"))
        self.csv.set_words(self.tr("Save CSV"))
        self.xlsx.set_words(self.tr("Save Excel"))
        self.leave.set_words(self.tr("Back to scanning"))
        self.table.setAccessibleName(self.tr("Deeds of this lane"))
        self.box.retranslate()
        self.detail.retranslate()
        self.model.retranslate()
        self.show_state(self._total, is_busy=self._state[0], has_fault=self._state[1])

    def on_opened(self) -> None:
        """Look anew: something was done since."""
        self._is_shown = True
        self._tell("")
        self.search.begin()
        self.table.setFocus()

    def on_left(self) -> None:
        """What is looked for is kept, but not who stood here."""
        self._is_shown = False
        self.search.leave_member()

    def on_status(self, status: LaneStatus) -> None:
        """A deed that was just done, or delivered, is in the list at once."""
        if status.recent != self._newest:
            self._newest = status.recent
            if self._is_shown and self.table.verticalScrollBar().value() == 0:
                self.search.begin()

    def on_tick(self) -> None:
        """The book is asked again where it was busy."""
        self.search.tick()

    def type_character(self, character: str) -> bool:
        """A person looks for something."""
        self.search.type(character)
        return True

    def backspace(self) -> bool:
        """One character less."""
        self.search.erase()
        return True

    def enter(self) -> bool:
        """Opens the chosen line where there is no room for it beside the list, or closes it."""
        if not self._is_wide():
            self._open_detail(is_open=self.detail.isHidden() and self.detail.line is not None)
        return True

    def take_key(self, key: str) -> bool:
        """F9 prints, Ctrl+E saves, Alt with a digit switches a chip; F8 only where the chosen deed can be undone."""
        if key == "F8" and (why := self.detail.why_no_undo()):
            self._tell(why)
            return True
        deeds: dict[str, Callable[[], None]] = {"F9": self._reprint, "Ctrl+E": lambda: self._export("csv")}
        chips = {f"Alt+{number}": name for number, name in enumerate(CHIPS, start=1)}
        if key in chips:
            self.search.toggle(chips[key])
        elif key in deeds:
            deeds[key]()
        return key in deeds or key in chips

    def chosen_item(self) -> RecentItem | None:
        """The chosen deed."""
        return self.detail.line.item if self.detail.line else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the arrangement for the width."""
        super().resizeEvent(event)
        self._arrange()

    # what the search shows

    def show_ask(self, ask: HistoryAsk) -> None:
        """What is looked for."""
        self._tell("")
        self.box.show_ask(ask)
        self.model.with_day = not ask.today

    def show_lines(self, lines: tuple[HistoryLine, ...], *, are_new: bool) -> None:
        """What was found; the chosen line stays chosen where it is still there."""
        chosen = self.detail.line
        self.model.show_lines(lines, are_new=are_new)
        if are_new:
            row = self.model.row_of((chosen.epoch, chosen.seq)) if chosen else 0
            self.table.setCurrentIndex(self.model.index(max(row, 0), 0) if lines else QModelIndex())
            self._on_chosen()

    def show_state(self, total: int | None, *, is_busy: bool, has_fault: bool) -> None:
        """How many, and whether the book answers."""
        self._total, self._state = total, (is_busy, has_fault)
        is_empty = self.model.rowCount() == 0 and not is_busy
        self.table.setVisible(not is_empty)
        self.nothing.setVisible(is_empty)
        can_widen = is_empty and self.search.ask != self.search.widest()
        self.nothing.widen.setVisible(can_widen and not has_fault)
        self.nothing.words.setText(self._said_of_nothing(has_fault=has_fault))
        if has_fault:
            self.count.setText(self.tr("The book is busy; this is how it stood."))
        elif total is None:
            self.count.setText(self.tr("Looking…") if is_busy else "")
        else:
            self.count.setText(self.tr("%n line(s)", "", total))
        for button in (self.csv, self.xlsx):
            button.setEnabled(bool(total) and self.exports is not None and not self.exports.is_busy)

    # parts

    def _said_of_nothing(self, *, has_fault: bool) -> str:
        if has_fault:
            return self.tr("The book does not answer yet. It is asked again by itself.")
        ask = self.search.ask
        if ask == HistoryAsk():
            return self.tr("Nothing redeemed today yet.")
        if ask.member:
            return self.tr("Nothing of this member on this lane.")
        return self.tr("Nothing found. Try fewer characters, or switch a filter off.")

    def _build(self) -> None:
        self.setObjectName("history")
        head = QHBoxLayout()
        head.setSpacing(12)
        told = QVBoxLayout()
        told.setSpacing(0)
        for label in (self.title, self.count, self.news):
            told.addWidget(label)
        self.news.setVisible(False)
        head.addLayout(told, 1)
        for button in (self.csv, self.xlsx, self.leave):
            head.addWidget(button)
        card = QFrame()
        card.setProperty("kind", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.table, 1)
        inner.addWidget(self.nothing, 1)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(12)
        self._body.addWidget(card, 1)
        self._body.addWidget(self.detail)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.box)
        column.addLayout(self._body, 1)

    def _connect(self) -> None:
        self.box.toggled.connect(self.search.toggle)
        self.box.cleared.connect(self.search.clear)
        self.table.chosen.connect(self._on_chosen)
        self.table.pressed_row.connect(lambda: self._open_detail(is_open=True))
        self.detail.undo_asked.connect(self.around.undo)
        self.detail.reprint_asked.connect(self._reprint)
        self.nothing.widen.clicked.connect(self.search.widen)
        self.csv.clicked.connect(lambda: self._export("csv"))
        self.xlsx.clicked.connect(lambda: self._export("xlsx"))
        self.leave.clicked.connect(self.around.go_home)
        if self.exports is not None:
            self.exports.went_on.connect(lambda count: self._tell(self.tr("Saving: %n line(s)", "", count)))
            self.exports.ended.connect(self._on_saved)

    def _tell(self, words: str) -> None:
        """News takes the place of the count, which stands there again when nothing is new."""
        self.news.setText(words)
        self.news.setVisible(bool(words))
        self.count.setVisible(not words)

    def _is_wide(self) -> bool:
        return self.width() >= _WIDE_FROM

    def _arrange(self) -> None:
        wide, large = self._is_wide(), self.around.theme.text_percent > _LARGE_TEXT
        self._body.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self.box.set_upright(upright=large)
        self.detail.set_upright(upright=wide)
        if wide:
            self.detail.setFixedWidth(_DETAIL_WIDE)
            self.detail.setMinimumHeight(0)
            self.detail.setMaximumHeight(16_777_215)
            self.detail.setVisible(True)
        else:
            self.detail.setMinimumWidth(0)
            self.detail.setMaximumWidth(16_777_215)
            self.detail.setFixedHeight(round(_DETAIL_LOW * (1.3 if large else 1)))
            if self._was_wide is not False:
                self.detail.setVisible(False)
        self._was_wide = wide
        if (layout := self.layout()) is not None:
            # Whoever only paints, and runs no loop, sees the new arrangement too.
            layout.activate()

    def _open_detail(self, *, is_open: bool) -> None:
        """Show or close the chosen deed; its row stays in sight."""
        self.detail.setVisible(is_open)
        QTimer.singleShot(0, self.table, lambda: self.table.scrollTo(self.table.currentIndex()))

    def _on_chosen(self) -> None:
        self.detail.show_line(self.table.current_line())

    def _reprint(self) -> None:
        reprint, line = self.around.line.tools.reprint, self.detail.line
        if reprint is None or line is None or not line.has_slip:
            self._tell(self.tr("Nothing of this can be printed here."))
            return
        seq = line.seq
        self.around.line.ask(lambda desk, _session: reprint(desk, seq), self._on_printed)

    def _on_printed(self, outcome: PosError | None) -> None:
        self._tell(self._fault(outcome) if outcome else self.tr("It is being printed."))

    def _export(self, ending: str) -> None:
        if self.exports is None or not self._total:
            self._tell(self.tr("There is nothing to save."))
        else:
            self.exports.begin(self.search.ask, ending)

    def _on_saved(self, what: object) -> None:
        if isinstance(what, PosError):
            self._tell(self._fault(what))
        else:
            self._tell(self.tr("Saved: %1").replace("%1", str(what)))
        self.show_state(self._total, is_busy=self._state[0], has_fault=self._state[1])

    def _fault(self, fault: PosError) -> str:
        line, step = self.around.wording.of_fault(fault)
        return f"{line.in_language(self.language)} {step.in_language(self.language)}"
