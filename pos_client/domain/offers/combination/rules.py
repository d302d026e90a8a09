"""Which coupons may be used on a basket at all, and which of them together; ``docs/offers.md`` sections 1 and 2.

Apart from the search because these rules look at offers, and the search only at numbers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pos_client.domain.basket import Basket
from pos_client.domain.offers.conditions import Conditions
from pos_client.domain.offers.effects import ItemEffect, MoneyEffect, money_effect
from pos_client.domain.offers.offer import Offer
from pos_client.domain.offers.thresholds import shortfall, wrong_goods
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Fact


@dataclass(frozen=True, slots=True)
class Candidate:
    """One coupon that might be used.

    Attributes:
        coupon_id: its name everywhere.
        value_minor: carried by the coupon, 0 where the offer says it.
        ends: its last day in the store's calendar; None where it has none.
    """

    coupon_id: str
    offer: Offer
    value_minor: int = 0
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """How many more coupons of one campaign a member may use, in all and today; None where nothing limits him so."""

    in_all: int | None = None
    today: int | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A coupon that is not used: why, and the facts that the reason's sentence names."""

    candidate: Candidate
    reason: Reason
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Admitted:
    """A coupon that would take money off by itself, and the places of the lines in its scope."""

    candidate: Candidate
    effect: MoneyEffect
    lines: tuple[int, ...]

    @property
    def is_item(self) -> bool:
        """Whether it takes off single pieces, and therefore before all others."""
        return isinstance(self.effect, ItemEffect)

    @property
    def campaign(self) -> int:
        """Its campaign's number."""
        return self.candidate.offer.number

    def order(self) -> tuple[bool, int, int, int, bool, date, str]:
        """Where it stands among the others when they are applied."""
        candidate = self.candidate
        return (
            not self.is_item,
            candidate.offer.stacking.order,
            candidate.offer.number,
            candidate.value_minor,
            *expiry(candidate),
            candidate.coupon_id,
        )


@dataclass(frozen=True, slots=True)
class Admission:
    """All coupons, sorted out: those that take money off, those that give other things, and those that give nothing."""

    admitted: tuple[Admitted, ...]
    beside: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]


def expiry(candidate: Candidate) -> tuple[bool, date]:
    """A key that sorts by last day; what never expires comes last."""
    return (candidate.ends is None, candidate.ends or date.max)


def admit(basket: Basket, candidates: Sequence[Candidate], caps: Mapping[int, Left]) -> Admission:
    """Judge each coupon alone: thresholds count shelf prices, so no other coupon changes the answer.

    Args:
        basket: what is bought.
        candidates: in any order.
        caps: what is left to this member of each campaign that limits him.
    """
    admitted: list[Admitted] = []
    beside: list[Candidate] = []
    left_out: list[LeftOut] = []
    scopes: dict[Conditions, tuple[int, ...]] = {}
    seen: set[str] = set()
    for candidate in sorted(candidates, key=lambda each: (each.coupon_id, each.offer.number, each.value_minor)):
        conditions = candidate.offer.conditions
        if conditions not in scopes:
            scopes[conditions] = conditions.in_scope(basket.lines)
        missing = _missing(candidate, basket, scopes[conditions], caps)
        if missing:
            left_out.append(missing)
        elif candidate.coupon_id in seen:
            left_out.append(LeftOut(candidate, Reason.REPEATED_IN_BASKET))
        elif (effect := money_effect(candidate.offer.effects)) is None:
            beside.append(candidate)
        else:
            admitted.append(Admitted(candidate, effect, scopes[conditions] if basket.lines else (0,)))
        seen.add(candidate.coupon_id)
    return Admission(tuple(sorted(admitted, key=Admitted.order)), tuple(beside), tuple(left_out))


def clash(one: Offer, other: Offer) -> bool:
    """Whether coupons of the two offers may not be used in the same purchase; an offer may clash with itself."""
    first, second = one.stacking, other.stacking
    return (
        first.exclusive
        or second.exclusive
        or (bool(first.group) and first.group == second.group)
        or other.number in first.not_with
        or one.number in second.not_with
    )


def most_of(offer: Offer, caps: Mapping[int, Left]) -> int | None:
    """How many coupons of the campaign one purchase may use; None is no limit."""
    return min((left for _, _, left in _limits(offer, caps)), default=None)


def of_limit(candidate: Candidate, caps: Mapping[int, Left]) -> LeftOut:
    """The coupon is one too many of its campaign: the first limit that says so."""
    reason, figure, _ = min(_limits(candidate.offer, caps), key=lambda limit: limit[2])
    return LeftOut(candidate, reason, {"limit": figure})


def _limits(offer: Offer, caps: Mapping[int, Left]) -> Iterator[tuple[Reason, int, int]]:
    """Each limit of a campaign: its reason, its figure, and how many more coupons it leaves."""
    conditions, left = offer.conditions, caps.get(offer.number, Left())
    if conditions.per_transaction:
        yield Reason.TRANSACTION_LIMIT, conditions.per_transaction, conditions.per_transaction
    if left.in_all is not None:
        yield Reason.MEMBER_LIMIT, offer.member_limit or left.in_all, max(0, left.in_all)
    if left.today is not None:
        yield Reason.MEMBER_DAY_LIMIT, conditions.per_member_per_day or left.today, max(0, left.today)


def _missing(candidate: Candidate, basket: Basket, places: tuple[int, ...], caps: Mapping[int, Left]) -> LeftOut | None:
    offer = candidate.offer
    if offer.unknown:
        return LeftOut(candidate, Reason.OFFER_TOO_NEW, {"detail": ", ".join(offer.unknown)[:80]})
    refusal = wrong_goods(offer, basket, places)
    if refusal is None and most_of(offer, caps) == 0:
        return of_limit(candidate, caps)
    refusal = refusal or shortfall(offer.conditions, basket, places)
    return LeftOut(candidate, refusal.reason, refusal.facts) if refusal else None
