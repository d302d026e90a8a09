"""What each used coupon takes off each line, for returns; adds up to the fen.

Apart from ``heaps``, which counts the same savings by heap, because lines matter only once, at the end.
"""

from collections import defaultdict
from dataclasses import dataclass

from pos_client.domain.basket import Basket
from pos_client.domain.line_shares import on_lines
from pos_client.domain.money import share_out
from pos_client.domain.verdict import LineDiscount

from .nodes import Solution
from .puzzle import Puzzle
from .rules import Candidate


@dataclass(frozen=True, slots=True)
class Applied:
    """A coupon that is used.

    Attributes:
        saving_minor: what it takes off.
        lines: each line's share, in the basket's order; empty where only the amount is known.
        pieces: how many single pieces it takes, 0 for a scope-wide coupon.
    """

    candidate: Candidate
    saving_minor: int
    lines: tuple[LineDiscount, ...]
    pieces: int = 0


def applied(basket: Basket, solution: Solution) -> tuple[Applied, ...]:
    """The used coupons in the order in which they apply."""
    puzzle = solution.puzzle
    remains = [line.amount_minor for line in basket.lines] or [basket.total_minor]
    by_piece = _pieces(basket, puzzle, solution)
    found = []
    for place in puzzle.places(solution.used):
        wide = puzzle.wides[place]
        if wide is None:
            shares, pieces = by_piece[place]
        else:
            shares, pieces = _wide_shares(puzzle, place, solution.used, remains), 0
        for line, off in shares.items():
            remains[line] -= off
        lines = on_lines(basket, {line: off for line, off in shares.items() if off}) if basket.lines else ()
        found.append(Applied(puzzle.coupons[place].candidate, sum(shares.values()), lines, pieces))
    return tuple(found)


def _pieces(basket: Basket, puzzle: Puzzle, solution: Solution) -> dict[int, tuple[dict[int, int], int]]:
    """By item coupon, what it takes off lines, and how many pieces."""
    standing = [list(kind.lines) for kind in puzzle.kinds]
    left = {line: basket.lines[line].quantity for kind in puzzle.kinds for line in kind.lines}
    found: dict[int, tuple[dict[int, int], int]] = {}
    for taker, kinds in sorted(solution.given.items()):
        alike = puzzle.takers[taker]
        members = [place for place in alike.coupons if puzzle.bits[place] & solution.used]
        offs: list[tuple[int, int]] = []
        for kind in sorted(kinds, key=lambda kind: (-alike.offs[kind], kind)):
            for _ in range(kinds[kind]):
                while not left[standing[kind][0]]:
                    standing[kind].pop(0)
                left[standing[kind][0]] -= 1
                offs.append((standing[kind][0], alike.offs[kind]))
        for number, place in enumerate(members):
            shares: dict[int, int] = defaultdict(int)
            own = offs[number * alike.units : (number + 1) * alike.units]
            for line, off in own:
                shares[line] += off
            found[place] = (dict(shares), len(own))
    return found


def _wide_shares(puzzle: Puzzle, place: int, used: int, remains: list[int]) -> dict[int, int]:
    """Shares first over heaps of lines that the same further coupons reach, then over the lines of a heap."""
    wide, later = puzzle.wides[place], used & (puzzle.bits[place] - 1)
    keys: dict[int, int] = dict.fromkeys(puzzle.coupons[place].lines, 0)
    for other in puzzle.places(later):
        for line in puzzle.coupons[other].lines:
            if line in keys:
                keys[line] |= puzzle.bits[other]
    heaps: dict[int, list[int]] = defaultdict(list)
    for line, key in keys.items():
        heaps[key].append(line)
    order = sorted(heaps, reverse=True)
    sums = [sum(remains[line] for line in heaps[key]) for key in order]
    off = wide.off(sum(sums)) if wide else 0
    shares: dict[int, int] = {}
    for key, part in zip(order, share_out(off, sums), strict=True):
        lines = heaps[key]
        shares.update(zip(lines, share_out(part, [remains[line] for line in lines]), strict=True))
    return shares
