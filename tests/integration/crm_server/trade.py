"""A purchase as a lane writes it down, and the centre's books as a test reads them."""

import json
import secrets
from typing import Any

from sqlalchemy import select

from crm_server import pools
from crm_server.pools import Pool
from crm_server.schema import LEDGER, MEMBER, POOL_COUPON, STAMP
from crm_server.seed.people import FIRST_MEMBER
from pos_client.domain.batch import SignedEntry
from pos_client.domain.business_time import day_number, local_date
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.served_shop import Shop

PLAIN = 1000


def member(shop: Shop, place: int = 0) -> tuple[int, str]:
    """Number and reference of a seeded member."""
    number = FIRST_MEMBER + place
    ref = shop.write(
        lambda connection: connection.execute(select(MEMBER.c.ref).where(MEMBER.c.number == number)).scalar_one()
    )
    return number, ref


def points(shop: Shop, number: int) -> int:
    """A member's balance; it must be the sum of his ledger."""
    query = select(MEMBER.c.points).where(MEMBER.c.number == number)
    rows = select(LEDGER.c.delta).where(LEDGER.c.member_number == number, LEDGER.c.account == "points")
    balance = shop.write(lambda connection: connection.execute(query).scalar_one())
    assert balance == sum(shop.write(lambda connection: connection.execute(rows).scalars().all()))
    return int(balance)


def stamps(shop: Shop, number: int) -> dict[str, int]:
    """A member's cards."""
    query = select(STAMP.c.card, STAMP.c.count.label("stamps")).where(STAMP.c.member_number == number)
    return shop.write(lambda connection: {row.card: row.stamps for row in connection.execute(query)})


def purchases(shop: Shop, number: int) -> int:
    """How many purchases the centre counts of a member."""
    query = select(MEMBER.c.purchases).where(MEMBER.c.number == number)
    return int(shop.write(lambda connection: connection.execute(query).scalar_one()))


def a_pool(shop: Shop, count: int = 3, store: int = 1, lane: int = 1, campaign: int = PLAIN) -> list[str]:
    """Coupons that a lane may give out."""
    today = day_number(local_date(shop.centre.now(), "Asia/Shanghai"))
    pool = Pool(store, lane, campaign, count, home_store=store)
    shop.write(lambda connection: pools.enlarge(connection, pool, today, shop.centre.now_ms()))
    return free_coupons(shop, store, lane, campaign)


def free_coupons(shop: Shop, store: int = 1, lane: int = 1, campaign: int = PLAIN) -> list[str]:
    """Coupons that still lie in a pool."""
    query = select(POOL_COUPON.c.coupon_id).where(
        POOL_COUPON.c.store == store,
        POOL_COUPON.c.lane == lane,
        POOL_COUPON.c.campaign == campaign,
        POOL_COUPON.c.state == "free",
    )
    return sorted(shop.write(lambda connection: connection.execute(query).scalars().all()))


def a_txn() -> str:
    """A purchase's id."""
    return secrets.token_hex(16)


def buy(lane: LaneClient, member_ref: str = "", txn: str = "", **fields: Any) -> SignedEntry:
    """Append a purchase of 100.00."""
    about = {
        "txn": txn or a_txn(),
        "returns": "",
        "ref": "",
        "basket_source": "amount",
        "receipt_no": "",
        "currency": "CNY",
        "basket_minor": 10_000,
        "discount_minor": 0,
        "lines": [],
        "coupons": [],
        "member_ref": member_ref,
        "member_proof": "slot",
    }
    return lane.write("transaction", **{**about, **fields})


def earn(lane: LaneClient, member_ref: str, amount: int, ref: str = "points", **fields: Any) -> SignedEntry:
    """Append points or stamps."""
    about = {"ref": ref, "amount": amount, "member_ref": member_ref, "campaign": 0, "why": "purchase"}
    return lane.write("earn", **{**about, **fields})


def burn(lane: LaneClient, member_ref: str, amount: int, **fields: Any) -> SignedEntry:
    """Append points that pay."""
    about = {"ref": "points", "amount": -amount, "member_ref": member_ref, "value_minor": amount, "hold_id": ""}
    return lane.write("burn", **{**about, "tier": "C", **fields})


def issue(lane: LaneClient, coupon_id: str, member_ref: str = "", **fields: Any) -> SignedEntry:
    """Append a coupon that is given out."""
    about = {"ref": f"issued:{coupon_id}", "coupon_id": coupon_id, "code_kind": "signed_coupon", "why": "purchase"}
    return lane.write("issue", **{**about, "campaign": PLAIN, "member_ref": member_ref, "place": None, **fields})


def hand_over(lane: LaneClient, item: str, booth: str, quantity: int = 1, **fields: Any) -> SignedEntry:
    """Append a thing that leaves the booth."""
    about = {"ref": f"stock:{item}", "amount": -quantity, "item": item, "booth": booth, "coupon_id": "", "of_seq": 0}
    return lane.write("hand_over", **{**about, "of_epoch": 0, "member_ref": "", "swapped_for": "", **fields})


def take_back(lane: LaneClient, target: SignedEntry) -> SignedEntry:
    """Append a void of an entry that moves an account."""
    of = json.loads(target.body)
    kept = {name: of[name] for name in ("ref", "member_ref", "coupon_id") if of.get(name)}
    return lane.void(target, **kept, amount=-of.get("amount", 0))
