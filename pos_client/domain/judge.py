"""The decision: pure, the same on the lane and on the server, on whatever facts it is given.

Three questions in this order. ``hard_refusal``: is it final without asking anybody? ``quote``: what would it give?
``permission_alone``: may a lane that reaches nobody grant it within its signed limits?
"""

from .basket import Basket
from .calendar_rules import clock_refusal, wrong_time
from .coupon import CouponFacts
from .limits import first_breach
from .line_shares import in_proportion
from .offers.conditions import Conditions, MemberNeed
from .offers.effects import discount, needs_basket
from .offers.offer import Offer, OfflinePolicy, Trigger
from .offers.thresholds import shortfall, wrong_goods
from .reasons import Reason
from .till_context import Alone, MemberPresence, Permission, Quote, Refusal, TillContext
from .verdict import LineDiscount, VerdictKind

__all__ = [
    "Alone",
    "MemberPresence",
    "Permission",
    "Quote",
    "Refusal",
    "TillContext",
    "basket_refusal",
    "hard_refusal",
    "member_refusal",
    "needs_member",
    "permission_alone",
    "quote",
    "settled_in_store",
]


def hard_refusal(coupon: CouponFacts, context: TillContext) -> Refusal | None:
    """The refusals that no network and no supervisor changes, in the order a clerk needs them."""
    offer, no_coupon = coupon.offer, _no_coupon(coupon)
    if not coupon.readable and no_coupon is None:
        return Refusal(Reason.CANNOT_VERIFY_HERE, kind=VerdictKind.SUPERVISOR)
    if offer is None or no_coupon:
        return no_coupon or Refusal(Reason.CAMPAIGN_UNKNOWN)
    refusal = _used_up(coupon) or wrong_time(coupon, offer, context) or _wrong_place(coupon, offer, context)
    if refusal is None and offer.unknown:
        # What a newer centre means by it may be just what forbids it: a person, or a newer program, must look.
        return Refusal(Reason.OFFER_TOO_NEW, {"detail": ", ".join(offer.unknown)[:80]}, VerdictKind.SUPERVISOR)
    return refusal


def _no_coupon(coupon: CouponFacts) -> Refusal | None:
    """It is none that anybody was given."""
    if not coupon.genuine:
        return Refusal(Reason.NOT_GENUINE)
    if coupon.revoked:
        return Refusal(Reason.REVOKED)
    if not coupon.issued:
        return Refusal(Reason.COUPON_NOT_ISSUED)
    # Such an offer gives by itself when something is done.
    gives_by_itself = coupon.offer is not None and coupon.offer.on is not Trigger.COUPON
    return Refusal(Reason.NO_COUPON_OFFER) if gives_by_itself else None


def quote(coupon: CouponFacts, context: TillContext) -> Quote | Refusal:
    """What the coupon gives to this basket and member, or what is missing for it."""
    offer, use_no = coupon.offer, coupon.next_use_no()
    if offer is None or use_no is None:
        return Refusal(Reason.CAMPAIGN_UNKNOWN) if offer is None else Refusal(Reason.ALREADY_USED)
    missing = member_refusal(coupon, offer, context) or basket_refusal(offer, context.basket)
    if missing is None and coupon.is_partial and context.basket is None:
        # How much of it is used is what the purchase costs.
        missing = Refusal(Reason.BASKET_NEEDED)
    if missing:
        return missing
    scope = offer.conditions.scope_minor(context.basket) if context.basket else None
    off = discount(offer.effects, coupon.left_minor if coupon.is_partial else coupon.value_minor, scope)
    return Quote(use_no, off, _shares(offer.conditions, context.basket, off))


def permission_alone(coupon: CouponFacts, context: TillContext, value_minor: int, alone: Alone) -> Permission | Refusal:
    """Whether a lane that reaches neither centre nor store server may grant ``value_minor``."""
    suspect = clock_refusal(coupon, context)
    if suspect:
        return suspect
    over = _over_part(coupon, alone)
    if over:
        return over
    if coupon.lease and coupon.lease.store == context.store and context.now < coupon.lease.until:
        return Permission(Reason.ACCEPTED_LEASED)
    policy = _policy_refusal(coupon, context, value_minor) or _too_old(coupon, context, alone)
    if policy:
        return policy
    return _limit_permission(value_minor, alone)


def settled_in_store(coupon: CouponFacts, context: TillContext) -> bool:
    """Whether no other store can use it now, so that the word of this store's own server is the last one.

    It belongs to this store, or it is lent to it. A lease that may be over by a clock that leapt proves nothing.
    """
    lease = coupon.lease
    is_lent_here = lease is not None and lease.store == context.store and context.now < lease.until
    return coupon.home_store == context.store or (is_lent_here and context.leapt_from is None)


def _used_up(coupon: CouponFacts) -> Refusal | None:
    if coupon.next_use_no() is not None:
        return None
    return Refusal(Reason.ALREADY_USED, use=coupon.last_use())


def _wrong_place(coupon: CouponFacts, offer: Offer, context: TillContext) -> Refusal | None:
    if coupon.home_store not in {0, context.store}:
        return Refusal(Reason.WRONG_STORE, {"store_no": coupon.home_store})
    if offer.conditions.stores and context.store not in offer.conditions.stores:
        return Refusal(Reason.WRONG_STORE)
    if offer.conditions.channels and context.channel not in offer.conditions.channels:
        return Refusal(Reason.WRONG_CHANNEL)
    lease = coupon.lease
    if lease and lease.store != context.store and (context.leapt_from or context.now) < lease.until:
        return Refusal(Reason.LEASED_ELSEWHERE, {"store_no": lease.store})
    return None


def needs_member(coupon: CouponFacts, offer: Offer) -> bool:
    """Whether it is for members only; whoever shows it without being one gets nothing."""
    return coupon.is_bound or _asks_for_a_member(offer)


def member_refusal(coupon: CouponFacts, offer: Offer, context: TillContext) -> Refusal | None:
    """Why it is not for whoever stands here, or None."""
    member = context.member
    needed = needs_member(coupon, offer)
    if member is None:
        return Refusal(Reason.MEMBER_NEEDED) if needed else None
    if needed and member.proof == "seen":
        return Refusal(Reason.MEMBER_CODE_SEEN, {"seen_s": member.seen_s}, VerdictKind.SUPERVISOR)
    is_other = coupon.member_ref and coupon.member_ref != member.ref
    if is_other or (coupon.member_tag and coupon.member_tag != member.tag):
        return Refusal(Reason.OTHER_MEMBER)
    return _not_this_member(offer, member)


def _not_this_member(offer: Offer, member: MemberPresence) -> Refusal | None:
    """What the offer asks of a member that this one is not, or has not."""
    conditions = offer.conditions
    if conditions.levels and member.level not in conditions.levels:
        return Refusal(Reason.LEVEL_TOO_LOW)
    if conditions.new_member and not member.is_new:
        return Refusal(Reason.NEW_MEMBERS_ONLY)
    if member.points < offer.points_price:
        facts = {"missing": offer.points_price - member.points, "balance": member.points}
        return Refusal(Reason.POINTS_SHORT, facts)
    return None


def _asks_for_a_member(offer: Offer) -> bool:
    """Whether somebody must be known: the offer says so, counts what he used, or takes his points."""
    conditions = offer.conditions
    counted = conditions.per_member or conditions.per_member_per_day or offer.points_price
    return bool(conditions.member is not MemberNeed.NONE or conditions.levels or conditions.new_member or counted)


def basket_refusal(offer: Offer, basket: Basket | None) -> Refusal | None:
    """What the goods lack for an offer, or None."""
    conditions = offer.conditions
    if basket is None:
        scoped = conditions.min_spend_minor or conditions.min_quantity or conditions.is_scoped
        return Refusal(Reason.BASKET_NEEDED) if scoped or needs_basket(offer.effects) else None
    places = conditions.in_scope(basket.lines)
    return wrong_goods(offer, basket, places) or shortfall(conditions, basket, places)


def _shares(conditions: Conditions, basket: Basket | None, off: int) -> tuple[LineDiscount, ...]:
    if basket is None or not basket.lines or not off:
        return ()
    return in_proportion(basket, conditions.in_scope(basket.lines), off)


def _over_part(coupon: CouponFacts, alone: Alone) -> Refusal | None:
    """A limited campaign is given out where it is counted; a lane alone has its own part of it, or none."""
    if coupon.offer is None or not coupon.offer.conditions.total_uses or alone.is_counted:
        return None
    if alone.part_left is None:
        return Refusal(Reason.NETWORK_NEEDED)
    return None if alone.part_left > 0 else Refusal(Reason.QUOTA_EXHAUSTED)


def _policy_refusal(coupon: CouponFacts, context: TillContext, value_minor: int) -> Refusal | None:
    offer = coupon.offer
    if offer is None or offer.offline is OfflinePolicy.DENY:
        return Refusal(Reason.NETWORK_NEEDED)
    if offer.offline is OfflinePolicy.HOME_STORE and coupon.home_store != context.store:
        return Refusal(Reason.NETWORK_NEEDED)
    if offer.offline is OfflinePolicy.UP_TO and value_minor > offer.offline_value_minor:
        facts = {"limit_minor": offer.offline_value_minor, "value_minor": value_minor}
        return Refusal(Reason.OVER_FLOOR_VALUE, facts, VerdictKind.SUPERVISOR)
    return None


def _too_old(coupon: CouponFacts, context: TillContext, alone: Alone) -> Refusal | None:
    """Data that is past its hard age proves only what the code says by itself; a campaign may want it fresher still."""
    age, own_bound = alone.data_age_s, coupon.offer.offline_max_age_s if coupon.offer else 0
    says_it_all = coupon.code_kind == "signed_coupon" and coupon.home_store != 0
    is_stale = age > alone.limits.hard_age_s and not (says_it_all and not _rests_on_member_data(coupon, context))
    if is_stale or 0 < own_bound < age:
        return Refusal(Reason.DATA_STALE, {"age_s": age}, VerdictKind.SUPERVISOR)
    return None


def _rests_on_member_data(coupon: CouponFacts, context: TillContext) -> bool:
    """Whether this store's data must say who he is or what he has; a slot code proves the number by itself."""
    offer = coupon.offer
    if offer is None or not needs_member(coupon, offer):
        return False
    conditions, is_here = offer.conditions, context.member is not None and context.member.proof == "slot"
    return not is_here or bool(conditions.levels or conditions.new_member or offer.points_price)


def _limit_permission(value_minor: int, alone: Alone) -> Permission | Refusal:
    limits = alone.limits
    if alone.data_age_s > limits.soft_age_s:
        limits = limits.halved()
    breach = first_breach(value_minor, alone.usage, limits)
    if breach:
        figure = "limit" if breach.reason in {Reason.LANE_COUNT_LIMIT, Reason.MEMBER_VELOCITY} else "limit_minor"
        facts = {figure: breach.limit, "value_minor": value_minor}
        return Refusal(breach.reason, facts, VerdictKind.SUPERVISOR)
    near = alone.usage.count_since_contact >= limits.lane_count_soft
    return Permission(Reason.ACCEPTED_OFFLINE, near)
