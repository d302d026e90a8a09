"""Counts a lane's range from the inbox, by the very code with which the lane counted it, and compares the two.

Apart from the closes because it only reads. Which entries are the lane's own is told by the chain: from the hash that
the close names, each entry names the one before it; a copy's entry under the same number is not in it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, literal, select, union_all

from pos_client.domain.closings.close import COUNTED_TWICE, TOLD
from pos_client.domain.closings.comparison import Cause, Difference, compare
from pos_client.domain.closings.totals import Counting
from pos_client.domain.journal_entry import EntryKind

from .schema import CONFLICT, INBOX, QUARANTINE
from .stored_ranges import LONGEST_LIST

LONGEST_NAMED: Final = 200
Ranges = list[tuple[int, int]]

_OWN: Final = (
    select(INBOX.c.seq, INBOX.c.hash, INBOX.c.body, INBOX.c.result, INBOX.c.reason, CONFLICT.c.holder)
    .outerjoin(CONFLICT, CONFLICT.c.inbox_id == INBOX.c.id)
    .where(
        INBOX.c.device == bindparam("of_device"),
        INBOX.c.epoch == bindparam("of_epoch"),
        INBOX.c.seq.between(bindparam("first"), bindparam("last")),
    )
)
_DISTRUSTED: Final = select(
    QUARANTINE.c.seq, QUARANTINE.c.hash, QUARANTINE.c.body, literal("quarantined"), QUARANTINE.c.reason, literal(None)
).where(
    QUARANTINE.c.device == bindparam("of_device"),
    QUARANTINE.c.epoch == bindparam("of_epoch"),
    QUARANTINE.c.seq.between(bindparam("first"), bindparam("last")),
)
_RANGE: Final = union_all(_OWN, _DISTRUSTED)
_BEYOND: Final = (
    select(INBOX.c.seq)
    .where(
        INBOX.c.device == bindparam("of_device"),
        INBOX.c.epoch == bindparam("of_epoch"),
        INBOX.c.seq > bindparam("last"),
    )
    .order_by(INBOX.c.seq.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as it is stored here; ``fields`` is its body."""

    hash: str
    fields: Mapping[str, Any]
    result: str
    reason: str
    holder: str | None


@dataclass(frozen=True, slots=True)
class Recount:
    """What the inbox says of a close.

    Attributes:
        missing: ranges of the close's epoch that are not here; ``entry_missing`` the close's own entry.
        differences: of what is here.
        conflicts, quarantined, forked: rows of the range, ``LONGEST_NAMED`` of each at most.
        beyond: the highest entry of an ended epoch after its close's end, 0 for none.
    """

    entries: int
    missing: Ranges
    entry_missing: bool
    differences: tuple[Difference, ...]
    conflicts: list[dict[str, Any]]
    quarantined: list[dict[str, Any]]
    forked: list[dict[str, Any]]
    beyond: int

    @property
    def agrees(self) -> bool:
        """Whether nothing is missing and nothing differs."""
        return not (self.missing or self.entry_missing or self.differences)


def recount(connection: Connection, device: str, asked: Mapping[str, Any]) -> Recount:
    """Count the range of a close again.

    Args:
        connection: for reading.
        device: whose journal.
        asked: the body of ``POST /v1/closings``.
    """
    stored = _by_number(connection, device, asked["of_epoch"], asked["first_seq"], asked["last_seq"])
    own, absent = _chain(stored, asked)
    missing = _joined([*_gaps(sorted(stored), asked["first_seq"], asked["last_seq"]), *((seq, seq) for seq in absent)])
    entry = _entry(connection, device, asked)
    differences = _lacking(missing, absent) if missing else _differences(own, asked)
    if entry is not None and not missing:
        differences = [*_altered(entry, asked), *differences]
    ends_epoch = asked["of_epoch"] < asked["epoch"]
    return Recount(
        entries=len(own),
        missing=missing,
        entry_missing=entry is None,
        differences=tuple(differences),
        conflicts=_named(own, "conflict"),
        quarantined=_named(own, "quarantined"),
        forked=_named(own, "forked"),
        beyond=_beyond(connection, device, asked) if ends_epoch else 0,
    )


def _by_number(connection: Connection, device: str, epoch: int, first: int, last: int) -> dict[int, dict[str, Stored]]:
    asked = {"of_device": device, "of_epoch": epoch, "first": first, "last": last}
    found: dict[int, dict[str, Stored]] = {}
    for seq, hash_, body, result, reason, holder in connection.execute(_RANGE, asked):
        found.setdefault(seq, {})[hash_] = Stored(hash_, _fields(body), result, reason, holder)
    return found


def _fields(body: bytes) -> Mapping[str, Any]:
    """A body, read; a well-signed entry may hold anything."""
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}


def _chain(stored: Mapping[int, Mapping[str, Stored]], asked: Mapping[str, Any]) -> tuple[dict[int, Stored], list[int]]:
    """The lane's own entries, walked back from the head, and the numbers at which only another's is stored."""
    own: dict[int, Stored] = {}
    wanted: Any = asked["head_hash"]
    absent: list[int] = []
    for seq in sorted(stored, reverse=True):
        here = stored[seq]
        if seq + 1 not in stored and seq != asked["last_seq"]:
            wanted = None
        found = here.get(wanted) if wanted else next(iter(here.values())) if len(here) == 1 else None
        if found is None:
            absent.append(seq)
            wanted = None
            continue
        own[seq] = found
        wanted = found.fields.get("prev")
    return own, absent


def _lacking(missing: Ranges, absent: Sequence[int]) -> list[Difference]:
    """Why no figure can be compared yet."""
    count = sum(last - first + 1 for first, last in missing) - len(absent)
    found = [Difference(Cause.ENTRIES_MISSING, "", None, count)] if count > 0 else []
    return found + [Difference(Cause.ENTRY_REPLACED, str(seq)) for seq in sorted(absent)[:LONGEST_LIST]]


def _gaps(present: Iterable[int], first: int, last: int) -> Ranges:
    gaps: Ranges = []
    expected = first
    for seq in present:
        if seq > expected:
            gaps.append((expected, seq - 1))
        expected = seq + 1
    if expected <= last:
        gaps.append((expected, last))
    return gaps


def _joined(ranges: Ranges) -> Ranges:
    """In order, neighbours put together; no more of them than an answer carries."""
    joined: Ranges = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined[:LONGEST_LIST]


def _entry(connection: Connection, device: str, asked: Mapping[str, Any]) -> Stored | None:
    """The close's own entry, where it is here."""
    found = _by_number(connection, device, asked["epoch"], asked["seq"], asked["seq"])
    entry = found.get(asked["seq"], {}).get(asked["hash"])
    return entry if entry and entry.fields.get("kind") == EntryKind.CLOSE_DAY else None


def _differences(own: Mapping[int, Stored], asked: Mapping[str, Any]) -> list[Difference]:
    counting = Counting()
    for _, entry in sorted(own.items()):
        counting.take(entry.fields)
    ours = {name: asked.get(name) for name in COUNTED_TWICE}
    return list(compare(ours, counting.totals().as_document()))


def _altered(entry: Stored, asked: Mapping[str, Any]) -> list[Difference]:
    """Fields of the request that say something else than the entry that the lane signed."""
    return [
        Difference(Cause.CLOSE_ALTERED, name)
        for name in TOLD
        if name not in COUNTED_TWICE and asked.get(name) != entry.fields.get(name)
    ]


def _named(own: Mapping[int, Stored], result: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for seq, entry in sorted(own.items()):
        if entry.result == result and len(rows) < LONGEST_NAMED:
            row: dict[str, Any] = {"seq": seq}
            if result == "conflict":
                row |= {"coupon_id": str(entry.fields.get("coupon_id") or entry.fields.get("ref") or "")[:80]}
                row |= {"holder": json.loads(entry.holder) if entry.holder else None}
            if result == "quarantined":
                row |= {"reason": entry.reason}
            rows.append(row)
    return rows


def _beyond(connection: Connection, device: str, asked: Mapping[str, Any]) -> int:
    found = connection.execute(
        _BEYOND, {"of_device": device, "of_epoch": asked["of_epoch"], "last": asked["last_seq"]}
    ).scalar()
    return int(found or 0)
