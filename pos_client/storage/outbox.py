"""The same entries as delivery sees them: what waits, in order, and a place for the server's word on each.

Apart from the journal because the sync thread uses it while the till writes. There is no second queue and nothing here
deletes: an entry leaves the line when a result says that the server has it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from pos_client.domain.batch import Batch, JournalHead, SignedEntry, in_batches
from pos_client.domain.business_time import to_ms
from pos_client.domain.hash_chain import GENESIS

from . import journal_sql
from .day_book import reopen
from .journal_file import JournalFile
from .running_counts import RunningCounts

EPOCH: Final = "epoch"


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


class Numbered(Protocol):
    """Something that names a row."""

    @property
    def epoch(self) -> int:
        """Its epoch."""

    @property
    def seq(self) -> int:
        """Its number."""


class Result(Numbered, Protocol):
    """The server's word on one stored row."""

    @property
    def hash(self) -> bytes:
        """Of the row it speaks of (32 bytes)."""

    @property
    def result(self) -> str:
        """``accepted``, ``conflict``, ``quarantined`` or ``forked``; of a duplicate its original result."""

    @property
    def reason(self) -> str:
        """Why it was quarantined, else empty."""

    @property
    def holder(self) -> str:
        """JSON text of who holds the use instead, else empty."""

    @property
    def server_ref(self) -> str:
        """The server's own name of the row."""


class Outbox:
    """What waits in a journal. Every method may be called from any thread.

    Args:
        file: an open journal.
        after_delivery: called when rows were marked delivered, in the thread that did it.
    """

    def __init__(self, file: JournalFile, after_delivery: Callable[[], None]) -> None:
        self._file = file
        self._counts = RunningCounts(file)
        self._after_delivery = after_delivery

    def next_batch(self, max_entries: int, max_bytes: int) -> Batch | None:
        """The oldest rows that wait and are not stuck, all of one epoch; None where there are none.

        ``max_bytes`` bounds the sum of their bodies; a first row that is larger is returned alone.
        """
        waiting = self._entries(journal_sql.NEXT, max_entries)
        taken = next(in_batches(waiting, max_entries, max_bytes), None)
        return Batch(taken, self.head(taken[0].epoch)) if taken else None

    def after(self, place: tuple[int, int], max_entries: int, max_bytes: int) -> Batch | None:
        """The entries that follow one (epoch, number), delivered or not, all of one epoch; None where none does."""
        asked = {"epoch": place[0], "seq": place[1], "limit": max_entries}
        rows = [SignedEntry(*row) for row in self._file.rows(journal_sql.AFTER, asked)]
        taken = next(in_batches(rows, max_entries, max_bytes), None)
        return Batch(taken, self.head(taken[0].epoch)) if taken else None

    def last_before(self, moment: datetime) -> tuple[int, int]:
        """Epoch and number of the newest entry that is older than a moment; (0, 0) where none is."""
        row = self._file.row(journal_sql.LAST_BEFORE, {"at_ms": to_ms(moment)})
        return (row[0], row[1]) if row else (0, 0)

    def stuck_rows(self, limit: int) -> Sequence[SignedEntry]:
        """Rows that were marked stuck, oldest first: they are tried again, alone, after all the others."""
        return self._entries(journal_sql.STUCK, limit)

    def head(self, epoch: int | None = None) -> JournalHead:
        """The newest entry of an epoch, of the current one where none is named."""
        wanted = self._epoch() if epoch is None else epoch
        row = self._file.row(journal_sql.LAST_OF_EPOCH, {"epoch": wanted})
        return JournalHead(wanted, *row) if row else JournalHead(wanted, 0, GENESIS)

    def mark_sent(self, rows: Iterable[Numbered]) -> None:
        """These were handed to the network, and no answer says what became of them (state 0 to 1).

        A mark for people: what is sent next is decided by results alone, and opening the journal takes the mark back.
        So nothing is written before a request, which would write each entry's page twice: an entry that is under way
        when the power goes is new again in any case, and one whose answer comes is delivered.
        """
        with self._file.transaction() as connection:
            connection.executemany(journal_sql.MARK_SENT, [{"epoch": row.epoch, "seq": row.seq} for row in rows])

    def record_results(self, results: Sequence[Result]) -> None:
        """Mark rows delivered, in one transaction; a result whose hash is not the row's is ignored.

        A mark that is lost costs only a repeat, yet it is committed like an entry: without the fsync the same marks
        took 5 % less, and a connection that sometimes does without could one day do so for an entry.
        """
        words = [
            {
                "epoch": one.epoch,
                "seq": one.seq,
                "hash": one.hash,
                "result": one.result,
                "reason": one.reason,
                "holder": one.holder,
                "server_ref": one.server_ref,
            }
            for one in results
        ]
        with self._file.transaction() as connection:
            connection.executemany(journal_sql.RECORD, words)
        self._after_delivery()

    def mark_stuck(self, row: Numbered, reason: str) -> None:
        """Move one row to the end of the line."""
        with self._file.transaction() as connection:
            connection.execute(journal_sql.MARK_STUCK, {"epoch": row.epoch, "seq": row.seq, "reason": reason})

    def resend(self, epoch: int, ranges: Sequence[tuple[int, int]]) -> int:
        """Put delivered rows of these ranges (both ends included) back in line; returns how many.

        Their state stays: they were delivered once, and saying so twice does no harm.
        """
        asked = [{"epoch": epoch, "first": first, "last": last} for first, last in ranges]
        with self._file.transaction() as connection:
            count = sum(connection.execute(journal_sql.RESEND, one).rowcount for one in asked)
            if count:
                reopen(connection, epoch, ranges)
        return count

    def counts(self) -> OutboxCounts:
        """How much waits."""
        with self._file.guard:
            pending, since = self._counts.waiting()
            stuck = self._file.rows(journal_sql.STUCK_NUMBERS, {"epoch": self._epoch()})
            lost = self._file.row(journal_sql.COUNT_LOST, {})
        return OutboxCounts(pending, since, tuple(seq for (seq,) in stuck), lost[0] if lost else 0)

    def _entries(self, sql: str, limit: int) -> list[SignedEntry]:
        return [SignedEntry(*row) for row in self._file.rows(sql, {"limit": limit})]

    def _epoch(self) -> int:
        return int(self._file.meta(EPOCH) or 0)
