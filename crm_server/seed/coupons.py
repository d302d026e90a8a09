"""The seeded coupons: of every campaign a mix of good, used, expired, revoked and not yet valid ones.

Apart from the campaigns because these are rows with a past; the mix is by position, so each shop has some of each.
"""

import secrets
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, insert, update

from crm_server.issuing import CouponSpec, issue
from crm_server.schema import CLAIM, COUPON, LEASE
from crm_server.uses import CONSUMED
from pos_client.domain.business_time import day_of, local_midnight, to_ms

from .people import FIRST_MEMBER

DAY_MS: Final = 86_400_000
PLAIN_NUMBER: Final = 1000
LEASED_CAMPAIGN: Final = 1002
LEASED_EACH: Final = 150
LEASED_DAYS: Final = 30
_ZONE: Final = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Group:
    """Coupons of one campaign: how many, in which form, and whether tied to members or stores."""

    campaign: int
    count: int
    is_opaque: bool = False
    is_bound: bool = False
    by_store: bool = False


GROUPS: Final = (
    Group(1000, 600),
    Group(1001, 500, is_opaque=True, is_bound=True),
    Group(1002, 900),
    Group(1003, 700, by_store=True),
    Group(1004, 600, is_opaque=True),
    Group(1005, 200, is_opaque=True),
    Group(1006, 400, is_opaque=True),
    Group(1006, 300),
    Group(1007, 400, by_store=True),
    Group(1008, 400, is_bound=True),
)
# Who used the used ones: store, lane, operator; a coupon of one store was used there.
_TILLS: Final = ((1, 1, "E1001"), (2, 1, "E2001"), (1, 2, "E1002"))


def seed_coupons(connection: Connection, today: int, members: int, share: int) -> int:
    """Issue one in ``share`` of all groups' coupons; returns how many."""
    now_ms = to_ms(local_midnight(day_of(today), _ZONE))
    total = 0
    for group in GROUPS:
        specs = [_spec(group, place, today, members) for place in range(group.count // share)]
        rows = issue(connection, specs, now_ms)
        _use_some(connection, rows, now_ms)
        _revoke_some(connection, rows)
        total += len(rows)
    _lease(connection, now_ms, LEASED_EACH // share)
    return total


def _spec(group: Group, place: int, today: int, members: int) -> CouponSpec:
    first, last = today - 20, today + 60
    if place % 25 == 2:
        first, last = today - 90, today - 1 - place % 30
    elif place % 50 == 4:
        first, last = today + 7, today + 67
    return CouponSpec(
        campaign=group.campaign,
        first_day=first,
        last_day=last,
        is_opaque=group.is_opaque,
        home_store=place % 2 + 1 if group.by_store else 0,
        member_number=FIRST_MEMBER + place % members if group.is_bound else 0,
        value_minor=1_000 if group.campaign == PLAIN_NUMBER else 0,
    )


def _use_some(connection: Connection, rows: list[dict[str, Any]], now_ms: int) -> None:
    used = [_claim(row, place, now_ms) for place, row in enumerate(rows) if place % 25 in {0, 1}]
    if used:
        connection.execute(insert(CLAIM), used)


def _claim(row: dict[str, Any], place: int, now_ms: int) -> dict[str, Any]:
    store, lane, operator = _TILLS[place % len(_TILLS)]
    store, lane, operator = _TILLS[row["home_store"] - 1] if row["home_store"] else (store, lane, operator)
    return {
        "coupon_id": row["coupon_id"],
        "use_no": 1,
        "claim_id": secrets.token_hex(16),
        "state": CONSUMED,
        "tier": "A",
        "device": "",
        "epoch": 0,
        "seq": 0,
        "store": store,
        "lane": lane,
        "operator": operator,
        "value_minor": row["value_minor"],
        "at_ms": now_ms - (1 + place % 19) * DAY_MS + (10 * 60 + place % 600) * 60_000,
    }


def _revoke_some(connection: Connection, rows: list[dict[str, Any]]) -> None:
    revoked = [row["coupon_id"] for place, row in enumerate(rows) if place % 50 == 3]
    connection.execute(update(COUPON).where(COUPON.c.coupon_id.in_(revoked)).values(revoked=1))


def _lease(connection: Connection, now_ms: int, each: int) -> None:
    """The first serials of the cash-off campaign are lent, one part to each store."""
    until = now_ms + LEASED_DAYS * DAY_MS
    parts = ((1, 1, each), (2, each + 1, 2 * each))
    connection.execute(
        insert(LEASE),
        [
            {"campaign": LEASED_CAMPAIGN, "first_serial": first, "last_serial": last, "store": store, "until_ms": until}
            for store, first, last in parts
        ],
    )
