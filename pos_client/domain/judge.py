"""The decision: pure, the same on the lane and on the server, on whatever facts it is given.

Three questions in this order. ``hard_refusal``: is it final without asking anybody? ``quote``: what would it give?
``permission_alone``: may a lane that reaches nobody grant it within its signed limits?
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from . import business_time
from .basket import Basket
from .coupon import CouponFacts
from .limits import Limits, LimitUsage, first_breach
from .money import share_out
from .offers.conditions import Conditions, MemberNeed
from .offers.effects import discount, needs_basket
from .offers.offer import Offer, OfflinePolicy
from .reasons import Reason
from .trusted_time import TimeQuality
from .verdict import Fact, LineDiscount, Use, VerdictKind

_OVER: Final = frozenset({Reason.EXPIRED, Reason.CAMPAIGN_ENDED})
_EARLY: Final = frozenset({Reason.NOT_YET_VALID, Reason.CAMPAIGN_NOT_BEGUN})


@dataclass(frozen=True, slots=True)
class MemberPresence:
    """The member who stands here, as far as he proved it.

    Attributes:
        ref: the centre's opaque id.
        tag: 16-bit tag of his number.
        level: member level.
        proof: ``slot`` (he is here now), ``card`` or ``phone`` (he was named), ``seen`` (the slot code that
            should prove it was used here in another purchase).
        code_hash: keyed hash of the slot code that he showed, empty for other codes.
        seen_s: with ``seen``, how many seconds ago that was.
    """

    ref: str
    tag: int
    level: str = ""
    proof: str = "card"
    code_hash: str = ""
    seen_s: int = 0


@dataclass(frozen=True, slots=True)
class TillContext:
    """Where and when the question is asked.

    Attributes:
        now: trusted time, aware UTC. zone: the store's IANA time zone.
        store, lane: numbers.
        basket, member: None where not known.
        leapt_from: the latest proven moment, where the clock leapt away from it (see ``trusted_time``).
    """

    now: datetime
    zone: str
    store: int
    lane: int
    basket: Basket | None = None
    member: MemberPresence | None = None
    time_quality: TimeQuality = TimeQuality.SYNCED
    leapt_from: datetime | None = None

    @property
    def today(self) -> date:
        """The store's calendar day."""
        return business_time.local_date(self.now, self.zone)

    @property
    def proven_day(self) -> date:
        """The calendar day that it is at least: today, unless the clock leapt."""
        return business_time.local_date(self.leapt_from or self.now, self.zone)


@dataclass(frozen=True, slots=True)
class Alone:
    """What a lane alone goes by: signed limits, what it has used of them, and how old its data is."""

    limits: Limits
    usage: LimitUsage
    data_age_s: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """No, and why; ``kind`` SUPERVISOR where a person may still decide."""

    reason: Reason
    facts: Mapping[str, Fact] = field(default_factory=dict)
    kind: VerdictKind = VerdictKind.REFUSED
    use: Use | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """What a redemption would give now."""

    use_no: int
    discount_minor: int
    lines: tuple[LineDiscount, ...] = ()


@dataclass(frozen=True, slots=True)
class Permission:
    """A lane alone may grant it; ``near_limit`` asks for a banner."""

    reason: Reason
    near_limit: bool = False


def hard_refusal(coupon: CouponFacts, context: TillContext) -> Refusal | None:
    """The refusals that no network and no supervisor changes, in the order a clerk needs them."""
    if not coupon.genuine:
        return Refusal(Reason.NOT_GENUINE)
    if coupon.revoked:
        return Refusal(Reason.REVOKED)
    if coupon.offer is None:
        return Refusal(Reason.CAMPAIGN_UNKNOWN)
    offer = coupon.offer
    return _used_up(coupon) or _wrong_time(coupon, offer, context) or _wrong_place(coupon, offer, context)


def quote(coupon: CouponFacts, context: TillContext) -> Quote | Refusal:
    """What the coupon gives to this basket and member, or what is missing for it."""
    offer, use_no = coupon.offer, coupon.next_use_no()
    if offer is None or use_no is None:
        return Refusal(Reason.CAMPAIGN_UNKNOWN) if offer is None else Refusal(Reason.ALREADY_USED)
    missing = _member_refusal(coupon, offer.conditions, context) or _basket_refusal(offer, context.basket)
    if missing:
        return missing
    scope = offer.conditions.scope_minor(context.basket) if context.basket else None
    off = discount(offer.effects, coupon.value_minor, scope)
    return Quote(use_no, off, _shares(offer.conditions, context.basket, off))


def permission_alone(coupon: CouponFacts, context: TillContext, value_minor: int, alone: Alone) -> Permission | Refusal:
    """Whether a lane that reaches neither centre nor store server may grant ``value_minor``."""
    suspect = _clock_refusal(coupon, context)
    if suspect:
        return suspect
    if coupon.lease and coupon.lease.store == context.store and context.now < coupon.lease.until:
        return Permission(Reason.ACCEPTED_LEASED)
    policy = _policy_refusal(coupon, context, value_minor)
    if policy:
        return policy
    return _limit_permission(coupon, value_minor, alone)


def _used_up(coupon: CouponFacts) -> Refusal | None:
    if coupon.next_use_no() is not None:
        return None
    return Refusal(Reason.ALREADY_USED, use=coupon.last_use())


def _wrong_time(coupon: CouponFacts, offer: Offer, context: TillContext) -> Refusal | None:
    """A refusal by date; one that only a clock says which cannot be believed is for a person to decide."""
    refusal = _wrong_on(context.today, coupon, offer)
    if refusal is None or context.time_quality is not TimeQuality.SUSPECT:
        return refusal
    proven = _wrong_on(context.proven_day, coupon, offer)
    is_over = proven is not None and proven.reason in _OVER
    # A clock that leapt is ahead of the truth: what it finds too early is too early.
    is_early = refusal.reason in _EARLY and context.leapt_from is not None
    return refusal if is_over or is_early else Refusal(Reason.CLOCK_SUSPECT, kind=VerdictKind.SUPERVISOR)


def _wrong_on(today: date, coupon: CouponFacts, offer: Offer) -> Refusal | None:
    conditions = offer.conditions
    if coupon.last_day and today > coupon.last_day:
        return Refusal(Reason.EXPIRED, {"last_day": coupon.last_day})
    if coupon.first_day and today < coupon.first_day:
        return Refusal(Reason.NOT_YET_VALID, {"first_day": coupon.first_day})
    if conditions.ends and today > conditions.ends:
        return Refusal(Reason.CAMPAIGN_ENDED, {"last_day": conditions.ends})
    if conditions.starts and today < conditions.starts:
        return Refusal(Reason.CAMPAIGN_NOT_BEGUN, {"first_day": conditions.starts})
    if conditions.weekdays and today.isoweekday() not in conditions.weekdays:
        return Refusal(Reason.WRONG_DAY)
    return None


def _wrong_place(coupon: CouponFacts, offer: Offer, context: TillContext) -> Refusal | None:
    if coupon.home_store not in {0, context.store}:
        return Refusal(Reason.WRONG_STORE, {"store_no": coupon.home_store})
    if offer.conditions.stores and context.store not in offer.conditions.stores:
        return Refusal(Reason.WRONG_STORE)
    lease = coupon.lease
    if lease and lease.store != context.store and (context.leapt_from or context.now) < lease.until:
        return Refusal(Reason.LEASED_ELSEWHERE, {"store_no": lease.store})
    return None


def _member_refusal(coupon: CouponFacts, conditions: Conditions, context: TillContext) -> Refusal | None:
    member = context.member
    needed = coupon.is_bound or conditions.member is not MemberNeed.NONE or conditions.levels
    if member is None:
        return Refusal(Reason.MEMBER_NEEDED) if needed else None
    if needed and member.proof == "seen":
        return Refusal(Reason.MEMBER_CODE_SEEN, {"seen_s": member.seen_s}, VerdictKind.SUPERVISOR)
    if coupon.member_ref and coupon.member_ref != member.ref:
        return Refusal(Reason.OTHER_MEMBER)
    if coupon.member_tag and coupon.member_tag != member.tag:
        return Refusal(Reason.OTHER_MEMBER)
    if conditions.levels and member.level not in conditions.levels:
        return Refusal(Reason.LEVEL_TOO_LOW)
    return None


def _basket_refusal(offer: Offer, basket: Basket | None) -> Refusal | None:
    conditions = offer.conditions
    if basket is None:
        needed = conditions.min_spend_minor or conditions.is_scoped or needs_basket(offer.effects)
        return Refusal(Reason.BASKET_NEEDED) if needed else None
    if conditions.is_scoped and basket.lines and not conditions.in_scope(basket.lines):
        return Refusal(Reason.NOTHING_IN_SCOPE)
    missing = conditions.min_spend_minor - conditions.scope_minor(basket)
    if missing > 0:
        facts = {"missing_minor": missing, "threshold_minor": conditions.min_spend_minor}
        return Refusal(Reason.BELOW_THRESHOLD, facts)
    return None


def _shares(conditions: Conditions, basket: Basket | None, off: int) -> tuple[LineDiscount, ...]:
    if basket is None or not basket.lines or not off:
        return ()
    places = conditions.in_scope(basket.lines)
    parts = share_out(off, [basket.lines[place].amount_minor for place in places])
    return tuple(
        LineDiscount(place, basket.lines[place].gtin, basket.lines[place].name, part)
        for place, part in zip(places, parts, strict=True)
    )


def _clock_refusal(coupon: CouponFacts, context: TillContext) -> Refusal | None:
    """A clock that cannot be believed matters only where one day more or less would change the answer."""
    if context.time_quality is not TimeQuality.SUSPECT:
        return None
    first, last = context.proven_day - timedelta(days=1), context.today + timedelta(days=1)
    edges = {coupon.first_day, coupon.last_day}
    weekdays: frozenset[int] = frozenset()
    if coupon.offer:
        conditions = coupon.offer.conditions
        edges |= {conditions.starts, conditions.ends}
        weekdays = conditions.weekdays
    possible = {(first + timedelta(days=day)).isoweekday() for day in range(min(7, (last - first).days + 1))}
    if any(edge and first <= edge <= last for edge in edges) or (weekdays and not weekdays >= possible):
        return Refusal(Reason.CLOCK_SUSPECT, kind=VerdictKind.SUPERVISOR)
    return None


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


def _limit_permission(coupon: CouponFacts, value_minor: int, alone: Alone) -> Permission | Refusal:
    limits = alone.limits
    stale = alone.data_age_s > limits.hard_age_s
    if stale and (coupon.code_kind != "signed_coupon" or coupon.home_store == 0):
        facts = {"age_s": alone.data_age_s}
        return Refusal(Reason.DATA_STALE, facts, VerdictKind.SUPERVISOR)
    if alone.data_age_s > limits.soft_age_s:
        limits = limits.halved()
    breach = first_breach(value_minor, alone.usage, limits)
    if breach:
        figure = "limit" if breach.reason in {Reason.LANE_COUNT_LIMIT, Reason.MEMBER_VELOCITY} else "limit_minor"
        facts = {figure: breach.limit, "value_minor": value_minor}
        return Refusal(breach.reason, facts, VerdictKind.SUPERVISOR)
    near = alone.usage.count_since_contact >= limits.lane_count_soft
    return Permission(Reason.ACCEPTED_OFFLINE, near)
