"""A coupon 8110 judged against a basket under the store's paper policy, by this lane alone and without a claim.

The code has no secret and, mostly, no serial number, so nobody can say whether it was used before: it is taken as
paper, where the store's policy takes such paper at all. The clerk keeps the piece, the report says that no claim stands
behind it, and what the till cannot see (weights, family codes that its data lacks, rules of combination) is a
person's decision, never a guess. Apart from the judge of our own coupons because none of its facts exist here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Final

from pos_client.domain.basket import Basket, BasketLine
from pos_client.domain.line_shares import on_lines
from pos_client.domain.money import percent_of, share_out
from pos_client.domain.reasons import Reason
from pos_client.domain.till_context import Refusal
from pos_client.domain.verdict import LineDiscount, VerdictKind

from .coupon_format import Coupon8110, PurchaseRule, Requirement, RequirementKind, SaveKind
from .gs1_date import date_of

ALL_FAMILIES: Final = "000"
_GTIN_LENGTH: Final = 14


@dataclass(frozen=True, slots=True)
class PaperPolicy:
    """Which coupons of manufacturers a store takes as paper.

    Attributes:
        is_taken: whether it takes any; no store does before its centre says so.
        companies: GS1 company prefixes that pay for theirs; nobody else's is taken.
        currency: ISO 4217, that of the save values; a basket in another one is refused.
        retailer_ids: the chain's own company prefixes and GLNs, for coupons of one retailer.
        families: family code by GTIN of 14 digits, as the companies tell them.
        limit_minor: above it a supervisor decides; 0 is no limit.
    """

    is_taken: bool = False
    companies: frozenset[str] = frozenset()
    currency: str = "USD"
    retailer_ids: frozenset[str] = frozenset()
    families: Mapping[str, str] = field(default_factory=dict)
    limit_minor: int = 0


@dataclass(frozen=True, slots=True)
class PaperQuote:
    """The coupon is taken as paper and kept.

    Attributes:
        discount_minor: what it saves.
        lines: the same, shared out over the lines on which it saves.
        once: it may not be multiplied.
    """

    discount_minor: int
    lines: tuple[LineDiscount, ...]
    once: bool
    reason: Reason = Reason.ACCEPTED_PAPER


class _Met(IntEnum):
    NO = 0
    UNSEEN = 1
    YES = 2


@dataclass(frozen=True, slots=True)
class _Finding:
    """Whether a requirement is met, by which lines of the basket, and what is missing where it is not."""

    met: _Met
    places: tuple[int, ...]
    missing: Refusal


def judge_paper(
    coupon: Coupon8110,
    policy: PaperPolicy,
    basket: Basket | None,
    today: date,
    taken: Mapping[int, int] | None = None,
) -> PaperQuote | Refusal:
    """What the coupon saves on this basket, or why it is not taken.

    Args:
        coupon: decoded.
        policy: the store's.
        basket: None where it is not known.
        today: the store's calendar day.
        taken: by place, what other coupons take off a line already. What the coupon asks for counts shelf prices.
    """
    refusal = _not_taken(coupon, policy) or _wrong_day(coupon, today)
    if refusal:
        return refusal
    if basket is None or not basket.lines:
        return Refusal(Reason.LINES_NEEDED)
    if basket.currency != policy.currency:
        return Refusal(Reason.PAPER_OTHER_CURRENCY, {"currency": policy.currency})
    findings = [_find(requirement, policy, basket) for requirement in coupon.requirements]
    met = _together(coupon.rule, findings)
    if met is _Met.NO:
        return next(finding.missing for finding in findings if finding.met is _Met.NO)
    target = _target(coupon, findings)
    if met is _Met.UNSEEN or target is None:
        return Refusal(Reason.PAPER_CHECK_GOODS, kind=VerdictKind.SUPERVISOR)
    return _saved(coupon, policy, basket, target.places, taken or {})


def _not_taken(coupon: Coupon8110, policy: PaperPolicy) -> Refusal | None:
    if not policy.is_taken:
        return Refusal(Reason.PAPER_NOT_TAKEN)
    if coupon.company not in policy.companies:
        return Refusal(Reason.PAPER_COMPANY_UNKNOWN, {"company": coupon.company})
    if coupon.retailer and coupon.retailer not in policy.retailer_ids:
        return Refusal(Reason.PAPER_OTHER_RETAILER)
    return None


def _wrong_day(coupon: Coupon8110, today: date) -> Refusal | None:
    if coupon.expires and today > (last := date_of(coupon.expires, today)):
        return Refusal(Reason.EXPIRED, {"last_day": last})
    if coupon.starts and today < (first := date_of(coupon.starts, today)):
        return Refusal(Reason.NOT_YET_VALID, {"first_day": first})
    return None


def _find(requirement: Requirement, policy: PaperPolicy, basket: Basket) -> _Finding:
    sure, unseen = _goods(requirement, policy, basket)
    if requirement.kind is RequirementKind.PIECES:
        count = [line.quantity for line in basket.lines]
    elif requirement.kind in {RequirementKind.AMOUNT_OF_ITEMS, RequirementKind.AMOUNT_OF_BASKET}:
        count = [line.amount_minor for line in basket.lines]
    else:
        return _Finding(_Met.UNSEEN, sure, Refusal(Reason.NOTHING_IN_SCOPE))
    if requirement.kind is RequirementKind.AMOUNT_OF_BASKET:
        sure, unseen = tuple(range(len(basket.lines))), ()
    have, perhaps = sum(count[place] for place in sure), sum(count[place] for place in unseen)
    if have >= requirement.value and sure:
        return _Finding(_Met.YES, sure, Refusal(Reason.NOTHING_IN_SCOPE))
    met = _Met.UNSEEN if unseen and have + perhaps >= requirement.value else _Met.NO
    return _Finding(met, sure, _missing(requirement, have + perhaps))


def _goods(requirement: Requirement, policy: PaperPolicy, basket: Basket) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Places of the lines that surely are meant, and of those whose family code is not known here."""
    sure, unseen = [], []
    for place, line in enumerate(basket.lines):
        number = line.gtin.zfill(_GTIN_LENGTH)
        if not number[1:].startswith(requirement.company):
            continue
        family = policy.families.get(number)
        if requirement.family in {ALL_FAMILIES, family}:
            sure.append(place)
        elif family is None or _may_sum_up(requirement.family, family):
            unseen.append(place)
    return tuple(sure), tuple(unseen)


def _may_sum_up(wanted: str, family: str) -> bool:
    """Companies may use a code that ends in zeros for all codes with the same beginning; only they know whether."""
    return wanted.endswith("0") and family.startswith(wanted.rstrip("0"))


def _missing(requirement: Requirement, have: int) -> Refusal:
    if not have:
        return Refusal(Reason.NOTHING_IN_SCOPE)
    missing = requirement.value - have
    if requirement.kind is RequirementKind.PIECES:
        return Refusal(Reason.TOO_FEW_PIECES, {"missing": missing, "threshold": requirement.value})
    return Refusal(Reason.BELOW_THRESHOLD, {"missing_minor": missing, "threshold_minor": requirement.value})


def _together(rule: PurchaseRule | None, findings: list[_Finding]) -> _Met:
    met = [finding.met for finding in findings]
    if len(met) == 1:
        return met[0]
    if rule is PurchaseRule.ANY:
        return max(met)
    if rule is PurchaseRule.ALL:
        return min(met)
    if rule is PurchaseRule.FIRST_AND_ONE:
        return min(met[0], max(met[1:]))
    # Goods counted together, or no rule in the code: a person reads what is printed, unless nothing fits at all.
    return min(max(met), _Met.UNSEEN)


def _target(coupon: Coupon8110, findings: list[_Finding]) -> _Finding | None:
    """On which goods it saves; None where that, or which piece counts for what, is not for a till to say."""
    met = [finding for finding in findings if finding.met is _Met.YES]
    if coupon.store_coupon or not met or coupon.applies_to >= len(findings):
        return None
    if coupon.rule is not PurchaseRule.ANY:
        places = [place for finding in met for place in finding.places]
        if len(places) != len(set(places)):
            return None
    elif coupon.save_kind in {SaveKind.AMOUNT, SaveKind.AMOUNT_OF_BASKET}:
        # The same amount off whichever goods were bought.
        return met[0]
    target = findings[coupon.applies_to]
    return target if target in met else None


def _saved(
    coupon: Coupon8110, policy: PaperPolicy, basket: Basket, places: tuple[int, ...], taken: Mapping[int, int]
) -> PaperQuote | Refusal:
    if coupon.save_kind is SaveKind.AMOUNT_OF_BASKET:
        places = tuple(range(len(basket.lines)))
    lines = [basket.lines[place] for place in places]
    remains = [line.amount_minor - taken.get(place, 0) for place, line in zip(places, lines, strict=True)]
    off = min(_value(coupon, lines), sum(remains))
    if not off:
        return Refusal(Reason.BETTER_WITHOUT)
    if policy.limit_minor and off > policy.limit_minor:
        facts = {"limit_minor": policy.limit_minor, "value_minor": off}
        return Refusal(Reason.OVER_FLOOR_VALUE, facts, VerdictKind.SUPERVISOR)
    shares = dict(zip(places, share_out(off, remains), strict=True))
    return PaperQuote(off, on_lines(basket, shares), coupon.once)


def _value(coupon: Coupon8110, lines: list[BasketLine]) -> int:
    """What it saves before it is cut to the goods' price; free pieces are the cheapest, as the trade does."""
    if coupon.save_kind in {SaveKind.AMOUNT, SaveKind.AMOUNT_OF_BASKET}:
        return coupon.save_value
    requirement = coupon.requirements[coupon.applies_to]
    if coupon.save_kind is SaveKind.FREE_ITEM:
        price = _cheapest(lines, 1)
        return min(price, coupon.save_value) if coupon.save_value else price
    if coupon.save_kind is SaveKind.FREE_ITEMS:
        return _cheapest(lines, coupon.save_value)
    base = sum(line.amount_minor for line in lines)
    if requirement.kind is RequirementKind.PIECES:
        base = _cheapest(lines, requirement.value)
    return percent_of(base, coupon.save_value * 100)


def _cheapest(lines: list[BasketLine], count: int) -> int:
    """The price of the ``count`` cheapest pieces."""
    price, left = 0, count
    for line in sorted(lines, key=lambda line: line.unit_minor):
        taken = min(left, line.quantity)
        price, left = price + taken * line.unit_minor, left - taken
    return price
