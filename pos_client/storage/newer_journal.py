"""A journal that a newer program wrote: it is only read, and what it has not delivered can be delivered all the same.

Apart from the outbox because nothing is known of this file but what no version may change: ``entry`` with its number,
hash, body and signature, and ``meta``. What was delivered is remembered until the end of the run only; the newer
program delivers it once more, and the centre says that it has it.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from pos_client.domain.batch import Batch, JournalHead, SignedEntry, in_batches
from pos_client.domain.errors import NotEnrolled
from pos_client.domain.hash_chain import GENESIS

from . import journal_sql
from .connections import Row, open_reader
from .failures import JOURNAL
from .journal_file import JournalFile
from .outbox import Numbered, OutboxCounts, Result

_COLUMNS: Final = "SELECT name FROM pragma_table_info('entry')"
_ENTRIES: Final = "SELECT epoch, seq, hash, body, sig FROM entry"
# States only rise, in every version: 2 and more is delivered.
_WAITING: Final = f"{_ENTRIES} WHERE state < 2 ORDER BY epoch, seq"
_ALL: Final = f"{_ENTRIES} ORDER BY epoch, seq"


def open_newer(path: Path) -> JournalFile:
    """Open a journal of any version for reading.

    Raises:
        NotEnrolled: there is none. StorageUnavailable, JournalDamaged.
    """
    if not path.exists():
        raise NotEnrolled("there is no journal here")
    with JOURNAL:
        return JournalFile(path, open_reader(path))


class NewerOutbox:
    """What waits in such a journal; fulfils the sync room's ``Outbox``. Used by one thread.

    Args:
        file: opened by ``open_newer``.
    """

    def __init__(self, file: JournalFile) -> None:
        self._file = file
        named = {row[0] for row in file.rows(_COLUMNS, {})}
        rows: list[Row] = file.rows(_WAITING if "state" in named else _ALL, {})
        self._waiting = {(row[0], row[1]): SignedEntry(*row) for row in rows}
        self._stuck: dict[tuple[int, int], SignedEntry] = {}

    def next_batch(self, max_entries: int, max_bytes: int) -> Batch | None:
        """The oldest rows that wait and are not stuck, all of one epoch; None where there are none."""
        taken = next(in_batches(self._in_line(), max_entries, max_bytes), None)
        return Batch(taken, self.head(taken[0].epoch)) if taken else None

    def stuck_rows(self, limit: int) -> Sequence[SignedEntry]:
        """Rows that were marked stuck."""
        return list(self._stuck.values())[:limit]

    def head(self, epoch: int | None = None) -> JournalHead:
        """The newest entry of an epoch, of the latest where none is named."""
        newest = self._file.row(journal_sql.HEAD_OF_ALL, {})
        wanted = epoch if epoch is not None else int(newest[0]) if newest else 0
        row = self._file.row(journal_sql.LAST_OF_EPOCH, {"epoch": wanted})
        return JournalHead(wanted, *row) if row else JournalHead(wanted, 0, GENESIS)

    def mark_sent(self, rows: Iterable[Numbered]) -> None:
        """Nothing is written here."""

    def record_results(self, results: Sequence[Result]) -> None:
        """Take rows out of the line; a result whose hash is not the row's is ignored."""
        for one in results:
            key = (one.epoch, one.seq)
            known = self._waiting.get(key)
            if known is not None and known.hash == one.hash:
                del self._waiting[key]
                self._stuck.pop(key, None)

    def mark_stuck(self, row: Numbered, reason: str) -> None:  # noqa: ARG002 - nothing is written here
        """Move one row to the end of the line."""
        self._stuck[row.epoch, row.seq] = self._waiting[row.epoch, row.seq]

    def resend(self, epoch: int, ranges: Sequence[tuple[int, int]]) -> int:  # noqa: ARG002
        """The newer program does that."""
        return 0

    def counts(self) -> OutboxCounts:
        """How much waits; since when stands in bodies that are not read here."""
        nothing: datetime | None = None
        return OutboxCounts(len(self._waiting), nothing, tuple(seq for _, seq in self._stuck))

    def _in_line(self) -> Iterator[SignedEntry]:
        return (row for key, row in self._waiting.items() if key not in self._stuck)
