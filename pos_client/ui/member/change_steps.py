"""Another phone number step by step: the number, then what proves that it is the member's own wish; without Qt.

His code that was scanned proves it at once; else a one-time code to the old number, or a supervisor who looked at him.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final, Protocol

from pos_client.domain.errors import PosError
from pos_client.domain.reasons import Reason
from pos_client.domain.scan import Scan
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.ui.bind.bind_presenter import TOLD_DIGITS
from pos_client.ui.member.change_view import ChangeStep, ChangeView
from pos_client.ui.pin_text import FORGET_AFTER, PinText, Waits
from pos_client.ui.scan.entry_text import PHONE_DIGITS, CodeHint, CodeText
from pos_client.usecases.bind_port import CodeCheck
from pos_client.usecases.binding import Binding, BindProof, code_refused
from pos_client.usecases.change_side import ChangeFacts, ChangeWish
from pos_client.usecases.shift import Person, badge_of

_ABOUT_WHO: Final = frozenset({Reason.NOT_A_SUPERVISOR, Reason.PIN_NOT_SET})
_ABOUT_PIN: Final = frozenset({Reason.PIN_WRONG, Reason.PIN_LOCKED, Reason.PIN_NEEDED})


class ChangeWork(Protocol):
    """What the steps ask for; of whom an answer is goes back with it."""

    def change(self, wish: ChangeWish) -> None:
        """Write it down; a refusal comes to ``refused``, and where he has gone to ``look``."""

    def send_told(self, facts: ChangeFacts) -> None:
        """A one-time code to the old number; ``told_sent``."""

    def check_told(self, facts: ChangeFacts, told: str) -> None:
        """Whether it is the right one; ``told_checked``."""


class ChangeSteps:
    """The rules.

    Args:
        work: does what is asked. now: aware UTC wall clock.

    Attributes:
        is_online: the centre can be asked.
    """

    def __init__(self, work: ChangeWork, now: Callable[[], datetime]) -> None:
        self._work, self._now = work, now
        self._facts: ChangeFacts | None = None
        self._waits = Waits()
        self.is_online = False
        self.forget()

    def forget(self) -> None:
        """Nothing of what was typed for somebody is left."""
        self._facts, self._step = None, ChangeStep.NUMBER
        self._number, self._told, self._pin = CodeText(), "", PinText()
        self._person: Person | None = None
        self._typed_at = self._now()
        self._refusal: Verdict | None = None
        self._is_asking = self._is_cut_off = False

    def look(self, facts: ChangeFacts | None) -> None:
        """Who stands here; for the same member what is typed stays."""
        if facts is None or facts.ref != self.ref:
            self.forget()
        elif facts.proof is BindProof.SLOT and self._step is not ChangeStep.NUMBER:
            # His code was scanned meanwhile, and nothing more is asked of him.
            self._go(ChangeStep.NUMBER)
        self._facts = facts

    def leave(self) -> None:
        """Put aside: the number is kept, digits that prove something are not."""
        self._pin, self._told = PinText(), ""

    def tick(self) -> None:
        """Time has passed: a PIN that nobody ends is forgotten."""
        if self._pin.count and self._now() - self._typed_at > FORGET_AFTER:
            self._pin = PinText()

    def took(self, scan: Scan) -> bool:
        """A supervisor's badge, while one is asked for."""
        badge = badge_of(scan.text, self.people) if self.step in {ChangeStep.WHO, ChangeStep.PIN} else None
        if badge is not None and not self._is_asking:
            self._choose(badge)
        return badge is not None

    def type(self, character: str) -> None:
        """A digit of what is asked for, or the number of somebody who signs."""
        if self._is_asking or not (character.isascii() and character.isdecimal()):
            return
        step, self._typed_at = self.step, self._now()
        if step is ChangeStep.NUMBER and len(self._number.text) < PHONE_DIGITS:
            self._number, self._refusal = self._number.typed(character), None
        elif step is ChangeStep.TOLD and len(self._told) < TOLD_DIGITS:
            self._told, self._refusal = self._told + character, None
        elif step is ChangeStep.PIN and not self.wait_s:
            self._pin, self._refusal = self._pin.typed(character), None
        elif step is ChangeStep.WHO and 0 < int(character) <= len(self.people):
            self._choose(self.people[int(character) - 1])

    def erase(self, *, everything: bool = False) -> None:
        """One less, or none left, of what is typed now."""
        if self._is_asking:
            return
        if self.step is ChangeStep.NUMBER:
            self._number = CodeText() if everything else self._number.shortened()
            self._refusal = None
        elif self.step is ChangeStep.TOLD:
            self._told = "" if everything else self._told[:-1]
        else:
            self._pin = PinText() if everything else self._pin.shortened()

    def enter(self) -> None:
        """The blue button."""
        if self._facts is None or not self.can_enter:
            return
        if self.step is ChangeStep.TOLD:
            self._ask()
            self._work.check_told(self._facts, self._told)
        elif self.step is ChangeStep.PIN and self._person is not None:
            self._change(supervisor=self._person.id, pin=self._pin.digits)
        else:
            self._change()

    def sign(self) -> None:
        """A supervisor, where the member can prove nothing."""
        if self.can_sign and not self._is_asking:
            self._ask_who()

    def back(self) -> bool:
        """One step back; False where there is none."""
        if self.step in {ChangeStep.NOBODY, ChangeStep.NUMBER}:
            return False
        is_alone = len(self.people) == 1
        self._go(ChangeStep.WHO if self._step is ChangeStep.PIN and not is_alone else ChangeStep.NUMBER)
        return True

    def refused(self, verdict: Verdict) -> None:
        """Why it was not done; what proves it is asked for, where that is all that is missing."""
        facts, self._is_asking, self._pin = self._facts, False, PinText()
        if self._person is not None:
            self._waits.hear(self._person.id, verdict, self._now())
        if verdict.reason is Reason.PROOF_NEEDED and facts is not None:
            if facts.old_sealed and self.is_online and not self._is_cut_off:
                self._go(ChangeStep.TOLD)
                self._ask()
                self._work.send_told(facts)
            else:
                self._ask_who()
            return
        if verdict.reason in _ABOUT_WHO:
            self._go(ChangeStep.WHO)
        elif verdict.reason not in _ABOUT_PIN:
            self._go(ChangeStep.NUMBER)
        self._refusal = verdict

    def failed(self) -> None:
        """The world said no: nothing was changed, and nothing is lost but the PIN."""
        self._is_asking, self._pin = False, PinText()

    def told_sent(self, ref: str, found: Binding | PosError) -> None:
        """Whether a one-time code is on its way."""
        if not self._awaits(ref):
            return
        self._is_asking = False
        if isinstance(found, PosError):
            self._cut_off()
        elif found.verdict.kind is not VerdictKind.READY:
            self._refusal = found.verdict

    def told_checked(self, ref: str, found: CodeCheck | PosError) -> None:
        """Whether it was the right one."""
        if not self._awaits(ref):
            return
        self._is_asking, told = False, self._told
        if isinstance(found, PosError):
            self._cut_off()
        elif found is CodeCheck.PASSED:
            self._change(told=told)
        else:
            self._told, self._refusal = "", code_refused(found).verdict

    @property
    def ref(self) -> str:
        """Of the member; empty for nobody."""
        return self._facts.ref if self._facts else ""

    @property
    def step(self) -> ChangeStep:
        """What is asked now."""
        return self._step if self._facts else ChangeStep.NOBODY

    @property
    def people(self) -> tuple[Person, ...]:
        """Who could sign."""
        return self._facts.staff.deciders() if self._facts else ()

    @property
    def proof(self) -> BindProof:
        """What will be asked of him, as things are now."""
        known = self._facts.proof if self._facts else BindProof.SUPERVISOR
        is_far = known is BindProof.CODE and (self._is_cut_off or not self.is_online)
        return BindProof.SUPERVISOR if is_far else known

    @property
    def wait_s(self) -> int:
        """How long the chosen person's PIN is not looked at."""
        return self._waits.left_s(self._person.id, self._now()) if self._person else 0

    @property
    def can_sign(self) -> bool:
        """Whether a supervisor may be asked for: the number is whole, and his code was not scanned."""
        is_before = self.step in {ChangeStep.NUMBER, ChangeStep.TOLD}
        return is_before and self._is_whole and self.proof is not BindProof.SLOT

    @property
    def can_enter(self) -> bool:
        """Whether there is something to send."""
        if self._is_asking or self.wait_s:
            return False
        return {
            ChangeStep.NUMBER: self._is_whole,
            ChangeStep.TOLD: len(self._told) == TOLD_DIGITS,
            ChangeStep.PIN: self._pin.count > 0,
        }.get(self.step, False)

    def view(self) -> ChangeView:
        """All that is shown now."""
        return ChangeView(
            step=self.step,
            masked=self._facts.masked if self._facts else "",
            proof=self.proof,
            number=self._number,
            told=self._told,
            people=self.people,
            person=self._person,
            digits=self._pin.count,
            wait_s=self.wait_s,
            is_asking=self._is_asking,
            is_cut_off=self._is_cut_off,
            can_enter=self.can_enter,
            refusal=self._refusal,
        )

    @property
    def _is_whole(self) -> bool:
        return self._number.hint is CodeHint.COMPLETE

    def _awaits(self, ref: str) -> bool:
        return self._is_asking and self.step is ChangeStep.TOLD and ref == self.ref

    def _choose(self, person: Person) -> None:
        self._go(ChangeStep.PIN)
        self._person = person
        if not person.has_pin:
            # Whoever has no PIN in a store without PINs has signed by being named.
            self._change(supervisor=person.id)

    def _ask_who(self) -> None:
        """The only one who could sign need not be chosen."""
        self._go(ChangeStep.WHO)
        if len(self.people) == 1 and self.people[0].has_pin:
            self._choose(self.people[0])

    def _cut_off(self) -> None:
        self._is_cut_off = True
        self._ask_who()

    def _go(self, step: ChangeStep) -> None:
        self._step, self._refusal, self._is_asking = step, None, False
        self._told, self._pin, self._person = "", PinText(), None

    def _ask(self) -> None:
        self._is_asking, self._refusal = True, None

    def _change(self, *, told: str = "", supervisor: str = "", pin: str = "") -> None:
        self._ask()
        self._work.change(ChangeWish(self.ref, self._number.text, told, supervisor, pin))
