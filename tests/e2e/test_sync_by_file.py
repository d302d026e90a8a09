"""A store that never sees a network: entries go up, and results, policy and data come down, in files by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from pos_client.bootstrap.lane import LaneFiles
from pos_client.config.bundle_keys import key_from_centre
from pos_client.domain import bundle_format
from pos_client.domain.signed_document import from_base64, to_base64
from tests.fakes.shop import LaneHome, Shop

OPERATOR = "E1001"
# Enrolment, and the data that came with it, were delivered over head office's network.
DELIVERED_BEFORE = 1
NOTHING: dict[str, Any] = {"results": 0, "pulled": 0, "generation": None, "policy": False, "errors": []}


@pytest.fixture
def lane(shop: Shop) -> LaneHome:
    """A lane that was enrolled at head office; from here on there is no network."""
    lane = shop.lane(0)
    shop.close()
    return lane


def bring_up(shop: Shop, *files: Path) -> Any:
    return shop.server.command("import", *map(str, files))


def bring_down(shop: Shop, lane: LaneHome, name: str = "down.rdb", *options: str) -> Path:
    store = str(lane.run("status").document["store"])
    shop.server.command("export", "--store", store, "--out", str(shop.root / name), *options)
    return shop.root / name


def redeemed(shop: Shop, lane: LaneHome) -> str:
    """Id of a coupon that the lane redeemed alone."""
    done = lane.run("redeem", shop.mint("coupon")[0], "--operator", OPERATOR)
    assert done.document["tier"] == "C", done
    return str(done.document["coupons"][0]["id"])


def test_a_day_goes_up_and_its_results_come_down(shop: Shop, lane: LaneHome) -> None:
    coupon, up = redeemed(shop, lane), shop.root / "up.rdb"
    waiting = lane.run("status").document["undelivered"]

    written = lane.run("sync", "--to", str(up)).document
    stored = bring_up(shop, up)
    taken = lane.run("sync", "--from", str(bring_down(shop, lane)))

    assert (written["entries"], stored["files"][0]["results"]) == (waiting, {"accepted": waiting})
    assert (taken.code, taken.document["results"]) == (0, waiting + DELIVERED_BEFORE)
    assert [row["coupon_id"] for row in shop.redemptions()] == [coupon]
    assert lane.run("status").document["undelivered"] <= 1  # only that new data came
    assert lane.run("journal", "verify").document["ok"] is True


def test_what_is_new_at_the_centre_arrives_by_file(shop: Shop, lane: LaneHome) -> None:
    code = shop.mint("coupon")[0]
    good = lane.run("check", code).document
    shop.server.command("revoke", str(good["coupons"][0]["id"]))

    taken = lane.run("sync", "--from", str(bring_down(shop, lane))).document

    assert (taken["errors"], taken["pulled"] > 0) == ([], True)
    assert (good["reason"], lane.run("check", code).document["reason"]) == ("can-redeem", "revoked")


def test_the_same_file_again_changes_nothing_on_either_side(shop: Shop, lane: LaneHome) -> None:
    redeemed(shop, lane)
    up = shop.root / "up.rdb"
    lane.run("sync", "--to", str(up))
    first = bring_up(shop, up)["files"][0]
    down = bring_down(shop, lane)
    lane.run("sync", "--from", str(down))
    journal = lane.run("journal", "show").document

    again = bring_up(shop, up, up)["files"]
    taken = lane.run("sync", "--from", str(down)).document

    assert [one["results"] for one in again] == [{"duplicate": first["entries"]}] * 2
    assert {name: taken[name] for name in NOTHING} == NOTHING | {"results": first["entries"] + DELIVERED_BEFORE}
    assert lane.run("journal", "show").document == journal
    assert len(shop.redemptions()) == 1


def test_files_of_several_lanes_and_days_come_in_any_order(shop: Shop) -> None:
    lanes = [shop.lane(0), shop.lane(1)]
    shop.close()
    files = []
    for day in range(2):
        for number, lane in enumerate(lanes):
            redeemed(shop, lane)
            files.append(shop.root / f"{number}-{day}.rdb")
            lane.run("sync", "--to", str(files[-1]))

    stored = bring_up(shop, *reversed(files))

    assert len(shop.redemptions()) == 4
    assert [one["epochs"][0]["missing"] for one in stored["files"]] == [[]] * 4


def test_what_the_network_brought_too_counts_once(shop: Shop, lane: LaneHome) -> None:
    redeemed(shop, lane)
    up = shop.root / "up.rdb"
    lane.run("sync", "--to", str(up))
    shop.reopen()
    lane.run("sync")

    stored = bring_up(shop, up)["files"][0]

    assert set(stored["results"]) == {"duplicate"}
    assert len(shop.redemptions()) == 1


def test_a_found_stick_tells_nothing(shop: Shop, lane: LaneHome) -> None:
    coupon, up = redeemed(shop, lane), shop.root / "up.rdb"
    lane.run("journal", "export", str(up))
    lane.run("journal", "export", str(shop.root / "plain.rdj"), "--plain")
    down = bring_down(shop, lane)
    sealed = (up.read_bytes(), down.read_bytes())

    device = lane.run("status").document["device"]
    batch = json.loads((shop.root / "plain.rdj").read_bytes().splitlines()[0])
    assert batch["device"] == device
    for content in sealed:
        assert coupon.encode() not in content
        assert b'"entries"' not in content
        assert b"SQLite" not in content


@pytest.mark.parametrize("harm", ["flipped", "cut", "empty", "end-changed"])
def test_a_file_that_was_harmed_is_refused_and_nothing_is_lost(shop: Shop, lane: LaneHome, harm: str) -> None:
    redeemed(shop, lane)
    up = shop.root / "up.rdb"
    lane.run("sync", "--to", str(up))
    down = bring_down(shop, lane)
    for file in (up, down):
        content = file.read_bytes()
        middle = len(content) // 2
        harmed = {
            "flipped": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
            "cut": content[:-300],
            "empty": b"",
            "end-changed": content.replace(b'"made_at":"2', b'"made_at":"3', 1),
        }[harm]
        assert harmed != content
        file.with_suffix(".bad").write_bytes(harmed)

    refused = lane.run("sync", "--from", str(down.with_suffix(".bad")))
    before = lane.run("status").document["undelivered"]
    with pytest.raises(Exception, match="ended with 1"):
        bring_up(shop, up.with_suffix(".bad"))

    assert refused.code == 1
    assert refused.document["reason"] in {"bundle-damaged", "bundle-foreign"}
    assert shop.redemptions() == []
    assert before > 0
    assert bring_up(shop, up)["files"][0]["entries"] == before


def test_a_file_for_another_store_and_one_of_another_centre_are_refused(
    shop: Shop, lane: LaneHome, tmp_path: Path
) -> None:
    store = lane.run("status").document["store"]
    elsewhere = tmp_path / "elsewhere.rdb"
    shop.server.command("export", "--store", str(store + 1), "--out", str(elsewhere), "--no-data")
    stranger = Shop(tmp_path / "stranger")
    stranger.open()
    stranger.close()
    of_stranger = tmp_path / "stranger.rdb"
    stranger.server.command("export", "--store", str(store), "--out", str(of_stranger), "--no-data")
    up = shop.root / "up.rdb"
    lane.run("sync", "--to", str(up))

    for file in (elsewhere, of_stranger):
        refused = lane.run("sync", "--from", str(file))
        assert (refused.code, refused.document["reason"]) == (1, "bundle-foreign")
    with pytest.raises(Exception, match="ended with 1"):
        bring_up(stranger, up)


def test_an_older_file_that_comes_late_sets_nothing_back(shop: Shop, lane: LaneHome) -> None:
    old = bring_down(shop, lane, "old.rdb")
    shop.server.command("snapshot")
    new = bring_down(shop, lane, "new.rdb")

    newest = lane.run("sync", "--from", str(new)).document
    late = lane.run("sync", "--from", str(old)).document

    assert newest["generation"] is not None
    assert {name: late[name] for name in NOTHING} == NOTHING | {"results": DELIVERED_BEFORE}
    assert late["passed_over"] > 0
    assert lane.run("status").document["generation"] == newest["generation"]


def test_results_are_believed_only_with_the_centres_signature(shop: Shop, lane: LaneHome) -> None:
    # Somebody of the store, who has its secret, makes a file of his own around results that he changed.
    redeemed(shop, lane)
    up, down, forged = shop.root / "up.rdb", shop.root / "down.rdb", shop.root / "forged.rdb"
    lane.run("sync", "--to", str(up))
    bring_up(shop, up)
    bring_down(shop, lane, "down.rdb", "--no-data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POS_CLIENT_KEYRING", "file")
        secret = LaneFiles.of(lane.home).store_secret
    with down.open("rb") as file:
        bundle = bundle_format.read(file)
        cipher = key_from_centre(secret, from_base64(bundle.text("salt")))
        lines = [line.replace(b'"accepted"', b'"conflict"') for line in bundle.lines(cipher)]
        about = {name: value for name, value in bundle.trailer.items() if name not in {"bytes", "sha256", "sig"}}
    with forged.open("wb") as out:
        bundle_format.write(out, lines, cipher, about, lambda trailer: {**trailer, "sig": to_base64(bytes(64))})
    before = lane.run("status").document["undelivered"]

    refused = lane.run("sync", "--from", str(forged))

    assert (refused.code, refused.document["reason"]) == (1, "bundle-foreign")
    assert lane.run("status").document["undelivered"] == before


def test_a_day_that_was_closed_without_any_network_agrees_by_file(shop: Shop, lane: LaneHome) -> None:
    redeemed(shop, lane)
    closed = lane.run("close-day", "--operator", "E1001")
    up = shop.root / "closed.rdb"
    assert lane.run("sync", "--to", str(up)).code == 0
    bring_up(shop, up)

    answered = lane.run("sync", "--from", str(bring_down(shop, lane)))

    assert (closed.code, answered.document["closings"]) == (0, 1)
    assert [row["standing"] for row in lane.run("closings").document["closings"]] == ["agreed"]
