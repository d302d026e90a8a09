"""What a row of the matrix is asked and what it answers; apart so that rows and the table do not know each other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Order:
    """How hard to try.

    Attributes:
        kills: how often a process is killed, for the rows that kill.
        seed: of every dice of the row.
        folder: empty, for everything that the row makes.
        say: told how it goes.
    """

    kills: int
    seed: int
    folder: Path
    say: Callable[[str], None]


@dataclass(frozen=True)
class Outcome:
    """What a row found.

    Attributes:
        figures: what was done and counted.
        broken: each promise that did not hold, as a sentence; empty where all held.
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
    """One row: its name, what is done, and how."""

    name: str
    what: str
    run: Callable[[Order], Outcome]
