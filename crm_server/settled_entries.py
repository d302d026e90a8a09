"""Purchases and redemptions of the inbox as settlement reads them: what stood, and what took it back when.

Apart from the reports because two of them read the same facts. Only what lanes wrote and what became of it counts,
never the order in which it arrived or the moment of the report: the same inbox gives the same facts.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, or_, select

from pos_client.domain.journal_entry import EntryKind

from .purchase_effects import RECEIPT_CONFLICT
from .schema import CONFLICT, INBOX

_READ: Final = (EntryKind.REDEEM, EntryKind.TRANSACTION, EntryKind.BIND)


@dataclass(frozen=True, slots=True)
class Settled:
    """One entry that counted when it came.

    Attributes:
        body: its fields. voided_on: business day of the void that took it back, empty while it stands.
        is_alone: a redemption that no purchase stands behind; what it gave beside may share a ``txn`` with it.
    """

    device: str
    epoch: int
    seq: int
    hash: str
    kind: EntryKind
    body: Mapping[str, Any]
    voided_on: str = ""
    is_alone: bool = False

    @property
    def txn(self) -> str:
        """Its purchase, empty where it belongs to none."""
        return str(self.body.get("txn") or "")

    @property
    def day(self) -> str:
        """Its business day."""
        return str(self.body.get("business_date") or "")

    def minor(self, name: str) -> int:
        """An amount of it, 0 where it says none."""
        return int(self.body.get(name) or 0)


def settled_entries(connection: Connection) -> list[Settled]:
    """All of them, by device, epoch, number and hash."""
    voids, bought = _voids(connection), _bought(connection)
    # Of a fork both sides happened: what found its use free stands too.
    paired = select(CONFLICT.c.inbox_id)
    holds = or_(INBOX.c.result == "accepted", and_(INBOX.c.result == "forked", INBOX.c.id.not_in(paired)))
    promoted = INBOX.c.id.in_(select(CONFLICT.c.inbox_id).where(CONFLICT.c.state == "promoted"))
    # A return of a purchase that does not count takes nothing back.
    counts = (INBOX.c.reason != RECEIPT_CONFLICT) & or_(holds, promoted)
    standing = select(INBOX).where(INBOX.c.kind.in_([kind.value for kind in _READ]), counts)
    rows = connection.execute(standing.order_by(INBOX.c.device, INBOX.c.epoch, INBOX.c.seq, INBOX.c.hash))
    return [_settled(row, voids, bought) for row in rows]


def _settled(row: Row[Any], voids: Mapping[tuple[str, int, int], str], bought: frozenset[str]) -> Settled:
    voided_on = voids.get((row.device, row.epoch, row.seq), "") if row.voided else ""
    kind = EntryKind(row.kind)
    body = json.loads(row.body)
    is_alone = kind is EntryKind.REDEEM and str(body.get("txn") or "") not in bought
    return Settled(row.device, row.epoch, row.seq, row.hash, kind, body, voided_on, is_alone)


def _bought(connection: Connection) -> frozenset[str]:
    """All purchases that lanes wrote down, those that do not count as well."""
    bodies = connection.execute(select(INBOX.c.body).where(INBOX.c.kind == EntryKind.TRANSACTION.value)).scalars()
    return frozenset(str(json.loads(body).get("txn") or "") for body in bodies) - {""}


def _voids(connection: Connection) -> dict[tuple[str, int, int], str]:
    """The day of the first void of each entry; a second void takes nothing more back."""
    query = select(INBOX.c.device, INBOX.c.epoch, INBOX.c.body).where(
        INBOX.c.kind == EntryKind.VOID.value, INBOX.c.result != "quarantined"
    )
    first: dict[tuple[str, int, int], str] = {}
    for row in connection.execute(query.order_by(INBOX.c.device, INBOX.c.epoch, INBOX.c.seq, INBOX.c.hash)):
        body = json.loads(row.body)
        target = (row.device, body.get("target_epoch") or row.epoch, body["target_seq"])
        first.setdefault(target, str(body.get("business_date") or ""))
    return first


def purchases(entries: list[Settled]) -> Iterator[Settled]:
    """Purchases and returns."""
    return (entry for entry in entries if entry.kind is EntryKind.TRANSACTION)
