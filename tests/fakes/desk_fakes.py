"""Stand-ins at the use-cases' ports: a clock that a test sets, a centre in memory, a listener that can be waited for.

Apart from ``builders`` because these behave. Journal and cache are never among them: those are the real ones, on files.
The centre in memory is held to the same contract as the real one in ``tests/contracts/test_claims_port.py``.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from pos_client.domain.trusted_time import ClockReading
from pos_client.domain.verdict import Use
from pos_client.usecases.claim_port import ClaimGranted, ClaimRefused, ClaimReply, ClaimRequest, ClaimUnanswered
from pos_client.usecases.lane_status import Contact
from pos_client.usecases.ports import LaneIdentity
from pos_client.usecases.till_view import Customer, LaneStatus, TillAnswer, TillFault

PATIENCE_S = 30.0


@dataclass
class SetClock:
    """The machine's clocks, moved by hand."""

    wall: datetime = field(default_factory=lambda: datetime.now(UTC))
    monotonic_ms: int = 1_000_000
    boot_id: str = "boot-1"

    def read(self) -> ClockReading:
        """One look."""
        return ClockReading(self.wall, self.monotonic_ms, self.boot_id)

    def pass_by(self, span: timedelta) -> None:
        """Time goes by for all clocks."""
        self.wall += span
        self.monotonic_ms += span // timedelta(milliseconds=1)

    def restart(self, wall: datetime) -> None:
        """The machine was started anew and believes it is that late."""
        self.wall, self.monotonic_ms, self.boot_id = wall, 5_000, self.boot_id + "'"


class Hearing(StrEnum):
    """What becomes of a request."""

    ANSWERED = "answered"
    NEVER_ARRIVED = "never arrived"
    ANSWER_LOST = "answer lost"


class CentreInMemory:
    """The ``Claims`` port: one holder of each use, for ever; the same claim again is the same answer.

    Args:
        identity: the lane that asks.
        clock: when it asks.
    """

    def __init__(self, identity: LaneIdentity, clock: SetClock) -> None:
        self._identity = identity
        self._clock = clock
        self._holders: dict[tuple[str, int], Use] = {}
        self.is_reachable = True
        self.hearing = Hearing.ANSWERED
        self.tier = "A"
        self.uses_of_coupon: dict[str, int] = {}
        self.problems: dict[str, str] = {}
        self.asked: list[ClaimRequest] = []
        self.patience: list[float | None] = []

    def beside(self, identity: LaneIdentity) -> "CentreInMemory":
        """Another lane's way to the same centre."""
        other = CentreInMemory(identity, self._clock)
        other._holders, other.uses_of_coupon, other.problems = self._holders, self.uses_of_coupon, self.problems
        return other

    def taken_elsewhere(self, coupon_id: str, use: Use) -> None:
        """Another lane holds a use."""
        self._holders[coupon_id, use.use_no] = use

    def holder(self, coupon_id: str, use_no: int = 1) -> str:
        """The claim that holds a use, empty for none."""
        use = self._holders.get((coupon_id, use_no))
        return use.claim_id if use else ""

    def reachable(self) -> bool:
        """Whether asking is worth the wait."""
        return self.is_reachable

    def claim(self, request: ClaimRequest, patience_s: float | None = None) -> ClaimReply:
        """Ask for a use."""
        self.asked.append(request)
        self.patience.append(patience_s)
        if self.hearing is Hearing.NEVER_ARRIVED:
            return ClaimUnanswered("timeout")
        reply = self._decide(request)
        return ClaimUnanswered("timeout") if self.hearing is Hearing.ANSWER_LOST else reply

    def release(self, claim_id: str, reason: str) -> bool:
        """Give a claim back."""
        if self.hearing is not Hearing.ANSWERED or not reason:
            return False
        for place in [place for place, use in self._holders.items() if use.claim_id == claim_id]:
            del self._holders[place]
        return True

    def release_soon(self, claim_id: str, reason: str) -> None:
        """The same; here at once."""
        self.release(claim_id, reason)

    def _decide(self, request: ClaimRequest) -> ClaimReply:
        problem = self.problems.get(request.coupon_id)
        if problem:
            return ClaimRefused(self.tier, problem)
        asked = (request.coupon_id, request.use_no)
        holder = self._holders.setdefault(asked, self._use_of(request))
        if holder.claim_id == request.claim_id:
            return ClaimGranted(self.tier, request.use_no, "receipt")
        return ClaimRefused(self.tier, "already-used", holder, self._free_use(request.coupon_id))

    def _use_of(self, request: ClaimRequest) -> Use:
        who = self._identity
        return Use(
            request.use_no,
            self._clock.wall,
            who.store,
            who.lane,
            device=who.device,
            seq=request.intent.seq,
            claim_id=request.claim_id,
        )

    def _free_use(self, coupon_id: str) -> int | None:
        numbers = range(1, self.uses_of_coupon.get(coupon_id, 1) + 1)
        return next((number for number in numbers if (coupon_id, number) not in self._holders), None)


class CountedWakes:
    """The ``SyncNow`` port: counts how often sync was woken."""

    def __init__(self) -> None:
        self.count = 0

    def wake(self) -> None:
        """Ask for a round soon."""
        self.count += 1


class SetContact:
    """The ``ContactSource`` port: what a test says of the way to the centre."""

    def __init__(self) -> None:
        self.contact = Contact()

    def __call__(self) -> Contact:
        """The newest knowledge."""
        return self.contact


Told = TillAnswer | Customer | LaneStatus | TillFault


class Ears:
    """A listener of the till that keeps all it is told, in order, and can be waited for."""

    def __init__(self) -> None:
        self._told: list[Told] = []
        self._news = threading.Condition()

    def on_answer(self, answer: TillAnswer) -> None:
        """A verdict."""
        self._keep(answer)

    def on_customer(self, customer: Customer) -> None:
        """The purchase in hand."""
        self._keep(customer)

    def on_status(self, status: LaneStatus) -> None:
        """The lane's surroundings."""
        self._keep(status)

    def on_fault(self, fault: TillFault) -> None:
        """The world said no."""
        self._keep(fault)

    def wait_until(self, enough: Callable[[list[Told]], bool]) -> list[Told]:
        """All that was told, as soon as it is enough."""
        with self._news:
            assert self._news.wait_for(lambda: enough(self._told), PATIENCE_S), f"only heard {self._told}"
            return list(self._told)

    def _keep(self, told: Told) -> None:
        with self._news:
            self._told.append(told)
            self._news.notify_all()
