"""What item coupons take, in the figures of a plan: which heaps it lessens, and what a piece is worth in them.

Apart from ``search``, which decides, and from ``pieces``, which knows no money.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .heaps import Plan
from .pieces import Matching, Pair
from .puzzle import Puzzle

# A piece that is free in the end is still worth this to the coupon that takes it: so that nothing is left untaken.
_LEAST_WORTH = 1e-6


def off_of(puzzle: Puzzle, turns: Plan, pairs: Mapping[Pair, int]) -> list[int]:
    """What given pieces take off each heap."""
    off = [0] * len(turns.amounts)
    for (taker, kind), count in pairs.items():
        heap = turns.heap_of[puzzle.kinds[kind].cell]
        if heap >= 0:
            off[heap] += puzzle.takers[taker].offs[kind] * count
    return off


def used_of(puzzle: Puzzle, chosen: int, given: Mapping[int, Mapping[int, int]]) -> int:
    """The item coupons of a set that given pieces need: of those that are alike, the first ones."""
    used = 0
    for taker, kinds in given.items():
        alike = puzzle.takers[taker]
        wanted = -(-sum(kinds.values()) // alike.units)
        for place in alike.coupons if wanted else ():
            if puzzle.bits[place] & chosen and wanted:
                used |= puzzle.bits[place]
                wanted -= 1
    return used


def low_amounts(puzzle: Puzzle, turns: Plan, alive: int) -> list[int]:
    """Amounts of the heaps with all taken off, and more, that item coupons could take off them."""
    low = list(turns.amounts)
    for taker in puzzle.takers:
        if any(puzzle.bits[place] & alive for place in taker.coupons):
            off: dict[int, int] = {}
            for cell, most in taker.most_off.items():
                heap = turns.heap_of[cell]
                off[heap] = off.get(heap, 0) + most
            off.pop(-1, None)
            for heap, most in off.items():
                low[heap] -= min(most, taker.most)
    return [max(0, amount) for amount in low]


@dataclass(frozen=True, slots=True)
class Offered:
    """What a set's item coupons may take: by taker, values of kinds and how many pieces; by kind, how many exist."""

    worth: dict[int, dict[int, float]]
    units: dict[int, int]
    counts: dict[int, int]

    def matching(self) -> Matching:
        """The most valuable matching."""
        return Matching(self.worth, dict(self.units), dict(self.counts)).solve()


def offered(puzzle: Puzzle, turns: Plan, worth: list[float], coupons: int, *, spare: int = 1) -> Offered:
    """What the item coupons of a set may take; ``spare`` pieces more than they can."""
    units = {
        number: taker.units * count
        for number, taker in enumerate(puzzle.takers)
        if (count := sum([1 for place in taker.coupons if puzzle.bits[place] & coupons]))
    }
    wanted = sum(units.values()) + spare
    kinds = {number: _ranked(puzzle, turns, worth, number, wanted) for number in units}
    counts = {kind: puzzle.kinds[kind].count for ranked in kinds.values() for kind in ranked}
    return Offered(kinds, units, counts)


def top_value(puzzle: Puzzle, turns: Plan, worth: list[float], place: int) -> float:
    """The most that one item coupon can add."""
    number = puzzle.taker_of[place]
    left, total = puzzle.takers[number].units, 0.0
    for kind, value in _ranked(puzzle, turns, worth, number, left).items():
        taken = min(left, puzzle.kinds[kind].count)
        left, total = left - taken, total + taken * value
    return total


def off_elsewhere(puzzle: Puzzle, turns: Plan, alive: int) -> int:
    """The most that item coupons can take off lines that no scope-wide coupon of the plan reaches."""
    total = 0
    for taker in puzzle.takers:
        left = taker.units * sum(1 for place in taker.coupons if puzzle.bits[place] & alive)
        for kind, off in taker.offs.items() if left else ():
            if turns.heap_of[puzzle.kinds[kind].cell] < 0:
                taken = min(left, puzzle.kinds[kind].count)
                left, total = left - taken, total + taken * off
    return total


def _ranked(puzzle: Puzzle, turns: Plan, worth: list[float], taker: int, wanted: int) -> dict[int, float]:
    """Values of the pieces that a taker may want, the best first; more than ``wanted`` pieces nobody needs."""
    shares = [max(worth[heap], _LEAST_WORTH) if heap >= 0 else 1.0 for heap in turns.heap_of]
    kinds = puzzle.kinds
    values = [(-off * shares[kinds[kind].cell], kind) for kind, off in puzzle.takers[taker].offs.items()]
    ranked, pieces = {}, 0
    for value, kind in sorted(values):
        if pieces >= wanted:
            break
        ranked[kind] = -value
        pieces += kinds[kind].count
    return ranked
