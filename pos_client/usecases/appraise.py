"""Appraise a coupon for this customer, basket and moment, without asking the network and without writing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from pos_client.domain.codes.coupon_format import Coupon8110
from pos_client.domain.coupon import CouponFacts
from pos_client.domain.judge import Quote, Refusal, TillContext, hard_refusal, needs_member, quote
from pos_client.domain.money import share_out
from pos_client.domain.offers.combination import Left
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import CouponOutcome, MemberView, Tier, Use, Verdict, VerdictKind

from .desk import Desk

OWN_SLIP: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Case:
    """One coupon before the judge.

    Attributes:
        coupon: what is known of it. context: where and when.
        token: canonical text of the code; empty where it was picked from a member's list.
        member: the member to show, where one is known.
        remaining_minor: what the purchase still costs after other coupons; None where the amount is not known.
        operator: who asks; a repeat by the same person is worded more kindly.
        planned: its part of the best combination of all coupons shown, or why it is not in it; None where it is
            judged by itself.
        paper: a maker's coupon, decoded; such a one is ``paper``'s to judge.
        taken: by place of a line, what coupons before this one take off it.
    """

    coupon: CouponFacts
    context: TillContext
    token: str
    member: MemberView | None
    operator: str = ""
    remaining_minor: int | None = None
    planned: Quote | Refusal | None = None
    paper: Coupon8110 | None = None
    taken: Mapping[int, int] = field(default_factory=dict)
    is_excused: bool = False


def appraise(desk: Desk, case: Case) -> Quote | Verdict:
    """The quote, or the refusal as a verdict."""
    if not case.coupon.coupon_id:
        return refused(desk, case, Refusal(Reason.CANNOT_VERIFY_HERE, kind=VerdictKind.SUPERVISOR))
    refusal = hard_refusal(case.coupon, case.context)
    if refusal:
        return refused(desk, case, refusal)
    # The choice knows the member's limits too, and names them in their place among its reasons.
    quoted = case.planned or _member_limit(desk, case) or quote(case.coupon, case.context)
    if isinstance(quoted, Quote):
        quoted = _unverified(desk, case) or quoted
    return refused(desk, case, quoted) if isinstance(quoted, Refusal) else _within(quoted, case.remaining_minor)


def _member_limit(desk: Desk, case: Case) -> Refusal | None:
    """A member's own limits, in all and a day, counted by this lane's book; the centre counts over all of them."""
    for limit, left, reason in _member_counts(desk, case):
        if left <= 0:
            return Refusal(reason, {"limit": limit})
    return None


def _unverified(desk: Desk, case: Case) -> Refusal | None:
    """What a member may have at most before somebody has checked that the phone number is his."""
    offer, member = case.coupon.offer, case.context.member
    if offer is None or member is None or not member.ref or member.verified or case.is_excused:
        return None
    limit = desk.trade().unverified_uses
    if not needs_member(case.coupon, offer) or desk.journal.uses_by(desk.booth.refs_of(member.ref)) < limit:
        return None
    return Refusal(Reason.UNVERIFIED_LIMIT, {"limit": limit}, VerdictKind.SUPERVISOR)


def left_for_member(desk: Desk, case: Case) -> Left:
    """How many more coupons of this campaign the member may use."""
    left = {reason: left for _, left, reason in _member_counts(desk, case)}
    return Left(left.get(Reason.MEMBER_LIMIT), left.get(Reason.MEMBER_DAY_LIMIT))


def _member_counts(desk: Desk, case: Case) -> Iterator[tuple[int, int, Reason]]:
    """Each limit that binds this member: the figure, what is left of it, and the reason when nothing is."""
    offer, member = case.coupon.offer, case.context.member
    if offer is None or member is None or not member.ref:
        return
    per_day, refs = offer.conditions.per_member_per_day, desk.booth.refs_of(member.ref)
    if offer.member_limit:
        used = sum(desk.journal.member_uses(None, ref, offer.number) for ref in refs)
        yield offer.member_limit, offer.member_limit - used, Reason.MEMBER_LIMIT
    if per_day:
        used = sum(desk.journal.member_uses(case.context.today, ref, offer.number) for ref in refs)
        yield per_day, per_day - used, Reason.MEMBER_DAY_LIMIT


def _within(quoted: Quote, remaining_minor: int | None) -> Quote:
    """A quote that takes no more off than the purchase still costs."""
    if remaining_minor is None or quoted.discount_minor <= remaining_minor:
        return quoted
    parts = share_out(remaining_minor, [line.discount_minor for line in quoted.lines])
    lines = tuple(replace(line, discount_minor=part) for line, part in zip(quoted.lines, parts, strict=True))
    return replace(quoted, discount_minor=remaining_minor, lines=lines)


def refused(desk: Desk, case: Case, refusal: Refusal, tier: Tier | None = None) -> Verdict:
    """A refusal with the words' facts: the offer's name, the store's name, the earlier use."""
    use = desk.named(refusal.use)
    facts = dict(refusal.facts)
    if isinstance(number := facts.get("store_no"), int):
        facts["store"] = desk.cache.store_name(number)
    if use and _is_own_slip(desk, case, use):
        facts["own"] = 1
    return completed(
        desk, case, Verdict(refusal.kind, refusal.reason, facts, tier=tier, use=use), used=False, discount_minor=0
    )


def _is_own_slip(desk: Desk, case: Case, use: Use) -> bool:
    """The same person at the same lane, minutes ago. Later than that it may be somebody else with a copy."""
    if use.device != desk.identity.device or use.operator != case.operator or use.at is None:
        return False
    return case.context.now - use.at <= OWN_SLIP


def completed(desk: Desk, case: Case, verdict: Verdict, *, used: bool, discount_minor: int) -> Verdict:
    """A verdict with what every verdict carries: the coupon's outcome, the member, the data's age."""
    offer = case.coupon.offer
    outcome = CouponOutcome(
        id=case.coupon.coupon_id,
        used=used,
        why=verdict.reason,
        name=offer.name if offer else None,
        discount_minor=discount_minor,
        ends=case.coupon.last_day or (offer.conditions.ends if offer else None),
        facts=verdict.facts,
    )
    freshness = desk.cache.freshness()
    return replace(
        verdict,
        coupons=(outcome,),
        member=case.member,
        discount_minor=discount_minor,
        data_as_of=freshness.as_of if freshness else None,
        code_kind=case.coupon.code_kind,
    )
