"""The lanes' books as the centre holds them, for the same reports that a lane makes of its own.

Apart from the settlement because these figures are what was done at the counters, whatever became of it here: a lane's
report and this one of the same days are the same rows. Of a forked number the copy that came first is the book.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from pos_client.domain.book_entries import BookEntry
from pos_client.domain.book_reports import BookReport, book_report
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.report_table import Table

from .application import FORKED
from .schema import INBOX, STORE

_KINDS = frozenset(kind.value for kind in EntryKind)


@dataclass(frozen=True, slots=True)
class Range:
    """What a report is about; empty or None is all.

    Attributes:
        first, last: business days, both included (``YYYY-MM-DD``).
        store, lane: of the entries.
    """

    first: str = ""
    last: str = ""
    store: int | None = None
    lane: int | None = None

    def holds(self, fields: Mapping[str, Any]) -> bool:
        """Whether an entry, or a row of a report, belongs to it; what names no store or lane does."""
        day = str(fields.get("business_date") or "")
        here = self.store is None or fields.get("store", self.store) == self.store
        of_lane = self.lane is None or fields.get("lane", self.lane) == self.lane
        return here and of_lane and (not self.first or self.first <= day) and (not self.last or day <= self.last)


def lane_report(connection: Connection, name: BookReport, asked: Range) -> Table:
    """A report of the books of all lanes in a range."""
    zones = {row.number: row.zone for row in connection.execute(select(STORE.c.number, STORE.c.zone))}
    book = {(entry.device, entry.epoch, entry.seq): entry for entry in _entries(connection)}
    chosen = [entry for entry in book.values() if asked.holds(entry.fields)]
    return book_report(
        name,
        chosen,
        lambda device, epoch, seq: book.get((device, epoch, seq)),
        lambda entry: zones.get(entry.whole("store"), "UTC"),
    )


def _entries(connection: Connection) -> Iterator[BookEntry]:
    query = select(INBOX.c.device, INBOX.c.epoch, INBOX.c.seq, INBOX.c.kind, INBOX.c.body)
    for row in connection.execute(query.where(INBOX.c.result != FORKED).order_by(INBOX.c.id)):
        if row.kind in _KINDS:
            yield BookEntry(row.device, row.epoch, row.seq, EntryKind(row.kind), json.loads(row.body))
