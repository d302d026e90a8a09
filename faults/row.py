"""What a row of the matrix is asked and what it answers; apart so that rows and the table do not know each other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Size(StrEnum):
    """How much of a row is run: the paper's figure, what a person waits for, or what every change must pass."""

    FULL = "full"
    QUICK = "quick"
    CI = "ci"


@dataclass(frozen=True)
class Amounts:
    """How many times a row does what it does, at each size."""

    full: int
    quick: int
    ci: int

    def at(self, size: Size) -> int:
        """The amount of one size."""
        return {Size.FULL: self.full, Size.QUICK: self.quick, Size.CI: self.ci}[size]


@dataclass(frozen=True)
class Order:
    """How hard to try.

    Attributes:
        amount: how often, in the row's own unit.
        seed: of every dice of the row.
        folder: empty, for everything that the row makes; removed afterwards.
        say: told how it goes.
        size: for what is not counted in the row's unit.
    """

    amount: int
    seed: int
    folder: Path
    say: Callable[[str], None]
    size: Size = Size.FULL


@dataclass(frozen=True)
class Outcome:
    """What a row found.

    Attributes:
        figures: what was done and counted.
        broken: each promise that did not hold, as a sentence; empty where all held.
        notes: what could not be done on this machine, as a sentence each.
    """

    figures: Mapping[str, int | float]
    broken: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def holds(self) -> bool:
        """Whether every promise held."""
        return not self.broken


@dataclass(frozen=True)
class Row:
    """One row of the matrix.

    Attributes:
        name: ``F1``.
        what: the fault, in a line.
        method: how it is done.
        reach: what must come out.
        unit: what an amount counts (``kills``).
        amounts: at each size; a size of 0 leaves the row out.
        run: does it.
        quick_s: about how long it takes at ``--quick``; the longest are begun first.
        alone: it promises times of a few milliseconds, which a neighbour would spoil.
    """

    name: str
    what: str
    method: str
    reach: str
    unit: str
    amounts: Amounts
    run: Callable[[Order], Outcome]
    quick_s: int = 20
    alone: bool = False
