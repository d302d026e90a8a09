"""A redemption that is at the centre is taken back, and the customer shows the coupon again before anybody synced."""

from tests.fakes.shop import Shop

CLERK = "E1001"


def test_a_coupon_that_was_taken_back_can_be_used_here_at_once(shop: Shop) -> None:
    lane = shop.lane(0)
    coupon = shop.mint("coupon")[0]
    first = lane.run("redeem", coupon, "--operator", CLERK).document
    lane.run("sync")
    lane.run("void", str(first["entry"]["seq"]), "--reason", "customer", "--operator", CLERK)

    again = lane.run("redeem", coupon, "--operator", CLERK).document
    synced = lane.run("sync").document
    rows = {row["seq"]: row for row in shop.redemptions()}

    assert (first["verdict"], again["verdict"], again["tier"]) == ("accepted", "pending", "C")
    assert (synced["errors"], synced["conflicts"]) == ([], 0)
    assert [(rows[one["entry"]["seq"]]["result"], rows[one["entry"]["seq"]]["voided"]) for one in (first, again)] == [
        ("accepted", True),
        ("accepted", False),
    ]
