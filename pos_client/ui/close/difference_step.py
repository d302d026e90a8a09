"""E4: what was counted beside what should lie there, with arrows; a reason where anything differs, and a note."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from pos_client.config.wording import Wording
from pos_client.ui.close.close_view import REASONS, Typing
from pos_client.ui.close.step_page import StepPage
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.rows import Row, RowList
from pos_client.ui.theme import Theme, mark
from pos_client.usecases.day_end_facts import DayEndFacts, Difference

# One thing more or less is a slip of the hand; beyond that it stands in red.
_SLIGHT: Final = 1


class DifferenceStep(StepPage):
    """Explains.

    Signals:
        reason_chosen: the place of a reason. note_asked: characters go to the note from now on.
    """

    reason_chosen = Signal(int)
    note_asked = Signal()

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__(theme, wording)
        self.items = RowList(theme)
        self.why = FittedLabel("title")
        self.reasons = tuple(KeyButton("", f"{place + 1}") for place in range(len(REASONS)))
        self.note_button = KeyButton("", "N", "speech")
        self.field = QFrame()
        self.field.setProperty("kind", "field")
        self.note = FittedLabel("body")
        inside = QVBoxLayout(self.field)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.addWidget(self.note)
        self.side = QFrame()
        right = QVBoxLayout(self.side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(8)
        right.addWidget(self.why)
        for place, button in enumerate(self.reasons):
            button.clicked.connect(lambda _=False, place=place: self.reason_chosen.emit(place))
            right.addWidget(button)
        right.addWidget(self.note_button)
        right.addWidget(self.field)
        right.addStretch(1)
        self.note_button.clicked.connect(self.note_asked)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.items, 1)
        middle.addWidget(self.side, 1)
        self.column.addLayout(middle, 1)

    def show_facts(self, facts: DayEndFacts, typing: Typing) -> None:
        """Differences and why."""
        self.title.setText(self.tr("Differences"))
        self.tell(
            self.tr("A reason is needed; it is written down with the day.")
            if facts.needs_reason
            else self.tr("Everything is as it should be.")
        )
        rows = self.rows(facts)
        self.items.setVisible(bool(rows))
        self.items.setAccessibleName(self.title.text())
        self.items.show_rows(rows)
        self.side.setVisible(facts.needs_reason)
        self.why.setText(self.tr("Why?"))
        for reason, words, button in zip(REASONS, self._words(), self.reasons, strict=True):
            button.set_words(words)
            button.set_icon("check" if facts.state.reason == reason else "choice")
            mark(button, state="chosen" if facts.state.reason == reason else "")
        self.note_button.set_words(self.tr("Note"))
        self.field.setVisible(typing.is_noting or bool(facts.state.note))
        self.note.setText(typing.note + "▏" if typing.is_noting else facts.state.note)

    def next_words(self, facts: DayEndFacts) -> str:
        """Nothing is signed without a reason."""
        return self.tr("Choose a reason") if facts.needs_reason and not facts.state.reason else self.tr("Next step")

    def rows(self, facts: DayEndFacts) -> list[Row]:
        """Things, causes at the host, and what head office takes otherwise."""
        rows = [self._row(one) for one in facts.differences]
        for cause, count in facts.host.items():
            words = self.wording.of_closing(cause).in_language(self.language)
            rows.append(Row(f"host {cause}", "receipt", words, self.tr("at the host"), f"{count}", "on-warn-tint"))
        if facts.conflicts:
            words = self.tr("Head office takes them otherwise")
            rows.append(Row("conflicts", "warning", words, "", f"{len(facts.conflicts)}", "on-warn-tint"))
        return rows

    def _row(self, one: Difference) -> Row:
        is_more = one.gap > 0
        name = one.name.in_language(self.language) if one.name else self.tr("Makers' paper coupons in the drawer")
        note = self.tr("should be {expected}, counted {counted}").format(expected=one.expected, counted=one.counted)
        tone = "on-warn-tint" if abs(one.gap) <= _SLIGHT else "on-no-tint"
        words = self.tr("{count} too many") if is_more else self.tr("{count} missing")
        trailing = f"{'▲' if is_more else '▼'} {words.format(count=abs(one.gap))}"
        return Row(one.item, "up" if is_more else "down", name, note, trailing, tone)

    def _words(self) -> tuple[str, ...]:
        return (
            self.tr("Broken, or used as a tester"),
            self.tr("Given without a scan"),
            self.tr("Delivery not recorded yet"),
            self.tr("The host corrects it"),
            self.tr("Not known"),
        )
