"""How scope-wide coupons take money off, to the fen: ``docs/offers.md`` section 4.

A heap is the lines that the same further coupons will reach. A discount is shared over the heaps of its scope, and what
happens inside a heap changes no later discount; so a few numbers stand for all lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pos_client.domain.money import share_out

from .puzzle import Puzzle, Wide


@dataclass(frozen=True, slots=True)
class Step:
    """One scope-wide coupon's turn.

    Attributes:
        coupon: its place.
        groups: places of the amounts that form a heap from here on, for each heap of its scope; afterwards the first
            place of a group holds all that remains of the heap.
    """

    coupon: int
    wide: Wide
    groups: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The turns of a set of scope-wide coupons; ``heap_of`` is a cell's place among ``amounts``, -1 if it has none."""

    steps: tuple[Step, ...]
    heap_of: tuple[int, ...]
    amounts: tuple[int, ...]


def plan(puzzle: Puzzle, mask: int) -> Plan:
    """The turns of the scope-wide coupons in ``mask``."""
    places: dict[int, int] = {}
    heap_of: list[int] = []
    amounts: list[int] = []
    for key, amount in puzzle.cells:
        heap = key & mask
        place = places.setdefault(heap, len(places)) if heap else -1
        heap_of.append(place)
        if place == len(amounts):
            amounts.append(amount)
        elif place >= 0:
            amounts[place] += amount
    heaps = [(key, [place]) for key, place in places.items()]
    steps = []
    for coupon in range(len(puzzle.bits)):
        wide, bit = puzzle.wides[coupon], puzzle.bits[coupon]
        if wide is not None and mask & bit:
            groups, heaps = _turn(heaps, bit)
            steps.append(Step(coupon, wide, groups))
    return Plan(tuple(steps), tuple(heap_of), tuple(amounts))


def _turn(
    heaps: list[tuple[int, list[int]]], bit: int
) -> tuple[tuple[tuple[int, ...], ...], list[tuple[int, list[int]]]]:
    """Heaps that this coupon reaches, as they are from now on; and all heaps that are left to later ones."""
    merged: dict[int, list[int]] = {}
    rest: list[tuple[int, list[int]]] = []
    for key, places in heaps:
        if key & bit:
            merged.setdefault(key & (bit - 1), []).extend(places)
        else:
            rest.append((key, places))
    groups = tuple(tuple(merged[key]) for key in sorted(merged, reverse=True))
    left = [(key, places[:1]) for key, places in merged.items() if key]
    return groups, left + rest


def settle(plan: Plan, amounts: Sequence[int]) -> list[int]:
    """Take the coupons' money off.

    Args:
        plan: the coupons' turns.
        amounts: of each heap, before any scope-wide coupon.

    Returns:
        What each coupon of the plan saves, in turn.
    """
    remains = list(amounts)
    saved = []
    for step in plan.steps:
        sums = [sum([remains[place] for place in group]) for group in step.groups]
        total = sum(sums)
        off = step.wide.off(total)
        saved.append(off)
        shares = share_out(off, sums) if len(sums) > 1 and off else [off]
        for number, group in enumerate(step.groups):
            for place in group:
                remains[place] = 0
            remains[group[0]] = sums[number] - (shares[number] if off else 0)
    return saved
