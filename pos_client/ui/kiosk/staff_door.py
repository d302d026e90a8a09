"""The way out of a kiosk: who, and the PIN. It knows no Qt.

Apart from the presenter because a customer has no part in it, and a PIN must not lie where a customer's number does.
"""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from pos_client.domain.errors import PosError
from pos_client.domain.pins import LEAST_DIGITS, MOST_DIGITS
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.ui.kiosk.kiosk_view import StaffFacts, StaffPerson
from pos_client.ui.kiosk.machine import Machine, Wait
from pos_client.usecases.authorise import Signature
from pos_client.usecases.desk import Desk
from pos_client.usecases.leave_kiosk import LeaveKiosk
from pos_client.usecases.spare_key import SpareKey, SpareLock, spare_key
from pos_client.usecases.till_session import TillSession

T = TypeVar("T")


class Asks(Protocol):
    """Asks the desk on the till's thread; the answer comes back on this one."""

    def ask(self, work: Callable[[Desk, TillSession], Any], then: Callable[[Any], None]) -> None:
        """Do work, and hand over what came out or why the world said no."""


class DoorView(Protocol):
    """What shows the door."""

    def show_staff(self, facts: StaffFacts) -> None:
        """The staff's pad."""

    def leave(self) -> None:
        """The kiosk ends."""


class StaffDoor:
    """The door.

    Args:
        asks: the desk. view: shows it. machine: watches over the desk's silence.
        sentence: why a verdict or a fault is so, in the language of the screen.
        spare: who is let out where the desk never answers; learned anew whenever it does.
        lock: tries their PINs then.
    """

    def __init__(
        self,
        asks: Asks,
        view: DoorView,
        machine: Machine,
        sentence: Callable[[Verdict | PosError], str],
        spare: SpareKey | None,
        lock: SpareLock,
    ) -> None:
        self._asks, self._view, self._machine, self._sentence = asks, view, machine, sentence
        self._spare, self._lock = spare, lock
        self._people: tuple[StaffPerson, ...] = ()
        self._chosen, self._pin, self._fault = "", "", ""
        self._is_waiting, self._is_silent = False, False
        self._visit, self._is_dead = 0, False

    def open(self) -> None:
        """Somebody knocked."""
        self.close()
        if self._is_dead and self._spare is not None:
            self._be_silent()
        else:
            self._ask(spare_key, self._on_people)

    def till_died(self) -> None:
        """The desk will never answer again: nobody is made to wait for it."""
        self._is_dead = True

    def close(self) -> None:
        """Nobody is there any more."""
        self._people, self._chosen, self._pin, self._fault = (), "", "", ""
        self._is_waiting, self._is_silent = False, False
        self._visit += 1
        self._machine.heard(Wait.DESK)
        self._show()

    def on_tick(self) -> None:
        """A moment has passed."""
        if Wait.DESK in self._machine.silent:
            self._be_silent()

    def choose(self, staff_id: str) -> None:
        """Who it is."""
        self._chosen, self._pin, self._fault = staff_id, "", ""
        self._show()

    def type(self, character: str) -> None:
        """A digit of the PIN."""
        if self._chosen and character.isascii() and character.isdecimal() and len(self._pin) < MOST_DIGITS:
            self._pin += character
            self._show()

    def erase(self, *, everything: bool = False) -> None:
        """One digit less, or all."""
        self._pin = "" if everything else self._pin[:-1]
        self._show()

    def enter(self) -> None:
        """The PIN is complete."""
        if self._chosen and len(self._pin) >= LEAST_DIGITS and not self._is_waiting:
            who, self._pin, self._fault = Signature(self._chosen, self._pin), "", ""
            if self._is_silent and self._spare is not None:
                self._on_verdict(self._lock.opens(self._spare, who))
            else:
                self._ask(lambda desk: LeaveKiosk(desk)(who), self._on_verdict)

    def _ask(self, work: Callable[[Desk], T], then: Callable[[T | PosError], None]) -> None:
        """Ask the desk; an answer that comes after whoever asked has gone is shown to nobody."""
        visit, self._is_waiting = self._visit, True
        self._machine.expect(Wait.DESK)
        self._show()

        def answered(found: T | PosError) -> None:
            if visit == self._visit:
                self._machine.heard(Wait.DESK)
                self._is_waiting, self._is_silent = False, False
                then(found)

        self._asks.ask(lambda desk, _session: work(desk), answered)

    def _on_people(self, found: SpareKey | PosError) -> None:
        if isinstance(found, PosError):
            self._fault = self._sentence(found)
        else:
            self._spare = found
            self._offer(found)
        self._show()

    def _be_silent(self) -> None:
        self._is_waiting, self._is_silent = False, True
        if self._spare is not None:
            self._offer(self._spare)
        self._show()

    def _offer(self, key: SpareKey) -> None:
        self._people = tuple(StaffPerson(keeper.id, keeper.masked) for keeper in key.keepers)

    def _on_verdict(self, found: Verdict | PosError) -> None:
        if isinstance(found, Verdict) and found.kind is VerdictKind.ACCEPTED:
            self._view.leave()
            return
        self._fault = self._sentence(found)
        self._show()

    def _show(self) -> None:
        facts = StaffFacts(self._people, self._chosen, len(self._pin), self._fault, self._is_waiting, self._is_silent)
        self._view.show_staff(facts)
