"""How much waits, and how much was done alone, without walking a month's entries for each customer.

Apart from what is asked of the journal because both go on from the last answer: entries are only ever added, and
whatever else happens to them (a result, a void, a resend) is a transaction that raises the file's ``revision``.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pos_client.domain.business_time import from_ms

from . import journal_sql
from .journal_file import JournalFile

CONTACT: Final = "last_contact"
Place = tuple[int, int]
_BEGINNING: Final = (0, 0)


@dataclass(slots=True)
class _Kept:
    """What was counted, up to which entry, and what must not have changed since."""

    key: tuple[int, str] = (-1, "")
    upto: Place = _BEGINNING
    count: int = 0
    oldest_ms: int | None = None


class RunningCounts:
    """Counts of one open journal. Every method may be called from any thread."""

    def __init__(self, file: JournalFile) -> None:
        self._file = file
        self._waiting = _Kept()
        self._alone = _Kept()

    def waiting(self) -> tuple[int, datetime | None]:
        """Entries in line, and when the oldest of them was written."""
        with self._file.guard:
            kept = self._current(self._waiting, "", _BEGINNING)
            count, oldest = self._file.row(journal_sql.WAITING_AFTER, _asked(kept)) or (0, None)
            kept.oldest_ms = min((one for one in (kept.oldest_ms, oldest) if one is not None), default=None)
            self._waiting = self._gone_on(kept, count)
            return kept.count, None if kept.oldest_ms is None else from_ms(kept.oldest_ms)

    def alone(self) -> int:
        """Redemptions that this lane decided alone since the server was last heard, and that still wait."""
        with self._file.guard:
            contact = self._file.meta(CONTACT) or "{}"
            since = json.loads(contact)
            kept = self._current(self._alone, contact, (since.get("epoch", 0), since.get("seq", 0)))
            row = self._file.row(journal_sql.COUNT_ALONE, _asked(kept))
            self._alone = self._gone_on(kept, row[0] if row else 0)
            return kept.count

    def _current(self, kept: _Kept, about: str, since: Place) -> _Kept:
        key = (self._file.revision, about)
        # Beside another program, which writes, nothing is known of what else happened.
        return kept if self._file.is_writer and kept.key == key else _Kept(key, since)

    def _gone_on(self, kept: _Kept, more: int) -> _Kept:
        newest = self._file.row(journal_sql.NEWEST, {})
        kept.count += more
        kept.upto = max(kept.upto, (newest[0], newest[1])) if newest else kept.upto
        return kept


def _asked(kept: _Kept) -> dict[str, int]:
    return {"epoch": kept.upto[0], "seq": kept.upto[1]}
