"""Pay with points: the centre holds them, or this lane alone takes no more than its share.

The share bounds what a store can take of one member without the network: all lanes together never more than the
policy's part of what the centre last knew, and besides what the lane itself has given him since.
"""

import uuid
from dataclasses import dataclass

from pos_client.domain.reasons import Reason
from pos_client.domain.till_context import Refusal
from pos_client.domain.trade_policy import PointsPolicy
from pos_client.domain.verdict import Tier

from .accounts import Accounts, Holder, holder_of
from .claim_port import PointsHeld, PointsShort
from .desk import Desk
from .recognise import MemberShown


@dataclass(frozen=True, slots=True)
class Held:
    """Points that may be burnt now; ``hold_id`` is the centre's hold, empty for a lane alone."""

    points: int
    hold_id: str
    tier: Tier


def worth(policy: PointsPolicy, points: int) -> int:
    """What points pay, minor units; what does not make a whole step pays nothing."""
    return points // policy.worth_points * policy.worth_minor


def worth_up(policy: PointsPolicy, points: int) -> int:
    """What points are worth that were spent and should come back: every begun step counts."""
    return -(-points // policy.worth_points) * policy.worth_minor


def points_for(policy: PointsPolicy, minor: int) -> int:
    """The points of as many whole steps as an amount holds."""
    return minor // policy.worth_minor * policy.worth_points


def hold_points(desk: Desk, member: MemberShown | None, points: int, taken: int = 0) -> Held | Refusal:
    """Make sure of points before they are burnt: at the centre where it answers, else within this lane's share.

    Args:
        desk: this lane.
        member: whose points.
        points: how many.
        taken: points of his that were held for the same purchase before, of which nothing is written yet.
    """
    if member is None or not member.view.ref or member.presence.proof == "phone":
        return Refusal(Reason.PROOF_NEEDED if member and member.view.ref else Reason.MEMBER_NEEDED)
    holder = holder_of(member)
    balance = Accounts(desk).points(holder) - taken
    if points > balance:
        return Refusal(Reason.POINTS_SHORT, {"missing": points - balance, "balance": balance})
    hold_id = uuid.uuid4().hex
    reply = desk.points.hold_points(hold_id, member.view.ref, points)
    if isinstance(reply, PointsHeld):
        return Held(points, hold_id, Tier.CRM)
    if isinstance(reply, PointsShort):
        return Refusal(Reason.POINTS_SHORT, {"missing": max(1, points - reply.balance), "balance": reply.balance})
    share = max(0, alone(desk, holder) - taken)
    over = Refusal(Reason.POINTS_OVER_SHARE, {"limit": share})
    return over if points > share else Held(points, "", Tier.LANE)


def reach(desk: Desk, holder: Holder, wanted: int) -> int:
    """How many of some points may be taken back now: this lane's share, or what the centre says the member has.

    What is held there for the answer is let go at once: the entry that takes the points is there within seconds.
    """
    own = max(0, alone(desk, holder))
    if wanted <= own or not holder.ref:
        return own
    since = max(0, Accounts(desk).points(holder) - holder.points)
    hold_id = uuid.uuid4().hex
    reply = desk.points.hold_points(hold_id, holder.ref, wanted - since)
    if isinstance(reply, PointsHeld):
        desk.points.release_points(hold_id)
        return wanted
    return max(own, reply.balance + since) if isinstance(reply, PointsShort) else own


def alone(desk: Desk, holder: Holder) -> int:
    """How many points of a member this lane may take without asking."""
    policy = desk.trade().points
    part = min(holder.points * policy.offline_percent // 100, policy.offline_cap)
    since = Accounts(desk).points(holder) - holder.points
    return part // max(1, desk.cache.store().lanes) + since
