"""Money is integer minor units (fen); this module shares an amount out without losing one of them."""

from collections.abc import Sequence

Minor = int


def percent_of(amount_minor: Minor, percent_hundredths: int) -> Minor:
    """A percentage of an amount, rounded half up.

    Args:
        amount_minor: not negative.
        percent_hundredths: 1500 is 15 %.
    """
    return (amount_minor * percent_hundredths + 5_000) // 10_000


def share_out(total_minor: Minor, weights: Sequence[int]) -> list[Minor]:
    """Divide a total in proportion to weights; the parts always add up to it.

    The largest remainders get the odd fen, the earlier line first where they are equal.
    """
    whole = sum(weights)
    if whole == 0:
        return [0 for _ in weights]
    parts = [total_minor * weight // whole for weight in weights]
    remainders = [total_minor * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: (-remainders[place], place))
    for place in order[: total_minor - sum(parts)]:
        parts[place] += 1
    return parts
