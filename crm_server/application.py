"""What an effect works with and what it answers.

Apart from the inbox because effects know these and never the storing of rows, and apart from the effects because there
are many modules of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, bindparam, update

from pos_client.domain.journal_entry import EntryKind

from . import change_log
from .devices import Caller
from .entry_facts import EntryFacts, ReadRow
from .offer_rows import Offers
from .schema import INBOX

ACCEPTED: Final = "accepted"
CONFLICTING: Final = "conflict"
QUARANTINED: Final = "quarantined"
FORKED: Final = "forked"

_BECAME: Final = update(INBOX).where(INBOX.c.id == bindparam("of_id"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an effect found: accepted, or conflict with the holder of the use."""

    result: str = ACCEPTED
    reason: str = ""
    holder: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry that is stored and counts in its journal's order: its inbox number, and what it says."""

    number: int
    row: ReadRow
    facts: EntryFacts


@dataclass(slots=True)
class Application:
    """What an effect works with.

    Attributes:
        waiting_voids: numbers of entries that a void came for before they did.
        changes: to be logged at the job's end.
        line: entries of this batch that move accounts; they take effect when nothing before them is missing.
        own_refs: whom a member's reference stands for now, as far as it was asked; a binding makes it unknown again.
        offers: the campaigns.
    """

    connection: Connection
    caller: Caller
    epoch: int
    now_ms: int
    waiting_voids: frozenset[int] = frozenset()
    changes: list[change_log.Change] = field(default_factory=list)
    line: list[Placed] = field(default_factory=list)
    own_refs: dict[str, str] = field(default_factory=dict)
    offers: Offers = field(init=False)

    def __post_init__(self) -> None:
        self.offers = Offers(self.connection)

    def undo_to(self, logged: int, placed: int | None = None) -> None:
        """What was done since was undone in the tables: forget the later changes, entries in line, and references."""
        del self.changes[logged:]
        if placed is not None:
            del self.line[placed:]
        self.own_refs.clear()


# Given the entry and its inbox number; returns what became of it.
Effect = Callable[[Application, ReadRow, EntryFacts, int], Outcome]
Effects = Mapping[EntryKind, Effect]


def become(connection: Connection, number: int, outcome: Outcome) -> None:
    """Write down what became of a stored entry."""
    if outcome.result != ACCEPTED or outcome.reason:
        connection.execute(_BECAME, {"of_id": number, "result": outcome.result, "reason": outcome.reason})
