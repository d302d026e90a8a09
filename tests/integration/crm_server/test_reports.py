"""Reports: what hangs and what was closed, as people at the centre read it."""

from datetime import timedelta

from crm_server.reports import ReportName
from tests.integration.crm_server.served_shop import Shop, claim_of, reported


def test_a_claim_that_nobody_ended_is_an_orphan_after_a_day(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    lane = shop.lane(store="2")
    intent = lane.intent(coupon_id)
    lane.claim(intent, code)
    same_day = reported(shop, ReportName.ORPHANS)
    shop.clock.offset = timedelta(hours=24, seconds=1)
    orphans = reported(shop, ReportName.ORPHANS)

    assert same_day == []
    assert [(row["claim_id"], row["coupon_id"], row["device"], row["store"]) for row in orphans] == [
        (claim_of(intent), coupon_id, lane.device, 2)
    ]


def test_a_redeemed_claim_is_no_orphan(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    lane = shop.lane()
    intent = lane.intent(coupon_id)
    lane.claim(intent, code)
    lane.push([intent, lane.redeem(coupon_id, intent=intent)])
    shop.clock.offset = timedelta(days=3)

    assert reported(shop, ReportName.ORPHANS) == []


def test_closed_days_are_listed(shop: Shop) -> None:
    lane = shop.lane()
    lane.write("open_day")
    lane.write("close_day", business_date="2026-03-10")
    lane.push(lane.entries)

    closed = [row for row in reported(shop, ReportName.CLOSINGS) if row["closes"]]
    assert [(row["device"], row["seq"], row["business_date"], row["state"]) for row in closed] == [
        (lane.device, 2, "2026-03-10", "delivered")
    ]


def test_settlement_counts_what_stands(shop: Shop) -> None:
    lane, other = shop.lane(), shop.lane(store="2")
    shared, _ = shop.coupon()
    lane.redeem(shared, campaign=1000, discount_minor=700)
    lane.void(lane.redeem(shop.coupon()[0], campaign=1000, discount_minor=9_000))
    lane.redeem(shop.coupon()[0], campaign=1000, discount_minor=300)
    lane.push(lane.entries)
    other.push([other.redeem(shared, campaign=1000, discount_minor=700)])

    assert [
        (row["store"], row["campaign"], row["count"], row["discount_minor"])
        for row in reported(shop, ReportName.SETTLEMENT)
    ] == [(1, 1000, 2, 1_000)]
