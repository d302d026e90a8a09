"""What is lent to a lane so that it can give out without the network: signed coupons, and numbers for new members.

Apart from issuing because a pool has a size that is kept: what a lane gave out is replaced, what ran out of date too.
"""

import secrets
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from pos_client.domain.codes.member_card import card_number

from . import change_log
from .change_log import Change
from .issuing import CouponSpec, issue
from .pooled_coupons import FREE, WITHDRAWN
from .schema import CHANGE_HEAD, COUPON, MEMBER, POOL, POOL_COUPON, POOL_MEMBER

MEMBERS: Final = 0
_FIRST_NUMBER: Final = 10_000_001


@dataclass(frozen=True, slots=True)
class Pool:
    """A lane's pool.

    Attributes:
        campaign: of its coupons; ``MEMBERS`` for numbers of new members.
        size: how many shall be free in it.
        days_valid: of a coupon, from the day it is signed, that day included.
        home_store: where its coupons work, 0 for everywhere.
    """

    store: int
    lane: int
    campaign: int
    size: int
    days_valid: int = 30
    home_store: int = 0


def enlarge(connection: Connection, pool: Pool, today: int, now_ms: int) -> int:
    """Add ``size`` to a lane's pool, which from now on is kept as large; returns how many are free in it.

    Args:
        connection: of the job.
        pool: by how much; its other terms replace those from before.
        today: day number in the store's calendar.
        now_ms: Unix milliseconds.
    """
    free = _free(connection, pool, today)
    _keep(connection, Pool(pool.store, pool.lane, pool.campaign, free + pool.size, pool.days_valid, pool.home_store))
    _add(connection, pool, pool.size, today, now_ms)
    return free + pool.size


def refill(connection: Connection, store: int, today: int, now_ms: int, lane: int | None = None) -> int:
    """Fill up the pools of a store (or of one lane of it) that are less than half full; returns how many were added.

    A pool is left alone while it is more than half full, so that lanes do not fetch a row for each that they give out.
    """
    wanted = select(POOL).where(POOL.c.store == store).order_by(POOL.c.lane, POOL.c.campaign)
    added = 0
    for row in connection.execute(wanted if lane is None else wanted.where(POOL.c.lane == lane)).all():
        pool = Pool(row.store, row.lane, row.campaign, row.size, row.days_valid, row.home_store)
        free = _free(connection, pool, today)
        if free * 2 <= pool.size and free < pool.size:
            _retire(connection, pool, today)
            _add(connection, pool, pool.size - free, today, now_ms)
            added += pool.size - free
    return added


def pools(connection: Connection, store: int, today: int) -> list[dict[str, Any]]:
    """Every pool of a store: how many shall be free in it, and how many are."""
    query = select(POOL).where(POOL.c.store == store).order_by(POOL.c.lane, POOL.c.campaign)
    rows = connection.execute(query).all()
    return [{**row._asdict(), "free": _free(connection, _of(row), today)} for row in rows]


def _of(row: Row[Any]) -> Pool:
    return Pool(row.store, row.lane, row.campaign, row.size, row.days_valid, row.home_store)


def _free(connection: Connection, pool: Pool, today: int) -> int:
    if pool.campaign == MEMBERS:
        of_lane = (POOL_MEMBER.c.store == pool.store, POOL_MEMBER.c.lane == pool.lane, POOL_MEMBER.c.state == FREE)
        return connection.execute(select(func.count()).select_from(POOL_MEMBER).where(*of_lane)).scalar_one()
    in_date = select(func.count()).select_from(_joined()).where(*_of_pool(pool), COUPON.c.last_day >= today)
    return connection.execute(in_date).scalar_one()


def _joined() -> Any:
    return POOL_COUPON.join(COUPON, COUPON.c.coupon_id == POOL_COUPON.c.coupon_id)


def _of_pool(pool: Pool) -> tuple[Any, ...]:
    where = (POOL_COUPON.c.store == pool.store, POOL_COUPON.c.lane == pool.lane)
    return (*where, POOL_COUPON.c.campaign == pool.campaign, POOL_COUPON.c.state == FREE)


def _keep(connection: Connection, pool: Pool) -> None:
    terms = {"size": pool.size, "days_valid": pool.days_valid, "home_store": pool.home_store}
    row = {"store": pool.store, "lane": pool.lane, "campaign": pool.campaign, **terms}
    keys = [POOL.c.store, POOL.c.lane, POOL.c.campaign]
    if connection.dialect.name == "sqlite":
        connection.execute(sqlite.insert(POOL).values(row).on_conflict_do_update(index_elements=keys, set_=terms))
    else:
        connection.execute(postgresql.insert(POOL).values(row).on_conflict_do_update(index_elements=keys, set_=terms))


def _add(connection: Connection, pool: Pool, count: int, today: int, now_ms: int) -> None:
    added = (
        _numbers(connection, pool, count)
        if pool.campaign == MEMBERS
        else _coupons(connection, pool, count, today, now_ms)
    )
    change_log.append(connection, added)


def _coupons(connection: Connection, pool: Pool, count: int, today: int, now_ms: int) -> list[Change]:
    last = today + pool.days_valid - 1
    spec = CouponSpec(pool.campaign, today, last, home_store=pool.home_store, is_pooled=True)
    rows = issue(connection, [spec] * count, now_ms)
    where = {"store": pool.store, "lane": pool.lane, "campaign": pool.campaign, "state": FREE}
    if rows:
        connection.execute(insert(POOL_COUPON), [{"coupon_id": row["coupon_id"], **where} for row in rows])
    return [("pool_coupon", (pool.store, row["coupon_id"])) for row in rows]


def _numbers(connection: Connection, pool: Pool, count: int) -> list[Change]:
    # Whoever gives out numbers waits here for whoever does at the same moment.
    connection.execute(select(CHANGE_HEAD.c.n).with_for_update()).scalar_one()
    taken = [
        connection.execute(select(func.max(column))).scalar() or 0 for column in (MEMBER.c.number, POOL_MEMBER.c.number)
    ]
    first = max(*taken, _FIRST_NUMBER - 1) + 1
    where = {"store": pool.store, "lane": pool.lane, "state": FREE}
    rows = [
        {"number": number, "ref": "m-" + secrets.token_hex(8), "card": card_number(number), **where}
        for number in range(first, first + count)
    ]
    if rows:
        connection.execute(insert(POOL_MEMBER), rows)
    return [("pool_member", (pool.store, row["number"])) for row in rows]


def _retire(connection: Connection, pool: Pool, today: int) -> None:
    """Coupons that ran out of date before anybody got them leave the pool."""
    if pool.campaign == MEMBERS:
        return
    query = select(POOL_COUPON.c.coupon_id).select_from(_joined()).where(*_of_pool(pool), COUPON.c.last_day < today)
    old = list(connection.execute(query).scalars())
    if old:
        connection.execute(update(POOL_COUPON).where(POOL_COUPON.c.coupon_id.in_(old)).values(state=WITHDRAWN))
        change_log.append(connection, [("pool_coupon", (pool.store, coupon_id)) for coupon_id in old])
