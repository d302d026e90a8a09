"""Which item coupon takes which piece: the most valuable matching, and what each other choice costs at least.

Takers are entered one unit at a time; each entry is the best chain in which a taker dislodges another from a piece and
that one finds a new piece or none. This is the Hungarian method on a few takers and kinds instead of a matrix.
"""

from dataclasses import dataclass, field
from typing import Final

Pair = tuple[int, int]
_TINY: Final = 1e-9
# Stands for a way that does not exist.
_FAR: Final = 1e300


@dataclass(slots=True)
class Matching:
    """Pieces given to takers.

    Attributes:
        worth: by taker, value of a piece by kind, the most valuable first.
        units: by taker, how many pieces it may take.
        counts: by kind, how many pieces there are.
        given: by taker, how many pieces of each kind it takes.
        held: by kind, the takers that have a piece of it.
        value: what the given pieces are worth.
    """

    worth: dict[int, dict[int, float]]
    units: dict[int, int]
    counts: dict[int, int]
    given: dict[int, dict[int, int]] = field(default_factory=dict)
    held: dict[int, list[int]] = field(default_factory=dict)
    value: float = 0.0

    def solve(self) -> "Matching":
        """Give the pieces in the most valuable way."""
        self.given = {taker: {} for taker in self.worth}
        for taker in self.worth:
            while self.units[taker] and self._enter(taker):
                continue
        self.value = sum(
            [self.worth[taker][kind] * count for taker, kinds in self.given.items() for kind, count in kinds.items()]
        )
        return self

    def _give(self, taker: int, kind: int, count: int) -> None:
        kinds = self.given[taker]
        kinds[kind] = kinds.get(kind, 0) + count
        self.units[taker] -= count
        self.counts[kind] -= count
        holders = self.held.setdefault(kind, [])
        if not kinds[kind]:
            del kinds[kind]
            holders.remove(taker)
        elif taker not in holders:
            holders.append(taker)

    def _holders(self, kind: int, taker: int) -> list[int]:
        """Others that hold a piece of the kind."""
        holders = self.held.get(kind)
        return [other for other in holders if other != taker] if holders else []

    def _enter(self, start: int) -> bool:
        """Give one more unit to a taker, if that gains anything."""
        reach: dict[int, float] = {start: 0.0}
        via: dict[int, Pair] = {}
        best, end = _TINY, (-1, -1)
        queue = [start]
        while queue:
            taker = queue.pop(0)
            if taker != start and reach[taker] > best:
                best, end = reach[taker], (taker, -1)
            value, kind = self._look(start, taker, reach, via, queue)
            if kind >= 0 and value > best:
                best, end = value, (taker, kind)
        if end[0] < 0:
            return False
        self._shift(start, end, via)
        return True

    def _look(
        self, start: int, taker: int, reach: dict[int, float], via: dict[int, Pair], queue: list[int]
    ) -> tuple[float, int]:
        """The best free piece for a taker, and which others it could dislodge from better ones."""
        for kind, worth in self.worth[taker].items():
            if self.counts[kind]:
                return reach[taker] + worth, kind
            for other in self._holders(kind, taker):
                value = reach[taker] + worth - self.worth[other][kind]
                if other != start and value > reach.get(other, -_FAR) + _TINY:
                    reach[other], via[other] = value, (taker, kind)
                    queue.append(other)
        return 0.0, -1

    def _shift(self, start: int, end: Pair, via: dict[int, Pair]) -> None:
        """Carry out a chain from its end."""
        taker, kind = end
        if kind >= 0:
            self._give(taker, kind, 1)
        while taker != start:
            before, taken = via[taker]
            self._give(taker, taken, -1)
            self._give(before, taken, 1)
            taker = before

    def fewer(self) -> dict[int, float]:
        """For each taker that has pieces, what the best matching is worth less where it takes one fewer, at least."""
        prices = self.prices()
        return {
            taker: min(self.worth[taker][kind] - prices[kind] for kind in kinds)
            for taker, kinds in self.given.items()
            if kinds
        }

    def entries(self) -> dict[Pair, float]:
        """For each piece more that a taker might take, what the best matching with that is worth less, at least."""
        names = {taker: place for place, taker in enumerate(self.worth)}
        far = self._chains(names)
        found = {}
        for taker, place in names.items():
            for kind, worth in self.worth[taker].items():
                ways = [far[names[other]][place] - self.worth[other][kind] for other in self._holders(kind, taker)]
                if self.counts[kind]:
                    ways.append(far[-1][place])
                found[taker, kind] = -worth - max(ways, default=-_FAR)
        return found

    def prices(self) -> dict[int, float]:
        """By kind, what a further piece would be worth: 0 while there are pieces left."""
        names = {taker: place for place, taker in enumerate(self.worth)}
        free = self._chains(names)[-1]
        found = {}
        for kind, count in self.counts.items():
            ways = [free[names[taker]] + kinds[kind] for taker, kinds in self.worth.items() if kind in kinds]
            found[kind] = 0.0 if count else max(0.0, *ways)
        return found

    def _chains(self, names: dict[int, int]) -> list[list[float]]:
        """Longest chains from taker to taker; the last row and column stand for what is free."""
        size = len(names) + 1
        far = [self._row(names, taker) for taker in names] + [self._free_row(names)]
        for middle in range(size):
            through = far[middle]
            for row in far:
                head = row[middle]
                if head > -_FAR / 10:
                    for place in range(size):
                        value = head + through[place]
                        if value > row[place] + _TINY:
                            row[place] = value
        return far

    def _row(self, names: dict[int, int], taker: int) -> list[float]:
        row = [-_FAR] * len(names) + [0.0]
        row[names[taker]] = 0.0
        for kind, worth in self.worth[taker].items():
            if self.counts[kind]:
                row[-1] = max(row[-1], worth)
            for other in self._holders(kind, taker):
                place = names[other]
                row[place] = max(row[place], worth - self.worth[other][kind])
        return row

    def _free_row(self, names: dict[int, int]) -> list[float]:
        row = [0.0 if self.units[taker] else -_FAR for taker in names] + [0.0]
        for taker, place in names.items():
            for kind in self.given[taker]:
                row[place] = max(row[place], -self.worth[taker][kind])
        return row
