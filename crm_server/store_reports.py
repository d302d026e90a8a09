"""How stores' own servers stand: at the centre who they are; at such a server its mirror, its line, its open claims.

Apart from the other reports because these tables are touched by nothing else.
"""

from typing import Any, Final

from sqlalchemy import Connection, Row, func, select

from pos_client.domain.business_time import from_ms
from pos_client.domain.journal_entry import wire_time

from .schema import CLAIM, DEVICE, MIRRORED, STORE_LANE, STORE_SERVER
from .store_role import forward_queue, mirrored, rebuilding
from .uses import GRANTED

Report = list[dict[str, Any]]
_SERVERS: Final = (
    select(STORE_SERVER, DEVICE.c.state)
    .join(DEVICE, DEVICE.c.id == STORE_SERVER.c.device)
    .order_by(STORE_SERVER.c.store, STORE_SERVER.c.n)
)
_MIRRORED: Final = select(MIRRORED.c.name, MIRRORED.c.at_ms)
_OPEN_CLAIMS: Final = (
    select(CLAIM.c.device, func.count().label("claims")).where(CLAIM.c.state == GRANTED).group_by(CLAIM.c.device)
)


def store_report(connection: Connection, now_ms: int) -> Report:
    """At a store's server one row about it and one a lane; at the centre one row a store server."""
    if rebuilding.store_epoch(connection):
        return [_itself(connection, now_ms), *_lanes(connection)]
    return [_server(row) for row in connection.execute(_SERVERS)]


def _server(row: Row[Any]) -> dict[str, Any]:
    return {
        "about": "server",
        "store": row.store,
        "device": row.device,
        "state": row.state,
        "url": row.url,
        "store_epoch": row.store_epoch,
        "reason": row.reason,
        "joined_at": wire_time(from_ms(row.joined_ms)),
        "seen_at": wire_time(from_ms(row.seen_ms)),
    }


def _itself(connection: Connection, now_ms: int) -> dict[str, Any]:
    """Ages are in seconds, None for what never came; the data's is that of the newest page."""
    came = {row.name: row.at_ms for row in connection.execute(_MIRRORED)}
    pages = [at_ms for name, at_ms in came.items() if name.startswith(mirrored.page_name(""))]
    ages = {
        name: (now_ms - came[name]) // 1000 if name in came else None for name in (mirrored.POLICY, mirrored.ROSTER)
    }
    return {
        "about": "server",
        "store_epoch": rebuilding.store_epoch(connection),
        "rebuilding": rebuilding.why_rebuilding(connection),
        "lanes_awaited": rebuilding.lanes_awaited(connection) if rebuilding.why_rebuilding(connection) else [],
        "opened_by": rebuilding.value(connection, rebuilding.OPENED),
        "data_age_s": (now_ms - max(pages)) // 1000 if pages else None,
        **{f"{name}_age_s": age for name, age in ages.items()},
    }


def _lanes(connection: Connection) -> Report:
    """Each lane: what waits for the centre, and claims that were granted here and not redeemed."""
    counts = {row["device"]: row for row in forward_queue.counts(connection)}
    claims = {row.device: row.claims for row in connection.execute(_OPEN_CLAIMS)}
    said = {row.device: row for row in connection.execute(select(STORE_LANE))}
    epoch = rebuilding.store_epoch(connection)
    known = connection.execute(select(DEVICE.c.id, DEVICE.c.lane, DEVICE.c.state).order_by(DEVICE.c.lane, DEVICE.c.id))
    return [
        {
            "about": "lane",
            "lane": row.lane,
            "device": row.id,
            "state": row.state,
            **{state: counts[row.id][state] if row.id in counts else 0 for state in _STATES},
            "claims_not_redeemed": claims.get(row.id, 0),
            "has_brought_all": row.id in said and said[row.id].brought_epoch == epoch,
            "seen_at": wire_time(from_ms(said[row.id].seen_ms)) if row.id in said else "",
        }
        for row in known
    ]


_STATES: Final = (forward_queue.DELIVERED, forward_queue.WAITING, forward_queue.STUCK)
