"""Which entries the centre still lacks, as far as this server was told: a row for each entry that was stored here.

Apart from sending because an entry is put in line in the very commit that stores it, whoever sends it when. A row is
never deleted; only the centre's own result, naming the entry's hash, makes it delivered.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, insert, select, text, update

from crm_server.inbox import DUPLICATE, RowResult
from crm_server.schema import DEVICE, FORWARD, INBOX
from pos_client.domain.batch import MAX_BODY_BYTES, MAX_ENTRIES, Batch, JournalHead, SignedEntry, in_batches

WAITING: Final = "waiting"
DELIVERED: Final = "delivered"
STUCK: Final = "stuck"
# A literal, so that the index of what is not delivered serves it.
_OPEN: Final = text("forward.state != 'delivered'")
_LINE: Final = (
    select(INBOX.c.id, INBOX.c.device, INBOX.c.epoch, INBOX.c.seq, INBOX.c.hash, INBOX.c.body, INBOX.c.sig)
    .join(FORWARD, FORWARD.c.inbox_id == INBOX.c.id)
    .where(_OPEN)
    .order_by(INBOX.c.device, INBOX.c.epoch, INBOX.c.seq, INBOX.c.id)
)
_RETRY: Final = (
    _LINE.where(FORWARD.c.state == STUCK, FORWARD.c.at_ms < bindparam("before"))
    .order_by(None)
    .order_by(FORWARD.c.at_ms)
    .limit(bindparam("most"))
)
_PUT: Final = insert(FORWARD)
_BECAME: Final = (
    update(FORWARD)
    .where(FORWARD.c.inbox_id == bindparam("of_id"))
    .values(state=bindparam("to"), result=bindparam("said"), tries=FORWARD.c.tries + 1, at_ms=bindparam("now_ms"))
)
_COUNTS: Final = (
    select(INBOX.c.device, DEVICE.c.lane, FORWARD.c.state, func.count().label("entries"))
    .join(INBOX, INBOX.c.id == FORWARD.c.inbox_id)
    .outerjoin(DEVICE, DEVICE.c.id == INBOX.c.device)
    .group_by(INBOX.c.device, DEVICE.c.lane, FORWARD.c.state)
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Entries of one epoch of one lane; ``numbers`` are their places in the inbox."""

    device: str
    rows: tuple[SignedEntry, ...]
    numbers: tuple[int, ...]

    def part(self, first: int, end: int) -> "Waiting":
        """Some of them."""
        return Waiting(self.device, self.rows[first:end], self.numbers[first:end])

    def wire(self) -> bytes:
        """The body of a batch."""
        last = self.rows[-1]
        return Batch(self.rows, JournalHead(last.epoch, last.seq, last.hash)).wire(self.device)


def put(connection: Connection, results: Iterable[RowResult], now_ms: int) -> None:
    """Put in line what was stored just now; what is not a lane's own word (``q-``) is not sent on."""
    new = [one.server_ref for one in results if one.result != DUPLICATE and one.server_ref.isdigit()]
    rows = [{"inbox_id": int(ref), "state": WAITING, "result": "", "tries": 0, "at_ms": now_ms} for ref in new]
    if rows:
        connection.execute(_PUT, rows)


def next_in_line(connection: Connection, but_not: Collection[str]) -> Waiting | None:
    """The oldest entries of one lane that wait, as many as a batch holds."""
    line = _LINE.where(FORWARD.c.state == WAITING, INBOX.c.device.not_in(but_not)).limit(MAX_ENTRIES)
    found = connection.execute(line).all()
    return _one_batch([row for row in found if row.device == found[0].device]) if found else None


def stuck(connection: Connection, before_ms: int, most: int) -> list[Waiting]:
    """Entries that were set aside and not tried since, each alone."""
    rows = connection.execute(_RETRY, {"before": before_ms, "most": most})
    return [Waiting(row.device, (_entry(row),), (row.id,)) for row in rows]


def mark(connection: Connection, numbers: Iterable[int], state: str, result: str, now_ms: int) -> None:
    """Note what became of entries."""
    named = [{"of_id": number, "to": state, "said": result[:40], "now_ms": now_ms} for number in numbers]
    if named:
        connection.execute(_BECAME, named)


def counts(connection: Connection) -> list[dict[str, Any]]:
    """How many entries of each lane wait, are delivered or stuck."""
    lanes: dict[str, dict[str, Any]] = {}
    for row in connection.execute(_COUNTS):
        lane = lanes.setdefault(row.device, {"lane": row.lane, WAITING: 0, DELIVERED: 0, STUCK: 0})
        lane[row.state] = row.entries
    return [{"device": device, **lane} for device, lane in sorted(lanes.items())]


def _one_batch(rows: Sequence[Any]) -> Waiting:
    entries = next(in_batches((_entry(row) for row in rows), MAX_ENTRIES, MAX_BODY_BYTES))
    taken, numbers = list[SignedEntry](), list[int]()
    for entry, row in zip(entries, rows, strict=False):
        # Two entries of one number (a fork) go in two batches: numbers of a batch rise.
        if not taken or entry.seq > taken[-1].seq:
            taken.append(entry)
            numbers.append(row.id)
    return Waiting(rows[0].device, tuple(taken), tuple(numbers))


def _entry(row: Any) -> SignedEntry:
    return SignedEntry(row.epoch, row.seq, bytes.fromhex(row.hash), row.body, row.sig)
