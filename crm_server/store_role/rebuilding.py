"""The store's epoch, and rebuilding: a server whose tables may lack grants gives none until its lanes told it all.

Apart from claims because commands, heartbeats and the mirror all have a say in it. All of it stands in the tables, so
that a command and the running server see the same.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select

from crm_server.devices import REVOKED
from crm_server.problems import Problem
from crm_server.schema import INBOX, META, MIRRORED, QUARANTINE, STORE_LANE

RETRY_S: Final = 30
EPOCH: Final = "store_epoch"
REBUILDING: Final = "rebuilding"
OPENED: Final = "store_opened"
_YEAR_S: Final = 366 * 86_400

_VALUE: Final = select(META.c.value).where(META.c.name == bindparam("of_name"))
_FORGET: Final = delete(META).where(META.c.name == bindparam("of_name"))
_ROSTER: Final = select(MIRRORED.c.body).where(MIRRORED.c.name == "roster")
_BROUGHT: Final = select(STORE_LANE.c.device, STORE_LANE.c.brought_epoch)


@dataclass(frozen=True, slots=True)
class LaneHead:
    """What a lane says of this server: the highest entry that it acknowledged, and the epoch that it has served.

    Attributes:
        brought: the ``store_epoch`` for which the lane has brought all that it keeps, 0 for none.
    """

    epoch: int
    seq: int
    brought: int


def value(connection: Connection, name: str) -> str:
    """A value of these tables' own, empty where there is none."""
    return connection.execute(_VALUE, {"of_name": name}).scalar() or ""


def keep(connection: Connection, name: str, text: str) -> None:
    """Keep a value."""
    connection.execute(_FORGET, {"of_name": name})
    connection.execute(insert(META).values(name=name, value=text))


def store_epoch(connection: Connection) -> int:
    """The epoch in force, 0 before the first."""
    return int(value(connection, EPOCH) or 0)


def begin(connection: Connection, highest: int, now_ms: int) -> int:
    """At start: take the first epoch, or a new one where these tables are older than what was seen before.

    Args:
        connection: of a writing job.
        highest: the highest epoch that is known outside the tables.
        now_ms: Unix milliseconds.
    """
    present = store_epoch(connection)
    if present and present >= highest:
        return present
    if highest:
        return take_new_epoch(connection, "tables-older", now_ms, highest)
    epoch = now_ms // 1000
    keep(connection, EPOCH, str(epoch))
    return epoch


def take_new_epoch(connection: Connection, why: str, now_ms: int, highest: int = 0) -> int:
    """Give up what was granted so far as unknown: a new epoch, and no grant until all lanes have told what they hold.

    The number never falls below the clock's seconds, so that a database that was put back cannot take one again.
    """
    epoch = max(store_epoch(connection) + 1, highest + 1, now_ms // 1000)
    keep(connection, EPOCH, str(epoch))
    keep(connection, REBUILDING, why)
    return epoch


def why_rebuilding(connection: Connection) -> str:
    """Why it rebuilds; empty where it is open."""
    return value(connection, REBUILDING)


def must_be_open(connection: Connection) -> None:
    """Let a claim pass while grants are known.

    Raises:
        Problem: store-rebuilding.
    """
    if why_rebuilding(connection):
        raise Problem("store-rebuilding", retry_after_s=RETRY_S)


def open_again(connection: Connection, by: str) -> None:
    """Grant again; ``by`` is who said so."""
    keep(connection, REBUILDING, "")
    keep(connection, OPENED, by)


def note_lane(connection: Connection, device: str, said: LaneHead, undelivered: int, now_ms: int) -> None:
    """Note a lane's heartbeat: it may prove that tables were put back, or be the last one that was waited for."""
    connection.execute(delete(STORE_LANE).where(STORE_LANE.c.device == device))
    values = {"device": device, "brought_epoch": said.brought, "head_epoch": said.epoch, "head_seq": said.seq}
    connection.execute(insert(STORE_LANE).values(**values, undelivered=undelivered, seen_ms=now_ms))
    epoch = store_epoch(connection)
    if said.brought > epoch:
        # It knows a later life of this server than these tables do. A year from now is no epoch that anybody took.
        take_new_epoch(connection, "lane-ahead", now_ms, min(said.brought, now_ms // 1000 + _YEAR_S))
    # A lane that has yet to bring its entries for this epoch is ahead without anything being lost.
    elif said.brought == epoch and not why_rebuilding(connection) and not _is_stored(connection, device, said):
        take_new_epoch(connection, "lane-ahead", now_ms)
    open_if_all_brought(connection)


def open_if_all_brought(connection: Connection) -> None:
    """Open where every lane that is waited for has brought what it keeps."""
    if why_rebuilding(connection) and not lanes_awaited(connection):
        open_again(connection, "all-lanes")


def lanes_awaited(connection: Connection) -> list[int]:
    """Lanes that have not brought their entries for this epoch; before the first roster nobody knows them: lane 0."""
    roster = connection.execute(_ROSTER).scalar()
    if roster is None:
        return [0]
    epoch = store_epoch(connection)
    brought = {row.device for row in connection.execute(_BROUGHT) if row.brought_epoch == epoch}
    newest = {int(one["lane"]): one for one in _devices(json.loads(roster))}
    return sorted(lane for lane, one in newest.items() if one["id"] not in brought)


def _devices(roster: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [one for one in roster["devices"] if one["state"] != REVOKED]


def _is_stored(connection: Connection, device: str, said: LaneHead) -> bool:
    if not said.seq:
        return True
    for table in (INBOX, QUARANTINE):
        found = select(table.c.id).where(table.c.device == device, table.c.epoch == said.epoch, table.c.seq == said.seq)
        if connection.execute(found.limit(1)).first() is not None:
            return True
    return False
