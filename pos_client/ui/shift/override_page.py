"""A supervisor allows, on the spot, what the lane's rules left to a person: why, who, and his PIN; nobody logs out.

Apart from the verdict because it is another person's deed. A scan puts it aside at any time; what was left to the
supervisor is kept by the session until something else is decided, and F10 leads back to it.
"""

from enum import StrEnum
from typing import Final

from PySide6.QtWidgets import QStackedLayout

from pos_client.domain.errors import PosError
from pos_client.domain.override import OverrideReason
from pos_client.ui.scan.choice_panels import ChoicePanel
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.screen import Page, Surroundings
from pos_client.ui.shift.pin_entry import ANSWER_LENGTH, MOST_DIGITS, PinEntry
from pos_client.usecases.authorise import Signature
from pos_client.usecases.desk import Desk
from pos_client.usecases.overriding import Allowance, OverrideAsk, allowance, new_challenge
from pos_client.usecases.till_session import TillSession

REASONS: Final = tuple(OverrideReason)


class Step(StrEnum):
    """Which question is open."""

    WHY = "why"
    WHO = "who"
    PIN = "pin"
    TELEPHONE = "telephone"


class OverridePage(Page):
    """Three questions in place, each answered by a number key."""

    workspace = Workspace.OVERRIDE

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self.step = Step.WHY
        self._allowance: Allowance | None = None
        self._reason: OverrideReason | None = None
        self._who = ""
        self._typed = ""
        self._challenge = ""
        self.choices = ChoicePanel(columns=2)
        self.entry = PinEntry()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.choices)
        self._stack.addWidget(self.entry)
        self.choices.chosen.connect(self.choose)
        self.choices.left.connect(around.go_home)
        self.entry.typed.connect(self.type_character)
        self.entry.erased.connect(self.backspace)
        self.entry.cleared.connect(self._clear)
        self.entry.entered.connect(self.enter)
        self.entry.left.connect(around.go_home)
        self.retranslate("zh")

    def on_opened(self) -> None:
        """Begin with the reason; who may decide, and how often still, is asked of the desk."""
        self.step, self._reason, self._who, self._typed = Step.WHY, None, "", ""
        self._allowance = None
        self._show()
        self.around.line.ask(allowance_asked, self._on_allowance)

    def on_left(self) -> None:
        """Nothing of a PIN stays behind."""
        self._typed = ""

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        super().retranslate(language)
        self.choices.leave_button.set_words(self.tr("Back to scanning"))
        self.entry.retranslate()
        self._show()

    def choose(self, place: int) -> None:
        """The reason, or the person, counted from 0."""
        if self._allowance is None or not self._allowance.waits:
            return
        people = self._allowance.supervisors
        if self.step is Step.WHY and 0 <= place < len(REASONS):
            self._reason, self.step = REASONS[place], Step.WHO
        elif self.step is Step.WHO and 0 <= place < len(people):
            self._who, self.step = people[place].id, Step.PIN
        elif self.step is Step.WHO and place == len(people):
            self.around.line.ask(challenge_asked, self._on_challenge)
        self._show()

    def type_character(self, character: str) -> bool:
        """A number key chooses; digits are the PIN's, and letters too are the telephone answer's."""
        if self.step in {Step.WHY, Step.WHO}:
            if character.isdecimal():
                self.choose(int(character) - 1)
            return True
        longest = MOST_DIGITS if self.step is Step.PIN else ANSWER_LENGTH
        fits = character.isdecimal() if self.step is Step.PIN else character.isalnum()
        if character.isascii() and fits and len(self._typed) < longest:
            self._typed += character.upper()
        self._show()
        return True

    def backspace(self) -> bool:
        """One digit less; without one, the question before."""
        if self._typed:
            self._typed = self._typed[:-1]
        elif self.step is not Step.WHY:
            self.step = Step.WHO if self.step in {Step.PIN, Step.TELEPHONE} else Step.WHY
        self._show()
        return True

    def enter(self) -> bool:
        """Let it be decided; the verdict says what came of it, and F10 leads back where the PIN was wrong."""
        if self.step not in {Step.PIN, Step.TELEPHONE} or self._reason is None or not self._typed:
            return True
        answer = self._typed if self.step is Step.TELEPHONE else ""
        who = Signature("" if answer else self._who, "" if answer else self._typed)
        self._typed = ""
        self.around.expect(self.around.till.override(OverrideAsk(who, self._reason.value, answer)))
        self.around.go_home()
        return True

    def _clear(self) -> None:
        self._typed = ""
        self._show()

    def _on_allowance(self, found: Allowance | PosError) -> None:
        self._allowance = None if isinstance(found, PosError) else found
        self._show()

    def _on_challenge(self, found: str | PosError) -> None:
        if not isinstance(found, PosError):
            self._challenge, self.step = found, Step.TELEPHONE
            self._show()

    def _show(self) -> None:
        is_choice = self.step in {Step.WHY, Step.WHO}
        self._stack.setCurrentWidget(self.choices if is_choice else self.entry)
        if is_choice:
            self._show_choices()
        elif self.step is Step.PIN:
            self.entry.show_pin(len(self._typed), self.tr("Supervisor's PIN"), self._left_today())
        else:
            spoken = f"{self._challenge[:4]} {self._challenge[4:]}"
            hint = self.tr("Read out {challenge}; type what head office answers.").format(challenge=spoken)
            self.entry.show_answer(self._typed, self.tr("Head office by telephone"), hint)

    def _show_choices(self) -> None:
        known = self._allowance
        if known is None or not known.waits:
            self.choices.title.setText(self.tr("Nothing waits for a supervisor"))
            self.choices.line.setText(self.tr("What a supervisor may allow is offered here when a code needs it."))
            self.choices.offer([])
        elif self.step is Step.WHY:
            self.choices.title.setText(self.tr("Why is it allowed?"))
            self.choices.line.setText(self._left_today())
            words = self._reasons()
            self.choices.offer([words[reason] for reason in REASONS])
        else:
            self.choices.title.setText(self.tr("Who allows it?"))
            self.choices.line.setText(self._left_today())
            self.choices.offer([*(person.name for person in known.supervisors), self.tr("Head office by telephone")])

    def _left_today(self) -> str:
        known = self._allowance
        if known is None:
            return ""
        money = self.around.wording.money(known.left_minor)
        return self.tr("Today %n more, {money} in all.", "", known.left_count).format(money=money)

    def _reasons(self) -> dict[OverrideReason, str]:
        return {
            OverrideReason.NETWORK_DOWN: self.tr("The network is down"),
            OverrideReason.KNOWN_CUSTOMER: self.tr("A customer we know"),
            OverrideReason.IDENTITY_CHECKED: self.tr("Identity was checked"),
            OverrideReason.STORE_PROMISED: self.tr("The store promised it"),
            OverrideReason.MAKES_GOOD: self.tr("It makes good for something"),
            OverrideReason.HEAD_OFFICE_AGREED: self.tr("Head office agreed"),
        }


def allowance_asked(desk: Desk, session: TillSession) -> Allowance:
    """Who may allow what waits, and how much still."""
    return allowance(desk, session.operator, waits=session.is_left_to_supervisor)


def challenge_asked(desk: Desk, _session: TillSession) -> str:
    """What to read to head office."""
    return new_challenge(desk)
