"""The ladder above this lane, in the use-cases' own words: what is asked, what is answered, and who is asked.

Apart from the other ports because only redemptions ask, and because an answer may never come.
"""

from dataclasses import dataclass
from typing import Protocol

from pos_client.domain.verdict import EntryRef, Use


@dataclass(frozen=True, slots=True)
class ClaimRequest:
    """What the lane asks for: one use of one coupon, under an identity that never changes between retries.

    Attributes:
        settled_here: no other store can use it, so that the word of this store's server is the last one.
        is_counted: its campaign has so many uses in all, and each server counts those that it gives.
    """

    claim_id: str
    coupon_id: str
    use_no: int
    code_kind: str
    token: str
    member_ref: str
    value_minor: int
    intent: EntryRef
    settled_here: bool = False
    is_counted: bool = False


@dataclass(frozen=True, slots=True)
class ClaimGranted:
    """The use is this lane's.

    Attributes:
        receipt: the server's signed word.
        is_vouched: the store's server gave it out of its share, and the centre had nothing against the coupon itself.
    """

    tier: str
    use_no: int
    receipt: str
    is_vouched: bool = False


@dataclass(frozen=True, slots=True)
class ClaimRefused:
    """The server said no. ``problem`` is its code (``already-used``, ``wrong-store``, …); ``use`` the holder's use.

    ``next_use_no`` is a use that is still free on a coupon of several, else None.
    """

    tier: str
    problem: str
    use: Use | None = None
    next_use_no: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimUnanswered:
    """Nobody answered in time; the claim may or may not stand, so the same id is used from here on."""

    cause: str


ClaimReply = ClaimGranted | ClaimRefused | ClaimUnanswered


class Claims(Protocol):
    """The ladder above this lane: the centre, then the store's server."""

    def reachable(self) -> bool:
        """Whether asking is worth the wait (the breaker is not open)."""

    def claim(self, request: ClaimRequest, patience_s: float | None = None) -> ClaimReply:
        """Ask for a use. Never raises for a network or a server.

        Args:
            request: the use, and under which claim.
            patience_s: seconds in all; None for the tier's usual budget.
        """

    def release(self, claim_id: str, reason: str) -> bool:
        """Give an unused claim back at every rung that may hold it; True where one of them confirmed."""

    def release_soon(self, claim_id: str, reason: str) -> None:
        """The same in the background: nobody waits for it, and the next claim does not either."""


@dataclass(frozen=True, slots=True)
class PointsHeld:
    """The centre keeps so many points for this lane until they are burnt or let go; ``left`` is what remains beside."""

    hold_id: str
    left: int


@dataclass(frozen=True, slots=True)
class PointsShort:
    """The member has not so many; ``balance`` is what he has."""

    balance: int


PointsReply = PointsHeld | PointsShort | ClaimUnanswered


class PointsDesk(Protocol):
    """Where points are held before they are burnt: the centre."""

    def hold_points(self, hold_id: str, member_ref: str, points: int) -> PointsReply:
        """Ask for points under an id that never changes between retries. Never raises for a network or a server."""

    def release_points(self, hold_id: str) -> bool:
        """Let points go that were not burnt; True where the server confirmed."""


class NobodyHoldsPoints:
    """The ``PointsDesk`` of a lane that asks nobody: each decides alone, within its share."""

    def hold_points(self, hold_id: str, member_ref: str, points: int) -> PointsReply:
        """Nobody answers."""
        return ClaimUnanswered(f"nobody was asked to hold {points} points of {member_ref} as {hold_id}")

    def release_points(self, hold_id: str) -> bool:
        """There is nothing to let go."""
        return not hold_id
