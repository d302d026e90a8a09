"""What the search for the best combination knows at one point: what is decided, and what can still be saved.

Apart from ``search``, which walks from one such point to the next.
"""

from dataclasses import dataclass
from math import floor

from .bound import Relaxed
from .heaps import Plan
from .pieces import Matching
from .puzzle import Puzzle
from .takers import Offered

NEARLY = 1e-4


@dataclass(frozen=True, slots=True)
class Solution:
    """A set of coupons that may be used together.

    Attributes:
        saving: minor units.
        cost: of the coupons, to choose among equal savings.
        used: their bits.
        given: by taker, pieces of each kind.
        puzzle: whose takers and kinds these are.
    """

    saving: int
    cost: int
    used: int
    given: dict[int, dict[int, int]]
    puzzle: Puzzle

    def beats(self, other: "Solution") -> bool:
        """Whether this one is chosen."""
        return (self.saving, -self.cost) > (other.saving, -other.cost)


@dataclass(frozen=True, slots=True)
class Settled:
    """A set of coupons in which only pieces are still to be given: its puzzle, its turns and what pieces are worth."""

    puzzle: Puzzle
    coupons: int
    turns: Plan
    relaxed: Relaxed
    offered: Offered
    cover: float


@dataclass(frozen=True, slots=True)
class Node:
    """What has been decided: coupons that are used, and coupons that are not."""

    sure: int
    out: int


@dataclass(frozen=True, slots=True)
class Assessed:
    """A node with what it can still save, and what there is to decide in it.

    Attributes:
        granted: coupons that are used unless rounding is lucky.
        gains: what open coupons could add at most; while there are any, one of them is decided next.
        bound: the most that it can save, in fractions of fen; ``cover`` is all that its coupons reach.
    """

    node: Node
    granted: int
    gains: dict[int, float]
    turns: Plan
    relaxed: Relaxed
    pieces: Matching
    bound: float
    cover: float

    def most(self, loss: float = 0.0) -> int:
        """The most that it can save without something that is worth ``loss`` at least."""
        return floor(min(self.bound - loss, self.cover) + NEARLY)
