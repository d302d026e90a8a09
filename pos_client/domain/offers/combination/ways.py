"""All ways to give pieces to a settled set's item coupons that could still be the best: each result once.

Many ways to give pieces take the same off each heap, and then save the same. So takers are gone through one after the
other, and what they have taken so far is kept only as far as it matters: what is off each heap, and what is left of
pieces that later takers want. Dual prices of the best matching say what each deviation costs at least.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import add, le
from typing import Final

from .heaps import Plan
from .pieces import Matching
from .puzzle import Puzzle
from .takers import Offered

Given = dict[int, dict[int, int]]
# What matters of pieces given so far, with what is lost by it at least and one way to give them.
States = dict[tuple[int, ...], tuple[float, Given]]
_PATIENCE: Final = 256


@dataclass(frozen=True, slots=True)
class Option:
    """What one taker may take, what that loses at least, and what it adds to a state."""

    loss: float
    kinds: dict[int, int]
    adds: tuple[int, ...]


class Ways:
    """Ways to give pieces near the best matching.

    A state counts what is off each heap, what is off the rest, how many coupons of each taker are used, and how many
    pieces are taken of the kinds that several takers want.
    """

    def __init__(self, puzzle: Puzzle, turns: Plan, offered: Offered, best: Matching) -> None:
        self._puzzle = puzzle
        self._turns = turns
        self._offered = offered
        self._prices = best.prices()
        self._rents = {
            taker: max([0.0, *(worth - self._prices[kind] for kind, worth in kinds.items())])
            for taker, kinds in offered.worth.items()
        }
        self._takers = sorted(offered.worth, key=lambda taker: len(offered.worth[taker]))
        self._shared = [kind for kind in offered.counts if sum([kind in own for own in offered.worth.values()]) > 1]
        self._limits = [offered.counts[kind] for kind in self._shared]
        # No way is worth more than this less its losses.
        self.total = sum([price * offered.counts[kind] for kind, price in self._prices.items()])
        self.total += sum([rent * offered.units[taker] for taker, rent in self._rents.items()])

    def all(self, allowed: Callable[[], float], is_time_up: Callable[[], bool]) -> Iterator[Given | None]:
        """Each way that loses no more than ``allowed``, one for each result; None at last where time ran out."""
        states: States = {(0,) * (len(self._turns.amounts) + 1 + len(self._takers) + len(self._shared)): (0.0, {})}
        for number, taker in enumerate(self._takers):
            options = self._options(taker, allowed(), is_time_up)
            longer = self._with_taker(states, taker, options, allowed(), is_time_up) if options is not None else None
            if longer is not None:
                longer = self._without_past(longer, self._takers[number + 1 :], is_time_up)
            if longer is None:
                yield None
                return
            states = longer
        for loss, given in states.values():
            if is_time_up():
                yield None
                return
            if loss <= allowed():
                yield given

    def _with_taker(
        self, states: States, taker: int, options: list[Option], allowed: float, is_time_up: Callable[[], bool]
    ) -> States | None:
        """All states after one more taker; None where time ran out."""
        found: States = {}
        first, limits, tried = len(self._turns.amounts) + 1 + len(self._takers), self._limits, 0
        for state, (loss, given) in states.items():
            for option in options:
                tried += 1
                if tried % _PATIENCE == 0 and is_time_up():
                    return None
                total = loss + option.loss
                key = tuple(map(add, state, option.adds))
                if total <= allowed and all(map(le, key[first:], limits)):
                    before = found.get(key)
                    if before is None or total < before[0]:
                        found[key] = (total, given | {taker: option.kinds})
        return found

    def _without_past(self, states: States, later: list[int], is_time_up: Callable[[], bool]) -> States | None:
        """States in which pieces that no later taker wants no longer count; None where time ran out."""
        first = len(self._turns.amounts) + 1 + len(self._takers)
        wanted = [any(kind in self._offered.worth[taker] for taker in later) for kind in self._shared]
        if all(wanted):
            return states
        found: States = {}
        for number, (state, (loss, given)) in enumerate(states.items()):
            if number % _PATIENCE == 0 and is_time_up():
                return None
            key = state[:first] + tuple([n if now else 0 for n, now in zip(state[first:], wanted, strict=True)])
            if key not in found or loss < found[key][0]:
                found[key] = (loss, given)
        return found

    def _options(self, taker: int, allowed: float, is_time_up: Callable[[], bool]) -> list[Option] | None:
        """All that a taker may take, the dearest deviations left out; None where time ran out."""
        rent, counts = self._rents[taker], self._offered.counts
        costs = sorted((max(0.0, rent + self._prices[k] - w), k) for k, w in self._offered.worth[taker].items())
        found: dict[tuple[int, ...], Option] = {}
        stack: list[tuple[int, int, float, dict[int, int]]] = [(0, self._offered.units[taker], 0.0, {})]
        tried = 0
        while stack:
            place, units, loss, kinds = stack.pop()
            tried += 1
            if tried % _PATIENCE == 0 and is_time_up():
                return None
            total, adds = loss + units * rent, self._adds(taker, kinds)
            if total <= allowed and (adds not in found or total < found[adds].loss):
                found[adds] = Option(total, kinds, adds)
            for following in range(place, len(costs)) if units else ():
                cost, kind = costs[following]
                if loss + cost > allowed:
                    break
                taken = ((count, loss + count * cost) for count in range(1, min(units, counts[kind]) + 1))
                stack += [(following + 1, units - n, now, kinds | {kind: n}) for n, now in taken if now <= allowed]
        return list(found.values())

    def _adds(self, taker: int, kinds: dict[int, int]) -> tuple[int, ...]:
        alike, heaps = self._puzzle.takers[taker], len(self._turns.amounts) + 1
        adds = [0] * (heaps + len(self._takers))
        for kind, count in kinds.items():
            heap = self._turns.heap_of[self._puzzle.kinds[kind].cell]
            adds[heap if heap >= 0 else heaps - 1] += alike.offs[kind] * count
        adds[heaps + self._takers.index(taker)] = -(-sum(kinds.values()) // alike.units)
        return (*adds, *(kinds.get(kind, 0) for kind in self._shared))
