"""Takes the centre's roster into the own tables: the store, its devices and their keys, the names of its staff.

Apart from the mirror because these rows are what requests are let in by, and what a holder is named by.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, update

from crm_server.devices import REVOKED
from crm_server.schema import DEVICE, DEVICE_EPOCH, STAFF, STORE
from pos_client.domain.signed_document import from_base64

from .cache_copy import CacheCopy

_STAFF: Final = "SELECT id, name, role FROM staff ORDER BY id"


def adopt(connection: Connection, roster: Mapping[str, Any], now_ms: int) -> None:
    """Make the tables say what a roster says whose signature was checked; a device that left it is let in no more."""
    _adopt_store(connection, roster)
    known = {row.id: row for row in connection.execute(select(DEVICE.c.id, DEVICE.c.epoch, DEVICE.c.state))}
    named = {str(one["id"]): one for one in roster["devices"]}
    for device, one in named.items():
        if device not in known:
            _add_device(connection, int(roster["store"]["number"]), one, now_ms)
        else:
            values = {"state": str(one["state"]), "epoch": max(int(one["epoch"]), known[device].epoch)}
            connection.execute(update(DEVICE).where(DEVICE.c.id == device).values(lane=int(one["lane"]), **values))
    gone = [device for device in known if device not in named]
    connection.execute(update(DEVICE).where(DEVICE.c.id.in_(gone)).values(state=REVOKED))


def adopt_staff(connection: Connection, cache: CacheCopy) -> None:
    """Take the names of the store's staff from its data."""
    known = [
        tuple(row) for row in connection.execute(select(STAFF.c.id, STAFF.c.name, STAFF.c.role).order_by(STAFF.c.id))
    ]
    wanted = [tuple(row) for row in cache.rows(_STAFF)]
    if known == wanted:
        return
    connection.execute(delete(STAFF))
    rows = [{"id": id_, "store": 0, "name": name, "role": role, "active": 1} for id_, name, role in wanted]
    if rows:
        connection.execute(insert(STAFF), rows)


def ensure_epoch(connection: Connection, device: str, epoch: int, first_seq: int) -> None:
    """Open the book of an epoch that a lane brings entries of; it counts from the first one that is brought.

    A lane may have a newer epoch than the last roster says: its signature is enough.
    """
    connection.execute(update(DEVICE).where(DEVICE.c.id == device, DEVICE.c.epoch < epoch).values(epoch=epoch))
    book = (DEVICE_EPOCH.c.device == device, DEVICE_EPOCH.c.epoch == epoch)
    if connection.execute(select(DEVICE_EPOCH.c.epoch).where(*book)).first() is None:
        before = max(0, first_seq - 1)
        values = {"device": device, "epoch": epoch, "reason": "brought", "started_ms": 0}
        connection.execute(insert(DEVICE_EPOCH).values(**values, ack_seq=before, max_seq=before))


def _adopt_store(connection: Connection, roster: Mapping[str, Any]) -> None:
    store = roster["store"]
    values = {name: store[name] for name in ("id", "name", "zone", "currency", "booth")}
    values |= {"secret": from_base64(roster["store_secret"]), "region": "", "offline_by_design": 0}
    known = STORE.c.number == store["number"]
    if connection.execute(update(STORE).where(known).values(**values)).rowcount == 0:
        connection.execute(insert(STORE).values(number=store["number"], **values))


def _add_device(connection: Connection, store: int, one: Mapping[str, Any], now_ms: int) -> None:
    said = {"id": str(one["id"]), "lane": int(one["lane"]), "epoch": int(one["epoch"]), "pubkey": str(one["pubkey"])}
    unsaid = {"hw_hash": "", "app_ver": "", "os": "", "token": "", "previous_token": "", "report": "{}"}
    times = {"enrolled_ms": now_ms, "seen_ms": now_ms}
    connection.execute(insert(DEVICE).values(**said, **unsaid, **times, store=store, state=str(one["state"])))
