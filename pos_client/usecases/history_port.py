"""The port to the journal as a person searches it: deeds newest first, a page at a time.

Apart from the journal's port because the window alone asks so, and because each answer is told in 150 ms of a hundred
thousand entries: whoever fulfils it walks one index, never the book.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pos_client.domain.journal_entry import Entry


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """Which deeds are meant; what is empty asks for nothing.

    Attributes:
        text: part of a coupon's id or of a receipt's number, in any case of letters.
        operators, members: whose deeds are meant by the text, beside those whose codes have it.
        day: of one business day only. operator: of one clerk only.
        waiting: not yet with the centre. undone: taken back. member: of one member only.
    """

    text: str = ""
    operators: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    day: date | None = None
    operator: str = ""
    waiting: bool = False
    undone: bool = False
    member: str = ""


class HistoryBook(Protocol):
    """The deeds of a lane: redemptions, refusals, purchases, things handed over, members bound."""

    def page(self, asked: HistoryFilter, before: tuple[int, int] | None, limit: int) -> Sequence[Entry]:
        """Deeds older than an entry (epoch, seq), newest first; from the newest where ``before`` is None."""

    def count(self, asked: HistoryFilter) -> int:
        """How many there are in all."""
