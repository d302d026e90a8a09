"""The most that any choice can still save: what coupons would take off if fen could be divided.

Divided fen make it simple. Each scope-wide coupon is then a map of what remains of the heaps to what remains after it;
it never raises an amount, keeps the order of amounts, and brings two states never farther apart in sum. It follows that
more coupons never leave more to pay, that a further coupon saves at most what it would take off in its turn, and that
what pieces cost less is saved at most at the rate ``worth`` at which it still counts after all coupons. The fen that
rounding can add is ``slack``. Figures are floats, bounds from above; savings are counted in ``heaps``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pos_client.domain.offers.effects import WHOLE_PRICE

from .heaps import Plan, Step

# Worths that differ by less are the same but for the arithmetic.
_EQUAL: Final = 1e-9
Turn = tuple[list[float], list[float], float, float]
Rates = tuple[tuple[float, float] | None, float]


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The relaxed course of a plan.

    Attributes:
        saved: by the coupons that are taken for granted, off the full amounts.
        worth: by heap, how much of a fen less in it is a fen less to pay, at most.
        gains: by coupon that is not taken for granted, what it could add at most.
        losses: by coupon that is taken for granted, what is lost without it at least.
        slack: how much more than this rounding to fen can save.
    """

    saved: float
    worth: list[float]
    gains: dict[int, float]
    losses: dict[int, float]
    slack: float


def relax(plan: Plan, granted: Sequence[bool], high: Sequence[float], low: Sequence[float]) -> Relaxed:
    """Follow a plan with fen divided.

    Args:
        plan: the turns of all coupons that may be used.
        granted: by turn, whether the coupon is used in any case; else it may be.
        high: amounts of the heaps, no further piece taken off.
        low: amounts of the heaps with all pieces taken off that could be.
    """
    upper, lower = list(high), list(low)
    turns = []
    for step, sure in zip(plan.steps, granted, strict=True):
        turns.append(_forward(step, upper, lower, sure=sure))
    saved = sum(high) - sum(upper)
    return _backward(plan, granted, turns, saved)


def _forward(step: Step, upper: list[float], lower: list[float], *, sure: bool) -> Turn:
    """One turn: amounts of the groups before it, from above and below, and their sums."""
    groups = step.groups
    most = [sum([upper[place] for place in group]) for group in groups]
    least = [sum([lower[place] for place in group]) for group in groups]
    total_most, total_least = sum(most), sum(least)
    keep = 1 - _off(step, total_most) / total_most if sure and total_most > 0 else 1.0
    keep_least = 1 - _off(step, total_least) / total_least if total_least > 0 else 1.0
    for number, group in enumerate(groups):
        for place in group:
            upper[place] = lower[place] = 0.0
        upper[group[0]] = most[number] * keep
        lower[group[0]] = least[number] * keep_least
    return most, least, total_most, total_least


def _off(step: Step, total: float) -> float:
    return min(total * step.wide.rate / WHOLE_PRICE, step.wide.cap)


def _backward(plan: Plan, granted: Sequence[bool], turns: list[Turn], saved: float) -> Relaxed:
    """From the last turn to the first: how much a fen less in a heap still counts, at most and at least."""
    worth, least = [1.0] * len(plan.amounts), [1.0] * len(plan.amounts)
    gains: dict[int, float] = {}
    losses: dict[int, float] = {}
    slack = 0.0
    for step, sure, turn in zip(reversed(plan.steps), reversed(granted), reversed(turns), strict=True):
        after = [worth[group[0]] for group in step.groups]
        floor = min([least[group[0]] for group in step.groups])
        mean = _heaviest_mean(after, turn[0], turn[1])
        if sure:
            losses[step.coupon] = _off(step, turn[3]) * floor
        else:
            gains[step.coupon] = _off(step, turn[2]) * mean
        slack += _rounding(step, after, [least[group[0]] for group in step.groups])
        capped, rate = rates = _rates(step, turn[2], turn[3])
        first, last = capped or (0.0, 0.0)
        for number, group in enumerate(step.groups):
            lam, low = after[number], least[group[0]]
            now = max(lam + first * (mean - lam), lam + last * (mean - lam)) if capped else (1 - rate) * lam
            bottom = _bottom(low, floor, rates)
            for place in group:
                worth[place] = now if sure else max(now, lam)
                least[place] = bottom if sure else min(bottom, low)
    return Relaxed(saved, worth, gains, losses, slack)


def _rates(step: Step, most: float, least: float) -> Rates:
    """The rates at which the cap, while it binds, takes off; none where it cannot bind; and the rate without a cap."""
    rate, cap = step.wide.rate / WHOLE_PRICE, step.wide.cap
    if most * rate <= cap:
        return None, rate
    return (cap / most, min(rate, cap / least) if least > 0 else rate), rate


def _bottom(low: float, floor: float, rates: Rates) -> float:
    """The least that a fen less in this heap still counts, before the turn.

    Where the cap binds, a fen less in one heap shifts the discount to the others; where it does not, the rate applies.
    """
    capped, rate = rates
    if not capped:
        return (1 - rate) * low
    shifted = low + capped[1] * (floor - low)
    return min(shifted, (1 - rate) * low) if capped[1] >= rate else shifted


def _heaviest_mean(values: list[float], most: list[float], least: list[float]) -> float:
    """The greatest mean of values whose weights lie between ``least`` and ``most``."""
    if len(values) == 1:
        return values[0]
    order = sorted(range(len(values)), key=lambda number: -values[number])
    weight = sum(least)
    total = sum([value * amount for value, amount in zip(values, least, strict=True)])
    best = total / weight if weight > 0 else 0.0
    for number in order:
        more = most[number] - least[number]
        weight, total = weight + more, total + more * values[number]
        if weight > 0:
            best = max(best, total / weight)
    return best if weight > 0 else values[order[0]]


def _rounding(step: Step, most: list[float], least: list[float]) -> float:
    """Fen that rounding in this turn can add: half a fen of the discount, and odd fen in the wrong heap.

    Of n heaps, any s together get at most s (n - s) / n too much by largest remainders. What that is worth is added up
    over levels: at each, the heaps count that are worth more; ``most`` and ``least`` say which surely are, or may be.
    """
    odd = 0.0 if step.wide.rate == WHOLE_PRICE else 0.5 * max(most)
    heaps = len(most)
    if heaps == 1:
        return odd
    levels = sorted({*most, *least})
    if levels[-1] - levels[0] < _EQUAL:
        return odd + (levels[-1] - levels[0]) * heaps
    for below, level in pairwise(levels):
        surely = sum([worth >= level for worth in least])
        perhaps = sum([worth >= level for worth in most])
        some = min(max(heaps // 2, surely), perhaps)
        odd += (level - below) * some * (heaps - some) / heaps
    return odd
