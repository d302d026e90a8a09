"""The host's receipts as commands use them: taken from files, listed, and compared with this lane's purchases."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from pos_client.bridge.drop_folder import MAPPING, Dropped
from pos_client.bridge.file_mapping import read_mapping
from pos_client.bridge.receipt_files import read_file
from pos_client.domain.business_time import local_date
from pos_client.domain.errors import HostDataInvalid
from pos_client.domain.host_match import OurPurchase, Pair, match, our_purchase
from pos_client.domain.host_receipt import HostReceipt
from pos_client.domain.journal_entry import EntryKind
from pos_client.storage.host_book import SqlHostBook, open_host_book
from pos_client.storage.journal_reader import JournalReader

from .lane import Lane, LaneFiles, reading_lane

# A receipt of one side of midnight may be a purchase of the other.
_BESIDE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HostMatch:
    """One day compared.

    Attributes:
        day: in the store's calendar.
        pairs: of which at least one side is of that day.
    """

    day: date
    pairs: tuple[Pair, ...]


@contextmanager
def host_book(files: LaneFiles) -> Generator[SqlHostBook, None, None]:
    """The host's receipts, open."""
    book = open_host_book(files.home.host_book)
    try:
        yield book
    finally:
        book.close()


def import_receipts(given: Path | None, paths: Sequence[Path], mapping: Path | None) -> list[Dropped]:
    """Take receipt files by hand; a file counts as a whole or not at all.

    Raises:
        HostDataInvalid: the mapping is wrong; no file was looked at.
    """
    files = LaneFiles.of(given)
    if mapping is not None and not mapping.is_file():
        raise HostDataInvalid(f"there is no {mapping.name}", problem="mapping")
    rules, zone = read_mapping(mapping or files.home.host_drop / MAPPING), files.orders.enrolment.store.zone
    done = []
    with host_book(files) as book:
        for path in paths:
            try:
                receipts = read_file(path, rules, zone)
            except HostDataInvalid as bad:
                done.append(Dropped(path.name, why=bad))
                continue
            done.append(Dropped(path.name, len(receipts), book.take(receipts, "file", datetime.now(UTC))))
    return done


def host_receipts(given: Path | None, day: date | None) -> tuple[date, Sequence[HostReceipt]]:
    """The host's receipts of a day, today's unless told."""
    with reading_lane(given) as lane, host_book(lane.files) as book:
        wanted = day or _today(lane)
        return wanted, book.receipts(wanted, wanted)


def match_day(given: Path | None, day: date | None) -> HostMatch:
    """This lane's purchases against the host's receipts, of a day; today unless told."""
    with reading_lane(given) as lane, host_book(lane.files) as book:
        wanted = day or _today(lane)
        return HostMatch(wanted, pairs_of(lane.journal, book, [wanted]))


def pairs_of(journal: JournalReader, book: SqlHostBook, days: Sequence[date]) -> tuple[Pair, ...]:
    """Pairs of which at least one side is of one of these days."""
    beside = days_beside(days)
    hosts = [one for day in beside for one in book.receipts(day, day)]
    ours = [one for day in beside for one, _ in purchases_of(journal, day)]
    return tuple(pair for pair in match(ours, hosts) if not _days(pair).isdisjoint(days))


def days_beside(days: Sequence[date]) -> list[date]:
    """Some days and those before and after each."""
    return sorted({day + beside * _BESIDE for day in days for beside in (-1, 0, 1)})


def purchases_of(journal: JournalReader, day: date) -> list[tuple[OurPurchase, str]]:
    """This lane's purchases of a day that stand, each with the centre's result, empty before it gave one."""
    found = [entry for entry in journal.of_day(day, (EntryKind.TRANSACTION,)) if not entry.voided]
    return [(our_purchase(entry.fields(), entry.seq), entry.result) for entry in found]


def _today(lane: Lane) -> date:
    return local_date(lane.desk.trusted_time().now, lane.files.orders.enrolment.store.zone)


def _days(pair: Pair) -> set[date]:
    return {side.day for side in (pair.ours, pair.host) if side is not None}
