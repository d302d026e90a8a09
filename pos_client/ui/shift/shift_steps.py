"""A log-in step by step: who, his PIN, whose credit, perhaps a supervisor beside him, and what was shown meanwhile.

Without Qt, so that the rules of a locked counter can be read and tested in one place.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from pos_client.domain.reasons import Reason
from pos_client.domain.scan import Scan
from pos_client.domain.store_profile import Role
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.ui.pin_text import FORGET_AFTER, PinText, Waits
from pos_client.ui.shift.kept_scans import KeptScans
from pos_client.usecases.authorise import Signature
from pos_client.usecases.shift import Person, ShiftFacts, TakeOver, badge_of, is_badge

_NEEDS_SUPERVISOR: Final = frozenset({Reason.CLOCK_SUSPECT, Reason.DATA_STALE})


class Step(StrEnum):
    """What is asked now."""

    WHO = "who"
    PIN = "pin"
    PROMOTER = "promoter"
    SUPERVISOR = "supervisor"
    OFFER = "offer"


class Note(StrEnum):
    """What is said beside the question."""

    NONE = ""
    SCAN_KEPT = "scan-kept"
    BADGE_UNKNOWN = "badge-unknown"
    CHECKING = "checking"
    REFUSED = "refused"
    CLOCK = "clock"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class ShiftView:
    """All that the screen shows.

    Attributes:
        people: to choose from now. person: whose PIN is asked, None before somebody was chosen.
        digits: typed so far. wait_s: until a PIN of this person is looked at.
        promoter: who will get the credit, None for nobody.
        refusal: why the last try failed.
        kept: codes that wait. left_s: how long they are still offered.
        is_locked: nobody gets past without a log-in.
    """

    step: Step = Step.WHO
    people: tuple[Person, ...] = ()
    person: Person | None = None
    digits: int = 0
    wait_s: int = 0
    promoter: Person | None = None
    note: Note = Note.NONE
    refusal: Verdict | None = None
    kept: int = 0
    left_s: int = 0
    is_locked: bool = False
    operator: Person | None = None


class ShiftWork(Protocol):
    """What the steps ask for."""

    def take_over(self, wish: TakeOver) -> None:
        """Log in; the answer comes to ``answered``."""

    def leave(self, scans: tuple[Scan, ...]) -> None:
        """Back to scanning, with codes that are to be judged."""


class ShiftSteps:
    """The rules.

    Args:
        work: does what is asked. now: aware UTC wall clock.
    """

    def __init__(self, work: ShiftWork, now: Callable[[], datetime]) -> None:
        self._work, self._now = work, now
        self.facts = ShiftFacts()
        self.step = Step.WHO
        self.kept = KeptScans()
        self._who: Person | None = None
        self._signed: Signature | None = None
        self._pin, self._typed_at = PinText(), now()
        self._promoter = ""
        self._before_promoter = Step.WHO
        self._note = Note.NONE
        self._refusal: Verdict | None = None
        self._waits = Waits()
        self._is_asking = False

    # what arrives

    def open(self, facts: ShiftFacts) -> None:
        """Begin anew with these people."""
        self.look(facts)
        self._promoter = facts.promoter
        self._ask_who()

    def look(self, facts: ShiftFacts) -> None:
        """The facts have changed; what is half done stays."""
        self.facts = facts

    def took(self, scan: Scan) -> bool:
        """A code was read: a badge chooses, anything else waits until somebody is there."""
        badge = badge_of(scan.text, self.facts.people)
        if badge is not None and self.step is not Step.OFFER:
            self.choose(badge)
            return True
        if self.step is Step.OFFER or not self.facts.asks_who:
            return False
        if is_badge(scan.text):
            self._note = Note.BADGE_UNKNOWN
        else:
            self.kept.keep(scan, self._now())
            self._note = Note.SCAN_KEPT
        return True

    def answered(self, verdict: Verdict) -> bool:
        """What became of a try; True where somebody is at the counter now."""
        self._is_asking = False
        who, self._pin = self._who, PinText()
        if verdict.reason is Reason.LOGGED_IN:
            self._note, self._signed = Note.NONE, None
            self._greet()
            return True
        if who is not None:
            self._waits.hear(who.id, verdict, self._now())
        self._note, self._refusal = Note.REFUSED, verdict
        if verdict.kind is VerdictKind.SUPERVISOR and verdict.reason in _NEEDS_SUPERVISOR:
            self._note = Note.CLOCK if verdict.reason is Reason.CLOCK_SUSPECT else Note.STALE
            self._refusal, self._who, self.step = None, None, Step.SUPERVISOR
        elif who is not None and not who.has_pin:
            self._who, self.step = None, Step.SUPERVISOR if self._signed and self.step is Step.SUPERVISOR else Step.WHO
        return False

    def failed(self) -> None:
        """The world said no: nobody was logged in."""
        self._is_asking, self._pin = False, PinText()

    def tick(self) -> None:
        """Time has passed: a half typed PIN is forgotten, an offer ends."""
        now = self._now()
        if self._pin.count and now - self._typed_at > FORGET_AFTER:
            self._pin = PinText()
        if self.step is Step.OFFER and not self.kept.count(now):
            self._work.leave(())

    # keys and touches

    def choose(self, person: Person) -> None:
        """Somebody's tile or badge."""
        if self._is_asking:
            return
        if self.step is Step.PROMOTER:
            self._promoter, self.step = person.id, self._before_promoter
            return
        if self.step is Step.SUPERVISOR and person not in self.people:
            return
        self._pin, self._note, self._refusal, self._who = PinText(), Note.NONE, None, person
        if self.step is not Step.SUPERVISOR:
            self.step, self._signed = Step.PIN, None
            self._promoter = person.id if person.role is Role.PROMOTER else self._promoter
        if not person.has_pin:
            self._try()

    def ask_promoter(self) -> None:
        """Who will get the credit?"""
        if self.step in {Step.WHO, Step.PIN} and not self._is_asking:
            self._before_promoter, self.step = self.step, Step.PROMOTER

    def credit_nobody(self) -> None:
        """No promoter."""
        if self.step is Step.PROMOTER:
            self._promoter, self.step = "", self._before_promoter

    def type(self, character: str) -> None:
        """A person's key: a digit of the PIN, or the number of a tile."""
        if self._who is not None and self.step in {Step.PIN, Step.SUPERVISOR}:
            if not self._is_asking and not self.wait_s:
                self._pin, self._typed_at = self._pin.typed(character), self._now()
                self._note = Note.NONE if self._note is Note.REFUSED else self._note
        elif character.isascii() and character.isdecimal() and 0 < int(character) <= len(self.people):
            self.choose(self.people[int(character) - 1])

    def erase(self) -> None:
        """One digit less."""
        self._pin = self._pin.shortened()

    def clear(self) -> None:
        """No digits."""
        self._pin = PinText()

    def enter(self) -> None:
        """The one blue button."""
        if self.step is Step.OFFER:
            self._work.leave(self.kept.take(self._now()))
        elif self._who is not None and self._pin.count and not self._is_asking and not self.wait_s:
            self._try()
        elif self.step is Step.WHO and not self.facts.asks_who:
            self._work.leave(())

    def back(self) -> bool:
        """One step back; False where there is none."""
        if self._is_asking:
            return True
        if self.step is Step.PROMOTER:
            self.step = self._before_promoter
        elif self.step is Step.SUPERVISOR and self._who is not None:
            self._who, self._pin, self._note = None, PinText(), Note.NONE
        elif self.step in {Step.PIN, Step.SUPERVISOR}:
            self._ask_who()
        else:
            return False
        return True

    @property
    def people(self) -> tuple[Person, ...]:
        """Who may be chosen now."""
        if self.step is Step.PROMOTER:
            return tuple(one for one in self.facts.people if one.role in {Role.PROMOTER, Role.CLERK})
        if self.step is Step.SUPERVISOR:
            return self.facts.deciders(self._signed.staff_id if self._signed else "")
        return self.facts.people

    @property
    def wait_s(self) -> int:
        """How long the chosen person's PIN is not looked at."""
        return self._waits.left_s(self._who.id, self._now()) if self._who else 0

    @property
    def is_locked(self) -> bool:
        """Whether nobody gets past."""
        return self.facts.asks_who and self.step is not Step.OFFER

    def view(self) -> ShiftView:
        """All that is shown now."""
        now = self._now()
        return ShiftView(
            step=self.step,
            people=self.people,
            person=self._who,
            digits=self._pin.count,
            wait_s=self.wait_s,
            promoter=self.facts.person(self._promoter),
            note=Note.CHECKING if self._is_asking else self._note,
            refusal=self._refusal,
            kept=self.kept.count(now),
            left_s=self.kept.left_s(now),
            is_locked=self.is_locked,
            operator=self.facts.person(self.facts.operator),
        )

    def _ask_who(self) -> None:
        self.step, self._who, self._signed, self._pin = Step.WHO, None, None, PinText()
        self._note, self._refusal = Note.NONE, None

    def _try(self) -> None:
        if self._who is None:
            return
        mine, self._is_asking = Signature(self._who.id, self._pin.digits), True
        if self.step is Step.SUPERVISOR and self._signed is not None:
            self._work.take_over(TakeOver(self._signed, self._promoter, mine))
        else:
            self._signed = mine
            self._work.take_over(TakeOver(mine, self._promoter))

    def _greet(self) -> None:
        """Somebody is there: what was shown meanwhile is offered, else the counter is open."""
        self.step = Step.OFFER
        if not self.kept.offer(self._now()):
            self._work.leave(())
