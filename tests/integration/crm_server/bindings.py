"""Binding as a lane writes it down and as a phone asks for it, and the centre's members as a test reads them."""

import os
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Row, func, insert, select

from crm_server import pools
from crm_server.pools import MEMBERS, Pool
from crm_server.schema import MEMBER, MEMBER_ALIAS, POOL_MEMBER
from pos_client.config.sealing import seal
from pos_client.domain.batch import SignedEntry
from pos_client.domain.business_time import day_number, local_date
from pos_client.domain.codes.parametric_qr import ParametricQr, Presenter
from pos_client.domain.signed_document import from_base64
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.served_shop import Shop

PHONE, OTHER_PHONE = "+8613900139000", "+8613700137000"
Number = Row[Any]


def sealed(lane: LaneClient, text: str) -> str:
    """A text as a lane seals it, to the key of its policy."""
    public = from_base64(lane.enrolment["policy"]["seal_key"])
    return seal(text, public, X25519PrivateKey.generate(), os.urandom(12))


def numbers(shop: Shop, lane: LaneClient, count: int = 3) -> list[Number]:
    """Numbers that a lane may give to new members."""
    today = day_number(local_date(shop.centre.now(), "Asia/Shanghai"))
    where = (lane.enrolment["store"]["number"], lane.enrolment["lane_no"])
    shop.write(lambda connection: pools.enlarge(connection, Pool(*where, MEMBERS, count), today, shop.centre.now_ms()))
    query = select(POOL_MEMBER).where(POOL_MEMBER.c.store == where[0], POOL_MEMBER.c.lane == where[1])
    newest = query.order_by(POOL_MEMBER.c.number.desc()).limit(count)
    return sorted(shop.write(lambda connection: connection.execute(newest).all()), key=lambda row: int(row.number))


def bind(lane: LaneClient, pooled: Number, phone: str = PHONE, **fields: Any) -> SignedEntry:
    """Append a new member with a number of the pool."""
    about = {
        "action": "new",
        "member_ref": pooled.ref,
        "member_number": pooled.number,
        "ref": "phone:0123456789abcdef",
        "phone_sealed": sealed(lane, phone),
        "proof": "none",
        "provisional": True,
        "promoter": "P1001",
        "business_date": local_date(lane.clock(), "Asia/Shanghai").isoformat(),
    }
    return lane.write("bind", **{**about, **fields})


def serve(lane: LaneClient, number: int, ref: str, action: str = "owner", **fields: Any) -> SignedEntry:
    """Append what concerns somebody who is a member already."""
    today = local_date(lane.clock(), "Asia/Shanghai").isoformat()
    about = {"action": action, "member_ref": ref, "member_number": number, "ref": "", "proof": "none"}
    return lane.write("bind", **{**about, "promoter": "P1001", "business_date": today, **fields})


def with_phone(shop: Shop, phone: str = PHONE) -> list[Number]:
    """Members with this number."""
    query = select(MEMBER).where(MEMBER.c.phone == phone)
    return list(shop.write(lambda connection: connection.execute(query).all()))


def member_of(shop: Shop, number: int) -> Number:
    """One member."""
    return shop.write(lambda connection: connection.execute(select(MEMBER).where(MEMBER.c.number == number)).one())


def aliases(shop: Shop) -> dict[str, str]:
    """References that turned out to be somebody else's."""
    return shop.write(lambda job: {row.ref: row.to_ref for row in job.execute(select(MEMBER_ALIAS))})


def count_members(shop: Shop) -> int:
    """How many there are."""
    return shop.write(lambda job: int(job.execute(select(func.count()).select_from(MEMBER)).scalar_one()))


def an_old_member(shop: Shop, phone: str = PHONE, **changes: Any) -> Number:
    """A member of the other store for years."""
    row = {
        "number": 77, "ref": "m-old", "card": "8800000000000775", "phone": phone, "name": "王小明", "level": "gold",
        "points": 0, "owner_store": 2, "owner_promoter": "P2001", "since_day": 100, "verified": 0,
    }  # fmt: skip
    shop.write(lambda connection: connection.execute(insert(MEMBER).values(row | changes)).rowcount)
    return with_phone(shop, phone)[0]


def a_scene(lane: LaneClient, staff: str = "P1001", good_for: timedelta = timedelta(minutes=5)) -> str:
    """The digits that a lane shows."""
    now = lane.clock()
    bare = ParametricQr(
        0, lane.enrolment["store"]["number"], 0, lane.enrolment["lane_no"], Presenter.PROMOTER, staff, 1001,
        int(now.timestamp()), int((now + good_for).timestamp()),
    )  # fmt: skip
    return signed_scene(bare, lane.key.sign(bare.signed_bytes()))


def signed_scene(qr: ParametricQr, signature: bytes) -> str:
    """The code's digits."""
    fields = {name: getattr(qr, name) for name in qr.__slots__ if name != "signature"}
    return ParametricQr(**fields, signature=signature).text()
