"""A promoter's statement: every entry that is to his credit, and whether that is sure yet.

Apart from the settlement because this one looks at single entries and at today: credit is pending until the policy's
``confirm_days`` have passed, reversed where a void or a return came in that time, and confirmed after it.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Connection, select

from pos_client.domain.business_time import from_ms, local_date
from pos_client.domain.journal_entry import EntryKind

from . import policies
from .schema import STORE
from .settled_entries import Settled, purchases, settled_entries

PENDING: Final = "pending"
CONFIRMED: Final = "confirmed"
REVERSED: Final = "reversed"


def statement(connection: Connection, now_ms: int) -> list[dict[str, Any]]:
    """By promoter and day: purchases, redemptions without a purchase, and members who were bound."""
    entries, days = settled_entries(connection), policies.current_trade(connection).confirm_days
    zones = {row.number: row.zone for row in connection.execute(select(STORE.c.number, STORE.c.zone))}
    returns: dict[str, list[Settled]] = defaultdict(list)
    for entry in purchases(entries):
        if entry.body.get("returns") and not entry.voided_on:
            returns[str(entry.body["returns"])].append(entry)
    rows = []
    for entry in entries:
        zone = zones.get(entry.minor("store"))
        if zone and _is_credited(entry):
            today = local_date(from_ms(now_ms), zone)
            rows.append(_line(entry, returns[entry.txn] if entry.txn else [], today, days))
    return sorted(
        rows, key=lambda row: tuple(row[name] for name in ("promoter", "business_date", "device", "epoch", "seq"))
    )


def _is_credited(entry: Settled) -> bool:
    if not entry.body.get("promoter"):
        return False
    if entry.kind is EntryKind.TRANSACTION:
        return not entry.body.get("returns")
    return entry.body.get("action") == "new" if entry.kind is EntryKind.BIND else entry.is_alone


def _line(entry: Settled, returns: list[Settled], today: date, confirm_days: int) -> dict[str, Any]:
    sure_on = (date.fromisoformat(entry.day) + timedelta(days=confirm_days)).isoformat()
    in_time = [one for one in returns if one.day <= sure_on]
    paid = entry.minor("basket_minor") - entry.minor("discount_minor")
    back = sum(one.minor("basket_minor") - one.minor("discount_minor") for one in in_time)
    is_reversed = (entry.voided_on and entry.voided_on <= sure_on) or (in_time and back >= paid)
    settled = CONFIRMED if today.isoformat() > sure_on else PENDING
    return {
        **_named(entry),
        "paid_minor": 0 if is_reversed else max(0, paid - back),
        "returned_minor": back,
        "state": REVERSED if is_reversed else settled,
        "sure_after": sure_on,
    }


def _named(entry: Settled) -> Mapping[str, Any]:
    return {
        "promoter": entry.body["promoter"],
        "business_date": entry.day,
        "store": entry.minor("store"),
        "booth": entry.body.get("booth") or "",
        "kind": entry.kind.value,
        "campaign": entry.minor("campaign"),
        "txn": entry.txn,
        "device": entry.device,
        "epoch": entry.epoch,
        "seq": entry.seq,
    }
