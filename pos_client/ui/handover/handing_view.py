"""What the hand-over screen shows and does with every key; it knows no Qt."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from pos_client.domain.store_profile import StaffMember
from pos_client.usecases.authorise import Signature
from pos_client.usecases.handing import HandingFacts, StockRow, Waiting

MOST_PIN_DIGITS = 12


class HandingMode(StrEnum):
    """Which question is open."""

    THING = "thing"
    OTHER = "other"
    WHO = "who"
    PIN = "pin"


@dataclass(frozen=True, slots=True)
class HandingView:
    """All of it.

    Attributes:
        place: of the chosen thing.
        kept_s: how long what is held stays held; None where nothing is, 0 when the time is over.
        others: what may be given instead.
        pin_digits: how many are typed; never which.
        is_known: the desk has answered.
    """

    facts: HandingFacts = field(default_factory=HandingFacts)
    mode: HandingMode = HandingMode.THING
    place: int = 0
    kept_s: int | None = None
    others: tuple[StockRow, ...] = ()
    pin_digits: int = 0
    is_known: bool = False

    @property
    def chosen(self) -> Waiting | None:
        """The thing that the keys mean."""
        return self.facts.waiting[self.place] if self.place < len(self.facts.waiting) else None


class HandingWork(Protocol):
    """What is asked of the desk."""

    def give(self, thing: Waiting) -> None:
        """The customer has it."""

    def give_instead(self, thing: Waiting, item: str, who: Signature) -> None:
        """Another thing for it."""

    def give_later(self, thing: Waiting) -> None:
        """Not today."""


class HandingPresenter:
    """The rules of the screen.

    Args:
        work: the desk. now: aware UTC.
    """

    def __init__(self, work: HandingWork, now: Callable[[], datetime]) -> None:
        self._work, self._now = work, now
        self.view = HandingView()
        self._pin = ""
        self._other: StockRow | None = None
        self._who: StaffMember | None = None
        self._is_giving = False

    def begin(self) -> None:
        """The screen is shown: the first question is open, and nothing of a PIN is left."""
        self._pin, self._other, self._who, self._is_giving = "", None, None, False
        self.view = replace(self.view, mode=HandingMode.THING, pin_digits=0)

    def known(self, facts: HandingFacts) -> None:
        """The desk has looked; what is held now comes first, else the chosen thing stays chosen."""
        before = self.view.chosen
        same = [place for place, one in enumerate(facts.waiting) if before and _key(one) == _key(before)]
        is_new = bool(facts.waiting) and not facts.waiting[0].seq and (before is None or bool(before.seq))
        place = 0 if is_new or not same else same[0]
        self.view = replace(self.view, facts=facts, place=place, is_known=True)
        self.tick()

    def tick(self) -> None:
        """A hold runs."""
        until = self.view.facts.held_until
        left = None if until is None else max(0, round((until - self._now()).total_seconds()))
        self.view = replace(self.view, kept_s=left)

    def choose(self, place: int) -> None:
        """A number key or a finger, counted from 0."""
        view = self.view
        if view.mode is HandingMode.THING and 0 <= place < len(view.facts.waiting):
            self.view = replace(view, place=place)
        elif view.mode is HandingMode.OTHER and 0 <= place < len(view.others):
            self._other = view.others[place]
            self.view = replace(view, mode=HandingMode.WHO)
        elif view.mode is HandingMode.WHO and 0 <= place < len(view.facts.supervisors):
            self._who = view.facts.supervisors[place]
            self.view = replace(view, mode=HandingMode.PIN)

    def type(self, character: str) -> bool:
        """A number of a list, or a digit of the PIN; letters go where they always do."""
        if not character.isdecimal():
            return self.view.mode is HandingMode.PIN
        if self.view.mode is HandingMode.PIN:
            self._pin = (self._pin + character)[:MOST_PIN_DIGITS]
            self.view = replace(self.view, pin_digits=len(self._pin))
            return True
        self.choose(int(character) - 1)
        return True

    def erase(self) -> None:
        """One digit of the PIN."""
        self._pin = self._pin[:-1]
        self.view = replace(self.view, pin_digits=len(self._pin))

    def clear(self) -> None:
        """All of them."""
        self._pin = ""
        self.view = replace(self.view, pin_digits=0)

    def enter(self) -> None:
        """The customer has it in his hand; or the PIN is complete."""
        chosen = self.view.chosen
        if chosen is None or self._is_giving:
            return
        if self.view.mode is HandingMode.PIN and self._pin and self._who and self._other:
            self._is_giving = True
            who = Signature(self._who.id, self._pin)
            self.clear()
            self._work.give_instead(chosen, self._other.item, who)
        elif self.view.mode is HandingMode.THING and not chosen.is_out:
            self._is_giving = True
            self._work.give(chosen)

    def later(self) -> None:
        """F7: not today."""
        if self.view.chosen and self.view.mode is HandingMode.THING and not self._is_giving:
            self._is_giving = True
            self._work.give_later(self.view.chosen)

    def ask_other(self) -> None:
        """F9: something else for it, with a supervisor."""
        chosen = self.view.chosen
        if chosen is None or self.view.mode is not HandingMode.THING:
            return
        rows = self.view.facts.stock
        others = tuple(row for row in rows if row.item != chosen.item and row.left >= chosen.quantity)[:8]
        self.view = replace(self.view, mode=HandingMode.OTHER, others=others)

    def done(self) -> None:
        """The desk has answered."""
        self._is_giving = False

    def back(self) -> bool:
        """Esc: one question back."""
        before = {
            HandingMode.PIN: HandingMode.WHO,
            HandingMode.WHO: HandingMode.OTHER,
            HandingMode.OTHER: HandingMode.THING,
        }
        if self.view.mode not in before:
            return False
        self.clear()
        self.view = replace(self.view, mode=before[self.view.mode])
        return True


def _key(thing: Waiting) -> tuple[int, str]:
    return thing.seq, thing.item
