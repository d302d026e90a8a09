"""Leases: while a coupon is lent it works in one store only; when that ends, centre and lanes agree that it did."""

from datetime import timedelta
from typing import Any

from crm_server import snapshots
from crm_server.leases import LeaseTerms, lease, recall
from crm_server.named_coupons import named_coupons
from tests.integration.crm_server.carried_data import follow
from tests.integration.crm_server.served_shop import Shop, problem

HOUR_MS = 3_600_000


def lend(shop: Shop, coupon_id: str, store: int, hours: int = 10) -> None:
    """Lend a coupon to a store."""
    now_ms = shop.centre.now_ms()
    terms = LeaseTerms(store, now_ms + hours * HOUR_MS)
    shop.write(lambda connection: lease(connection, named_coupons(connection, [coupon_id]), terms, now_ms))


def leases_in(rows: list[dict[str, Any]]) -> list[tuple[str, bool]]:
    """Leases that came or went, by campaign and serial."""
    return [("-".join(map(str, row["k"])), not row.get("del")) for row in rows if row["t"] == "lease"]


def test_a_lent_coupon_is_refused_elsewhere_until_it_is_recalled(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    here, there = shop.lane(store="1"), shop.lane(store="2")
    cursor = here.get("/v1/snapshots/current").json()["cursor"]
    lend(shop, coupon_id, 1)
    rows, cursor = follow(here, cursor)

    assert leases_in(rows) == [(coupon_id, True)]
    assert problem(there.claim(there.intent(coupon_id), code)) == (403, "leased-elsewhere")
    shop.write(lambda connection: recall(connection, named_coupons(connection, [coupon_id])))
    assert leases_in(follow(here, cursor)[0]) == [(coupon_id, False)]
    assert there.claim(there.intent(coupon_id), code).status_code == 201


def test_a_lease_that_has_ended_binds_nobody_and_leaves_the_data_a_day_later(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    here, there = shop.lane(store="1"), shop.lane(store="2")
    lend(shop, coupon_id, 1, hours=1)
    cursor = follow(here, here.get("/v1/snapshots/current").json()["cursor"])[1]
    shop.clock.offset += timedelta(minutes=61)

    assert there.claim(there.intent(coupon_id), code).status_code == 201
    cursor = follow(here, cursor)[1]
    snapshots.build(shop.centre, 1)
    assert leases_in(follow(here, cursor)[0]) == []
    shop.clock.offset += timedelta(days=1)
    snapshots.build(shop.centre, 1)
    assert leases_in(follow(here, cursor)[0]) == [(coupon_id, False)]
