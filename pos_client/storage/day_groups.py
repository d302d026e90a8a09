# ruff: noqa: S608 - only constants of this module are put together
"""Entries of some days, grouped and counted by the file itself, each of them once: what charts are drawn from.

Apart from the journal because nothing at the counter asks for it. What an entry says never changes, so a day that was
counted goes on from the newest entry then. Whether it was taken back does change, and is asked anew: the day's index
knows it, and few were. The book is read in pieces, so that no reader's view of it stands in the way of a checkpoint.
"""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from pos_client.domain.journal_entry import EntryKind
from pos_client.usecases.day_office import DayGroup

from .connections import Row
from .journal_file import JournalFile
from .journal_sql import HIGHEST_ROW

PIECE: Final = 2_000
# A person steps through a few weeks; each day looks at four others.
_MOST_DAYS: Final = 64
_BODY: Final = "CAST(body AS TEXT)"
# Hours are the store's, and a zone may be off by a quarter: SQL knows quarters of UTC, the use-case knows the zone.
_GROUPED: Final = (
    "SELECT business_date, kind, CASE kind WHEN 'redeem' THEN at_ms / 900000 * 900000 ELSE 0 END, IFNULL(campaign, 0),"
    f" IFNULL(json_extract({_BODY}, '$.promoter'), ''),"
    f" CASE kind WHEN 'reject' THEN IFNULL(json_extract({_BODY}, '$.reason'), '') ELSE '' END,"
    f" CASE kind WHEN 'bind' THEN IFNULL(json_extract({_BODY}, '$.action'), '') ELSE '' END,"
    f" COUNT(*), SUM(IFNULL(json_extract({_BODY}, '$.discount_minor'), 0)), SUM(ABS(amount)) FROM entry"
)
_KINDS: Final = "kind IN ('redeem', 'reject', 'bind', 'hand_over')"
_KEYS: Final = "GROUP BY 1, 2, 3, 4, 5, 6, 7"
_SOME_ROWS: Final = f"{_GROUPED} WHERE rowid > :after AND rowid <= :last AND business_date = :day AND {_KINDS} {_KEYS}"
_TAKEN_BACK: Final = (
    f"{_GROUPED} INDEXED BY day WHERE business_date = :day AND {_KINDS} AND voided = 1 AND rowid <= :last {_KEYS}"
)
_ROWS_OF_DAY: Final = (
    "SELECT MIN(rowid), MAX(rowid) FROM entry INDEXED BY day WHERE business_date = :day AND rowid <= :last"
)
# kind, quarter, campaign, promoter, reason, action
_Key = tuple[str, int, int, str, str, str]


@dataclass(slots=True)
class _Sums:
    """How many, minor units and pieces, by what charts tell apart."""

    counts: Counter[_Key] = field(default_factory=Counter)
    amounts: Counter[_Key] = field(default_factory=Counter)
    pieces: Counter[_Key] = field(default_factory=Counter)

    def add(self, rows: Sequence[Row]) -> None:
        for _, kind, from_ms, campaign, promoter, reason, action, count, amount_minor, pieces in rows:
            key = (kind, from_ms, campaign, promoter, reason, action)
            self.counts[key] += count
            self.amounts[key] += int(amount_minor)
            self.pieces[key] += int(pieces)


@dataclass(slots=True)
class _Counted:
    """A day as it was counted, taken back or not, up to a row of the book."""

    upto: int
    sums: _Sums = field(default_factory=_Sums)


class DayGroups:
    """Counts days of one journal, and keeps what it counted. Every method may be called from any thread."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._days: dict[date, _Counted] = {}

    def of(self, file: JournalFile, days: Sequence[date]) -> Sequence[DayGroup]:
        """Redemptions, refusals, bindings and things handed over of these business days.

        Args:
            file: the same journal each time; its guard is held for a piece at a time.
            days: business days.
        """
        with self._guard:
            found = [group for day in days for group in self._of_day(file, day)]
            for old in list(self._days)[:-_MOST_DAYS]:
                del self._days[old]
            return found

    def _of_day(self, file: JournalFile, day: date) -> Iterator[DayGroup]:
        newest = _number(file.row(HIGHEST_ROW, {}))
        counted = self._days.pop(day, None)
        last = newest
        if counted is None:
            first, last = file.row(_ROWS_OF_DAY, {"day": day.isoformat(), "last": newest}) or (None, None)
            counted = _Counted((first or 1) - 1)
        self._days[day] = counted
        while counted.upto < (last or 0):
            until = min(counted.upto + PIECE, last)
            asked = {"day": day.isoformat(), "after": counted.upto, "last": until}
            counted.sums.add(file.rows(_SOME_ROWS, asked))
            counted.upto = until
        counted.upto = newest
        gone = _Sums()
        gone.add(file.rows(_TAKEN_BACK, {"day": day.isoformat(), "last": newest}))
        yield from _groups(day, counted.sums, gone)


def _groups(day: date, sums: _Sums, gone: _Sums) -> Iterator[DayGroup]:
    for key, count in sums.counts.items():
        back = gone.counts[key]
        if back:
            yield _group(day, key, (back, gone.amounts[key], gone.pieces[key]), is_voided=True)
        if count > back:
            left = (count - back, sums.amounts[key] - gone.amounts[key], sums.pieces[key] - gone.pieces[key])
            yield _group(day, key, left, is_voided=False)


def _group(day: date, key: _Key, sums: tuple[int, int, int], *, is_voided: bool) -> DayGroup:
    kind, from_ms, campaign, promoter, reason, action = key
    return DayGroup(day, EntryKind(kind), from_ms, campaign, promoter, reason, action, is_voided, *sums)


def _number(row: Row | None) -> int:
    return int(row[0] or 0) if row else 0
