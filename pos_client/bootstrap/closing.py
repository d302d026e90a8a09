"""The end of the day as commands use it: look at it, close it, list closed days, write the three books down."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from pos_client.config.whole_file import replace_file
from pos_client.domain.closings.three_books import HostBook, Word, three_books
from pos_client.domain.errors import UsageError
from pos_client.storage.host_book import SqlHostBook
from pos_client.usecases.close_day import CloseDay, CloseRequest, DayView
from pos_client.usecases.closing_port import KeptClose
from pos_client.usecases.day_count import DayCount, Progress, count_again

from .host_papers import days_beside, host_book, import_receipts, pairs_of, purchases_of
from .lane import Lane, reading_lane, writing_lane


@dataclass(frozen=True, slots=True)
class HostReceipts:
    """The host's receipts beside this lane's purchases, for one closing."""

    lane: Lane
    book: SqlHostBook

    def __call__(self, days: Sequence[date], ranges: Sequence[DayCount]) -> HostBook | None:
        """The comparison of some days; None where the host gave no receipt of any of them."""
        received = [one for day in days for one in self.book.receipts(day, day)]
        if not received:
            return None
        words = {one.txn: word for count in ranges for one, word in count.purchases}
        beside = {
            one.txn: Word(result) for day in days_beside(days) for one, result in purchases_of(self.lane.journal, day)
        }
        pairs = pairs_of(self.lane.journal, self.book, days)
        return HostBook(len(received), pairs, beside | words)


@contextmanager
def closing(lane: Lane, progress: Progress) -> Iterator[CloseDay]:
    """The deed at an open lane."""
    with host_book(lane.files) as book:
        yield CloseDay(lane.desk, lane.journal.days, HostReceipts(lane, book), progress)


def look_at_day(given: Path | None, request: CloseRequest, receipts: Sequence[Path], progress: Progress) -> DayView:
    """The day as it stands; nothing is written but the host's receipts."""
    _take(given, receipts)
    with reading_lane(given) as lane, closing(lane, progress) as deed:
        return deed.look(_named(lane, request))


def close_day(
    given: Path | None, request: CloseRequest, receipts: Sequence[Path], progress: Progress
) -> tuple[DayView, Path | None]:
    """Close the day; the view, and the file of its three books where it was closed.

    Raises:
        HostDataInvalid: a receipt file is wrong; nothing was closed.
        JournalHeld, UsageError, CacheMissing, StorageUnavailable.
    """
    _take(given, receipts)
    with writing_lane(given) as lane, closing(lane, progress) as deed:
        view = deed(_named(lane, request))
        if not view.entries:
            return view, None
        folder = lane.files.home.root / "closings"
        last = view.entries[-1]
        file = folder / f"{view.day.isoformat()}-{last.epoch}-{last.seq}.json"
        folder.mkdir(mode=0o700, exist_ok=True)
        _write(lane, view.day, file)
        return view, file


def closings(given: Path | None) -> list[dict[str, Any]]:
    """All closes of this lane, newest first, and how far each has come."""
    with reading_lane(given) as lane:
        days = lane.journal.days
        return [_standing(kept, waits=days.waits(kept.close)) for kept in reversed(days.closes())]


def write_books(given: Path | None, day: date, file: Path) -> None:
    """Write the three books of a closed day, from the journal, the host's receipts and the centre's words as they are.

    Raises:
        UsageError: the day was never closed. DiskFull, StorageUnavailable.
    """
    with reading_lane(given) as lane:
        _write(lane, day, file)


def books_of(lane: Lane, day: date) -> bytes:
    """The three books of a closed day as a file's content. Raises UsageError: the day was never closed."""
    return json.dumps(_books(lane, day), ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def _write(lane: Lane, day: date, file: Path) -> None:
    replace_file(file, books_of(lane, day))


def _books(lane: Lane, day: date) -> Mapping[str, Any]:
    days = lane.journal.days
    closes = [kept.close for kept in days.closes() if kept.close.business_date == day.isoformat()]
    if not closes:
        raise UsageError(f"{day} was never closed here")
    counts = [count_again(days, close) for close in closes]
    about = sorted({day} | {date.fromisoformat(text) for one in counts for text in one.totals.days})
    with host_book(lane.files) as book:
        host = HostReceipts(lane, book)(about, counts)
    who = lane.desk.identity
    return {
        "business_date": day.isoformat(),
        "device": who.device,
        "store": who.store,
        "lane": who.lane,
        "closes": [
            {"epoch": close.epoch, "seq": close.seq, "hash": close.hash, "of_epoch": close.of_epoch,
             "first_seq": close.first_seq, "last_seq": close.last_seq, "head_hash": close.head_hash,
             **count.totals.as_document()}
            for close, count in zip(closes, counts, strict=True)
        ],
        "host": host.as_field() if host else None,
        "books": three_books(
            host, [one for count in counts for one in count.purchases], [one for count in counts for one in count.deeds]
        ),
    }  # fmt: skip


def _standing(kept: KeptClose, *, waits: bool) -> dict[str, Any]:
    close, answer = kept.close, kept.answer
    is_delivered = kept.standing.value == "closed" and not waits
    return {
        "business_date": close.business_date,
        "standing": "delivered" if is_delivered else kept.standing.value,
        "epoch": close.epoch,
        "seq": close.seq,
        "of_epoch": close.of_epoch,
        "first_seq": close.first_seq,
        "last_seq": close.last_seq,
        "signed_by": kept.told.get("signed_by"),
        "differences_accepted": kept.told.get("differences_accepted"),
        "host": kept.told.get("host"),
        "agreed_at": answer.get("at") if kept.standing.value == "agreed" else None,
        "missing": answer.get("missing", []),
        "differences": answer.get("differences", []),
        "problem": answer.get("problem"),
        "conflicts": len(answer.get("conflicts", [])),
        "quarantined": len(answer.get("quarantined", [])),
        "forked": len(answer.get("forked", [])),
        "beyond": answer.get("beyond", 0),
    }


def _named(lane: Lane, request: CloseRequest) -> CloseRequest:
    """Who acts is the store's only clerk where nobody is named."""
    who = request.attribution
    return replace(request, attribution=replace(who, operator=who.operator or lane.operator))


def _take(given: Path | None, receipts: Sequence[Path]) -> None:
    for done in import_receipts(given, receipts, None) if receipts else ():
        if done.why is not None:
            raise done.why
