"""A lane that is given back: never with anything undelivered, unless a supervisor takes it away in a file."""

import json
from pathlib import Path

from tests.e2e.test_revoked_lane import NOBODY, device_of, named
from tests.fakes.shop import LaneHome, Shop

PIN = "482915"


def a_pin(shop: Shop, person: str) -> Path:
    """Give somebody a PIN; the file that holds it."""
    file = shop.root / "pin"
    file.write_text(PIN + "\n")
    shop.server.command("staff", "set-pin", person, "--pin-file", str(file))
    return file


def hashes(lane: LaneHome) -> list[str]:
    """The whole book; how far each entry has come is left out."""
    return [str(entry["hash"]) for entry in lane.run("journal", "show").document["entries"]]


def test_a_lane_that_delivered_all_leaves_and_its_book_is_kept(shop: Shop) -> None:
    lane = shop.lane(0)
    code = shop.mint("coupon", 1, "--store", "1")[0]
    assert lane.run("redeem", code).code == 0
    device, entries = device_of(lane), lane.run("journal", "verify").document["entries"]

    left = lane.run("unenrol")

    assert (left.code, left.document["reason"], left.document["centre_told"]) == (0, "unenrolled", True)
    assert Path(left.document["journal"]).exists()
    assert not (lane.home / "journal.db").exists()
    assert list(lane.home.glob("cache*")) == []
    assert not [name for name in json.loads((lane.home / "secrets.json").read_text()) if name.startswith(device)]
    assert lane.run("redeem", code).document["reason"] == "not-enrolled"
    assert len(shop.redemptions()) == 1
    fresh = shop.mint("enrol", 1, "--store", "1", "--lane", "1")[0]
    assert lane.run("enrol", shop.server.url, fresh).code == 0
    assert device_of(lane) != device
    assert lane.run("journal", "verify").document["ok"]
    assert entries


def test_what_is_undelivered_keeps_the_lane(shop: Shop) -> None:
    lane = shop.lane(0)
    named(lane, NOBODY)
    lane.run("redeem", shop.mint("coupon", 1, "--store", "1")[0])
    before = hashes(lane)

    refused = lane.run("unenrol")

    assert (refused.code, refused.document["reason"]) == (20, "unenrol-undelivered")
    assert hashes(lane) == before


def test_a_supervisor_takes_it_away_in_a_file_that_the_centre_takes(shop: Shop) -> None:
    pin = a_pin(shop, "E1002")
    lane = shop.lane(0)
    named(lane, NOBODY)
    lane.run("redeem", shop.mint("coupon", 1, "--store", "1")[0])
    file, wrong = lane.home.parent / "away.rdj", lane.home.parent / "wrong"
    wrong.write_text("482916")

    assert lane.run("unenrol", "--export", str(file)).document["reason"] == "usage"
    refused = lane.run("unenrol", "--export", str(file), "--supervisor", "E1002", "--pin-file", str(wrong))
    assert (refused.document["reason"], file.exists()) == ("pin-wrong", False)
    left = lane.run("unenrol", "--export", str(file), "--supervisor", "E1002", "--pin-file", str(pin))

    assert (left.document["reason"], left.document["centre_told"]) == ("unenrolled", False)
    assert shop.redemptions() == []
    shop.server.command("import", str(file))
    assert len(shop.redemptions()) == 1
