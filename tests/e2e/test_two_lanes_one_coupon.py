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


def test_both_sides_are_told_and_the_loss_ends_with_a_void_or_is_worked_off(shop: Shop) -> None:
    lanes = [shop.lane(0), shop.lane(1)]
    coupons = [shop.mint("coupon")[0] for _ in range(2)]
    shop.close()
    for coupon in coupons:
        for lane in lanes:
            lane.run("redeem", coupon, "--operator", "E1001")
    shop.reopen()
    for lane in lanes:
        lane.run("sync")

    assert lanes[0].run("conflicts").document == {"conflicts": [], "count": 0, "lost_minor": 0}
    told = lanes[1].run("conflicts").document
    first, second = told["conflicts"]
    assert told["lost_minor"] == first["lost_minor"] + second["lost_minor"] > 0
    assert (first["state"], first["holder"]["lane"], first["reason"]) == ("open", 1, "lost-use")
    assert "先登记了这张券" in first["sentence"]["zh"]
    assert "recorded first" in first["sentence"]["en"]

    assert lanes[1].run("void", str(first["seq"]), "--reason", "customer paid", "--operator", "E1001").code == 0
    lanes[1].run("sync")
    assert [one["state"] for one in lanes[1].run("conflicts").document["conflicts"]] == ["voided", "open"]
    assert lanes[1].run("status").document["conflicts"] == 1

    shop.server.command("conflicts", "write-off", "C2", "--owner", "head office", "--reason", "goodwill")
    listed = shop.server.command("conflicts", "list")
    assert [(one["state"], one["loss_minor"] > 0, one["worked"]) for one in listed["losses"]] == [
        ("voided", False, "open"),
        ("open", True, "written-off"),
    ]
    (whole,) = listed["totals"]["all"]
    assert whole["written_off_minor"] == whole["loss_minor"] == second["lost_minor"]
