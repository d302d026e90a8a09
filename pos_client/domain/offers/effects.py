"""What an offer gives: an amount off, a percentage with a cap, or a thing to hand over."""

from dataclasses import dataclass
from typing import Final

from pos_client.domain.local_text import LocalText
from pos_client.domain.money import percent_of

# A percentage of 100, in hundredths.
WHOLE_PRICE: Final = 10_000


@dataclass(frozen=True, slots=True)
class AmountOff:
    """Money off; 0 means that the coupon itself carries the value."""

    amount_minor: int


@dataclass(frozen=True, slots=True)
class PercentOff:
    """A percentage off the scope's amount, in hundredths of a percent; ``cap_minor`` 0 is no cap."""

    percent_hundredths: int
    cap_minor: int = 0


@dataclass(frozen=True, slots=True)
class Gift:
    """A sample or prize to hand over."""

    item: str
    name: LocalText


Effect = AmountOff | PercentOff | Gift


def needs_basket(effects: tuple[Effect, ...]) -> bool:
    """Whether the discount cannot be known without what is bought."""
    return any(isinstance(effect, PercentOff) for effect in effects)


def discount(effects: tuple[Effect, ...], coupon_value_minor: int, scope_minor: int | None) -> int:
    """Money off in minor units.

    Args:
        effects: the offer's effects, in order.
        coupon_value_minor: the value on the coupon itself, 0 where the offer says it.
        scope_minor: amount of the lines that the offer is for; None where nothing is known of the basket.

    Returns:
        Never more than the scope's amount.
    """
    for effect in effects:
        if isinstance(effect, AmountOff):
            amount = coupon_value_minor or effect.amount_minor
            return amount if scope_minor is None else min(amount, scope_minor)
        if isinstance(effect, PercentOff):
            off = percent_of(scope_minor or 0, effect.percent_hundredths)
            return min(off, effect.cap_minor) if effect.cap_minor else off
    return 0


def gifts(effects: tuple[Effect, ...]) -> tuple[Gift, ...]:
    """The things to hand over."""
    return tuple(effect for effect in effects if isinstance(effect, Gift))
