"""Changing something at this counter: the printer's strip, who changes it, the PIN, a few settings. Knows no Qt.

Apart from the widgets so that the rules can be read in one place: nothing is changed, and no setting is shown, before
somebody who may has proved that it is he. Whoever was believed is believed until the screen is left, or for two minutes
without a key.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from pos_client.domain.errors import PosError
from pos_client.domain.scan import Scan
from pos_client.domain.verdict import Verdict
from pos_client.ui.pin_text import FORGET_AFTER, PinText, Waits
from pos_client.usecases.authorise import Signature
from pos_client.usecases.shift import Person, ShiftFacts, badge_of
from pos_client.usecases.station_choices import StationChoice

BELIEVED_FOR: Final = timedelta(minutes=2)


class SetupStep(StrEnum):
    """What is asked now."""

    CLOSED = "closed"
    STRIP = "strip"
    WHO = "who"
    PIN = "pin"
    CHOICES = "choices"


class News(StrEnum):
    """What has just come of it."""

    NONE = ""
    PRINTING = "printing"
    PRINTED = "printed"
    UNREADABLE = "unreadable"
    KEPT_AT_ONCE = "kept-at-once"
    KEPT_FOR_LATER = "kept-for-later"


@dataclass(frozen=True, slots=True)
class SetupView:
    """All that is shown.

    Attributes:
        encodings: of the strip, by their numbers. kept: the one of receipts.
        people: who may change something. digits: of the PIN. wait_s: that it is not looked at.
        refusal: why somebody was not believed. fault: why the world said no. is_asking: an answer is awaited.
    """

    step: SetupStep = SetupStep.CLOSED
    encodings: tuple[str, ...] = ()
    kept: str = ""
    people: tuple[Person, ...] = ()
    person: Person | None = None
    digits: int = 0
    wait_s: int = 0
    choices: tuple[StationChoice, ...] = ()
    news: News = News.NONE
    refusal: Verdict | None = None
    fault: PosError | None = None
    is_asking: bool = False


class SetupWork(Protocol):
    """What the steps ask for; each is answered by a call of ``SetupSteps``."""

    def print_strip(self) -> None:
        """``printed``."""

    def find_people(self) -> None:
        """``found_people``."""

    def prove(self, who: Signature) -> None:
        """``proved``."""

    def keep(self, encoding: str) -> None:
        """``kept_encoding``."""

    def look(self) -> None:
        """``looked``."""

    def change(self, name: str, value: str) -> None:
        """``changed``."""


class SetupSteps:
    """The rules.

    Args:
        work: does what is asked. encodings: of the strip; empty without a printer. now: aware UTC wall clock.
    """

    def __init__(self, work: SetupWork, encodings: Sequence[str], now: Callable[[], datetime]) -> None:
        self._work, self._encodings, self._now = work, tuple(encodings), now
        self._waits = Waits()
        self._step, self._wanted, self._typed_at = SetupStep.CLOSED, "", now()
        self._believed_at: datetime | None = None
        self._people: tuple[Person, ...] = ()
        self._choices: tuple[StationChoice, ...] = ()
        self._person: Person | None = None
        self._pin = PinText()
        self._refusal: Verdict | None = None
        self._fault: PosError | None = None
        self._news, self._is_asking = News.NONE, False

    def leave(self) -> None:
        """The screen is left: nobody is believed any more, and no digit is kept."""
        self._step, self._believed_at, self._wanted = SetupStep.CLOSED, None, ""
        self._people, self._choices = (), ()
        self._forget_person()
        self._hear(None)

    def open_strip(self) -> None:
        """Print the strip, then ask which part can be read."""
        if self._encodings and not self._is_asking:
            self._step = SetupStep.STRIP
            self._hear(None, News.PRINTING, is_asking=True)
            self._work.print_strip()

    def open_choices(self) -> None:
        """The settings, for whoever may change them."""
        if not self._is_asking:
            self._wanted = ""
            self._hear(None)
            self._behind_pin()

    def printed(self, fault: PosError | None) -> None:
        """The strip is out, or not."""
        self._hear(fault, News.NONE if fault else News.PRINTED)

    def found_people(self, found: ShiftFacts | PosError) -> None:
        """Who may change something."""
        if isinstance(found, PosError):
            self._hear(found)
            return
        self._hear(None)
        self._people = found.deciders()

    def proved(self, found: Verdict | PosError | None) -> None:
        """Whether he is who he says."""
        person, self._pin = self._person, PinText()
        self._hear(found if isinstance(found, PosError) else None)
        if isinstance(found, Verdict):
            self._refusal = found
            if person is not None:
                self._waits.hear(person.id, found, self._now())
        elif found is None and person is not None:
            self._believed_at = self._now()
            self._behind_pin()

    def kept_encoding(self, fault: PosError | None) -> None:
        """Receipts are printed in it, or not."""
        if self._step is not SetupStep.CLOSED:
            self._step = SetupStep.STRIP
        self._hear(fault, News.NONE if fault else News.KEPT_AT_ONCE)

    def looked(self, found: Sequence[StationChoice] | PosError) -> None:
        """The settings as they are."""
        if isinstance(found, PosError):
            self._hear(found, self._news)
        else:
            self._hear(None, self._news)
            self._choices = tuple(found)

    def changed(self, fault: PosError | None) -> None:
        """One of them is kept, or not."""
        self._hear(fault, News.NONE if fault else News.KEPT_FOR_LATER)
        self._work.look()

    def took(self, scan: Scan) -> bool:
        """A badge of somebody who may."""
        badge = badge_of(scan.text, self._people) if self.step is SetupStep.WHO else None
        if badge is not None:
            self.choose_person(badge)
        return badge is not None

    def choose_person(self, person: Person) -> None:
        """Who changes it; without a PIN, in a store that has none, he is believed."""
        self._person, self._pin, self._refusal = person, PinText(), None
        self._step = SetupStep.PIN
        if not person.has_pin:
            self._prove()

    def type(self, character: str) -> None:
        """A number of a list, or a digit of the PIN."""
        if self._is_asking or not (character.isascii() and character.isdecimal()):
            return
        self._touch()
        if self._step is SetupStep.PIN:
            if not self._wait_s:
                self._pin, self._typed_at, self._refusal = self._pin.typed(character), self._now(), None
        else:
            self._pick(int(character))

    def erase(self, *, everything: bool = False) -> None:
        """One digit less, or all."""
        self._pin = PinText() if everything else self._pin.shortened()

    def enter(self) -> None:
        """The PIN is complete."""
        if self._step is SetupStep.PIN and self._pin.count and not self._is_asking and not self._wait_s:
            self._prove()

    def back(self) -> bool:
        """One step back; False where there is none."""
        step = self._step
        if step is SetupStep.CLOSED:
            return False
        if step is SetupStep.PIN:
            self._step = SetupStep.WHO
        else:
            self._step = SetupStep.STRIP if step is SetupStep.WHO and self._wanted else SetupStep.CLOSED
        self._wanted = self._wanted if self._step is SetupStep.WHO else ""
        self._forget_person()
        self._hear(None)
        return True

    def tick(self) -> None:
        """Time has passed: digits are forgotten, and so is who was believed."""
        now = self._now()
        if self._pin.count and now - self._typed_at > FORGET_AFTER:
            self._pin = PinText()
        if self._believed_at is not None and now - self._believed_at > BELIEVED_FOR and not self._is_asking:
            self._believed_at, self._choices = None, ()
            if self._step is SetupStep.CHOICES:
                self._step = SetupStep.CLOSED

    @property
    def step(self) -> SetupStep:
        """What is asked now."""
        return self._step

    def view(self, kept: str) -> SetupView:
        """All that is shown now; ``kept`` is the encoding of receipts."""
        return SetupView(
            self._step, self._encodings, kept, self._people, self._person, self._pin.count, self._wait_s,
            self._choices, self._news, self._refusal, self._fault, self._is_asking,
        )  # fmt: skip

    @property
    def _wait_s(self) -> int:
        return self._waits.left_s(self._person.id, self._now()) if self._person else 0

    def _pick(self, number: int) -> None:
        if self._step is SetupStep.STRIP and 0 < number <= len(self._encodings):
            self._wanted = self._encodings[number - 1]
            self._hear(None)
            self._behind_pin()
        elif self._step is SetupStep.STRIP and number == 0:
            self._hear(None, News.UNREADABLE)
        elif self._step is SetupStep.WHO and 0 < number <= len(self._people):
            self.choose_person(self._people[number - 1])
        elif self._step is SetupStep.CHOICES and 0 < number <= len(self._choices):
            choice = self._choices[number - 1]
            self._hear(None, is_asking=True)
            self._work.change(choice.name, choice.following)

    def _behind_pin(self) -> None:
        """What was wanted, by whoever is believed; else who it is."""
        self._is_asking = True
        if self._believed_at is None:
            self._step = SetupStep.WHO
            self._work.find_people()
        elif self._wanted:
            wanted, self._wanted = self._wanted, ""
            self._work.keep(wanted)
        else:
            self._step = SetupStep.CHOICES
            self._work.look()

    def _prove(self) -> None:
        if self._person is not None:
            self._is_asking, self._refusal = True, None
            self._work.prove(Signature(self._person.id, self._pin.digits))

    def _touch(self) -> None:
        if self._believed_at is not None:
            self._believed_at = self._now()

    def _forget_person(self) -> None:
        self._person, self._pin, self._refusal = None, PinText(), None

    def _hear(self, fault: PosError | None, news: News = News.NONE, *, is_asking: bool = False) -> None:
        self._fault, self._news, self._is_asking, self._refusal = fault, news, is_asking, None
