"""Ask the servers for a use: the intent is on disk first, and one claim id serves every retry."""

from dataclasses import dataclass, replace
from typing import Final

from pos_client.domain.coupon import CouponFacts
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.judge import Quote, Refusal, settled_in_store
from pos_client.domain.offers.conditions import Conditions
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Fact, Tier, Verdict

from .appraise import Case, refused
from .claim_port import ClaimGranted, ClaimRefused, ClaimReply, ClaimUnanswered
from .desk import Desk
from .entry_drafts import EntryWriter, claim_request
from .ports import OpenIntent
from .trade_drafts import issued

_PROBLEMS: Final = {
    "already-used": Reason.ALREADY_USED,
    "quota-exhausted": Reason.QUOTA_EXHAUSTED,
    "coupon-expired": Reason.EXPIRED,
    "not-yet-valid": Reason.NOT_YET_VALID,
    "wrong-store": Reason.WRONG_STORE,
    "leased-elsewhere": Reason.LEASED_ELSEWHERE,
    "coupon-revoked": Reason.REVOKED,
    "not-genuine": Reason.NOT_GENUINE,
    "coupon-unknown": Reason.COUPON_UNKNOWN,
    "campaign-unknown": Reason.CAMPAIGN_UNKNOWN,
    "campaign-ended": Reason.CAMPAIGN_ENDED,
    "campaign-not-begun": Reason.CAMPAIGN_NOT_BEGUN,
    "wrong-day": Reason.WRONG_DAY,
    "other-member": Reason.OTHER_MEMBER,
    "wrong-hour": Reason.WRONG_HOUR,
    "no-coupon-offer": Reason.NO_COUPON_OFFER,
    "offer-too-new": Reason.OFFER_TOO_NEW,
    "member-limit": Reason.MEMBER_LIMIT,
    "member-day-limit": Reason.MEMBER_DAY_LIMIT,
    "coupon-not-issued": Reason.COUPON_NOT_ISSUED,
    "value-exhausted": Reason.VALUE_EXHAUSTED,
    "device-revoked": Reason.DEVICE_NOT_TRUSTED,
    "device-rolled-back": Reason.DEVICE_NOT_TRUSTED,
    "device-unknown": Reason.DEVICE_NOT_TRUSTED,
    "device-forked": Reason.DEVICE_NOT_TRUSTED,
}
_MOST_TRIES: Final = 8
PATIENCE_S: Final = 2.0
"""How long the centre is waited for where chance picked a redemption that this lane would decide alone."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of asking: granted, refused, or nobody answered (all empty; the lane decides alone).

    A grant is as good as the centre's where the centre gave it, or where no other store can use the coupon.

    Attributes:
        intent: the intent that was written, where one was.
        granted_use: use number that was granted. tier: who granted it. is_final: nobody else can grant it too.
        refusal: the server's no, as a verdict.
    """

    intent: OpenIntent | None = None
    granted_use: int | None = None
    tier: Tier = Tier.CRM
    refusal: Verdict | None = None
    is_final: bool = True

    @property
    def claim_id(self) -> str:
        """The claim of the intent, empty where nothing was asked."""
        return self.intent.claim_id if self.intent else ""

    @property
    def intent_seq(self) -> int | None:
        """The intent's number."""
        return self.intent.entry.seq if self.intent else None


def ask_claim(desk: Desk, case: Case, quoted: Quote, writer: EntryWriter, code_hash: str) -> Answered:
    """Ask, where it is worth the wait or chance wants it. An intent left open by a crash is taken up again."""
    intent, reachable = desk.journal.open_intent(case.coupon.coupon_id), desk.claims.reachable()
    picked = desk.chance() * 100 < desk.limits().random_online
    if not reachable and not picked:
        return Answered(intent)
    if intent is None:
        desk.journal.append(writer.intent(case.coupon, quoted, code_hash))
        intent = desk.journal.open_intent(case.coupon.coupon_id)
    if intent is None:
        return Answered()
    asked = replace(quoted, use_no=intent.use_no)
    reply, use_no = _ask(desk, case, asked, intent) if reachable else (ClaimUnanswered("breaker open"), 0)
    if isinstance(reply, ClaimUnanswered) and picked:
        reply, use_no = _ask(desk, case, asked, intent, PATIENCE_S)
    if _is_our_own(desk, reply) and _give_back(desk, case.coupon.coupon_id, intent):
        reply, use_no = _ask(desk, case, asked, intent)
    if isinstance(reply, ClaimGranted):
        tier = Tier(reply.tier)
        is_final = tier is Tier.CRM or reply.is_vouched or settled_in_store(case.coupon, case.context)
        return Answered(intent, granted_use=use_no, tier=tier, is_final=is_final)
    return Answered(intent, refusal=_refusal(desk, case, reply))


def _refusal(desk: Desk, case: Case, reply: ClaimReply) -> Verdict | None:
    """The server's no; None where nobody answered, or where this lane knows better."""
    if not isinstance(reply, ClaimRefused) or _was_issued_here(desk, case.coupon, reply):
        return None
    if _was_taken_back_here(desk, case.coupon, reply):
        return None
    return _verdict(desk, case, reply)


def _ask(
    desk: Desk, case: Case, quoted: Quote, intent: OpenIntent, patience_s: float | None = None
) -> tuple[ClaimReply, int]:
    """One claim; of a coupon with several uses the next free one is tried when another lane took this one."""
    member = case.context.member
    reply: ClaimReply
    settled = settled_in_store(case.coupon, case.context)
    for _ in range(_MOST_TRIES):
        ref = member.ref if member else ""
        request = claim_request(intent, case.coupon, case.token, ref, quoted, settled_here=settled)
        reply = desk.claims.claim(request, patience_s)
        if not (isinstance(reply, ClaimRefused) and reply.next_use_no and reply.next_use_no != quoted.use_no):
            break
        quoted = replace(quoted, use_no=reply.next_use_no)
    return reply, quoted.use_no or intent.use_no


def _is_our_own(desk: Desk, reply: ClaimReply) -> bool:
    return isinstance(reply, ClaimRefused) and reply.use is not None and reply.use.device == desk.identity.device


def _was_issued_here(desk: Desk, coupon: CouponFacts, reply: ClaimReply) -> bool:
    """Whether the centre refuses only because it has not heard yet that this lane gave the coupon out."""
    unheard = isinstance(reply, ClaimRefused) and reply.problem == "coupon-not-issued"
    return unheard and bool(desk.journal.standing(EntryKind.ISSUE, issued(coupon.coupon_id)))


def _was_taken_back_here(desk: Desk, coupon: CouponFacts, reply: ClaimRefused) -> bool:
    """Whether the holder is a redemption of this very journal whose void the server has not heard of yet."""
    use = reply.use
    if use is None or use.device != desk.identity.device:
        return False
    entry = desk.journal.entry(use.seq)
    return entry is not None and entry.voided and entry.fields().get("coupon_id") == coupon.coupon_id


def _give_back(desk: Desk, coupon_id: str, intent: OpenIntent) -> bool:
    """Release claims of this lane that came to nothing, before the entries that say so have been delivered."""
    ended = desk.journal.unused_claims(coupon_id) - {intent.claim_id}
    released = [desk.claims.release(claim_id, "came to nothing") for claim_id in sorted(ended)[:_MOST_TRIES]]
    return any(released)


def _verdict(desk: Desk, case: Case, reply: ClaimRefused) -> Verdict:
    reason = _PROBLEMS.get(reply.problem, Reason.COUPON_UNKNOWN)
    return refused(desk, case, Refusal(reason, _date(reason, case.coupon), use=reply.use), Tier(reply.tier))


def _date(reason: Reason, coupon: CouponFacts) -> dict[str, Fact]:
    """The day that a refusal by date names: of the coupon or of its campaign, whichever binds."""
    conditions = coupon.offer.conditions if coupon.offer else Conditions()
    if reason in {Reason.EXPIRED, Reason.CAMPAIGN_ENDED} and (
        last := [day for day in (coupon.last_day, conditions.ends) if day]
    ):
        return {"last_day": min(last)}
    if reason in {Reason.NOT_YET_VALID, Reason.CAMPAIGN_NOT_BEGUN} and (
        first := [day for day in (coupon.first_day, conditions.starts) if day]
    ):
        return {"first_day": max(first)}
    return {}
