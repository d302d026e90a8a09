"""A lane that was revoked: it refuses for good, also alone and after a restart, keeps its book, and delivers it."""

import json

from tests.fakes.shop import LaneHome, Shop

NOBODY = "http://127.0.0.1:9"


def named(lane: LaneHome, url: str) -> None:
    """Make a lane look for its centre elsewhere."""
    file = lane.home / "enrolment.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"server_url": url}))


def device_of(lane: LaneHome) -> str:
    return str(json.loads((lane.home / "enrolment.json").read_text())["device_id"])


def test_a_revoked_lane_gives_nothing_away_any_more_and_still_delivers(shop: Shop) -> None:
    lane = shop.lane(0)
    first, second, third = shop.mint("coupon", 3, "--store", "1")
    named(lane, NOBODY)
    assert lane.run("redeem", first).document["reason"] == "accepted-offline"
    secrets = json.loads((lane.home / "secrets.json").read_text())
    before = lane.run("status").document["undelivered"]
    assert before

    shop.server.command("revoke", "--device", device_of(lane))
    named(lane, shop.server.url)
    report = lane.run("sync").document
    named(lane, NOBODY)

    assert {error["reason"] for error in report["errors"]} == {"device-revoked"}
    assert report["pushed"] >= before
    assert len(shop.redemptions()) == 1
    alone = lane.run("redeem", second)
    assert (alone.code, alone.document["reason"]) == (20, "device-not-trusted")
    assert lane.run("check", third).document["reason"] == "device-not-trusted"
    assert lane.run("purchase", "--amount", "5000").document["reason"] == "device-not-trusted"
    assert lane.run("void", "2", "--reason", "slip").document["reason"] == "device-revoked"
    assert list(lane.home.glob("cache*")) == []
    name = f"{device_of(lane)}/store-secret"
    assert json.loads((lane.home / "secrets.json").read_text())[name] != secrets[name]
    status = lane.run("status")
    assert (status.code, status.document["undelivered"], status.document["revoked"]) == (0, 0, True)
    assert lane.run("journal", "verify").document["ok"]


def test_who_only_answers_in_the_centres_place_revokes_nobody(shop: Shop) -> None:
    """A lane that trusts other keys hears the same words without a proof."""
    lane = shop.lane(0)
    code = shop.mint("coupon", 1, "--store", "1")[0]
    shop.server.command("revoke", "--device", device_of(lane))
    file = lane.home / "enrolment.json"
    known = json.loads(file.read_text())
    kept = [key for key in known["trust"] if key["purpose"] != "srv"]
    assert len(kept) < len(known["trust"])
    file.write_text(json.dumps(known | {"trust": kept}))

    lane.run("sync")
    named(lane, NOBODY)

    assert lane.run("redeem", code).document["reason"] == "accepted-offline"
