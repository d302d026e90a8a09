"""The last page: thanks, the day's numbers, and the papers of the day."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from pos_client.config.wording import Wording
from pos_client.ui.close.close_view import Typing
from pos_client.ui.close.step_page import StepPage
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.icons import IconLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.theme import Theme, mark
from pos_client.usecases.day_end_facts import DayEndFacts


class DoneStep(StepPage):
    """Thanks.

    Signals:
        print_asked, save_asked: the slip on paper, all papers as files.
    """

    print_asked = Signal()
    save_asked = Signal()

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__(theme, wording)
        self.icon = IconLabel("verdict-ok", 96)
        self.thanks = FittedLabel("amount")
        self.numbers = FittedLabel("reason", lines=2, wrap=True)
        self.sealed = FittedLabel("body", lines=2, wrap=True)
        self.said = FittedLabel("body", lines=2, wrap=True)
        self.printed = FittedLabel("body", lines=3, wrap=True)
        self._hint = QFrame()
        self._hint.setProperty("kind", "hint")
        self.print_button = KeyButton("", "1", "print")
        self.save_button = KeyButton("", "2", "disk")
        self.print_button.clicked.connect(self.print_asked)
        self.save_button.clicked.connect(self.save_asked)
        self._build()
        self.say("")
        self.say_print("", "")

    def _build(self) -> None:
        beside = QHBoxLayout(self._hint)
        beside.setContentsMargins(10, 6, 10, 6)
        beside.addWidget(self.printed)
        middle = Qt.AlignmentFlag.AlignCenter
        self.column.addStretch(1)
        self.column.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self.thanks, self.numbers, self.sealed):
            label.setAlignment(middle)
            self.column.addWidget(label)
        self.column.addStretch(1)
        self.column.addWidget(self._hint)
        self.column.addWidget(self.said)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.print_button)
        row.addWidget(self.save_button)
        row.addStretch(1)
        self.column.addLayout(row)

    def show_facts(self, facts: DayEndFacts, typing: Typing) -> None:
        """The day's numbers."""
        del typing
        closed = facts.closed
        self.title.setText(self.tr("The day is closed"))
        self.tell(self.wording.day(facts.day, self.language))
        self.icon.set_ink(self.theme.verdict_colour("ok", "panel"))
        self.thanks.setText(self.tr("Done for today. Thank you!"))
        if closed is not None:
            words = self.tr("Redeemed {redeemed} · Bound {bound}")
            self.numbers.setText(words.format(redeemed=closed.redeemed, bound=closed.bound))
            self.sealed.setText(self._sealed(closed.sealed))
        self.print_button.set_words(self.tr("Print the slip"))
        self.save_button.set_words(self.tr("Save as PDF and Excel"))

    def next_words(self, facts: DayEndFacts) -> str:
        """Nothing is left."""
        del facts
        return self.tr("Back to scanning")

    def say(self, words: str) -> None:
        """What came of the files."""
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def say_print(self, words: str, tone: str) -> None:
        """What came of the slip; ``warn`` where somebody has to help, and may do so later."""
        self.printed.setText(words)
        self._hint.setVisible(bool(words))
        mark(self._hint, tone=tone)

    def _sealed(self, count: int) -> str:
        return self.tr("Not uploaded: {count} (sealed). They go by themselves.").format(count=count) if count else ""
