"""An override step by step: why, who, and his PIN or head office's answer by telephone; the clerk stays logged in.

Without Qt, so that what is kept, what is forgotten and what is sent can be read and tested in one place.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final, Protocol

from pos_client.domain.override import OVERRIDABLE, SIGNED_UNDOS, OverrideReason
from pos_client.domain.reasons import Reason
from pos_client.domain.scan import Scan
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.ui.pin_text import FORGET_AFTER, PinText, Waits
from pos_client.ui.shift.override_view import OverrideStep, OverrideView
from pos_client.usecases.authorise import Signature
from pos_client.usecases.overriding import NOT_BELIEVED, OverrideAsk, OverridesLeft
from pos_client.usecases.shift import Person, ShiftFacts, badge_of
from pos_client.usecases.till_session import OVERRIDE_WITHIN
from pos_client.usecases.till_view import TillAnswer

ANSWER_LENGTH: Final = 8
REASONS: Final = tuple(OverrideReason)


class OverrideWork(Protocol):
    """What the steps ask for."""

    def allow(self, ask: OverrideAsk, of_number: int) -> None:
        """Redeem what was left to a person; the answer comes to ``answered``."""

    def call_head_office(self) -> None:
        """A new challenge; it comes to ``challenged``."""


class OverrideSteps:
    """The rules.

    Args:
        work: does what is asked. now: aware UTC wall clock.
    """

    def __init__(self, work: OverrideWork, now: Callable[[], datetime]) -> None:
        self._work, self._now = work, now
        self._facts = ShiftFacts()
        self._left: OverridesLeft | None = None
        self._answer: TillAnswer | None = None
        # Shown again, in another language for example, it is no news.
        self._last: TillAnswer | None = None
        self._answered_at = now()
        self._waits = Waits()
        self._reason: OverrideReason | None = None
        self._person: Person | None = None
        self._refusal: Verdict | None = None
        self._pin, self._typed_at = PinText(), now()
        self._is_phone, self._device, self._challenge, self._heard_text = False, "", "", ""
        self._is_asking = False

    def hear(self, answer: TillAnswer) -> None:
        """A verdict is shown: one that leaves it to a person is what F10 is about from now on."""
        verdict = answer.verdict
        is_left = verdict.kind is VerdictKind.SUPERVISOR and verdict.reason in OVERRIDABLE | SIGNED_UNDOS
        if is_left and answer != self._last:
            self._forget()
            self._answer = self._last = answer
            self._answered_at = self._now()

    def look(self, facts: ShiftFacts, left: OverridesLeft) -> None:
        """Who could sign, and what is left of today."""
        self._facts, self._left = facts, left
        if self.is_undo:
            self._choose_only()

    def leave(self) -> None:
        """Put aside: reason and person are kept, digits are not."""
        self._pin, self._heard_text = PinText(), ""

    def took(self, scan: Scan) -> bool:
        """A supervisor's badge; anything else is no business of this panel."""
        badge = badge_of(scan.text, self._facts.deciders(self._facts.operator))
        if badge is None or self._answer is None or self._is_asking:
            return False
        self.choose_person(badge)
        return True

    def choose_reason(self, reason: OverrideReason) -> None:
        """Why."""
        self._reason, self._refusal = reason, None
        self._choose_only()
        self._go_on()

    def choose_person(self, person: Person) -> None:
        """Who signs."""
        self._person, self._pin, self._is_phone, self._refusal = person, PinText(), False, None
        self._go_on()

    def call(self) -> None:
        """The head office, by telephone."""
        if self._reason is not None and not self._is_asking:
            self._is_phone, self._person, self._refusal, self._heard_text = True, None, None, ""
            self._work.call_head_office()

    def challenged(self, device: str, challenge: str) -> None:
        """What is to be read to it."""
        self._device, self._challenge = device, challenge

    def answered(self, answer: TillAnswer | None) -> TillAnswer | None:
        """What became of it; a verdict that is to be shown, or None where the question stays open."""
        self._is_asking, self._pin, self._heard_text = False, PinText(), ""
        if answer is None:
            # Too old, or another deed took its place.
            self._answer = None
            self._forget()
            return None
        verdict = answer.verdict
        if self._person is not None:
            self._waits.hear(self._person.id, verdict, self._now())
        # Where nobody was believed the question stays open, and the verdict beside it what it was.
        if verdict.reason not in NOT_BELIEVED:
            self._answer = None
            self._forget()
            return answer
        self._refusal = verdict
        if verdict.reason is Reason.TELEPHONE_ANSWER_WRONG:
            # The challenge is used up, right or wrong.
            self._work.call_head_office()
        elif self._person is not None and not self._person.has_pin:
            self._person = None
        return None

    def failed(self) -> None:
        """The world said no: nothing was redeemed."""
        self._is_asking, self._pin = False, PinText()

    def tick(self) -> None:
        """Time has passed: digits are forgotten, and so is a customer who has gone."""
        now = self._now()
        if self._pin.count and now - self._typed_at > FORGET_AFTER:
            self._pin = PinText()
        if self._answer is not None and now - self._answered_at > OVERRIDE_WITHIN and not self._is_asking:
            self._answer = None
            self._forget()

    def type(self, character: str) -> None:
        """A person's key: a number of the list, a digit of the PIN, a letter that was heard."""
        step = self.step
        if self._is_asking:
            return
        if step is OverrideStep.PIN and not self.wait_s:
            self._pin, self._typed_at, self._refusal = self._pin.typed(character), self._now(), None
        elif step is OverrideStep.PHONE:
            if character.isascii() and character.isalnum() and len(self._heard_text) < ANSWER_LENGTH:
                self._heard_text += character.upper()
        elif character.isascii() and character.isdecimal():
            self._pick(step, int(character))

    def erase(self, *, everything: bool = False) -> None:
        """One less, or none left."""
        left = "" if everything else self._heard_text[:-1]
        self._pin, self._heard_text = PinText() if everything else self._pin.shortened(), left

    def enter(self) -> None:
        """The one blue button."""
        if self.can_enter and self._person is not None:
            self._ask(OverrideAsk(Signature(self._person.id, self._pin.digits), self._why))
        elif self.can_enter:
            self._ask(OverrideAsk(Signature(""), self._why, self._heard_text))

    def back(self) -> bool:
        """One step back; False where there is none."""
        step = self.step
        if step in {OverrideStep.PIN, OverrideStep.PHONE} and not self._is_asking:
            self._person, self._is_phone, self._refusal = None, False, None
            self.erase(everything=True)
            return True
        if step is OverrideStep.WHO and not self.is_undo:
            self._reason, self._refusal = None, None
            return True
        return False

    @property
    def is_undo(self) -> bool:
        """Whether something is to be taken back: why was said before, and head office has no part in it."""
        return self._answer is not None and self._answer.verdict.reason in SIGNED_UNDOS

    @property
    def step(self) -> OverrideStep:
        """What is asked now."""
        if self._answer is None:
            return OverrideStep.NOTHING
        if self._reason is None and not self.is_undo:
            return OverrideStep.REASON
        if self._is_phone:
            return OverrideStep.PHONE
        return OverrideStep.PIN if self._person is not None else OverrideStep.WHO

    @property
    def people(self) -> tuple[Person, ...]:
        """Who could sign: somebody else than the clerk."""
        return self._facts.deciders(self._facts.operator)

    @property
    def wait_s(self) -> int:
        """How long the chosen person's PIN is not looked at."""
        return self._waits.left_s(self._person.id, self._now()) if self._person else 0

    @property
    def can_enter(self) -> bool:
        """Whether there is something to send."""
        if self._is_asking or self.wait_s:
            return False
        if self.step is OverrideStep.PHONE:
            return len(self._heard_text) == ANSWER_LENGTH
        return self.step is OverrideStep.PIN and self._pin.count > 0

    def view(self) -> OverrideView:
        """All that is shown now."""
        return OverrideView(
            step=self.step,
            answer=self._answer,
            left=self._left,
            reason=self._reason,
            people=self.people,
            person=self._person,
            digits=self._pin.count,
            wait_s=self.wait_s,
            device=self._device,
            challenge=self._challenge,
            heard=self._heard_text,
            is_asking=self._is_asking,
            can_enter=self.can_enter,
            refusal=self._refusal,
            is_undo=self.is_undo,
        )

    @property
    def _why(self) -> str:
        return self._reason.value if self._reason else ""

    def _pick(self, step: OverrideStep, number: int) -> None:
        if step is OverrideStep.REASON and 0 < number <= len(REASONS):
            self.choose_reason(REASONS[number - 1])
        elif step is OverrideStep.WHO and number == 0:
            self.call()
        elif step is OverrideStep.WHO and number <= len(self.people):
            self.choose_person(self.people[number - 1])

    def _choose_only(self) -> None:
        """The only one who could sign need not be chosen."""
        people = self.people
        if self._person is None and len(people) == 1 and people[0].has_pin:
            self._person = people[0]

    def _go_on(self) -> None:
        """Whoever has no PIN in a store without PINs has signed by being named."""
        if (self._reason or self.is_undo) and self._person is not None and not self._person.has_pin:
            self._ask(OverrideAsk(Signature(self._person.id), self._why))

    def _ask(self, ask: OverrideAsk) -> None:
        if self._answer is not None:
            self._is_asking, self._refusal = True, None
            self._work.allow(ask, self._answer.number)

    def _forget(self) -> None:
        self._reason, self._person, self._refusal = None, None, None
        self._is_phone, self._is_asking, self._device, self._challenge = False, False, "", ""
        self.erase(everything=True)
