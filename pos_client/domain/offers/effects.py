"""What an offer gives: money off, a thing to hand over, points, stamps, or a right to something later.

Effects are data. Only the first that takes money off decides the discount; the others are given beside it.
"""

from dataclasses import dataclass
from typing import Final

from pos_client.domain.local_text import LocalText
from pos_client.domain.money import percent_of

# A percentage of 100, in hundredths.
WHOLE_PRICE: Final = 10_000


@dataclass(frozen=True, slots=True)
class AmountOff:
    """Money off the scope (满减, 现金抵用, 红包); 0 means that the coupon itself carries the value."""

    amount_minor: int


@dataclass(frozen=True, slots=True)
class PercentOff:
    """A percentage off the scope's amount (折扣), in hundredths of a percent; ``cap_minor`` 0 is no cap."""

    percent_hundredths: int
    cap_minor: int = 0


@dataclass(frozen=True, slots=True)
class ItemOff:
    """Money off single pieces (单品): off each of at most ``units`` pieces in scope, never more than the piece costs.

    Attributes:
        percent_hundredths: of the piece's price; used where ``amount_minor`` is 0.
        amount_minor: off each piece.
    """

    units: int = 1
    percent_hundredths: int = 0
    amount_minor: int = 0

    def off(self, unit_minor: int) -> int:
        """Money off one piece."""
        return (
            min(unit_minor, self.amount_minor) if self.amount_minor else percent_of(unit_minor, self.percent_hundredths)
        )


@dataclass(frozen=True, slots=True)
class FixedPrice:
    """Pieces for a fixed price (换购, 兑换): each of at most ``units`` pieces in scope costs that; 0 is free."""

    price_minor: int
    units: int = 1

    def off(self, unit_minor: int) -> int:
        """Money off one piece."""
        return max(0, unit_minor - self.price_minor)


@dataclass(frozen=True, slots=True)
class Gift:
    """A prize or gift to hand over (奖品, 赠品)."""

    item: str
    name: LocalText
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample to hand over (试用装): once for each member and campaign, whatever the offer's other limits say."""

    item: str
    name: LocalText


@dataclass(frozen=True, slots=True)
class Points:
    """Points to the member: ``points`` once, or for each full ``per_minor`` of what the scope costs after discounts."""

    points: int
    per_minor: int = 0


@dataclass(frozen=True, slots=True)
class Stamps:
    """Stamps on a card (集点卡): ``count`` on the card ``card``; a full one has ``needed`` and earns ``reward``."""

    card: str
    count: int
    needed: int
    reward: int


@dataclass(frozen=True, slots=True)
class RewardCoupon:
    """Coupons of another campaign for the next purchase, issued at once."""

    campaign: int
    count: int = 1


@dataclass(frozen=True, slots=True)
class PassCode:
    """A pass code (通关密码) of a campaign, tied to one line of the purchase and good once."""

    campaign: int


@dataclass(frozen=True, slots=True)
class Reservation:
    """Goods that were reserved (预约): the deposit is paid, the balance is due when they are collected."""

    item: str
    name: LocalText
    price_minor: int
    deposit_minor: int

    @property
    def balance_minor(self) -> int:
        """What is still to be paid."""
        return self.price_minor - self.deposit_minor


@dataclass(frozen=True, slots=True)
class Arrival:
    """The holder has come to an event or appointment (到店)."""

    event: str
    name: LocalText


WideEffect = AmountOff | PercentOff
ItemEffect = ItemOff | FixedPrice
MoneyEffect = WideEffect | ItemEffect
Effect = MoneyEffect | Gift | Sample | Points | Stamps | RewardCoupon | PassCode | Reservation | Arrival


def money_effect(effects: tuple[Effect, ...]) -> MoneyEffect | None:
    """The effect that decides the discount: the first that takes money off."""
    return next((effect for effect in effects if isinstance(effect, MoneyEffect)), None)


def needs_basket(effects: tuple[Effect, ...]) -> bool:
    """Whether what it gives cannot be known without what is bought."""
    return any(isinstance(effect, PercentOff | ItemEffect) for effect in effects)


def discount(effects: tuple[Effect, ...], coupon_value_minor: int, scope_minor: int | None) -> int:
    """Money off the scope as a whole, in minor units; single pieces are ``combination``'s business.

    Args:
        effects: the offer's effects, in order.
        coupon_value_minor: the value on the coupon itself, 0 where the offer says it.
        scope_minor: amount of the lines that the offer is for; None where nothing is known of the basket.

    Returns:
        Never more than the scope's amount.
    """
    effect = money_effect(effects)
    if isinstance(effect, AmountOff):
        amount = coupon_value_minor or effect.amount_minor
        return amount if scope_minor is None else min(amount, scope_minor)
    if isinstance(effect, PercentOff):
        off = percent_of(scope_minor or 0, effect.percent_hundredths)
        return min(off, effect.cap_minor) if effect.cap_minor else off
    return 0


def reservation(effects: tuple[Effect, ...]) -> Reservation | None:
    """The goods that were reserved, None where there are none."""
    return next((effect for effect in effects if isinstance(effect, Reservation)), None)


def gifts(effects: tuple[Effect, ...]) -> tuple[Gift | Sample, ...]:
    """The things to hand over."""
    return tuple(effect for effect in effects if isinstance(effect, Gift | Sample))


def things(effects: tuple[Effect, ...]) -> tuple[Gift | Sample | Reservation, ...]:
    """Everything that lies at a booth because of an offer: what is handed over, and what was reserved."""
    booked = reservation(effects)
    return (*gifts(effects), booked) if booked else gifts(effects)
