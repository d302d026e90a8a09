"""A report of this lane's own book over some days, from the journal alone.

Apart from the statement of a promoter because that one asks what became of each entry; these figures are the same
whether the centre has heard of them or not.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from pos_client.domain.book_entries import BookEntry
from pos_client.domain.book_reports import BookReport, book_report
from pos_client.domain.journal_entry import Entry, EntryKind
from pos_client.domain.report_table import Table

from .ports import Journal


def report_of(journal: Journal, name: BookReport, first: date, last: date, zone: str) -> Table:
    """A report of the business days from ``first`` to ``last``, both included; hours are those of ``zone``."""
    return book_report(name, entries_of(journal, first, last), partial(_find, journal), lambda _: zone)


def entries_of(journal: Journal, first: date, last: date) -> Iterator[BookEntry]:
    """All entries of those days."""
    for number in range((last - first).days + 1):
        yield from map(_book_entry, journal.of_day(first + timedelta(days=number), tuple(EntryKind)))


def _find(journal: Journal, _device: str, epoch: int, seq: int) -> BookEntry | None:
    entry = journal.entry_of(epoch, seq)
    return _book_entry(entry) if entry else None


def _book_entry(entry: Entry) -> BookEntry:
    fields = entry.fields()
    return BookEntry(str(fields.get("device") or ""), entry.epoch, entry.seq, entry.kind, fields)
