"""An answer that came after the lane had decided: what it means now, and whether somebody must hear of it.

Apart from asking because nothing waits for it. It never changes an entry: a clerk's void does. What was granted after
all, and is wanted by nobody any more, is given back; what was refused, and stands as a redemption, is kept beside the
entry, because the conflict that it announces can still be spared while the customer stands here.
"""

from dataclasses import dataclass

from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Tier, Use, Verdict, VerdictKind

from .claim_port import ClaimGranted, ClaimRefused, ClaimReply, ClaimRequest
from .desk import Desk
from .trade_drafts import issued

# It speaks of this claim's own end, which the lane brought about itself.
_OF_ITSELF = frozenset({"claim-released", "claim-consumed", "in-progress"})


@dataclass(frozen=True, slots=True)
class Late:
    """An answer that nobody waited for any more."""

    request: ClaimRequest
    reply: ClaimReply


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A redemption that stands here, and a server's word that it should not.

    Attributes:
        seq: the entry's number. refused: the server's word.
    """

    seq: int
    claim_id: str
    refused: ClaimRefused


def take_note(desk: Desk, late: Late) -> Contradiction | None:
    """Keep it, give back what was granted for nothing, and say what it contradicts.

    Raises:
        StorageUnavailable: it could not be kept; nothing else was done.
    """
    request, reply = late.request, late.reply
    if isinstance(reply, ClaimGranted):
        if _came_to_nothing(desk, request):
            desk.claims.release_soon(request.claim_id, "granted too late")
        elif _redemption(desk, request):
            desk.journal.keep_late(request.coupon_id, request.claim_id, reply.tier, "granted", None)
        return None
    stands = _redemption(desk, request)
    if not isinstance(reply, ClaimRefused) or stands is None or not _contradicts(desk, request, reply):
        return None
    desk.journal.keep_late(request.coupon_id, request.claim_id, reply.tier, reply.problem, reply.use)
    return Contradiction(stands.seq, request.claim_id, reply)


def correction(desk: Desk, found: Contradiction) -> Verdict:
    """What the screen says instead of its green: who used it when, and that it can be taken back."""
    use = desk.named(found.refused.use)
    used = found.refused.problem == "already-used" and use is not None and use.at is not None
    reason = Reason.LATE_USED if used else Reason.LATE_REFUSED
    return Verdict(VerdictKind.REFUSED, reason, {"seq": found.seq}, tier=Tier(found.refused.tier), use=use)


def _redemption(desk: Desk, request: ClaimRequest) -> Use | None:
    uses = desk.journal.uses_of(request.coupon_id)
    return next((use for use in uses if use.claim_id == request.claim_id), None)


def _came_to_nothing(desk: Desk, request: ClaimRequest) -> bool:
    intent = desk.journal.open_intent(request.coupon_id)
    is_open = intent is not None and intent.claim_id == request.claim_id
    return not is_open and request.claim_id in desk.journal.unused_claims(request.coupon_id)


def _contradicts(desk: Desk, request: ClaimRequest, reply: ClaimRefused) -> bool:
    """Not where the server speaks of this lane's own doing, or another use of the coupon is free."""
    if reply.problem in _OF_ITSELF or reply.next_use_no or (reply.use and reply.use.device == desk.identity.device):
        return False
    unheard = reply.problem == "coupon-not-issued"
    return not (unheard and desk.journal.standing(EntryKind.ISSUE, issued(request.coupon_id)))
