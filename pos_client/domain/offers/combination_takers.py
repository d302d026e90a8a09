"""What item coupons take, in the figures of a plan: which heaps it lessens, and what a piece is worth in them.

Apart from ``combination_search``, which decides, and from ``combination_pieces``, which knows no money.
"""

from collections.abc import Mapping

from .combination_heaps import Plan
from .combination_pieces import Matching, Pair
from .combination_puzzle import Puzzle

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


def low_amounts(puzzle: Puzzle, turns: Plan, high: list[int], alive: int) -> list[int]:
    """Amounts of the heaps with all taken off that item coupons could take off them."""
    if not puzzle.takers:
        return high
    low = list(high)
    for taker in puzzle.takers:
        count = sum(1 for place in taker.coupons if puzzle.bits[place] & alive)
        left = dict.fromkeys(range(len(low)), count * taker.units) if count else {}
        for kind, off in taker.offs.items():
            heap = turns.heap_of[puzzle.kinds[kind].cell]
            taken = min(left.get(heap, 0), puzzle.kinds[kind].count)
            if taken:
                left[heap] -= taken
                low[heap] -= taken * off
    return [max(0, amount) for amount in low]


def matching(
    puzzle: Puzzle,
    turns: Plan,
    worth: list[float],
    coupons: int,
    least: Mapping[Pair, int],
    most: Mapping[Pair, int],
) -> Matching:
    """The matching of a set's item coupons with pieces, not yet solved."""
    units = {
        number: taker.units * count
        for number, taker in enumerate(puzzle.takers)
        if (count := sum(1 for place in taker.coupons if puzzle.bits[place] & coupons))
    }
    wanted = sum(units.values()) + 1
    kinds = {number: _ranked(puzzle, turns, worth, number, wanted + len(most)) for number in units}
    for taker, kind in least:
        if kind not in kinds[taker]:
            kinds[taker][kind] = _value(puzzle, turns, worth, taker, kind)
    counts = {kind: puzzle.kinds[kind].count for ranked in kinds.values() for kind in ranked}
    return Matching(kinds, units, counts, least, most)


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
    values = [(-_value(puzzle, turns, worth, taker, kind), kind) for kind in puzzle.takers[taker].offs]
    ranked, pieces = {}, 0
    for value, kind in sorted(values):
        if pieces >= wanted:
            break
        ranked[kind] = -value
        pieces += puzzle.kinds[kind].count
    return ranked


def _value(puzzle: Puzzle, turns: Plan, worth: list[float], taker: int, kind: int) -> float:
    heap = turns.heap_of[puzzle.kinds[kind].cell]
    share = worth[heap] if heap >= 0 else 1.0
    return puzzle.takers[taker].offs[kind] * max(share, _LEAST_WORTH)
