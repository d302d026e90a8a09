"""What a person must look at: double uses, rows in quarantine, forks; in the order in which they came.

Apart from the inbox because it only reads. A row's number is its place in its own table, so ``since`` is a moment.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, Select, select

from pos_client.domain.business_time import from_ms
from pos_client.domain.journal_entry import wire_time

from .conflict_ledger import ledger
from .schema import DEVICE, INBOX, QUARANTINE

MOST_ROWS: Final = 500
_LOSS: Final = (
    *("id", "device", "epoch", "seq", "hash", "about", "coupon_id", "use_no", "cause", "why", "state", "worked"),
    *("value_minor", "loss_minor", "currency", "campaign", "store", "lane", "operator", "tier", "business_date"),
)
_ENTRY: Final = (INBOX.c.device, INBOX.c.epoch, INBOX.c.seq, INBOX.c.hash)


def exceptions_since(connection: Connection, store: int, since_ms: int) -> dict[str, list[dict[str, Any]]]:
    """Conflicts, quarantined rows and forks of a store's lanes since a moment, oldest first."""
    losses = ledger(connection).of(store, since_ms)
    return {
        "conflicts": [_told(one) for one in losses if one["holder"]][:MOST_ROWS],
        "excess": [_told(one) for one in losses if not one["holder"]][:MOST_ROWS],
        "quarantined": _rows(connection, _marked("quarantined", store, since_ms))
        + _rows(connection, _distrusted(store, since_ms)),
        "forks": _rows(connection, _marked("forked", store, since_ms)),
    }


def _told(loss: Mapping[str, Any]) -> dict[str, Any]:
    """A loss as a lane may read it: without the drafted letter and the centre's own papers."""
    return {**{name: loss[name] for name in _LOSS}, "at": loss["found_at"], "holder": loss["holder"]}


def _marked(result: str, store: int, since_ms: int) -> Select[Any]:
    return (
        select(*_ENTRY, INBOX.c.kind, INBOX.c.reason, INBOX.c.received_ms.label("at_ms"))
        .join(DEVICE, DEVICE.c.id == INBOX.c.device)
        .where(INBOX.c.result == result, DEVICE.c.store == store, INBOX.c.received_ms >= since_ms)
        .order_by(INBOX.c.id)
        .limit(MOST_ROWS)
    )


def _distrusted(store: int, since_ms: int) -> Select[Any]:
    columns = (QUARANTINE.c.device, QUARANTINE.c.epoch, QUARANTINE.c.seq, QUARANTINE.c.hash, QUARANTINE.c.reason)
    return (
        select(*columns, QUARANTINE.c.received_ms.label("at_ms"))
        .join(DEVICE, DEVICE.c.id == QUARANTINE.c.device)
        .where(DEVICE.c.store == store, QUARANTINE.c.received_ms >= since_ms)
        .order_by(QUARANTINE.c.id)
        .limit(MOST_ROWS)
    )


def _rows(connection: Connection, query: Select[Any]) -> list[dict[str, Any]]:
    rows = []
    for row in connection.execute(query).mappings():
        values = dict(row)
        values["at"] = wire_time(from_ms(values.pop("at_ms")))
        rows.append(values)
    return rows
