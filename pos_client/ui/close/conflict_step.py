"""E3: one card for each entry that head office takes otherwise, and three answers; none is given by itself."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from pos_client.config.wording import Wording
from pos_client.ui.close.close_view import DECISIONS, Typing
from pos_client.ui.close.step_page import StepPage
from pos_client.ui.empty_panel import EmptyPanel
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.rows import Row, RowList
from pos_client.ui.theme import Theme, mark
from pos_client.usecases.day_end_facts import Conflict, DayEndFacts
from pos_client.usecases.day_end_state import Decision

_ICON: Final = {
    None: ("warning", "on-warn-tint"),
    Decision.LOSS: ("check", "on-ok-tint"),
    Decision.UNDO: ("undo", "on-ok-tint"),
    Decision.SUPERVISOR: ("member", "on-info-tint"),
}


class ConflictStep(StepPage):
    """Decides.

    Signals:
        row_chosen: another card. decided: the place of an answer.
    """

    row_chosen = Signal(int)
    decided = Signal(int)

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__(theme, wording)
        self.items = RowList(theme)
        self.items.chosen.connect(lambda key: self.row_chosen.emit(int(key)))
        self.card = QFrame()
        self.card.setProperty("kind", "hint")
        self.place = FittedLabel("caption")
        self.what = FittedLabel("title", lines=2, wrap=True)
        self.ours = FittedLabel("body", lines=2, wrap=True)
        self.theirs = FittedLabel("body", lines=2, wrap=True)
        self.answers = tuple(KeyButton("", f"{place + 1}") for place in range(len(DECISIONS)))
        inside = QVBoxLayout(self.card)
        inside.setSpacing(8)
        for widget in (self.place, self.what, self.ours, self.theirs):
            inside.addWidget(widget)
        inside.addSpacing(8)
        for place, button in enumerate(self.answers):
            button.clicked.connect(lambda _=False, place=place: self.decided.emit(place))
            inside.addWidget(button)
        # A card of its own height: answers stand by the question, however tall the window is.
        right = QVBoxLayout()
        right.addWidget(self.card)
        right.addStretch(1)
        self.nothing = EmptyPanel("check")
        self.nothing.hide()
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.items, 2)
        middle.addLayout(right, 3)
        middle.addWidget(self.nothing, 5)
        self.column.addLayout(middle, 1)

    def show_facts(self, facts: DayEndFacts, typing: Typing) -> None:
        """The card that is looked at, and all of them as lines."""
        count = len(facts.conflicts)
        self.title.setText(self.tr("What head office takes otherwise"))
        self.tell(self._line(facts) if count else "")
        self.line.setVisible(count > 0)
        self.items.setVisible(count > 0)
        self.card.setVisible(count > 0)
        self.nothing.setVisible(not count)
        if not count:
            self.nothing.show_words(
                self.tr("Head office takes everything as it is."),
                self.tr("What it finds later comes with the next day."),
            )
            return
        row = min(typing.row, count - 1)
        one = facts.conflicts[row]
        self.items.setAccessibleName(self.title.text())
        self.items.show_rows([self._row(place, each, facts, row) for place, each in enumerate(facts.conflicts)])
        self.place.setText(self.tr("{place} of {count}").format(place=row + 1, count=count))
        self.what.setText(self._what(one, facts))
        self.ours.setText(self._ours(one))
        self.theirs.setText(self._theirs(one, facts))
        self._show_answers(one)
        mark(self.card, tone="" if one.decision else "warn")

    def _show_answers(self, one: Conflict) -> None:
        words = {
            Decision.LOSS: self.tr("The customer has it: book the loss"),
            Decision.UNDO: self.tr("Take ours back when signing"),
            Decision.SUPERVISOR: self.tr("Leave it to the supervisor"),
        }
        for decision, button in zip(DECISIONS, self.answers, strict=True):
            button.set_words(words[decision])
            button.setEnabled(decision is not Decision.UNDO or one.can_undo)
            button.set_icon("check" if one.decision is decision else "choice")
            mark(button, state="chosen" if one.decision is decision else "")

    def next_words(self, facts: DayEndFacts) -> str:
        """Nothing is taken for decided."""
        return self.tr("Decide first") if facts.undecided else self.tr("Next step")

    def _line(self, facts: DayEndFacts) -> str:
        if facts.undecided:
            return self.tr("{count} to decide. Press 1, 2 or 3; nothing is decided by itself.").format(
                count=facts.undecided
            )
        return self.tr("All are decided. A decision may be changed until the day is signed.")

    def _row(self, place: int, one: Conflict, facts: DayEndFacts, chosen: int) -> Row:
        icon, tone = ("next", "brand-ink") if place == chosen else _ICON[one.decision]
        said = {
            None: self.tr("not decided"),
            Decision.LOSS: self.tr("loss"),
            Decision.UNDO: self.tr("taken back"),
            Decision.SUPERVISOR: self.tr("supervisor"),
        }
        return Row(
            f"{place}", icon, one.name.in_language(self.language), self.time(facts, one.at), said[one.decision], tone
        )

    def _what(self, one: Conflict, facts: DayEndFacts) -> str:
        parts = (self.time(facts, one.at), one.name.in_language(self.language), one.member)
        return "   ".join(part for part in parts if part)

    def _ours(self, one: Conflict) -> str:
        if one.value_minor:
            money = self.wording.money(one.value_minor)
            return self.tr("This lane: given, {money} off").format(money=money)
        return self.tr("This lane: given")

    def _theirs(self, one: Conflict, facts: DayEndFacts) -> str:
        if one.holder_at or one.holder_place:
            return self.tr("Head office: used at {place}, {time}").format(
                place=one.holder_place or "?", time=self.time(facts, one.holder_at) or "?"
            )
        return self.tr("Head office: {why}").format(why=self.wording.of_closing(one.cause).in_language(self.language))
