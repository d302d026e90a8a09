"""What is asked of the journal: uses, limits, intents, figures of the day, and how much waits.

Apart from writing because the commands that only read open the same file beside a running window. Each answer comes
from an index; none walks the book.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from pos_client.domain.business_time import from_ms, to_ms
from pos_client.domain.journal_entry import Entry, EntryKind
from pos_client.domain.limits import LimitUsage
from pos_client.domain.trusted_time import TimeAnchor
from pos_client.domain.verdict import EntryRef, Use
from pos_client.usecases.ports import LateRefusal, OpenIntent, ReceiptTaken, UseTaken

from . import journal_sql
from .connections import Row
from .day_book import SqlDayBook
from .entry_rows import entry_of
from .history_book import SqlHistory
from .journal_file import JournalFile
from .journal_late import late_refusal_of
from .running_counts import RunningCounts

ANCHOR: Final = "time_anchor"
RATCHET: Final = "ratchet_ms"
GENERATION: Final = "highest_generation"
EPOCH: Final = "epoch"
DEVICE: Final = "device"
RECENT: Final = 1_000
# What a person at the counter means by a number.
_DEEDS: Final = frozenset({EntryKind.REDEEM, EntryKind.TRANSACTION})


@dataclass(frozen=True, slots=True)
class StuckEntry:
    """An entry that keeps failing alone while others are delivered; ``reason`` is the server's, or a fault's."""

    epoch: int
    seq: int
    kind: str
    at: datetime
    reason: str


class JournalReader:
    """The reading half of the ``Journal`` port.

    Args:
        file: an open journal.

    Attributes:
        days: the same entries by days. history: as a person searches them.
    """

    def __init__(self, file: JournalFile) -> None:
        self._file = file
        self.days = SqlDayBook(file)
        self.history = SqlHistory(file)
        self._counts = RunningCounts(file)

    @property
    def device(self) -> str:
        """Whose journal this is."""
        return self._file.meta(DEVICE) or ""

    @property
    def epoch(self) -> int:
        """The epoch that new entries belong to; 0 before the first."""
        return int(self._file.meta(EPOCH) or 0)

    def uses_of(self, coupon_id: str) -> tuple[Use, ...]:
        """Uses that this lane recorded and did not take back."""
        return tuple(use_of(row) for row in self._file.rows(journal_sql.USES, {"coupon_id": coupon_id}))

    def unused_claims(self, coupon_id: str) -> frozenset[str]:
        """Claim ids of this lane for the coupon that stand for no use: open intents, and what was taken back."""
        return frozenset(row[0] for row in self._file.rows(journal_sql.UNUSED_CLAIMS, {"coupon_id": coupon_id}))

    def usage(self, business_date: date, member_ref: str) -> LimitUsage:
        """What this lane did alone since the server was last heard and on that day, and for this member."""
        today = self._file.row(journal_sql.DAY, {"day": business_date.isoformat(), "member_ref": member_ref})
        value, of_member = today or (0, 0)
        return LimitUsage(self._counts.alone(), value or 0, (of_member or 0) if member_ref else 0)

    def uses_alone(self, campaign: int) -> int:
        """How often this lane granted a use of this campaign alone and did not take it back, ever."""
        found = self._file.row(journal_sql.USES_ALONE, {"campaign": campaign})
        return int(found[0]) if found else 0

    def member_uses(self, business_date: date | None, member_ref: str, campaign: int) -> int:
        """How often this member used this campaign on that day, or ever, as far as this lane recorded it."""
        asked: dict[str, Any] = {"member_ref": member_ref, "campaign": campaign}
        if business_date is None:
            found = self._file.row(journal_sql.MEMBER_USES_EVER, asked)
        else:
            found = self._file.row(journal_sql.MEMBER_USES, asked | {"day": business_date.isoformat()})
        return int(found[0]) if found else 0

    def uses_by(self, member_refs: Sequence[str]) -> int:
        """How many uses of any coupon under these references this lane recorded and did not take back."""
        found = self._file.row(journal_sql.USES_BY, {"members": json.dumps(list(member_refs))})
        return int(found[0]) if found else 0

    def open_intent(self, coupon_id: str) -> OpenIntent | None:
        """The newest intent of this coupon that neither a redemption nor a void has ended."""
        row = self._file.row(journal_sql.OPEN_INTENT, {"coupon_id": coupon_id})
        return None if row is None else _intent_of(row)

    def stuck(self, limit: int = 20) -> Sequence[StuckEntry]:
        """Entries that keep failing alone, oldest first."""
        rows = self._file.rows(journal_sql.STUCK_ENTRIES, {"limit": limit})
        return [StuckEntry(epoch, seq, kind, from_ms(at_ms), reason) for epoch, seq, kind, at_ms, reason in rows]

    def open_intents(self) -> Sequence[OpenIntent]:
        """All of them, oldest first."""
        return [_intent_of(row) for row in self._file.rows(journal_sql.OPEN_INTENTS, {})]

    def entry(self, seq: int) -> Entry | None:
        """The entry that a number means here: of this epoch, or a deed of an older one that is recent and stands.

        None also where both stand: which of the two is meant nobody can tell, and the wrong one must not be voided.
        """
        epoch = self.epoch
        own = self.entry_of(epoch, seq)
        if epoch <= 1:
            return own
        row = self._file.row(journal_sql.RECENT_OF_NUMBER, {"epoch": epoch, "seq": seq, "recent": RECENT})
        if row is None:
            return own
        own_stands = own is not None and own.kind in _DEEDS and not own.voided
        return None if own_stands else entry_of(row)

    def entry_of(self, epoch: int, seq: int) -> Entry | None:
        """One entry of any epoch."""
        row = self._file.row(journal_sql.ONE, {"epoch": epoch, "seq": seq})
        return None if row is None else entry_of(row)

    def latest(self, limit: int, kinds: Sequence[EntryKind] = ()) -> Sequence[Entry]:
        """Newest first, of all kinds where none is named."""
        asked: dict[str, Any] = {"limit": limit, "kinds": json.dumps(list(kinds))}
        if not kinds:
            return [entry_of(row) for row in self._file.rows(journal_sql.LATEST, asked)]
        head = self.head()
        recent = {"epoch": head.epoch, "seq": head.seq - RECENT} if head else {"epoch": 0, "seq": 0}
        rows = self._file.rows(journal_sql.RECENT_OF_KINDS, asked | recent)
        if len(rows) < limit:
            rows = self._file.rows(journal_sql.ALL_OF_KINDS, asked)
        return [entry_of(row) for row in rows]

    def of_purchase(self, txn: str) -> Sequence[Entry]:
        """All entries of one purchase, oldest first."""
        return [entry_of(row) for row in self._file.rows(journal_sql.OF_TXN, {"txn": txn})]

    def of_day(self, business_date: date, kinds: Sequence[EntryKind], members: Sequence[str] = ()) -> Sequence[Entry]:
        """Entries of a business day of some kinds, oldest first; only those of these members where any are named."""
        asked = {"day": business_date.isoformat(), "kinds": json.dumps(list(kinds))}
        asked["members"] = json.dumps(list(members))
        sql = journal_sql.OF_DAY_FOR if members else journal_sql.OF_DAY
        return [entry_of(row) for row in self._file.rows(sql, asked)]

    def standing(self, kind: EntryKind, ref: str, limit: int = 1) -> Sequence[Entry]:
        """Entries of a kind that move one account and were not taken back, newest first."""
        asked = {"kind": kind.value, "ref": ref, "limit": limit}
        return [entry_of(row) for row in self._file.rows(journal_sql.STANDING, asked)]

    def knows(self, ref: str) -> bool:
        """Whether any entry ever moved this account, taken back or not."""
        return self._file.row(journal_sql.KNOWN, {"ref": ref}) is not None

    def moved(self, ref: str, after: tuple[int, int], members: Sequence[str] | None = None) -> int:
        """By how much this lane moved an account after an entry, of some members or of all."""
        asked: dict[str, Any] = {"ref": ref, "epoch": after[0], "seq": after[1]}
        sql = journal_sql.MOVED
        if members is not None:
            asked["members"], sql = json.dumps(list(members)), journal_sql.MOVED_FOR
        row = self._file.row(sql, asked)
        return int(row[0] or 0) if row else 0

    def counts(self, business_date: date, operator: str = "") -> Mapping[str, int]:
        """What stands of a business day by kind, of one operator where named; things handed over by the piece."""
        return dict(self._file.rows(journal_sql.COUNTS, {"day": business_date.isoformat(), "operator": operator}))

    def undelivered(self) -> tuple[int, datetime | None]:
        """How many entries wait, and since when."""
        return self._counts.waiting()

    def conflicts(self) -> Sequence[Entry]:
        """Entries that lost their use to another lane, oldest first."""
        return [entry_of(row) for row in self._file.rows(journal_sql.LOST_USES, {})]

    def late_refusals(self) -> Sequence[LateRefusal]:
        """Standing redemptions that a server refused after all, and of which the centre has no word yet."""
        return [late_refusal_of(row) for row in self._file.rows(journal_sql.LATE, {})]

    def head(self) -> EntryRef | None:
        """The newest entry of all."""
        row = self._file.row(journal_sql.HEAD, {})
        return None if row is None else EntryRef(row[0], row[1], row[2].hex())

    def who_took(self, row: Mapping[str, Any]) -> UseTaken | ReceiptTaken | None:
        """Why the book did not take a row: its use, or its receipt, stands here already."""
        for use in self.uses_of(row["coupon_id"] or ""):
            if row["kind"] == EntryKind.REDEEM and use.use_no == row["use_no"]:
                return UseTaken(use)
        if row["kind"] == EntryKind.TRANSACTION and row["ref"]:
            return next(map(ReceiptTaken, self.standing(EntryKind.TRANSACTION, row["ref"])), None)
        return None

    def time_anchor(self) -> TimeAnchor | None:
        """The last signed server time and the clocks then."""
        kept = self._file.meta(ANCHOR)
        if kept is None:
            return None
        anchor = json.loads(kept)
        return TimeAnchor(from_ms(anchor["server_ms"]), anchor["monotonic_ms"], anchor["boot_id"])

    def ratchet(self) -> datetime | None:
        """The latest moment that this lane's own facts prove: its last entry, the server's time, the data's age."""
        last, anchor = self._file.row(journal_sql.LAST_BELIEVED, {}), self.time_anchor()
        moments = [int(self._file.meta(RATCHET) or 0), last[0] if last else 0]
        latest = max([*moments, to_ms(anchor.server_time)] if anchor else moments)
        return from_ms(latest) if latest else None

    def highest_generation(self) -> int:
        """The highest cache generation that was ever in use here."""
        return int(self._file.meta(GENERATION) or 0)

    def meta(self, key: str) -> str | None:
        """A remembered value."""
        return self._file.meta(key)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def anchor_text(anchor: TimeAnchor) -> str:
    """A signed server time as ``time_anchor`` reads it again."""
    kept = {"server_ms": to_ms(anchor.server_time), "monotonic_ms": anchor.monotonic_ms, "boot_id": anchor.boot_id}
    return json.dumps(kept)


def use_of(row: Row) -> Use:
    """A use as the journal recorded it; the names of store and operator are the cache's to say."""
    use_no, at_ms, seq, claim, body = row
    fields: dict[str, Any] = json.loads(body)
    return Use(
        use_no=use_no,
        at=from_ms(at_ms),
        store=fields.get("store", 0),
        lane=fields.get("lane", 0),
        operator=fields.get("operator", ""),
        device=fields.get("device", ""),
        seq=seq,
        claim_id=claim,
        value_minor=fields.get("value_minor") or 0,
    )


def _intent_of(row: Row) -> OpenIntent:
    epoch, seq, entry_hash, claim, coupon_id, use_no, at_ms = row
    return OpenIntent(EntryRef(epoch, seq, entry_hash.hex()), claim, coupon_id, use_no, from_ms(at_ms))
