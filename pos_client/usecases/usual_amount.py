"""What is usually bought at this lane: the middle of its last purchases, so that a slip of a key is noticed.

Apart from the dialogue because the book is read once, and counted on from there.
"""

from collections import deque
from statistics import median
from typing import Final

from pos_client.domain.journal_entry import EntryKind

from .desk import Desk

_LOOKED_AT: Final = 200
_LEAST: Final = 10


class UsualAmount:
    """The middle of the last amounts in fen, 0 while fewer than ten are known."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._amounts: deque[int] | None = None

    def minor(self) -> int:
        """The middle now."""
        amounts = self._known()
        return round(median(amounts)) if len(amounts) >= _LEAST else 0

    def add(self, minor: int) -> None:
        """One more purchase was redeemed on."""
        self._known().append(minor)

    def _known(self) -> deque[int]:
        if self._amounts is None:
            entries = self._desk.journal.latest(_LOOKED_AT, (EntryKind.REDEEM, EntryKind.TRANSACTION))
            amounts = [entry.fields().get("basket_minor") for entry in reversed(entries)]
            self._amounts = deque((int(minor) for minor in amounts if minor), maxlen=_LOOKED_AT)
        return self._amounts
