"""Pages of changes: a snapshot and what came after it are the next snapshot, and no store hears of another's."""

import threading
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from crm_server import snapshots
from crm_server.leases import LeaseTerms, lease, recall
from crm_server.minting import CodeKind
from crm_server.named_coupons import named_coupons
from crm_server.revocations import revoke_coupons
from pos_client.domain import cache_format
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.carried_data import apply, contents, fetch, follow, opened
from tests.integration.crm_server.served_shop import Shop, at_once, problem


@pytest.mark.parametrize("limit", [1_000, 3])
def test_a_snapshot_and_its_changes_are_the_next_snapshot(shop: Shop, tmp_path: Path, limit: int) -> None:
    lane, other = shop.lane(store="1"), shop.lane(store="2")
    manifest, path = fetch(lane, tmp_path)
    _busy_day(shop, other)
    cache = opened(path)
    rows, cursor = follow(lane, manifest["cursor"], limit)
    apply(cache, rows)
    snapshots.build(shop.centre, 1)
    fresh_manifest, fresh_path = fetch(lane, tmp_path)
    fresh = opened(fresh_path)
    differing = [table for table in cache_format.KEY_COLUMNS if contents(cache, table) != contents(fresh, table)]

    assert differing == []
    assert cursor == fresh_manifest["cursor"]
    assert follow(lane, cursor) == ([], cursor)
    cache.close()
    fresh.close()


def _busy_day(shop: Shop, lane: LaneClient) -> None:
    """Something of everything that a lane must hear of."""
    now_ms, (opaque_id, opaque_code) = shop.centre.now_ms(), shop.coupon(is_opaque=True)
    signed = [shop.coupon()[0] for _ in range(4)]
    member = shop.mint(CodeKind.MEMBER)[0]["code"]
    shop.coupon(offer="birthday", member=member)
    shop.coupon(is_opaque=True, store="2")
    lane.push([lane.redeem(signed[0]), lane.redeem("1002-40"), lane.void(lane.redeem(signed[1]))])
    lane.claim(lane.intent(opaque_id), opaque_code)
    shop.write(
        lambda connection: revoke_coupons(connection, named_coupons(connection, [signed[2], "1004-7", "1008-9"]))
    )
    terms = LeaseTerms(2, now_ms + 9_000_000)
    shop.write(lambda connection: lease(connection, named_coupons(connection, signed[3:]), terms, now_ms))
    shop.write(lambda connection: recall(connection, named_coupons(connection, ["1002-3", "1002-4", "1002-12"])))


def test_a_page_tells_a_store_only_its_own(shop: Shop) -> None:
    lane = shop.lane(store="1")
    cursor = lane.get("/v1/snapshots/current").json()["cursor"]
    shop.coupon(is_opaque=True, store="2")
    mine, _ = shop.coupon(is_opaque=True, store="1")
    rows, _ = follow(lane, cursor)

    assert [row["body"]["coupon_id"] for row in rows] == [mine]


def test_a_page_repeats_a_row_once_with_its_newest_version(shop: Shop) -> None:
    lane = shop.lane()
    coupon_id, code = shop.coupon()
    cursor = lane.get("/v1/snapshots/current").json()["cursor"]
    intent = lane.intent(coupon_id)
    lane.claim(intent, code)
    lane.push([intent, lane.redeem(coupon_id, intent=intent)])
    rows, _ = follow(lane, cursor)

    assert [(row["t"], row["body"]["seq"]) for row in rows] == [("coupon_use", 2), ("applied", 2)]
    assert rows[-1]["ver"] == int(follow(lane, cursor)[1].rpartition(".")[2])


def test_an_empty_page_says_how_fresh_the_data_is(small_shop: Shop) -> None:
    lane = small_shop.lane()
    cursor = lane.get("/v1/snapshots/current").json()["cursor"]
    first = lane.get("/v1/changes", {"cursor": cursor}).json()
    small_shop.clock.offset = timedelta(hours=1)
    later = lane.get("/v1/changes", {"cursor": cursor}).json()

    assert (first["rows"], later["rows"]) == ([], [])
    assert later["issued_at"] > first["issued_at"]


def test_cursors_of_nowhere(small_shop: Shop) -> None:
    lane = small_shop.lane()
    instance, _, number = lane.get("/v1/snapshots/current").json()["cursor"].partition(".")
    cursors = ["", "x", "1", f"{instance}.", f"{instance}.-1", f"{instance}.x", "é.1", f"{instance}.{'9' * 19}"]
    answers = [problem(lane.get("/v1/changes", {"cursor": cursor})) for cursor in cursors]
    ahead, other = f"{instance}.{int(number) + 1}", f"{'0' * 16}.{number}"

    assert answers == [(400, "cursor-bad")] * len(cursors)
    assert problem(lane.get("/v1/changes", {"cursor": ahead})) == (410, "cursor-expired")
    assert problem(lane.get("/v1/changes", {"cursor": other})) == (410, "cursor-expired")


@pytest.mark.parametrize("limit", ["0", "1001", "x", "1.5"])
def test_a_page_is_bounded(small_shop: Shop, limit: str) -> None:
    lane = small_shop.lane()

    assert problem(lane.get("/v1/changes", {"cursor": "a.1", "limit": limit})) == (422, "body-malformed")


def test_a_follower_misses_nothing_while_eight_lanes_write(shop: Shop) -> None:
    lanes = [shop.lane(store=str(1 + place % 2)) for place in range(8)]
    coupons = [(code["coupon_id"], code["code"]) for code in shop.mint(CodeKind.COUPON, count=8 * 12)]
    follower = shop.lane()
    cursor = follower.get("/v1/snapshots/current").json()["cursor"]
    writing = threading.Event()
    seen: list[tuple[int, ...]] = []

    def claim_all(lane: LaneClient, mine: list[tuple[str, str]]) -> list[int]:
        return [lane.claim(lane.intent(coupon_id), code).status_code for coupon_id, code in mine]

    def follow_all() -> list[int]:
        here = cursor
        while True:
            is_last = writing.is_set()
            rows, here = follow(follower, here, limit=5)
            seen.extend(tuple(row["k"]) for row in rows)
            if is_last:
                return []

    reader = threading.Thread(target=follow_all)
    reader.start()
    answers = at_once([partial(claim_all, lane, coupons[place::8]) for place, lane in enumerate(lanes)])
    writing.set()
    reader.join()

    assert {status for one in answers for status in one} == {201}
    assert len(seen) == len(set(seen)) == len(coupons)
