"""A lane's disk copied into a second machine, or put back to yesterday's: noticed, fenced off, and nothing is lost."""

import shutil
from pathlib import Path
from typing import Any

from tests.fakes.shop import LaneHome, Shop

CLERK = "E1001"
SUPERVISOR = "E1002"


def clone(lane: LaneHome) -> LaneHome:
    """The same disk in another machine."""
    twin = LaneHome(lane.home.with_name("twin"))
    shutil.copytree(lane.home, twin.home)
    return twin


def redeem(lane: LaneHome, coupon: str) -> dict[str, Any]:
    """A redemption's whole answer."""
    document: dict[str, Any] = lane.run("redeem", coupon, "--operator", CLERK).document
    return document


def notices(lane: LaneHome) -> list[str]:
    """What stands beside the lane's status."""
    return [notice["reason"] for notice in lane.run("status").document["notices"]]


def verified(lane: LaneHome) -> bool:
    """Whether the whole chain holds."""
    answered = lane.run("journal", "verify")
    assert answered.code == 0, answered
    return bool(answered.document["ok"])


def test_two_machines_with_one_disk(shop: Shop) -> None:
    lane = shop.lane(0)
    same, own, other = shop.mint("coupon", 3)
    lane.run("sync")
    twin = clone(lane)
    shop.close()
    mine = [redeem(lane, coupon) for coupon in (same, own)]
    theirs = [redeem(twin, coupon) for coupon in (same, other)]
    shop.reopen()

    first, second, third = (one.run("sync") for one in (lane, twin, lane))
    rows = shop.redemptions()
    pairs = shop.server.command("report", "conflicts")
    epochs = shop.server.command("report", "epochs")
    coupon_ids = [verdict["coupons"][0]["id"] for verdict in (*mine, theirs[1])]

    assert [verdict["verdict"] for verdict in mine + theirs] == ["pending"] * 4
    assert [answered.code for answered in (first, second, third)] == [0, 0, 0]
    assert [answered.document["new_epoch"] for answered in (first, second, third)] == [None, 2, 3]
    assert second.document["forked"] == 4
    assert sorted((row["coupon_id"], row["result"]) for row in rows) == sorted(
        [(coupon_ids[0], "accepted"), (coupon_ids[1], "accepted"), (coupon_ids[0], "forked"), (coupon_ids[2], "forked")]
    )
    assert [(pair["coupon_id"], pair["holder"]["seq"]) for pair in pairs] == [(coupon_ids[0], mine[0]["entry"]["seq"])]
    assert [(row["epoch"], row["reason"]) for row in epochs] == [(2, "device-forked"), (3, "device-forked")]
    assert [verified(one) for one in (lane, twin)] == [True, True]
    assert [lane.run("status").document["undelivered"], twin.run("status").document["undelivered"]] == [0, 0]


def test_both_go_on_and_a_use_of_one_is_refused_at_the_other(shop: Shop) -> None:
    lane = shop.lane(0)
    before, after = shop.mint("coupon", 2)
    lane.run("sync")
    twin = clone(lane)
    redeem(lane, before)
    synced = [one.run("sync").code for one in (lane, twin)]

    at_the_twin = redeem(twin, before)
    fresh = redeem(twin, after)
    void = twin.run("void", str(fresh["entry"]["seq"]), "--reason", "customer", "--operator", CLERK)
    again = redeem(lane, after)

    assert synced == [0, 0]
    assert (at_the_twin["verdict"], at_the_twin["reason"]) == ("refused", "already-used")
    assert (fresh["verdict"], fresh["entry"]["epoch"]) == ("accepted", 2)
    assert void.document["reason"] == "voided"
    assert twin.run("sync").code == 0
    assert again["verdict"] in {"accepted", "refused"}
    assert "new-epoch" in notices(twin)
    assert [verified(one) for one in (lane, twin)] == [True, True]


def test_a_home_put_back_to_yesterday(shop: Shop) -> None:
    lane = shop.lane(0)
    before, lost, another, waiting = shop.mint("coupon", 4)
    old = redeem(lane, before)
    lane.run("sync")
    yesterday = lane.home.with_name("yesterday")
    shutil.copytree(lane.home, yesterday)
    gone = redeem(lane, lost)
    redeem(lane, another)
    lane.run("sync")
    shutil.rmtree(lane.home)
    yesterday.rename(lane.home)
    shop.close()
    kept = redeem(lane, waiting)
    shop.reopen()

    synced = lane.run("sync")
    refused = redeem(lane, lost)
    void = lane.run("void", str(kept["entry"]["seq"]), "--reason", "customer", "--operator", CLERK)
    quiet = lane.run("sync")
    (gap,) = shop.server.command("report", "epochs")
    ids = [verdict["coupons"][0]["id"] for verdict in (old, gone, kept)]
    rows = {row["coupon_id"]: row for row in shop.redemptions()}

    assert (synced.code, synced.document["new_epoch"], quiet.code, quiet.document["new_epoch"]) == (0, 2, 0, None)
    # Its session token is of yesterday too, and speaks before the numbers do; the gap says which of the two it was.
    assert (gap["reason"], gap["old_epoch"], gap["lane"]) == ("device-forked", 1, 1)
    assert gap["server_last_seq"] > gap["lane_last_seq"] > 0
    assert (refused["reason"], void.document["reason"]) == ("already-used", "voided")
    assert [rows[one]["voided"] for one in ids] == [False, False, True]
    assert verified(lane)
    assert lane.run("doctor").document["checks"][6]["state"] == "good"


def test_a_journal_put_back_to_yesterday_wants_a_supervisor(shop: Shop) -> None:
    lane = shop.lane(0)
    coupon, waiting = shop.mint("coupon", 2)
    shop.close()
    redeem(lane, waiting)
    yesterday = (lane.home / "journal.db").read_bytes()
    shop.reopen()
    lost = redeem(lane, coupon)
    lane.run("sync")
    (lane.home / "journal.db").write_bytes(yesterday)

    stopped = redeem(lane, coupon)
    checked = lane.run("journal", "verify")
    clerk = lane.run("journal", "resume", "--operator", CLERK)
    resumed = lane.run("journal", "resume", "--operator", SUPERVISOR)
    synced = lane.run("sync")
    again = redeem(lane, coupon)
    (gap,) = shop.server.command("report", "epochs")
    nothing = lane.run("journal", "resume", "--operator", SUPERVISOR)

    assert (stopped["reason"], "journal resume" in stopped["next_step"]["en"]) == ("journal-damaged", True)
    assert (checked.code, checked.document["problem"]) == (1, "tail-cut")
    assert (clerk.code, clerk.document["reason"]) == (2, "usage")
    assert (resumed.code, resumed.document["epoch"], resumed.document["problem"]) == (0, 2, "tail-cut")
    assert resumed.document["remembered_seq"] > resumed.document["last_seq"]
    assert (Path(resumed.document["kept"]) / "journal.db").read_bytes() == yesterday
    assert (synced.code, synced.document["new_epoch"], synced.document["errors"]) == (0, None, [])
    assert (lost["verdict"], again["reason"]) == ("accepted", "already-used")
    assert (gap["reason"], gap["operator"]) == ("journal-tail-cut", SUPERVISOR)
    assert (nothing.code, nothing.document["reason"]) == (2, "usage")
    assert verified(lane)


def test_without_the_centre_nothing_is_resumed(shop: Shop) -> None:
    lane = shop.lane(0)
    yesterday = (lane.home / "journal.db").read_bytes()
    redeem(lane, shop.mint("coupon")[0])
    lane.run("sync")
    (lane.home / "journal.db").write_bytes(yesterday)
    shop.close()

    resumed = lane.run("journal", "resume", "--operator", SUPERVISOR)
    still = lane.run("sync")
    shop.reopen()

    assert (resumed.code, resumed.document["reason"]) == (1, "server-unreachable")
    assert (still.code, still.document["reason"]) == (1, "journal-damaged")
    assert not (lane.home / "journal-aside").exists()
