"""A discount as the shares of the lines that it was taken off, so that a return knows what was paid for each.

Apart from those who reckon discounts, three of them, because their shares must have one form.
"""

from collections.abc import Mapping, Sequence

from .basket import Basket
from .money import share_out
from .verdict import LineDiscount


def on_lines(basket: Basket, shares: Mapping[int, int]) -> tuple[LineDiscount, ...]:
    """Shares in minor units by the place of their line, as the basket's lines, in its order."""
    return tuple(
        LineDiscount(place, basket.lines[place].gtin, basket.lines[place].name, share)
        for place, share in sorted(shares.items())
    )


def in_proportion(basket: Basket, places: Sequence[int], off_minor: int) -> tuple[LineDiscount, ...]:
    """So much off the lines at ``places`` as a whole, shared out by what they cost."""
    parts = share_out(off_minor, [basket.lines[place].amount_minor for place in places])
    return on_lines(basket, dict(zip(places, parts, strict=True)))
