"""E5: clerk and supervisor sign with their PINs, of which only dots are ever shown."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from pos_client.config.wording import Wording
from pos_client.ui.close.close_view import Field, Typing, field_of
from pos_client.ui.close.step_page import StepPage
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.keypad import Keypad
from pos_client.ui.theme import Theme, mark
from pos_client.usecases.day_end_facts import Block, DayEndFacts
from pos_client.usecases.day_end_state import Step

_DOT = "●"


class PinField(QFrame):
    """A caption and dots."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "entry")
        self.caption = FittedLabel("caption")
        self.dots = FittedLabel("title")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(12, 4, 12, 4)
        inside.setSpacing(0)
        inside.addWidget(self.caption)
        inside.addWidget(self.dots)

    def show_dots(self, caption: str, count: int, *, is_here: bool, otherwise: str) -> None:
        """So many; ``otherwise`` where nothing was typed."""
        self.caption.setText(caption)
        self.dots.setText(_DOT * count or otherwise)
        self.setAccessibleName(f"{caption}: {count}")
        mark(self, state="here" if is_here else "")


class SignStep(StepPage):
    """Signs.

    Signals:
        supervisor_chosen: his place. typed, erased, cleared: of the keypad.
    """

    supervisor_chosen = Signal(int)
    typed = Signal(str)
    erased = Signal()
    cleared = Signal()

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__(theme, wording)
        self.clerk = PinField()
        self.who = FittedLabel("caption")
        self.supervisor = PinField()
        self.refusal = FittedLabel("body", lines=3, wrap=True)
        self.refusal.setContentsMargins(12, 6, 12, 6)
        self.people: list[KeyButton] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self.keypad = Keypad()
        self.keypad.pressed.connect(self.typed)
        self.keypad.erased.connect(self.erased)
        self.keypad.cleared.connect(self.cleared)
        left = QVBoxLayout()
        left.setSpacing(8)
        for widget in (self.clerk, self.who):
            left.addWidget(widget)
        left.addLayout(self._grid)
        left.addWidget(self.supervisor)
        left.addWidget(self.refusal)
        left.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addLayout(left, 1)
        middle.addWidget(self.keypad, 1)
        self.column.addLayout(middle, 1)

    def show_facts(self, facts: DayEndFacts, typing: Typing) -> None:
        """Who signs, and how far each is."""
        here = field_of(typing, facts)
        self.title.setText(self.tr("Sign the day"))
        self.tell(self._line(facts))
        name = facts.clerk.name if facts.clerk else ""
        waits = self.tr("type your PIN") if facts.clerk_has_pin else self.tr("no PIN set")
        self.clerk.show_dots(
            self.tr("Clerk {name}").format(name=name),
            len(typing.clerk_pin),
            is_here=here is Field.CLERK_PIN,
            otherwise=waits,
        )
        self._show_people(facts, here)
        self.keypad.retranslate()
        self.refusal.setText(self._refusal(facts))
        mark(self.refusal, role="no" if facts.refusal else "body")
        self._show_supervisor(facts, typing, here)

    def next_words(self, facts: DayEndFacts) -> str:
        """The one thing that is left."""
        del facts
        return self.tr("Sign")

    def _show_people(self, facts: DayEndFacts, here: Field) -> None:
        while len(self.people) < len(facts.supervisors):
            place = len(self.people)
            button = KeyButton("", f"{place + 1}" if place < 9 else "", "member")
            button.clicked.connect(lambda _=False, place=place: self.supervisor_chosen.emit(place))
            self._grid.addWidget(button, place // 2, place % 2)
            self.people.append(button)
        self.who.setVisible(bool(facts.supervisors))
        self.who.setText(
            self.tr("Who signs with you? Press the number.") if here is Field.SUPERVISOR else self.tr("Supervisor")
        )
        for place, button in enumerate(self.people):
            button.setVisible(place < len(facts.supervisors))
            if place < len(facts.supervisors):
                person = facts.supervisors[place]
                button.set_words(person.name)
                button.set_icon("check" if person.id == facts.state.supervisor else "member")
                mark(button, state="chosen" if person.id == facts.state.supervisor else "")

    def _show_supervisor(self, facts: DayEndFacts, typing: Typing, here: Field) -> None:
        chosen = next((one for one in facts.supervisors if one.id == facts.state.supervisor), None)
        self.supervisor.setVisible(chosen is not None)
        if chosen is not None:
            waits = self.tr("type the PIN") if chosen.id in facts.pins else self.tr("no PIN set")
            self.supervisor.show_dots(
                self.tr("Supervisor {name}").format(name=chosen.name),
                len(typing.supervisor_pin),
                is_here=here in {Field.SUPERVISOR_PIN, Field.READY},
                otherwise=waits,
            )

    def _line(self, facts: DayEndFacts) -> str:
        if Block.UNSENT in facts.blocks:
            return self.tr("{count} are still on their way; the day is signed once they are through.").format(
                count=facts.upload.pending
            )
        if facts.upload.pending:
            return self.tr("Not uploaded: {count} (sealed). They go by themselves once there is a network.").format(
                count=facts.upload.pending
            )
        if facts.is_quiet:
            return self.tr("Nothing was done today; sign straight away.")
        return self.tr("After this the figures of the day do not change any more.")

    def _refusal(self, facts: DayEndFacts) -> str:
        if facts.refusal is None or facts.state.step is not Step.SIGN:
            return ""
        words = self.wording.of_verdict(facts.refusal, self.language, facts.at)
        return self.tr("{line} {next} ({code})").format(line=words.line, next=words.next_step, code=words.code)
