"""The host's receipts as commands use them: taken from files, listed, and compared with this lane's purchases."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from pos_client.bridge.drop_folder import MAPPING, Dropped
from pos_client.bridge.file_mapping import read_mapping
from pos_client.bridge.receipt_files import read_file
from pos_client.domain.business_time import local_date
from pos_client.domain.errors import HostDataInvalid
from pos_client.domain.host_match import OurPurchase, Pair, match
from pos_client.domain.host_receipt import HostLine, HostReceipt, ReceiptKind
from pos_client.domain.journal_entry import Entry, EntryKind
from pos_client.storage.host_book import SqlHostBook, open_host_book

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
def _host_book(files: LaneFiles) -> Generator[SqlHostBook, None, None]:
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
    with _host_book(files) as book:
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
    with reading_lane(given) as lane, _host_book(lane.files) as book:
        wanted = day or _today(lane)
        return wanted, book.receipts(wanted, wanted)


def match_day(given: Path | None, day: date | None) -> HostMatch:
    """This lane's purchases against the host's receipts, of a day; today unless told."""
    with reading_lane(given) as lane, _host_book(lane.files) as book:
        wanted = day or _today(lane)
        hosts = book.receipts(wanted - _BESIDE, wanted + _BESIDE)
        ours = [one for beside in (-1, 0, 1) for one in _purchases(lane, wanted + beside * _BESIDE)]
    pairs = match(ours, hosts)
    return HostMatch(wanted, tuple(pair for pair in pairs if wanted in _days(pair)))


def _today(lane: Lane) -> date:
    return local_date(lane.desk.trusted_time().now, lane.files.orders.enrolment.store.zone)


def _days(pair: Pair) -> set[date]:
    return {side.day for side in (pair.ours, pair.host) if side is not None}


def _purchases(lane: Lane, day: date) -> list[OurPurchase]:
    found = lane.journal.of_day(day, (EntryKind.TRANSACTION,))
    return [_purchase(entry, day) for entry in found if not entry.voided]


def _purchase(entry: Entry, day: date) -> OurPurchase:
    fields: dict[str, Any] = entry.fields()
    is_return = bool(fields.get("returns"))
    number = str(fields.get("receipt_no", ""))
    return OurPurchase(
        txn=str(fields["txn"]),
        seq=entry.seq,
        kind=ReceiptKind.RETURN if is_return else ReceiptKind.SALE,
        receipt_no="" if is_return else number,
        day=day,
        at=datetime.fromisoformat(fields["at"]),
        currency=str(fields["currency"]),
        basket_minor=int(fields["basket_minor"]),
        discount_minor=int(fields["discount_minor"]),
        lines=tuple(
            HostLine(line["gtin"], "", line["quantity"], line["unit_minor"], line["discount_minor"])
            for line in fields["lines"]
        ),
        returns_no=number if is_return else "",
    )
