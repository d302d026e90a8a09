"""E1: things are counted before anybody sees how many there should be. Begun and unfinished things end here first."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from pos_client.config.wording import Wording
from pos_client.ui.close.close_view import Typing
from pos_client.ui.close.step_page import StepPage
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.keypad import Keypad
from pos_client.ui.scan.rows import Row, RowList
from pos_client.ui.theme import Theme
from pos_client.usecases.day_end_facts import DayEndFacts, ToCount


class CountStep(StepPage):
    """Counts.

    Signals:
        row_chosen: the place of a thing. cancel_asked: end what was begun.
    """

    row_chosen = Signal(int)
    cancel_asked = Signal()

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__(theme, wording)
        self.begun = QFrame()
        self.begun.setProperty("kind", "hint")
        self.begun.setProperty("tone", "warn")
        self.begun_words = FittedLabel("body", lines=2, wrap=True)
        self.cancel_button = KeyButton("", "X")
        self.cancel_button.clicked.connect(self.cancel_asked)
        row = QHBoxLayout(self.begun)
        row.addWidget(self.begun_words, 1)
        row.addWidget(self.cancel_button)
        self.items = RowList(theme)
        self.items.chosen.connect(lambda key: self.row_chosen.emit(int(key)))
        self.what = FittedLabel("title")
        self.entry = FittedLabel("entry")
        self.keypad = Keypad()
        self.figures = RowList(theme)
        self.column.addWidget(self.begun)
        self.column.addLayout(self._middle(), 1)

    def show_facts(self, facts: DayEndFacts, typing: Typing) -> None:
        """Things, numbers, and after the count the day's figures."""
        is_counted = facts.state.is_counted
        self.title.setText(self.tr("Count what lies at the booth"))
        self.tell(self._line(facts))
        self.begun.setVisible(facts.open_intents > 0)
        self.begun_words.setText(self.tr("Begun and not finished: {count}").format(count=facts.open_intents))
        self.cancel_button.set_words(self.tr("End them"))
        self.items.setAccessibleName(self.title.text())
        self.items.show_rows([self._row(place, one, facts, typing) for place, one in enumerate(facts.to_count)])
        self.items.setCurrentRow(-1 if is_counted else typing.row)
        self.items.setVisible(bool(facts.to_count))
        self.typed.setVisible(not is_counted and bool(facts.to_count))
        self.figures.setVisible(is_counted)
        if is_counted:
            self._show_figures(facts)
        elif typing.row < len(facts.to_count):
            one = facts.to_count[typing.row]
            self.what.setText(self.name(one))
            kept = facts.state.counted.get(one.item)
            self.entry.setText(typing.digits or ("–" if kept is None else f"{kept}"))
        self.keypad.retranslate()

    def next_words(self, facts: DayEndFacts) -> str:
        """A number is set; the last Enter ends the count."""
        left = [one for one in facts.to_count if one.item not in facts.state.counted]
        if facts.state.is_counted:
            return self.tr("Next step")
        return self.tr("Set the number") if left else self.tr("The count is right")

    def name(self, one: ToCount) -> str:
        """What a thing is called."""
        return one.name.in_language(self.language) if one.name else self.tr("Makers' paper coupons in the drawer")

    def _line(self, facts: DayEndFacts) -> str:
        if facts.state.is_counted:
            return self.tr("The count is done and is not changed any more.")
        if not facts.to_count:
            return self.tr("Nothing is kept here that must be counted.")
        return self.tr("Type how many there are, then Enter. How many there should be is shown afterwards.")

    def _row(self, place: int, one: ToCount, facts: DayEndFacts, typing: Typing) -> Row:
        kept = facts.state.counted.get(one.item)
        note = self.tr("not counted yet") if kept is None else ""
        icon, tone = ("clock", "text-muted") if kept is None else ("check", "on-ok-tint")
        if place == typing.row and not facts.state.is_counted:
            icon, tone = "next", "brand-ink"
        return Row(f"{place}", icon, self.name(one), note, "" if kept is None else f"{kept}", tone)

    def _show_figures(self, facts: DayEndFacts) -> None:
        groups = (
            (self.tr("Campaign"), "coupon", facts.campaigns),
            (self.tr("Promoter"), "promoter", facts.promoters),
        )
        rows = [
            Row(
                f"{kind}{place}",
                icon,
                one.of.in_language(self.language),
                kind,
                self.tr("{count} · {money}").format(count=one.count, money=self.wording.money(one.value_minor)),
            )
            for kind, icon, amounts in groups
            for place, one in enumerate(amounts)
        ]
        self.figures.setAccessibleName(self.tr("Figures of the day"))
        self.figures.show_rows(rows)

    def _middle(self) -> QHBoxLayout:
        self.typed = QFrame()
        right = QVBoxLayout(self.typed)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(8)
        right.addWidget(self.what)
        field = QFrame()
        field.setProperty("kind", "field")
        inside = QVBoxLayout(field)
        inside.setContentsMargins(12, 2, 12, 2)
        inside.addWidget(self.entry)
        right.addWidget(field)
        right.addWidget(self.keypad, 1)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.items, 1)
        middle.addWidget(self.typed, 1)
        middle.addWidget(self.figures, 1)
        return middle
