"""Close a day: count what no close is about yet, show what differs, and write one entry that says where the cut is.

The entry is the fact; all else is derived from it, so a kill between any two steps costs asking again. The cut is a
number, not a time: the entry stands right behind the last one that it counts, and selling goes on after it. Nothing
closes silently: what is stuck, quarantined, in conflict or different at the host needs a supervisor and a reason.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from pos_client.domain.business_time import local_date
from pos_client.domain.closings.three_books import HostBook
from pos_client.domain.errors import UsageError
from pos_client.domain.journal_entry import EntryDraft, EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.store_profile import is_supervisor
from pos_client.domain.verdict import EntryRef, Fact, Verdict, VerdictKind

from .accounts import Accounts
from .authorise import Signature, pin_refusal
from .closing_port import DayBook
from .day_count import DayCount, Doubt, Progress, silent, uncounted
from .deciding import cancel_intent
from .desk import Attribution, Desk
from .entry_drafts import EntryWriter
from .ports import OpenIntent

CompareHost = Callable[[Sequence[date], Sequence[DayCount]], HostBook | None]
LONGEST_REASON: Final = 200
PAPER_STUBS: Final = "paper-stubs"


@dataclass(frozen=True, slots=True)
class CloseRequest:
    """What is asked.

    Attributes:
        day: the day it is about; None for the day of the last deed.
        attribution: who closes.
        supervisor, pin, reason: who takes the differences, and why.
        cancel_intents: end what was begun and not finished; else that stops the close.
        counted: things left at the booth as somebody counted them before he saw the figures, and under ``PAPER_STUBS``
            the makers' coupons in the drawer; None for no count.
    """

    day: date | None = None
    attribution: Attribution = field(default_factory=Attribution)
    supervisor: str = ""
    pin: str = ""
    reason: str = ""
    cancel_intents: bool = False
    counted: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Miscounted:
    """A thing of which another number lies there than should."""

    item: str
    counted: int
    expected: int


@dataclass(frozen=True, slots=True)
class DayView:
    """The day as it is before it is closed, or as it was closed.

    Attributes:
        ranges: counted, the current epoch's last.
        intents: begun and not ended. doubts: what the centre takes otherwise.
        host: None where no receipts were given.
        verdict: what may be done, or was. entries: the closes that were written.
        waiting: entries that are not at the centre yet, of all days.
    """

    day: date
    ranges: tuple[DayCount, ...]
    intents: tuple[OpenIntent, ...]
    host: HostBook | None
    miscounted: tuple[Miscounted, ...]
    waiting: int
    verdict: Verdict
    entries: tuple[EntryRef, ...] = ()

    @property
    def doubts(self) -> list[Doubt]:
        """What the centre takes otherwise."""
        return [doubt for one in self.ranges for doubt in one.doubts]

    @property
    def differences(self) -> int:
        """How many things a person must take upon himself."""
        at_host = sum(self.host.causes.values()) if self.host else 0
        return len(self.doubts) + at_host + len(self.miscounted)


class CloseDay:
    """Closes the day of one lane.

    Args:
        desk: this lane. book: its journal by days.
        compare_host: the host's receipts of some days against ours; None where it gave none.
        progress: told how far the counting is.
    """

    def __init__(self, desk: Desk, book: DayBook, compare_host: CompareHost, progress: Progress = silent) -> None:
        self._desk = desk
        self._book = book
        self._compare_host = compare_host
        self._progress = progress

    def look(self, request: CloseRequest) -> DayView:
        """The day as it stands; nothing is written. ``verdict`` says what closing it now would say.

        Raises:
            UsageError: the day is to come. CacheMissing: before the first data.
        """
        ranges = tuple(uncounted(self._book))
        for one in ranges:
            one.count_on(self._book, self._progress)
        today = self._today()
        day = request.day or _newest_day(ranges) or today
        if day > today:
            raise UsageError(f"{day} is to come")
        intents = tuple(self._desk.journal.open_intents())
        host = self._compare_host(_days(day, ranges), ranges)
        waiting, _ = self._desk.journal.undelivered()
        miscounted = self._miscounted(request.counted or {}, sum(one.stubs for one in ranges))
        view = DayView(day, ranges, intents, host, miscounted, waiting, Verdict(VerdictKind.READY, Reason.CLOSE_READY))
        return _judged(view, self._verdict(view, request))

    def __call__(self, request: CloseRequest) -> DayView:
        """Close; what was written stands in ``entries``.

        Raises:
            UsageError, CacheMissing: as ``look``.
            DiskFull, StorageUnavailable: closes that are in ``entries`` of no view may stand; close again.
        """
        if request.cancel_intents:
            self._cancel_intents(request.attribution)
        view = self.look(request)
        if view.verdict.reason is not Reason.CLOSE_READY:
            return view
        # Only here, where something is written: a look asks nobody for a PIN.
        nobody = pin_refusal(self._desk, Signature(request.supervisor, request.pin)) if view.differences else None
        if nobody:
            return _judged(view, nobody)
        entries = [self._written(view, one, request) for one in view.ranges]
        waiting, _ = self._desk.journal.undelivered()
        facts: dict[str, Fact] = {"day": view.day, "count": waiting}
        verdict = Verdict(VerdictKind.ACCEPTED, Reason.DAY_CLOSED, facts, entry=entries[-1])
        return DayView(view.day, view.ranges, (), view.host, view.miscounted, waiting, verdict, tuple(entries))

    def _verdict(self, view: DayView, request: CloseRequest) -> Verdict:
        if all(one.is_quiet for one in view.ranges) and self._is_closed(view.day):
            return Verdict(VerdictKind.READY, Reason.DAY_CLOSED_BEFORE, {"day": view.day})
        if view.intents and not request.cancel_intents:
            return Verdict(VerdictKind.REFUSED, Reason.CLOSE_OPEN_CLAIMS, {"count": len(view.intents)})
        if view.differences and not (request.supervisor and request.reason):
            return Verdict(VerdictKind.SUPERVISOR, Reason.CLOSE_DIFFERENCES, {"count": view.differences})
        if view.differences and not is_supervisor(self._desk.cache.staff(), request.supervisor):
            return Verdict(VerdictKind.REFUSED, Reason.NOT_A_SUPERVISOR)
        if view.differences and request.supervisor == request.attribution.operator:
            return Verdict(VerdictKind.REFUSED, Reason.SECOND_PERSON_NEEDED)
        return Verdict(VerdictKind.READY, Reason.CLOSE_READY, {"day": view.day, "count": view.waiting})

    def _is_closed(self, day: date) -> bool:
        return any(kept.close.business_date == day.isoformat() for kept in self._book.closes())

    def _written(self, view: DayView, one: DayCount, request: CloseRequest) -> EntryRef:
        """The close of one range. Of the current epoch it is tried until no other entry comes between."""
        is_current = one is view.ranges[-1]
        while True:
            if is_current:
                one.count_on(self._book)
            draft = self._draft(view, one, request)
            entry = self._book.write_close(draft, one.last_seq if is_current else None)
            if entry is not None:
                return entry

    def _draft(self, view: DayView, one: DayCount, request: CloseRequest) -> EntryDraft:
        time = self._desk.trusted_time()
        writer = EntryWriter(self._desk, time, self._desk.context(time), request.attribution)
        causes = [doubt.cause.value for doubt in one.doubts]
        accepted = {
            "by": request.supervisor,
            "reason": request.reason[:LONGEST_REASON],
            "count": view.differences,
        }
        fields: dict[str, Any] = {
            "business_date": view.day.isoformat(),
            "of_epoch": one.epoch,
            "first_seq": one.first_seq,
            "last_seq": one.last_seq,
            "head_hash": one.head_hash,
            **one.totals.as_document(),
            "open_intents": 0,
            "undelivered": one.undelivered,
            "stuck": causes.count("stuck-here"),
            "quarantined": causes.count("quarantined"),
            "conflicts": causes.count("in-conflict") + causes.count("forked"),
            "host": view.host.as_field() if view.host else None,
            "counted": dict(request.counted) if request.counted is not None else None,
            "signed_by": request.attribution.operator,
            "differences_accepted": accepted if view.differences else None,
        }
        return writer.fact(EntryKind.CLOSE_DAY, fields)

    def _cancel_intents(self, attribution: Attribution) -> None:
        time = self._desk.trusted_time()
        writer = EntryWriter(self._desk, time, self._desk.context(time), attribution)
        for intent in self._desk.journal.open_intents():
            cancel_intent(self._desk, writer, intent, None, "day-closed")
            self._desk.claims.release(intent.claim_id, "day-closed")

    def _miscounted(self, counted: Mapping[str, int], stubs: int) -> tuple[Miscounted, ...]:
        """Things whose number is another than the stock says; one that nobody keeps a stock of should not be there."""
        accounts = Accounts(self._desk)
        found = []
        for item, count in sorted(counted.items()):
            stock = accounts.stock_of(item)
            expected = stubs if item == PAPER_STUBS else stock.quantity if stock else 0
            if count != expected:
                found.append(Miscounted(item, count, expected))
        return tuple(found)

    def _today(self) -> date:
        return local_date(self._desk.trusted_time().now, self._desk.cache.store().zone)


def _judged(view: DayView, verdict: Verdict) -> DayView:
    return DayView(view.day, view.ranges, view.intents, view.host, view.miscounted, view.waiting, verdict)


def _newest_day(ranges: Sequence[DayCount]) -> date | None:
    """The day of the last deed: after midnight yesterday's counter is still open."""
    days = [day for one in ranges for day in one.totals.days]
    return date.fromisoformat(max(days)) if days else None


def _days(day: date, ranges: Sequence[DayCount]) -> list[date]:
    days = {date.fromisoformat(text) for one in ranges for text in one.totals.days}
    return sorted(days | {day})
