"""Two lanes that cannot reach anybody redeem one coupon: the loss is found, paired, kept and shown."""

from tests.fakes.shop import Shop


def test_one_holds_the_use_and_the_other_is_a_paired_conflict(shop: Shop) -> None:
    lanes = [shop.lane(0), shop.lane(1)]
    coupon = shop.mint("coupon")[0]
    shop.close()

    verdicts = [lane.run("redeem", coupon, "--operator", "E1001").document for lane in lanes]
    shop.reopen()
    reports = [lane.run("sync").document for lane in lanes]
    conflicts = shop.server.command("report", "conflicts")
    shown = [lane.run("status").document["conflicts"] for lane in lanes]
    rows = [row for row in shop.redemptions() if row["coupon_id"] == verdicts[0]["coupons"][0]["id"]]

    assert [verdict["verdict"] for verdict in verdicts] == ["pending", "pending"]
    assert [report["conflicts"] for report in reports] == [0, 1]
    assert shown == [0, 1]
    assert sorted(row["result"] for row in rows) == ["accepted", "conflict"]
    assert len(conflicts["rows"] if isinstance(conflicts, dict) else conflicts) == 1
