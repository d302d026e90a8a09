"""What a purchase, a coupon or a binding gives beside the discount: points, stamps, coupons, codes, things.

Pure, and apart from the judge because it comes after the discount: points count what was paid. ``docs/rewards.md``
says it in words.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from .basket import Basket
from .coupon import CouponFacts
from .judge import basket_refusal, hard_refusal, quote
from .money import share_out
from .offers.conditions import Conditions
from .offers.effects import (
    Arrival,
    Effect,
    Gift,
    PassCode,
    Points,
    Reservation,
    RewardCoupon,
    Sample,
    Stamps,
)
from .offers.offer import Offer, Trigger
from .reasons import Reason
from .reward import Reward, RewardKind
from .till_context import Refusal, TillContext
from .verdict import LineDiscount

NEEDS_MEMBER: Final = frozenset({RewardKind.POINTS, RewardKind.STAMPS})


@dataclass(frozen=True, slots=True)
class Bought:
    """A basket and what each of its lines costs after all discounts; of a bare amount one figure."""

    basket: Basket
    paid_minor: tuple[int, ...]

    def in_scope_minor(self, conditions: Conditions) -> int:
        """What the lines that count cost after discounts."""
        if not self.basket.lines:
            return sum(self.paid_minor)
        return sum(self.paid_minor[place] for place in conditions.in_scope(self.basket.lines))

    @classmethod
    def after(cls, basket: Basket, off_minor: int, lines: Iterable[LineDiscount]) -> "Bought":
        """The basket after a discount: its shares by line, or as a whole where the basket has no lines."""
        if not basket.lines:
            return cls(basket, (basket.total_minor - off_minor,))
        paid = [line.amount_minor for line in basket.lines]
        for share in lines:
            paid[share.place] -= share.discount_minor
        return cls(basket, tuple(paid))

    def less(self, paid_otherwise_minor: int) -> "Bought":
        """What is left when points paid so much of it, shared out by what the lines cost."""
        shares = share_out(paid_otherwise_minor, self.paid_minor)
        return Bought(self.basket, tuple(cost - share for cost, share in zip(self.paid_minor, shares, strict=True)))


def of_offer(offer: Offer, bought: Bought | None) -> list[Reward]:
    """What one offer gives that holds: of a coupon that was used, or of an offer that a purchase set off."""
    return [reward for effect in offer.effects for reward in _given(offer, effect, bought)]


def of_event(offers: Iterable[Offer], on: Trigger, context: TillContext, bought: Bought | None) -> list[Reward]:
    """What the offers give that this event sets off; of a group that has a name only the highest step."""
    held = [offer for offer in offers if offer.on is on and holds(offer, context)]
    return [reward for offer in _highest(held) for reward in of_offer(offer, bought)]


def of_steps(steps: Iterable[Offer], basket: Basket) -> Counter[int]:
    """Coupons, by the campaign they are of, that steps give for goods that stay; of whom and when was right then."""
    held = [offer for offer in steps if offer.on is Trigger.PURCHASE and still_earned(offer, basket)]
    given: Counter[int] = Counter()
    for reward in (reward for offer in _highest(held) for reward in of_offer(offer, None)):
        given[reward.issues] += reward.amount if reward.kind is RewardKind.COUPON else 0
    return given


def still_earned(offer: Offer, kept: Basket) -> bool:
    """Whether goods that stay of a purchase still reach what its offer asks; member, day and hour were right then."""
    return offer.on is not Trigger.PURCHASE or basket_refusal(offer, kept) is None


def holds(offer: Offer, context: TillContext) -> bool:
    """Whether an offer that no coupon stands for holds for this member, basket and moment."""
    return _refusal(offer, context) is None


def waits_for_member(offers: Iterable[Offer], context: TillContext) -> bool:
    """Whether a purchase would earn something if only somebody showed who he is."""
    set_off = [offer for offer in offers if offer.on is Trigger.PURCHASE]
    refusals = [_refusal(offer, context) for offer in set_off] if context.member is None else []
    return any(refusal and refusal.reason is Reason.MEMBER_NEEDED for refusal in refusals)


def _refusal(offer: Offer, context: TillContext) -> Refusal | None:
    if context.basket and not context.basket.lines and offer.conditions.is_scoped:
        # Of a coupon the clerk vouches that the amount is that of its goods; nobody vouches for what comes by itself.
        return Refusal(Reason.NOTHING_IN_SCOPE)
    facts = CouponFacts("", "event", genuine=True, offer=replace(offer, on=Trigger.COUPON, max_uses=1, partial=False))
    answer = hard_refusal(facts, context) or quote(facts, context)
    return answer if isinstance(answer, Refusal) else None


def _highest(offers: Sequence[Offer]) -> list[Offer]:
    """Steps of one group do not add up: who reaches the higher one has left the lower one behind."""
    best: dict[str, Offer] = {}
    for offer in offers:
        group = offer.stacking.group or f"#{offer.number}"
        if group not in best or _height(offer) > _height(best[group]):
            best[group] = offer
    return sorted(best.values(), key=lambda offer: (offer.stacking.order, offer.number))


def _height(offer: Offer) -> tuple[int, int, int, int]:
    return (offer.conditions.min_spend_minor, offer.conditions.min_quantity, offer.stacking.order, offer.number)


def without(rewards: Iterable[Reward], given: Counter[int]) -> list[Reward]:
    """Rewards less the coupons (by the campaign they are of) that were given for the same goods before."""
    left, rest = Counter(given), []
    for reward in rewards:
        taken = min(reward.amount, left[reward.issues]) if reward.kind is RewardKind.COUPON else 0
        left[reward.issues] -= taken
        if reward.amount - taken > 0:
            rest.append(replace(reward, amount=reward.amount - taken))
    return rest


def _given(offer: Offer, effect: Effect, bought: Bought | None) -> list[Reward]:
    number = offer.number
    match effect:
        case Points(points, per_minor):
            steps = bought.in_scope_minor(offer.conditions) // per_minor if bought and per_minor else 0
            amount = points * steps if per_minor else points
            return [Reward(RewardKind.POINTS, number, amount, offer.name)] if amount else []
        case Stamps(card, count, needed, reward):
            return [Reward(RewardKind.STAMPS, number, count, offer.name, item=card, needed=needed, issues=reward)]
        case RewardCoupon(campaign, count):
            return [Reward(RewardKind.COUPON, number, count, issues=campaign)]
        case PassCode(campaign):
            return _pass_codes(offer, campaign, bought)
        case _:
            return _at_the_counter(number, effect)


def _at_the_counter(number: int, effect: Effect) -> list[Reward]:
    """What a person does beside: hand something over, take the balance, greet."""
    match effect:
        case Gift(item, name, quantity):
            return [Reward(RewardKind.GIFT, number, quantity, name, item=item)]
        case Sample(item, name):
            return [Reward(RewardKind.SAMPLE, number, 1, name, item=item)]
        case Reservation(item, name):
            return [Reward(RewardKind.BALANCE_DUE, number, effect.balance_minor, name, item=item)]
        case Arrival(event, name):
            return [Reward(RewardKind.ARRIVAL, number, 1, name, item=event)]
        case _:
            return []


def _pass_codes(offer: Offer, campaign: int, bought: Bought | None) -> list[Reward]:
    """One for each piece in scope, tied to its line; without lines one for the purchase."""
    lines = bought.basket.lines if bought else ()
    if not lines:
        return [Reward(RewardKind.PASS_CODE, offer.number, 1, issues=campaign)]
    return [
        Reward(RewardKind.PASS_CODE, offer.number, lines[place].quantity, place=place, issues=campaign)
        for place in offer.conditions.in_scope(lines)
    ]
