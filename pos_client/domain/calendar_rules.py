"""Whether a coupon is in time: its days, its campaign's days and hours; and what a doubtful clock leaves open.

Apart from the judge because a clock that cannot be believed has rules of its own (PROTOCOL 3.7).
"""

from datetime import date, timedelta
from typing import Final

from .coupon import CouponFacts
from .offers.offer import Offer
from .reasons import Reason
from .till_context import Refusal, TillContext
from .trusted_time import TimeQuality
from .verdict import VerdictKind

_OVER: Final = frozenset({Reason.EXPIRED, Reason.CAMPAIGN_ENDED})
_EARLY: Final = frozenset({Reason.NOT_YET_VALID, Reason.CAMPAIGN_NOT_BEGUN})


def wrong_time(coupon: CouponFacts, offer: Offer, context: TillContext) -> Refusal | None:
    """A refusal by date; one that only a clock says which cannot be believed is for a person to decide."""
    refusal = _wrong_on(context.today, coupon, offer)
    if refusal is None and not offer.conditions.is_open_at(context.clock):
        refusal = Refusal(Reason.WRONG_HOUR)
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


def clock_refusal(coupon: CouponFacts, context: TillContext) -> Refusal | None:
    """A clock that cannot be believed matters only where one day more or less would change the answer."""
    if context.time_quality is not TimeQuality.SUSPECT:
        return None
    first, last = context.proven_day - timedelta(days=1), context.today + timedelta(days=1)
    edges = {coupon.first_day, coupon.last_day}
    weekdays: frozenset[int] = frozenset()
    has_hours = False
    if coupon.offer:
        conditions = coupon.offer.conditions
        edges |= {conditions.starts, conditions.ends}
        weekdays, has_hours = conditions.weekdays, bool(conditions.hours)
    possible = {(first + timedelta(days=day)).isoweekday() for day in range(min(7, (last - first).days + 1))}
    at_edge = any(edge and first <= edge <= last for edge in edges)
    if at_edge or has_hours or (weekdays and not weekdays >= possible):
        return Refusal(Reason.CLOCK_SUSPECT, kind=VerdictKind.SUPERVISOR)
    return None
