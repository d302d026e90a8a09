"""Basket and coupons as the numbers that the search works on: bit masks, heaps of lines, kinds of pieces.

A coupon is one bit; the one that is applied first has the highest. Lines that the same scope-wide coupons reach are one
cell; pieces of the same price in the same cell that the same item coupons may take are one kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pos_client.domain.money import percent_of

from .rules import Admitted

NO_CAP: Final = 1 << 60


@dataclass(frozen=True, slots=True)
class Wide:
    """A scope-wide coupon: a percentage up to a cap. An amount is 100 % up to itself."""

    rate: int
    cap: int

    def off(self, total: int) -> int:
        """Money off a scope of which that much remains."""
        return min(percent_of(total, self.rate), self.cap, total)


@dataclass(frozen=True, slots=True)
class Taker:
    """Item coupons that are alike.

    Attributes:
        coupons: their places, the one that is used first in front.
        units: how many pieces each takes at most.
        offs: money off a piece, by kind, the most first.
        most_off: the most that all of them can take off a cell; ``most``, off anything.
    """

    coupons: tuple[int, ...]
    units: int
    offs: Mapping[int, int]
    most_off: Mapping[int, int]
    most: int


@dataclass(frozen=True, slots=True)
class Kind:
    """Pieces that nothing tells apart: their cell, how many, and the lines that they stand on."""

    cell: int
    count: int
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Puzzle:
    """What is to be solved.

    Attributes:
        coupons: admitted coupons in the order in which they apply, item coupons first; their numbers are their places.
        bits: the bit of each coupon.
        wides: by coupon, None for item coupons.
        takers, taker_of: item coupons that are alike are one taker; by coupon, -1 for scope-wide ones.
        cells: for each heap of lines the bits of the scope-wide coupons that reach it, and its amount.
        kinds: kinds of pieces that item coupons may take.
        costs: by coupon; among sets that save the same, the one with the smallest sum is used.
        clashes: by coupon, the bits of those that it cannot be used with.
        runs: by coupon, the bits of coupons like it that are used before it, and of those that are used after it.
        capped: bits of a campaign's coupons, and how many of them may be used.
        buckets: coupons, each in one, of which only so many can be used.
        exclusive: bits of coupons that are used alone or not at all.
        idle: bits of coupons that would save nothing, or are more of their kind than can be used.
        alone: by coupon, what it would save alone; nothing makes it save more.
    """

    coupons: tuple[Admitted, ...]
    bits: tuple[int, ...]
    wides: tuple[Wide | None, ...]
    takers: tuple[Taker, ...]
    taker_of: tuple[int, ...]
    cells: tuple[tuple[int, int], ...]
    kinds: tuple[Kind, ...]
    costs: tuple[int, ...]
    clashes: tuple[int, ...]
    runs: tuple[tuple[int, int], ...]
    capped: tuple[tuple[int, int], ...]
    buckets: tuple[tuple[int, int], ...]
    exclusive: int
    idle: int
    alone: tuple[int, ...]

    @property
    def everything(self) -> int:
        """All bits."""
        return (1 << len(self.bits)) - 1

    def places(self, mask: int) -> list[int]:
        """The coupons whose bits are set, in the order in which they apply."""
        return [place for place, bit in enumerate(self.bits) if mask & bit]

    def cost(self, mask: int) -> int:
        """Sum of the costs of a set."""
        return sum(self.costs[place] for place in self.places(mask))
