"""A day without the centre: pending in tier C, refused the second time with its facts, one row at the centre later."""

from tests.fakes.shop import Shop

OPERATOR = "E1001"


def test_a_coupon_redeemed_alone_is_pending_then_refused_then_counted_once(shop: Shop) -> None:
    lane = shop.lane(0)
    coupon = shop.mint("coupon")[0]
    shop.close()

    first = lane.run("redeem", coupon, "--operator", OPERATOR)
    second = lane.run("redeem", coupon, "--operator", OPERATOR)
    shop.reopen()
    synced = lane.run("sync")
    again = lane.run("sync")
    rows = [row for row in shop.redemptions() if row["coupon_id"] == first.document["coupons"][0]["id"]]

    assert (first.code, first.document["verdict"], first.document["tier"]) == (0, "pending", "C")
    assert (second.code, second.document["verdict"], second.document["reason"]) == (20, "refused", "already-used")
    assert second.document["use"]["operator"] == OPERATOR
    assert (synced.code, again.code) == (0, 0)
    assert [again.document[name] for name in ("pushed", "conflicts")] == [0, 0]
    assert len(rows) == 1
    assert lane.run("journal", "verify").document["ok"] is True


def test_the_refusal_tells_time_lane_and_operator(shop: Shop) -> None:
    lane = shop.lane(0)
    coupon = shop.mint("coupon")[0]
    lane.run("redeem", coupon, "--operator", OPERATOR)

    refused = lane.run("redeem", coupon, "--operator", "somebody-else").document

    local = refused["sentence"]["en"]
    assert "today at" in local
    assert "lane 1" in local
    assert refused["use"]["operator_name"] in local
