"""What delivery asks of the journal: rows that wait, and a place for the server's word on each.

Apart from ``push`` because ``storage`` fulfils it, by shape and with values of its own. Nothing in this port can delete
a row, so no answer of any server, proxy or portal can make one disappear.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pos_client.domain.batch import Batch, JournalHead, SignedEntry


class OutboxCounts(Protocol):
    """How much waits."""

    @property
    def pending(self) -> int:
        """Rows without a stored-result, the stuck ones included."""

    @property
    def oldest(self) -> datetime | None:
        """When the oldest of them was written (aware UTC), None where nothing waits."""

    @property
    def stuck(self) -> tuple[int, ...]:
        """Numbers of the rows of the current epoch that keep failing alone."""

    @property
    def conflicts(self) -> int:
        """Delivered rows that lost their use to another lane."""


@dataclass(frozen=True, slots=True)
class RowResult:
    """The server's word on one stored row.

    Attributes:
        result: ``accepted``, ``conflict``, ``quarantined`` or ``forked``; a duplicate carries its original result.
        repeated: the server had this row already.
        reason: why it was quarantined, else empty.
        holder: JSON text of who holds the use instead, else empty.
        server_ref: the server's own name of the row.
    """

    epoch: int
    seq: int
    hash: bytes
    result: str
    repeated: bool = False
    reason: str = ""
    holder: str = ""
    server_ref: str = ""


class Outbox(Protocol):
    """The journal as delivery sees it. May be called from the sync thread while the till writes."""

    def next_batch(self, max_entries: int, max_bytes: int) -> Batch | None:
        """The oldest rows that wait and are not stuck, all of one epoch; None where there are none.

        ``max_bytes`` bounds the sum of their bodies; a first row that is larger is returned alone.
        """

    def stuck_rows(self, limit: int) -> Sequence[SignedEntry]:
        """Rows that were marked stuck, oldest first: they are tried again, alone, after all the others."""

    def head(self, epoch: int | None = None) -> JournalHead:
        """The newest entry of an epoch, of the current one where none is named."""

    def mark_sent(self, rows: Sequence[SignedEntry]) -> None:
        """These were handed to the network, and no answer says what became of them (state 0 to 1)."""

    def record_results(self, results: Sequence[RowResult]) -> None:
        """Mark rows delivered, in one transaction; a result whose hash is not the row's is ignored."""

    def mark_stuck(self, row: SignedEntry, reason: str) -> None:
        """Move one row to the end of the line."""

    def resend(self, epoch: int, ranges: Sequence[tuple[int, int]]) -> int:
        """Put delivered rows of these ranges (both ends included) back in line; returns how many."""

    def counts(self) -> OutboxCounts:
        """How much waits."""
