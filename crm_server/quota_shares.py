"""Shares of limited campaigns: what a store is given in advance, for its own server and its lanes alone (escrow).

Apart from the counting because a person gives and takes shares, at the centre only. What a store holds is not the
centre's until the store's server has said that it holds less: so nothing is given twice, whichever message is lost.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from . import quotas
from .devices import ACTIVE
from .problems import Problem
from .quotas import CENTRE
from .schema import DEVICE, QUOTA, STORE_SERVER

_ROW: Final = (
    select(QUOTA)
    .where(QUOTA.c.campaign == bindparam("of_campaign"), QUOTA.c.store == bindparam("of_store"))
    .with_for_update()
)
_OF_STORE: Final = select(QUOTA).where(QUOTA.c.store == bindparam("of_store")).order_by(QUOTA.c.campaign)
_ALL: Final = select(QUOTA).order_by(QUOTA.c.campaign, QUOTA.c.store)
_SET_ASIDE: Final = (
    update(QUOTA)
    .where(
        QUOTA.c.campaign == bindparam("of_campaign"),
        QUOTA.c.store == CENTRE,
        QUOTA.c.granted - QUOTA.c.used >= bindparam("count_"),
    )
    .values(granted=QUOTA.c.granted - bindparam("count_"))
)
_CHANGE: Final = update(QUOTA).where(
    QUOTA.c.campaign == bindparam("of_campaign"), QUOTA.c.store == bindparam("of_store")
)
_LANES: Final = (
    select(DEVICE.c.lane)
    .where(DEVICE.c.store == bindparam("of_store"), DEVICE.c.state == ACTIVE, DEVICE.c.lane != 0)
    .distinct()
    .order_by(DEVICE.c.lane)
)
_HAS_SERVER: Final = select(STORE_SERVER.c.n).where(STORE_SERVER.c.store == bindparam("of_store")).limit(1)


@dataclass(frozen=True, slots=True)
class Told:
    """What a store's server says of one share: its version, what it may still give in all, and what it has given."""

    campaign: int
    ver: int
    granted: int
    used: int


def give(connection: Connection, campaign: int, store: int, count: int, lane_percent: int = 0) -> dict[str, Any]:
    """Set uses of a limited campaign aside for a store.

    Args:
        connection: of the job.
        campaign: whose uses.
        store: who gets them.
        count: how many.
        lane_percent: of these, for the lanes that are enrolled now, in equal parts of whole uses.

    Raises:
        Problem: not-found, quota-exhausted where the centre has not so many left.
    """
    total = quotas.total_of(connection, campaign)
    if not total:
        raise Problem("not-found", f"campaign {campaign} is unknown, or says nothing of total_uses")
    quotas.open_campaign(connection, campaign, total)
    if not connection.execute(_SET_ASIDE, {"of_campaign": campaign, "count_": count}).rowcount:
        left = _left_at_centre(connection, campaign)
        raise Problem("quota-exhausted", f"the centre has {left} left of campaign {campaign}", left=left)
    row = _row(connection, campaign, store) or _first(connection, campaign, store)
    changed = {"granted": row.granted + count, "wanted": row.wanted + count, "ver": row.ver + 1}
    lanes = _with_parts(connection, row, count * min(100, lane_percent) // 100)
    connection.execute(_CHANGE.values(**changed, lanes=json.dumps(lanes)), {"of_campaign": campaign, "of_store": store})
    return one(connection, campaign, store)


def take_back(
    connection: Connection, campaign: int, store: int, count: int | None = None, *, with_lanes: bool = False
) -> dict[str, Any]:
    """Ask for what a store has not used; it comes back when the store's server has said so, at once where it has none.

    Args:
        connection: of the job.
        campaign: whose uses.
        store: who holds them.
        count: how many at most; all that is not used unless given.
        with_lanes: the lanes' own parts too. One that has not heard of it may still use its part.

    Raises:
        Problem: not-found.
    """
    row = _row(connection, campaign, store)
    if row is None or store == CENTRE:
        raise Problem("not-found", f"store {store} has no share of campaign {campaign}")
    lanes = {} if with_lanes else _parts(row)
    least = max(row.used, sum(lanes.values()))
    wanted = max(least, row.wanted - count if count is not None else 0)
    connection.execute(
        _CHANGE.values(wanted=min(wanted, row.wanted), lanes=json.dumps(lanes), ver=row.ver + 1),
        {"of_campaign": campaign, "of_store": store},
    )
    if connection.execute(_HAS_SERVER, {"of_store": store}).first() is None:
        _free(connection, campaign, store, min(wanted, row.wanted))
    return one(connection, campaign, store)


def take_back_all(connection: Connection, store: int) -> list[dict[str, Any]]:
    """Ask for all that a store has not used, as when its day is closed."""
    held = [row for row in connection.execute(_OF_STORE, {"of_store": store}) if row.wanted > row.used]
    return [take_back(connection, row.campaign, store) for row in held]


def confirm(connection: Connection, store: int, told: Sequence[Told]) -> None:
    """Hear what a store's server holds; what it holds less than before goes back to the centre.

    What it says of an older version of a share says nothing of this one.
    """
    for said in told:
        row = _row(connection, said.campaign, store)
        if row is None or row.ver != said.ver:
            continue
        where = {"of_campaign": said.campaign, "of_store": store}
        connection.execute(_CHANGE.values(told_used=min(said.used, row.granted)), where)
        # Its own part, and that of the lanes; where it had used more than was wanted, it keeps what it had used.
        keeps = max(said.granted + sum(_parts(row).values()), row.wanted, row.used)
        if keeps < row.granted:
            _free(connection, said.campaign, store, keeps)


def of_store(connection: Connection, store: int) -> list[dict[str, Any]]:
    """What a store's server is told: ``granted`` is what it may give itself, without its lanes' parts."""
    rows = connection.execute(_OF_STORE, {"of_store": store})
    return [
        {"campaign": row.campaign, "granted": row.wanted - sum(_parts(row).values()), "ver": row.ver} for row in rows
    ]


def of_lanes(connection: Connection, store: int) -> list[dict[str, Any]]:
    """What a store's lanes are told: how many uses each of them has when it is alone."""
    rows = connection.execute(_OF_STORE, {"of_store": store})
    return [{"campaign": row.campaign, "lanes": parts} for row in rows if (parts := _parts(row))]


def shown(connection: Connection) -> list[dict[str, Any]]:
    """All parts of all limited campaigns that were used or shared."""
    return [_document(row) for row in connection.execute(_ALL)]


def one(connection: Connection, campaign: int, store: int) -> dict[str, Any]:
    """One part."""
    return _document(connection.execute(_ROW, {"of_campaign": campaign, "of_store": store}).one())


def _free(connection: Connection, campaign: int, store: int, keeps: int) -> None:
    """Give the centre what a store no longer holds."""
    row = connection.execute(_ROW, {"of_campaign": campaign, "of_store": store}).one()
    keeps = max(keeps, row.used)
    back = max(0, row.granted - keeps)
    connection.execute(
        _CHANGE.values(granted=QUOTA.c.granted - back, wanted=keeps), {"of_campaign": campaign, "of_store": store}
    )
    connection.execute(_CHANGE.values(granted=QUOTA.c.granted + back), {"of_campaign": campaign, "of_store": CENTRE})


def _row(connection: Connection, campaign: int, store: int) -> Row[Any] | None:
    return connection.execute(_ROW, {"of_campaign": campaign, "of_store": store}).one_or_none()


def _first(connection: Connection, campaign: int, store: int) -> Row[Any]:
    row = {"campaign": campaign, "store": store, "granted": 0, "used": 0, "total": 0, "wanted": 0}
    connection.execute(insert(QUOTA).values(**row, lanes="{}", ver=0, told_used=0))
    return connection.execute(_ROW, {"of_campaign": campaign, "of_store": store}).one()


def _with_parts(connection: Connection, row: Row[Any], count: int) -> dict[str, int]:
    """The lanes' parts after ``count`` more; none ever falls here, since a lane may have used its own already."""
    lanes = connection.execute(_LANES, {"of_store": row.store}).scalars().all()
    more = count // len(lanes) if lanes else 0
    parts = _parts(row)
    return parts | {str(lane): parts.get(str(lane), 0) + more for lane in lanes} if more else parts


def _parts(row: Row[Any]) -> dict[str, int]:
    parts: Mapping[str, int] = json.loads(row.lanes)
    return dict(parts)


def _left_at_centre(connection: Connection, campaign: int) -> int:
    row = connection.execute(_ROW, {"of_campaign": campaign, "of_store": CENTRE}).one()
    return int(row.granted - row.used)


def _document(row: Row[Any]) -> dict[str, Any]:
    used = max(row.used, row.told_used)
    return {
        "campaign": row.campaign,
        "store": row.store,
        "granted": row.granted,
        "used": used,
        "left": row.granted - used,
        "coming_back": row.granted - row.wanted if row.store != CENTRE else 0,
        "lanes": _parts(row),
        "ver": row.ver,
    }
