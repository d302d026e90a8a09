"""Makes the seeded shop in an empty database, and says what is in it.

Apart from its parts because seeding twice must change nothing but give fresh enrolment codes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select

from crm_server import accounts, snapshots, staff
from crm_server.centre import Centre
from crm_server.enrolment import new_code
from crm_server.schema import COUPON, LANE, MEMBER, OFFER, STAFF, STORE
from pos_client.domain.business_time import day_number, from_ms, local_date
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.practice_pins import practice_pin

from .booths import seed_booths
from .campaigns import BRAND, CAMPAIGNS
from .coupons import seed_coupons
from .people import LANES, member_rows, staff_rows, store_rows

MEMBERS: Final = 2_000
SMALL_SHARE: Final = 10
# A seeded shop is for trying things out: its codes last a day instead of ten minutes.
CODE_MINUTES: Final = 24 * 60
_COUPONS: Final = select(func.count()).select_from(COUPON).where(COUPON.c.is_pooled == 0)
_ZONE: Final = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class SeedRequest:
    """How much to seed: one in ``share`` of members and coupons; how long enrolment codes last.

    ``pins``: everybody without a PIN gets the one of practice.
    """

    share: int = 1
    code_minutes: int = CODE_MINUTES
    pins: bool = False


def seed_shop(centre: Centre, request: SeedRequest) -> dict[str, Any]:
    """Fill an empty centre, build the first snapshots; on one with stores only make enrolment codes."""
    is_new = centre.database.write(lambda connection: _fill(connection, centre, request)).result()
    if request.pins:
        centre.database.write(lambda connection: staff.give_practice_pins(connection, centre.now_ms())).result()
    stores = centre.database.read(
        lambda connection: list(connection.execute(select(STORE.c.number)).scalars())
    ).result()
    for store in stores:
        snapshots.build(centre, store, only_if_due=True)
    return {
        "seeded": is_new,
        **centre.database.write(lambda connection: _describe(connection, centre, request)).result(),
    }


def _fill(connection: Connection, centre: Centre, request: SeedRequest) -> bool:
    if connection.execute(select(func.count()).select_from(STORE)).scalar_one():
        return False
    today = day_number(local_date(centre.now(), _ZONE))
    members = MEMBERS // request.share
    connection.execute(insert(STORE), store_rows())
    connection.execute(insert(LANE), list(LANES))
    connection.execute(insert(STAFF), staff_rows())
    connection.execute(insert(OFFER), [_offer_row(campaign) for campaign in CAMPAIGNS])
    connection.execute(insert(MEMBER), member_rows(members, today))
    accounts.open_balances(connection)
    seed_coupons(connection, today, members, request.share)
    seed_booths(connection, today, request.share, centre.now_ms())
    return True


def _offer_row(campaign: dict[str, Any]) -> dict[str, Any]:
    body = json.dumps({"brand": BRAND, **campaign}, ensure_ascii=False)
    return {"number": campaign["number"], "body": body, "next_serial": 1}


def _describe(connection: Connection, centre: Centre, request: SeedRequest) -> dict[str, Any]:
    now_ms = centre.now_ms()
    stores = connection.execute(select(STORE).order_by(STORE.c.number)).all()
    id_of = {store.number: store.id for store in stores}
    lanes = connection.execute(select(LANE).order_by(LANE.c.store, LANE.c.number)).all()
    return {
        "stores": [
            {"number": store.number, "id": store.id, "name": store.name, "zone": store.zone, "currency": store.currency}
            for store in stores
        ],
        "lanes": [
            {
                "store": id_of[lane.store],
                "lane": lane.number,
                "booth": lane.booth,
                "enrol_code": new_code(connection, lane.store, lane.number, now_ms, request.code_minutes),
                "expires_at": wire_time(from_ms(now_ms + request.code_minutes * 60_000)),
            }
            for lane in lanes
        ],
        "staff": [_person(person, id_of, request) for person in connection.execute(select(STAFF).order_by(STAFF.c.id))],
        "campaigns": [
            _campaign(body) for body in connection.execute(select(OFFER.c.body).order_by("number")).scalars()
        ],
        "members": connection.execute(select(func.count()).select_from(MEMBER)).scalar_one(),
        "coupons": connection.execute(_COUPONS).scalar_one(),
        "snapshots": {id_of[store.number]: snapshots.newest_generation(connection, store.number) for store in stores},
    }


def _person(row: Row[Any], id_of: Mapping[int, str], request: SeedRequest) -> dict[str, Any]:
    person = {"id": row.id, "name": row.name, "role": row.role, "store": id_of.get(row.store, "")}
    return person | ({"pin": practice_pin(row.role)} if request.pins else {})


def _campaign(body: str) -> dict[str, Any]:
    offer = json.loads(body)
    return {
        "number": offer["number"],
        "slug": offer.get("slug", ""),
        "name": offer["name"],
        "offline": offer.get("offline", {}).get("policy", "home_store"),
    }
