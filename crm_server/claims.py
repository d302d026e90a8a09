"""Claims: a use of a coupon is granted once, whoever asks and however often (PROTOCOL 3.2, 3.8).

Apart from the inbox because a claim is asked for before anything is redeemed. The table's primary key
``(coupon_id, use_no)`` decides; the claim's id, derived from the lane's intent, makes a repeat the same claim.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select

from pos_client.domain import judge
from pos_client.domain.business_time import from_ms, to_ms
from pos_client.domain.coupon import CouponFacts
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.judge import TillContext
from pos_client.domain.reasons import Reason
from pos_client.domain.signed_document import DocumentPurpose

from . import change_log, member_limits, merging, quotas, uses
from .coupon_facts import ShownCoupon, holder_document, known_facts, use_document
from .devices import Caller
from .keys import KeyRing
from .loss_causes import note_refused
from .problems import Problem
from .schema import COUPON, RELEASED_CLAIM
from .uses import CONSUMED, GRANTED, RELEASED

PROBLEM_OF: Final = {
    Reason.NOT_GENUINE: "not-genuine",
    Reason.REVOKED: "coupon-revoked",
    Reason.CAMPAIGN_UNKNOWN: "campaign-unknown",
    Reason.ALREADY_USED: "already-used",
    Reason.EXPIRED: "coupon-expired",
    Reason.NOT_YET_VALID: "not-yet-valid",
    Reason.CAMPAIGN_ENDED: "campaign-ended",
    Reason.CAMPAIGN_NOT_BEGUN: "campaign-not-begun",
    Reason.WRONG_DAY: "wrong-day",
    Reason.WRONG_STORE: "wrong-store",
    Reason.LEASED_ELSEWHERE: "leased-elsewhere",
    Reason.OTHER_MEMBER: "other-member",
    Reason.WRONG_HOUR: "wrong-hour",
    Reason.NO_COUPON_OFFER: "no-coupon-offer",
    Reason.OFFER_TOO_NEW: "offer-too-new",
    Reason.COUPON_NOT_ISSUED: "coupon-not-issued",
}
_ONE_AT_A_TIME: Final = select(COUPON.c.coupon_id).where(COUPON.c.coupon_id == bindparam("coupon_id")).with_for_update()
_RELEASED_BY_ID: Final = select(RELEASED_CLAIM).where(RELEASED_CLAIM.c.claim_id == bindparam("claim_id"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a lane asks for; ``token`` is the code's canonical text, or empty for one from a member's list."""

    claim_id: str
    coupon_id: str
    use_no: int
    token: str
    member_ref: str
    value_minor: int
    epoch: int
    seq: int


@dataclass(frozen=True, slots=True)
class Ground:
    """What claims are judged by, and whose word a grant is: the centre's, or that of a store's own server.

    Attributes:
        facts: all that is known of a coupon, given the rows that hold its uses here; raises Problem.
        own_ref: the reference that a member has now.
        lock: lets one claim at a time decide on a coupon whose uses share a value.
        check: refuses what is not about the coupon, before anything else; raises Problem.
    """

    keys: KeyRing
    tier: str
    facts: Callable[[Connection, ShownCoupon, Sequence[Row[Any]]], CouponFacts]
    own_ref: Callable[[Connection, str], str]
    lock: Callable[[Connection, str], None]
    check: Callable[[Connection], None] = lambda _connection: None


def at_the_centre(keys: KeyRing) -> Ground:
    """The centre's own tables."""

    def lock(connection: Connection, coupon_id: str) -> None:
        connection.execute(_ONE_AT_A_TIME, {"coupon_id": coupon_id}).first()

    def facts(connection: Connection, shown: ShownCoupon, holders: Sequence[Row[Any]]) -> CouponFacts:
        return known_facts(connection, keys, shown, holders)

    return Ground(keys, "A", facts, merging.own_ref, lock)


@dataclass(frozen=True, slots=True)
class Grant:
    """A use is the caller's; ``is_new`` unless this very claim was granted before."""

    is_new: bool
    document: dict[str, Any]


def grant(connection: Connection, ground: Ground, caller: Caller, asked: Asked, now: datetime) -> Grant:
    """Give a use to the lane that asks, or say who holds it.

    Raises:
        Problem: every refusal of the contract.
    """
    ground.check(connection)
    asked = replace(asked, member_ref=ground.own_ref(connection, asked.member_ref))
    standing = uses.holders_or_claim(connection, asked.coupon_id, asked.claim_id)
    present = next((row for row in standing if row.claim_id == asked.claim_id), None)
    if present is not None:
        return Grant(is_new=False, document=_granted_before(ground, caller, asked, present))
    if connection.execute(_RELEASED_BY_ID, {"claim_id": asked.claim_id}).one_or_none() is not None:
        raise Problem("claim-released")
    shown = ShownCoupon(asked.coupon_id, asked.token, asked.claim_id)
    facts = ground.facts(connection, shown, standing)
    if facts.is_partial:
        # Two uses of different numbers could together be more than the packet holds.
        ground.lock(connection, asked.coupon_id)
        standing = uses.holders_or_claim(connection, asked.coupon_id, asked.claim_id)
        facts = ground.facts(connection, shown, standing)
    _check(facts, caller, asked, now)
    _check_free(facts, asked, standing)
    if facts.offer is not None:
        member_limits.check(connection, facts.offer, asked.member_ref, now, caller.zone)
    row = _row(caller, asked, facts, to_ms(now)) | {"tier": ground.tier}
    if not uses.take(connection, row):
        return Grant(is_new=False, document=_lost_race(connection, ground, caller, asked))
    if facts.offer is not None:
        quotas.take(connection, facts.offer, asked.claim_id, caller.store, ground.tier)
    change_log.append(connection, [("coupon_use", (asked.coupon_id, asked.use_no))])
    return Grant(is_new=True, document=_document(ground, asked, caller.device, to_ms(now)))


def grant_or_note(
    connection: Connection, ground: Ground, caller: Caller, asked: Asked, now: datetime
) -> Grant | Problem:
    """As ``grant``; that a use was taken is remembered, and told as a value so that the note is kept."""
    try:
        return grant(connection, ground, caller, asked, now)
    except Problem as problem:
        if problem.code != "already-used" or ground.tier != "A":
            raise
        about = {"coupon_id": asked.coupon_id, "use_no": asked.use_no, "device": caller.device}
        note_refused(connection, {"claim_id": asked.claim_id, **about, "at_ms": to_ms(now)})
        return problem


def claim_state(connection: Connection, ground: Ground, claim_id: str) -> dict[str, Any]:
    """Where a claim stands, and who holds it.

    Raises:
        Problem: claim-unknown.
    """
    ground.check(connection)
    row = uses.claim_by_id(connection, claim_id)
    if row is not None:
        named = {"claim_id": claim_id, "coupon_id": row.coupon_id, "use_no": row.use_no}
        return {"state": row.state, **named, "holder": holder_document(row)}
    gone = connection.execute(_RELEASED_BY_ID, {"claim_id": claim_id}).one_or_none()
    if gone is None:
        raise Problem("claim-unknown")
    return {"state": RELEASED, "claim_id": claim_id, "coupon_id": gone.coupon_id, "use_no": gone.use_no, "holder": None}


def give_back(connection: Connection, caller: Caller, claim_id: str, reason: str, now_ms: int) -> None:
    """Release a claim that was not redeemed; one that never arrived is noted, so that it can grant nothing later.

    Raises:
        Problem: claim-consumed, device-other.
    """
    row = uses.claim_by_id(connection, claim_id)
    if row is None:
        if connection.execute(_RELEASED_BY_ID, {"claim_id": claim_id}).one_or_none() is None:
            uses.note_release(connection, claim_id, ("", 0, caller.device), reason, now_ms)
        return
    if row.device != caller.device:
        raise Problem("device-other")
    if row.state == CONSUMED:
        raise Problem("claim-consumed")
    uses.free(connection, row, reason, now_ms)
    change_log.append(connection, [("coupon_use", (row.coupon_id, row.use_no))])


def _lost_race(connection: Connection, ground: Ground, caller: Caller, asked: Asked) -> dict[str, Any]:
    """Another transaction took the use, or the claim's id, between our look and our insert."""
    mine = uses.claim_by_id(connection, asked.claim_id)
    if mine is not None:
        return _granted_before(ground, caller, asked, mine)
    holder = uses.holder_of(connection, asked.coupon_id, asked.use_no)
    if holder is None:
        raise Problem("in-progress", retry_after_s=1)
    raise Problem("already-used", holder=holder_document(holder), next_use_no=None)


def _granted_before(ground: Ground, caller: Caller, asked: Asked, present: Row[Any]) -> dict[str, Any]:
    same = (present.coupon_id, present.use_no, present.device)
    if same != (asked.coupon_id, asked.use_no, caller.device):
        raise Problem("claim-mismatch")
    return _document(ground, asked, caller.device, present.at_ms)


def _check(facts: CouponFacts, caller: Caller, asked: Asked, now: datetime) -> None:
    # Which kind of till it is only the lane knows, and it has judged that.
    channels = facts.offer.conditions.channels if facts.offer else frozenset()
    context = TillContext(now, caller.zone, caller.store, caller.lane, channel=next(iter(channels), "counter"))
    refusal = judge.hard_refusal(facts, context)
    if refusal is not None and refusal.reason is not Reason.ALREADY_USED:
        raise Problem(PROBLEM_OF[refusal.reason])
    if asked.use_no > facts.max_uses and refusal is None:
        raise Problem("body-malformed", f"the coupon has {facts.max_uses} uses")
    if facts.member_ref and asked.member_ref and facts.member_ref != asked.member_ref:
        raise Problem("other-member")


def _check_free(facts: CouponFacts, asked: Asked, holders: Sequence[Row[Any]]) -> None:
    held = {use.use_no: use_document(use) for use in facts.uses}
    held |= {holder.use_no: holder_document(holder) for holder in holders if holder.use_no in held}
    next_use_no = facts.next_use_no()
    if asked.use_no not in held and next_use_no is not None:
        if facts.is_partial and asked.value_minor > facts.left_minor:
            raise Problem("value-exhausted", left_minor=facts.left_minor)
        return
    if not held:
        raise Problem("value-exhausted", left_minor=0)
    holder = held.get(asked.use_no) or held[max(held)]
    raise Problem("already-used", holder=holder, next_use_no=next_use_no)


def _row(caller: Caller, asked: Asked, facts: CouponFacts, now_ms: int) -> dict[str, Any]:
    return {
        "coupon_id": asked.coupon_id,
        "use_no": asked.use_no,
        "claim_id": asked.claim_id,
        "state": GRANTED,
        "device": caller.device,
        "epoch": asked.epoch,
        "seq": asked.seq,
        "store": caller.store,
        "lane": caller.lane,
        "operator": "",
        "value_minor": asked.value_minor,
        "at_ms": now_ms,
        "campaign": facts.offer.number if facts.offer else 0,
        "member_ref": asked.member_ref,
    }


def _document(ground: Ground, asked: Asked, device: str, at_ms: int) -> dict[str, Any]:
    named = {"claim_id": asked.claim_id, "coupon_id": asked.coupon_id, "use_no": asked.use_no}
    content = {**named, "device": device, "at": wire_time(from_ms(at_ms))}
    receipt = ground.keys.sign_document(DocumentPurpose.RECEIPT, content)
    return {"state": GRANTED, **named, "tier": ground.tier, "receipt": receipt}
