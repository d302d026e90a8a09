"""What delivery asks of the journal: rows that wait, and a place for the server's word on each.

Apart from ``push`` because ``storage`` fulfils it. Nothing in this port can delete a row, so no answer of any server,
proxy or portal can make one disappear.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One entry as it is sent: its number, its hash (32 bytes), the exact bytes, the lane's signature (64 bytes)."""

    epoch: int
    seq: int
    hash: bytes
    body: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class JournalHead:
    """The newest entry of an epoch; ``seq`` 0 and 32 zero bytes where the epoch is empty."""

    epoch: int
    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class OutboxBatch:
    """Rows of one epoch with rising numbers (gaps are allowed), and the head of that epoch."""

    rows: tuple[OutboxRow, ...]
    head: JournalHead

    @property
    def epoch(self) -> int:
        """The epoch of all its rows."""
        return self.head.epoch


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


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """How much waits.

    Attributes:
        pending: rows without a stored-result, the stuck ones included.
        oldest: when the oldest of them was written (aware UTC), None where nothing waits.
        stuck: numbers of the rows of the current epoch that keep failing alone.
        conflicts: delivered rows that lost their use to another lane.
    """

    pending: int
    oldest: datetime | None
    stuck: tuple[int, ...] = ()
    conflicts: int = 0


class Outbox(Protocol):
    """The journal as delivery sees it. May be called from the sync thread while the till writes."""

    def next_batch(self, max_entries: int, max_bytes: int) -> OutboxBatch | None:
        """The oldest rows that wait and are not stuck, all of one epoch; None where there are none.

        ``max_bytes`` bounds the sum of their bodies; a first row that is larger is returned alone.
        """

    def stuck_rows(self, limit: int) -> Sequence[OutboxRow]:
        """Rows that were marked stuck, oldest first: they are tried again, alone, after all the others."""

    def head(self, epoch: int | None = None) -> JournalHead:
        """The newest entry of an epoch, of the current one where none is named."""

    def mark_sent(self, rows: Sequence[OutboxRow]) -> None:
        """Remember that these were handed to the network (state 0 to 1)."""

    def record_results(self, results: Sequence[RowResult]) -> None:
        """Mark rows delivered, in one transaction; a result whose hash is not the row's is ignored."""

    def mark_stuck(self, row: OutboxRow, reason: str) -> None:
        """Move one row to the end of the line."""

    def resend(self, epoch: int, ranges: Sequence[tuple[int, int]]) -> int:
        """Put delivered rows of these ranges (both ends included) back in line; returns how many."""

    def counts(self) -> OutboxCounts:
        """How much waits."""
