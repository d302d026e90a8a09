"""A customer at a kiosk asks for a person: what is told, to whom, and how long it may take.

Apart from the kiosk and from the clerk's window because both speak of it and neither knows the other. What is told
names nobody: a masked name at most, and codes of the screen that the customer sees.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

RING_EVERY_S: Final = 15
ESCALATES_AFTER_S: Final = 90


@dataclass(frozen=True, slots=True)
class AssistanceCall:
    """One call.

    Attributes:
        id: of this call; another one of the same kiosk has another.
        kiosk: its lane number.
        at: aware UTC, by the kiosk's clock.
        place: which of the kiosk's screens is shown, for example ``guide``.
        reason: of the verdict on it (``domain.reasons``), empty without one.
        member: masked name without a number, empty for nobody. amount_minor: what was taken off.
        language: of the customer.
        taken_by: who is on the way, empty for nobody yet.
    """

    id: str
    kiosk: int
    at: datetime
    place: str
    reason: str = ""
    member: str = ""
    amount_minor: int = 0
    language: str = "zh"
    taken_by: str = ""

    def waited_s(self, now: datetime) -> float:
        """How long the customer has waited."""
        return max(0.0, (now - self.at).total_seconds())

    def is_late(self, now: datetime) -> bool:
        """Whether somebody else should look after it."""
        return not self.taken_by and self.waited_s(now) >= ESCALATES_AFTER_S


class AssistanceCalls(Protocol):
    """Between the kiosks and the clerks of one store. No call blocks for long, and none raises: help is no fault."""

    def call(self, call: AssistanceCall) -> None:
        """A kiosk asks; its earlier call is replaced."""

    def withdraw(self, kiosk: int) -> None:
        """A kiosk asks no more."""

    def of(self, kiosk: int) -> AssistanceCall | None:
        """How a kiosk's call stands."""

    def open(self) -> Sequence[AssistanceCall]:
        """All that wait, the oldest first."""

    def take(self, call: AssistanceCall, by: str) -> None:
        """A clerk is on the way."""

    def finish(self, call: AssistanceCall) -> None:
        """A clerk has helped."""

    def attend(self, station: int, now: datetime) -> None:
        """A clerk's window is open and listens; told every few seconds."""

    def is_attended(self, now: datetime) -> bool:
        """Whether any clerk's window listens."""


class NobodyAttends:
    """A store whose kiosks and counters share nothing: the kiosk says where to go instead."""

    def call(self, call: AssistanceCall) -> None:
        """Nobody hears."""

    def withdraw(self, kiosk: int) -> None:
        """Nothing was asked."""

    def of(self, kiosk: int) -> AssistanceCall | None:
        """None."""
        del kiosk
        return None

    def open(self) -> Sequence[AssistanceCall]:
        """None."""
        return ()

    def take(self, call: AssistanceCall, by: str) -> None:
        """There is none."""

    def finish(self, call: AssistanceCall) -> None:
        """There is none."""

    def attend(self, station: int, now: datetime) -> None:
        """Nobody asks."""

    def is_attended(self, now: datetime) -> bool:
        """No."""
        del now
        return False


class CallBell:
    """Rings at the clerk's for as long as somebody waits untaken: at once, and every 15 seconds."""

    def __init__(self) -> None:
        self._rung_at: datetime | None = None

    def rings(self, calls: Sequence[AssistanceCall], now: datetime) -> bool:
        """Whether to ring now; asked every moment."""
        if all(call.taken_by for call in calls):
            self._rung_at = None
            return False
        if self._rung_at is not None and (now - self._rung_at).total_seconds() < RING_EVERY_S:
            return False
        self._rung_at = now
        return True
