"""Finds the set of coupons that saves most, and proves it: best-first branch and bound.

A node is what has been decided. Coupons that clash with nothing that is still open are taken for granted, because more
coupons never cost more, but for rounding; where rounding or a tie leaves room for another choice, that is tried too.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from heapq import heappop, heappush

from .bound import relax
from .heaps import Plan, plan, settle
from .kinds import coarser
from .nodes import NEARLY, Assessed, Node, Settled, Solution
from .pieces import Pair
from .puzzle import Puzzle
from .takers import low_amounts, off_elsewhere, off_of, offered, top_value, used_of
from .ways import Ways

# More kinds of pieces than a settled set can take that are kept as choices.
_SPARE = 1 << 30
# How often the choices of a settled set are thinned out.
_ROUNDS = 6


class Search:
    """One search for one puzzle."""

    def __init__(self, puzzle: Puzzle, is_time_up: Callable[[], bool]) -> None:
        self._puzzle = puzzle
        self._is_time_up = is_time_up
        self._plans: dict[int, Plan] = {}
        self._wide = sum(bit for bit, wide in zip(puzzle.bits, puzzle.wides, strict=True) if wide)
        self._open: list[tuple[int, int, Assessed]] = []
        self._tried: dict[tuple[int, ...], Solution] = {}
        self.best = Solution(0, 0, 0, {}, puzzle)
        self.latest = self.best
        self.bound = 0
        self.nodes = 0

    def run(self) -> None:
        """Search until the best is proven or time is up; ``bound`` is then the most that any set can save."""
        puzzle = self._puzzle
        closed = puzzle.idle | puzzle.exclusive
        self._push(Node(0, closed))
        for bit in puzzle.bits:
            if bit & puzzle.exclusive & ~puzzle.idle:
                self._push(Node(bit, puzzle.everything & ~bit))
        while self._open and not self._is_time_up():
            _, _, assessed = heappop(self._open)
            if not self._is_hopeless(assessed.most(), self._cheapest(assessed)):
                self._open_up(assessed)
        self.bound = max([self.best.saving, *(assessed.most() for _, _, assessed in self._open)])

    def _open_up(self, assessed: Assessed) -> None:
        """Assess what is in a node; where time runs out amid this, the node itself stays open."""
        for node in self._branches(assessed):
            if self._is_time_up():
                self._keep(assessed)
                return
            self._push(node)

    def _keep(self, assessed: Assessed) -> None:
        self.nodes += 1
        heappush(self._open, (-assessed.most(), -self.nodes, assessed))

    def with_coupon(self, place: int) -> Solution | None:
        """The best set as far as it goes with this coupon, and what else fits; None where the coupon saves nothing."""
        puzzle = self._puzzle
        chosen, best = puzzle.bits[place], self.best.used
        others = puzzle.places(puzzle.everything & ~puzzle.idle & ~chosen)
        for other in sorted(others, key=lambda each: (not puzzle.bits[each] & best, -puzzle.alone[each], each)):
            if self._fits(other, chosen):
                chosen |= puzzle.bits[other]
        turns = self._plan(chosen & self._wide)
        pieces = offered(puzzle, turns, [1.0] * len(turns.amounts), chosen).matching()
        self._consider(puzzle, chosen, pieces.given)
        return self.latest if self.latest.used & puzzle.bits[place] else None

    def _push(self, node: Node) -> None:
        assessed = self.assess(node)
        if not self._is_hopeless(assessed.most(), self._puzzle.cost(node.sure)):
            self._keep(assessed)

    def _is_hopeless(self, most: int, cost: int) -> bool:
        """Whether nothing in a node can be chosen before the best so far."""
        return most < self.best.saving or (most == self.best.saving and cost >= self.best.cost)

    def _cheapest(self, assessed: Assessed) -> int:
        """The least that a solution in the node costs: of coupons without which it does not save enough."""
        needed = assessed.node.sure
        for place, loss in assessed.relaxed.losses.items():
            if assessed.most(loss) < self.best.saving:
                needed |= self._puzzle.bits[place]
        return self._puzzle.cost(needed)

    def assess(self, node: Node) -> Assessed:
        """What the node can save at most; a solution in it is tried at once."""
        self.nodes += 1
        puzzle = self._puzzle
        alive = puzzle.everything & ~node.out
        granted = alive & ~self._contested(alive, node.sure)
        turns = self._plan(alive & self._wide)
        low = low_amounts(puzzle, turns, alive)
        sure = [bool(granted & puzzle.bits[step.coupon]) for step in turns.steps]
        relaxed = relax(turns, sure, turns.amounts, low)
        pieces = offered(puzzle, turns, relaxed.worth, granted).matching()
        gains = dict(relaxed.gains)
        for place in puzzle.places(alive & ~granted & ~self._wide):
            gains[place] = top_value(puzzle, turns, relaxed.worth, place)
        bound = relaxed.saved + relaxed.slack + pieces.value + self._most_of(gains, node.sure)
        cover = sum(turns.amounts) + off_elsewhere(puzzle, turns, alive)
        assessed = Assessed(node, granted, gains, turns, relaxed, pieces, bound, cover)
        self._try(assessed)
        return assessed

    def _assess_pieces(self, node: Node, settled: Settled) -> Assessed:
        """The same where the set is settled and only pieces are still to be given."""
        relaxed = settled.relaxed
        pieces = settled.offered.matching()
        bound = relaxed.saved + relaxed.slack + pieces.value
        self._consider(settled.puzzle, settled.coupons, pieces.given)
        return Assessed(node, settled.coupons, {}, settled.turns, relaxed, pieces, bound, settled.cover)

    def _plan(self, mask: int) -> Plan:
        if mask not in self._plans:
            self._plans[mask] = plan(self._puzzle, mask)
        return self._plans[mask]

    def _contested(self, alive: int, sure: int) -> int:
        """Coupons that would shut out others that are still open, and are not decided."""
        puzzle = self._puzzle
        found = 0
        for bit, clashing in zip(puzzle.bits, puzzle.clashes, strict=True):
            if bit & alive and clashing & alive:
                found |= bit
        for mask, limit in puzzle.capped:
            if (mask & alive).bit_count() > limit:
                found |= mask & alive
        return found & ~sure

    def _most_of(self, gains: dict[int, float], sure: int) -> float:
        """What open coupons can add at most, those left aside that shut each other out."""
        total = 0.0
        for mask, limit in self._puzzle.buckets:
            values = sorted([gain for place, gain in gains.items() if mask & self._puzzle.bits[place]], reverse=True)
            total += sum(values[: limit - (mask & sure).bit_count()])
        return total

    def _try(self, assessed: Assessed) -> None:
        """Try the set that takes open coupons by what they could add."""
        puzzle, chosen = self._puzzle, assessed.granted
        for place, _ in sorted(assessed.gains.items(), key=lambda item: (-item[1], item[0])):
            if self._fits(place, chosen):
                chosen |= puzzle.bits[place]
        pieces = assessed.pieces
        if chosen & ~assessed.granted & ~self._wide:
            pieces = offered(puzzle, assessed.turns, assessed.relaxed.worth, chosen).matching()
        self._consider(puzzle, chosen, pieces.given)

    def _fits(self, place: int, chosen: int) -> bool:
        """Whether a coupon may be added to a set."""
        puzzle = self._puzzle
        bit = puzzle.bits[place]
        return not puzzle.clashes[place] & chosen and not any(
            mask & bit and (mask & chosen).bit_count() >= limit for mask, limit in puzzle.capped
        )

    def _consider(self, puzzle: Puzzle, chosen: int, given: dict[int, dict[int, int]]) -> None:
        """Count what a set saves, to the fen; a coupon that saves nothing in it is not used."""
        used = used_of(puzzle, chosen, given)
        pairs = {(taker, kind): count for taker, kinds in given.items() for kind, count in kinds.items()}
        by_pieces = sum([puzzle.takers[taker].offs[kind] * count for (taker, kind), count in pairs.items()])
        wide, dropped = chosen & self._wide, -1
        while dropped:
            turns = self._plan(wide)
            off = off_of(puzzle, turns, pairs)
            key = (wide, used, by_pieces, *off)
            if key in self._tried:
                self.latest = self._tried[key]
                return
            saved = settle(turns, [amount - less for amount, less in zip(turns.amounts, off, strict=True)])
            dropped = sum(
                [puzzle.bits[step.coupon] for step, minor in zip(turns.steps, saved, strict=True) if not minor]
            )
            wide &= ~dropped
        self.latest = Solution(by_pieces + sum(saved), puzzle.cost(used | wide), used | wide, given, puzzle)
        self._tried[key] = self.latest
        if self.latest.beats(self.best):
            self.best = self.latest

    def _branches(self, assessed: Assessed) -> Iterator[Node]:
        """Nodes that together hold every other choice in this one."""
        puzzle, node = self._puzzle, assessed.node
        if assessed.gains:
            most = max(assessed.gains, key=lambda place: (assessed.gains[place], -place))
            alike = puzzle.runs[most][0] & ~puzzle.idle & ~node.sure
            place = puzzle.places(alike)[0] if alike else most
            yield self._without(node, place)
            yield self._with(node, place)
            return
        losses = assessed.relaxed.losses
        for place in sorted(losses, key=lambda place: -puzzle.costs[place]):
            if not node.sure & puzzle.bits[place]:
                if not self._is_hopeless(assessed.most(losses[place]), puzzle.cost(node.sure)):
                    yield self._without(node, place)
                node = self._with(node, place)
        self._settle(assessed, node)

    def _settle(self, assessed: Assessed, node: Node) -> None:
        """Give the pieces of a settled set in its own, coarser puzzle; where time runs out, this stays open."""
        pieces = assessed.pieces
        least = min([*pieces.entries().values(), *pieces.fewer().values()], default=assessed.cover)
        if assessed.most(least) < self.best.saving:
            return
        settled = self._settled(assessed, self._puzzle, frozenset())
        cost = self._puzzle.cost(node.sure)
        now = self._assess_pieces(node, settled)
        for _ in range(_ROUNDS):
            hopeless = frozenset(
                (taker, kind)
                for (taker, kind), loss in now.pieces.entries().items()
                if kind not in now.pieces.given[taker] and self._is_hopeless(now.most(loss), cost)
            )
            if not hopeless:
                break
            settled = self._settled(assessed, settled.puzzle, hopeless)
            now = self._assess_pieces(node, settled)
        if not self._is_hopeless(now.most(), cost) and not self._try_all_ways(now, settled):
            self._keep(now)

    def _settled(self, assessed: Assessed, finer: Puzzle, hopeless: frozenset[Pair]) -> Settled:
        """The set with what is left of its choices; fewer choices leave the amounts less uncertain."""
        turns = assessed.turns
        puzzle = coarser(finer, turns, assessed.granted, hopeless)
        low = low_amounts(puzzle, turns, assessed.granted)
        relaxed = relax(turns, [True] * len(turns.steps), turns.amounts, low)
        choice = offered(puzzle, turns, relaxed.worth, assessed.granted, spare=_SPARE)
        return Settled(puzzle, assessed.granted, turns, relaxed, choice, assessed.cover)

    def _try_all_ways(self, assessed: Assessed, settled: Settled) -> bool:
        """Try all ways to give pieces that could beat the best so far; false where time ran out."""
        cost = self._puzzle.cost(self._needed(assessed, settled.puzzle))
        ways = Ways(settled.puzzle, settled.turns, settled.offered, assessed.pieces)
        most = settled.relaxed.saved + settled.relaxed.slack + ways.total + NEARLY

        def allowed() -> float:
            return most - self.best.saving - (cost >= self.best.cost)

        for given in ways.all(allowed, self._is_time_up):
            if given is None:
                return False
            self._consider(settled.puzzle, settled.coupons, given)
        return True

    def _needed(self, assessed: Assessed, puzzle: Puzzle) -> int:
        """Coupons of a settled set without which it saves less than the best so far."""
        needed = assessed.node.sure
        for taker, loss in assessed.pieces.fewer().items():
            if assessed.most(loss) < self.best.saving:
                used = -(-sum(assessed.pieces.given[taker].values()) // puzzle.takers[taker].units)
                needed |= sum(puzzle.bits[place] for place in puzzle.takers[taker].coupons[:used])
        return needed

    def _with(self, node: Node, place: int) -> Node:
        """The node with a coupon used, those like it that come first, and none that it shuts out."""
        puzzle = self._puzzle
        sure = node.sure | puzzle.bits[place] | (puzzle.runs[place][0] & ~puzzle.idle)
        out = node.out | (puzzle.clashes[place] & ~sure)
        for mask, limit in puzzle.capped:
            if (mask & sure).bit_count() >= limit:
                out |= mask & ~sure
        return replace(node, sure=sure, out=out)

    def _without(self, node: Node, place: int) -> Node:
        """The node without a coupon, and without those like it that would be used after it."""
        puzzle = self._puzzle
        return replace(node, out=node.out | puzzle.bits[place] | puzzle.runs[place][1])
