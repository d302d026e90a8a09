"""Counts a range that is to be closed, up to an exact number: its sums, and what in it a person must look at.

Apart from closing because a look at the day counts the same and writes nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pos_client.domain.closings.close import Close
from pos_client.domain.closings.three_books import CentreCause, Deed, Word
from pos_client.domain.closings.totals import Counting, Totals
from pos_client.domain.codes.router import CodeKind
from pos_client.domain.host_match import OurPurchase, our_purchase
from pos_client.domain.journal_entry import EntryKind

from .closing_port import DayBook, DayRow

Progress = Callable[[int, int], None]
_DEEDS: Final = frozenset({EntryKind.REDEEM, EntryKind.HAND_OVER, EntryKind.BIND, EntryKind.ISSUE})
_TELL_EVERY: Final = 500


def silent(_done: int, _all: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """An entry that the centre takes otherwise, or cannot take: never closed over without a word.

    Attributes:
        cause: stuck, in conflict, quarantined or forked.
        holder: JSON text of who holds the use instead. reason: why it is stuck or quarantined.
    """

    cause: CentreCause
    epoch: int
    seq: int
    kind: str
    coupon_id: str
    value_minor: int
    holder: str = ""
    reason: str = ""


@dataclass(slots=True)
class DayCount:
    """A range of one epoch that no close is about yet, counted up to ``last_seq``.

    Attributes:
        epoch, first_seq, last_seq, head_hash: the range, its hash hexadecimal.
        undelivered: how many of it wait. deeds: what stands and no host knows of. purchases: ours, standing.
        clock_jumps: how often the lane's clock jumped in it; no difference, but it may explain one.
        stubs: makers' paper coupons that should lie in the drawer.
    """

    epoch: int
    first_seq: int
    last_seq: int
    head_hash: str
    undelivered: int = 0
    clock_jumps: int = 0
    stubs: int = 0
    doubts: list[Doubt] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    purchases: list[tuple[OurPurchase, Word]] = field(default_factory=list)
    _counting: Counting = field(default_factory=Counting)

    @property
    def totals(self) -> Totals:
        """What it adds up to."""
        return self._counting.totals()

    @property
    def promoters(self) -> dict[str, tuple[int, int]]:
        """Redemptions that stand for each promoter: count and value."""
        return self._counting.promoters()

    @property
    def is_quiet(self) -> bool:
        """Whether no customer's deed is in it."""
        return self._counting.deeds == 0

    def count_on(self, book: DayBook, progress: Progress = silent, until: int | None = None) -> None:
        """Count what was written since, up to the newest entry or to ``until``."""
        last = book.head(self.epoch)[0] if until is None else until
        for row in book.rows(self.epoch, self.last_seq, last):
            self._take(row)
            self.last_seq, self.head_hash = row.seq, row.hash
            if row.seq % _TELL_EVERY == 0 or row.seq == last:
                progress(row.seq - self.first_seq + 1, last - self.first_seq + 1)

    def _take(self, row: DayRow) -> None:
        self._counting.take(row.fields)
        self.undelivered += row.waits
        kind, cause = str(row.fields.get("kind")), row.word.cause
        self.clock_jumps += kind == EntryKind.TIME_JUMP
        if cause and cause is not CentreCause.NOT_YET_DELIVERED:
            self.doubts.append(_doubt(row, kind, cause))
        if row.voided:
            return
        if kind == EntryKind.TRANSACTION:
            self.purchases.append((our_purchase(row.fields, row.seq), row.word))
        elif kind in _DEEDS:
            self.stubs += row.fields.get("code_kind") == CodeKind.GS1_8110
            self.deeds.append(_deed(row, kind))


def uncounted(book: DayBook) -> Sequence[DayCount]:
    """Ranges that no close is about, one for each epoch that has any; the current epoch's comes last, even if empty.

    Nothing is counted yet.
    """
    closed: dict[int, tuple[int, str]] = {}
    for kept in book.closes():
        close = kept.close
        closed[close.of_epoch] = max(closed.get(close.of_epoch, (0, "")), (close.last_seq, close.head_hash))
    ranges, epochs = [], book.epochs()
    for epoch in epochs:
        last, head_hash = closed.get(epoch, (0, ""))
        if epoch == epochs[-1] or book.head(epoch)[0] > last:
            ranges.append(DayCount(epoch, last + 1, last, head_hash or "0" * 64))
    return ranges


def count_again(book: DayBook, close: Close) -> DayCount:
    """The range of a close, counted anew."""
    one = DayCount(close.of_epoch, close.first_seq, close.first_seq - 1, close.head_hash)
    one.count_on(book, until=close.last_seq)
    return one


def _doubt(row: DayRow, kind: str, cause: CentreCause) -> Doubt:
    coupon = str(row.fields.get("coupon_id") or row.fields.get("ref") or "")
    return Doubt(cause, row.epoch, row.seq, kind, coupon, _worth(row.fields), row.holder, row.reason)


def _deed(row: DayRow, kind: str) -> Deed:
    return Deed(row.epoch, row.seq, kind, int(row.fields.get("campaign") or 0), _worth(row.fields), row.word)


def _worth(fields: Any) -> int:
    return int(fields.get("discount_minor") or fields.get("value_minor") or 0)
