"""The member who stands here, with his own coupons: which can be used now, and why the others cannot."""

from dataclasses import dataclass

from pos_client.domain.basket import Basket
from pos_client.domain.coupon import CouponFacts
from pos_client.domain.judge import Refusal, TillContext, hard_refusal, quote
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import CouponOutcome

from .accounts import Accounts
from .desk import Desk
from .recognise import MemberShown, with_journal
from .till_view import MemberCard


@dataclass(frozen=True, slots=True)
class Wallet:
    """A member's coupons, judged for this moment and basket; ``facts`` by coupon id."""

    card: MemberCard
    facts: dict[str, CouponFacts]


def open_wallet(desk: Desk, member: MemberShown, basket: Basket | None) -> Wallet:
    """The member card, usable coupons first, the largest saving and the earliest expiry first."""
    own = desk.cache.coupons_of(member.cached) if member.cached else ()
    coupons = [with_journal(desk, facts) for facts in own]
    context = desk.context(desk.trusted_time(), basket, Accounts(desk).presence(member))
    outcomes = [_outcome(facts, context) for facts in coupons]
    outcomes.sort(key=lambda item: (not item.used, -item.discount_minor, item.ends is None, item.ends))
    names = {person.id: person.name for person in desk.cache.staff()}
    promoter = member.view.owner_promoter
    card = MemberCard(
        view=member.view,
        coupons=tuple(outcomes),
        owner_store_name=member.view.owner_store,
        owner_promoter_name=names.get(promoter, ""),
    )
    return Wallet(card, {facts.coupon_id: facts for facts in coupons})


def _outcome(facts: CouponFacts, context: TillContext) -> CouponOutcome:
    answer = hard_refusal(facts, context) or quote(facts, context)
    usable = not isinstance(answer, Refusal)
    return CouponOutcome(
        id=facts.coupon_id,
        used=usable,
        why=Reason.CAN_REDEEM if not isinstance(answer, Refusal) else answer.reason,
        name=facts.offer.name if facts.offer else None,
        discount_minor=0 if isinstance(answer, Refusal) else answer.discount_minor,
        ends=facts.last_day,
    )
