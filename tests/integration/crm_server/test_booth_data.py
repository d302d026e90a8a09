"""What lanes get of balances, stock and pools: of their own store, and never out of step with their own entries."""

import json
import sqlite3
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from crm_server import snapshots
from crm_server.stocks import Counted, set_stock
from pos_client.domain.keyed_hash import KeyKind, column_context, column_key, lookup_key
from pos_client.domain.signed_document import from_base64
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.carried_data import apply, contents, fetch, follow, opened
from tests.integration.crm_server.served_shop import Shop, at_once
from tests.integration.crm_server.trade import a_pool, burn, buy, earn, hand_over, issue, member, points, take_back

BOOTH = "一楼中庭专柜"


def secret_of(lane: LaneClient) -> bytes:
    return from_base64(lane.enrolment["store_secret"])


@pytest.mark.parametrize("limit", [1_000, 2])
def test_what_is_counted_and_lent_reaches_the_lane_by_pages_as_by_snapshot(
    shop: Shop, tmp_path: Path, limit: int
) -> None:
    lane, other = shop.lane(), shop.lane(store="2")
    manifest, path = fetch(lane, tmp_path)
    _trade(shop, lane)
    _trade(shop, other)
    cache = opened(path)
    rows, cursor = follow(lane, manifest["cursor"], limit)
    apply(cache, rows)
    snapshots.build(shop.centre, 1)
    fresh_manifest, fresh_path = fetch(lane, tmp_path)
    fresh = opened(fresh_path)
    tables = ("member", "stamp", "stock", "pool_coupon", "pool_member", "applied", "coupon", "revoked_block")

    assert [table for table in tables if contents(cache, table) != contents(fresh, table)] == []
    assert all(contents(cache, table) for table in ("stamp", "stock", "pool_coupon", "applied"))
    assert cursor == fresh_manifest["cursor"]
    cache.close()
    fresh.close()


def _trade(shop: Shop, lane: LaneClient) -> None:
    _, ref = member(shop)
    store = int(lane.enrolment["store"]["number"])
    booth = lane.enrolment["booth"]
    given, kept, *_ = a_pool(shop, 6, store=store)
    shop.write(lambda connection: set_stock(connection, Counted(store, booth, "cup", 9, low=2)))
    buy(lane, ref)
    earn(lane, ref, 30)
    earn(lane, ref, 2, "stamps:tea")
    issue(lane, given, ref)
    take_back(lane, issue(lane, kept))
    hand_over(lane, "cup", booth)
    lane.push(lane.entries)


def test_a_lane_opens_the_coupons_of_its_own_pool(shop: Shop, tmp_path: Path) -> None:
    lane, other = shop.lane(), shop.lane(store="2")
    cursor, elsewhere = (one.get("/v1/snapshots/current").json()["cursor"] for one in (lane, other))
    coupon_id = a_pool(shop, 1)[-1]
    row = next(row for row in follow(lane, cursor)[0] if row["t"] == "pool_coupon")
    key = lookup_key(secret_of(lane), KeyKind.COUPON_ID, coupon_id)
    sealed = from_base64(row["body"]["sealed"])
    text = AESGCM(column_key(secret_of(lane))).decrypt(sealed[:12], sealed[12:], column_context("pool_coupon", key))

    assert (row["k"], row["body"]["coupon_id"], row["body"]["lane"]) == ([key], coupon_id, 1)
    assert text.decode() == shop.code_of(coupon_id)
    assert [row for row in follow(other, elsewhere)[0] if row["t"] == "pool_coupon"] == []


def test_a_coupon_that_was_given_out_leaves_the_pool_in_its_own_store_only(shop: Shop) -> None:
    lane, other = shop.lane(), shop.lane(store="2")
    coupon_id = a_pool(shop, 1)[-1]
    cursors = [one.get("/v1/snapshots/current").json()["cursor"] for one in (lane, other)]
    cursors = [follow(one, cursor)[1] for one, cursor in zip((lane, other), cursors, strict=True)]
    lane.push([issue(lane, coupon_id)])
    here, there = (follow(one, cursor)[0] for one, cursor in zip((lane, other), cursors, strict=True))

    assert [(row["t"], row.get("del")) for row in here] == [("pool_coupon", True), ("applied", None)]
    assert there == []


def balance(cache: sqlite3.Connection, lane: LaneClient, whose: tuple[int, str]) -> int:
    """A balance as docs/deeds.md says: what the data holds, and this lane's entries after the mark."""
    (counted,) = cache.execute("SELECT points FROM member WHERE number = ?", (whose[0],)).fetchone()
    mark = cache.execute("SELECT epoch, seq FROM applied WHERE device = ?", (lane.device,)).fetchone() or (0, 0)
    later = [json.loads(entry.body) for entry in lane.entries if (entry.epoch, entry.seq) > tuple(mark)]
    own = [fields for fields in later if (fields.get("ref"), fields.get("member_ref")) == ("points", whose[1])]
    return int(counted) + sum(int(fields["amount"]) for fields in own)


@pytest.mark.parametrize("limit", [1, 3, 7])
def test_no_page_ever_shows_a_balance_without_the_entries_behind_it(shop: Shop, tmp_path: Path, limit: int) -> None:
    people = [member(shop, place) for place in range(4)]
    lane = shop.lane()
    manifest, path = fetch(lane, tmp_path)
    cache = opened(path)
    before = {number: balance(cache, lane, (number, ref)) for number, ref in people}
    for turn in range(8):
        # Whoever is not on a page must not be counted by the mark that is on it, and the other way round.
        ref, other = people[turn % 4][1], people[(turn + 1) % 3][1]
        lane.push([earn(lane, ref, 10 + turn), burn(lane, other, 3)])
    expected = {number: balance(cache, lane, (number, ref)) for number, ref in people}
    cursor, more, pages = manifest["cursor"], True, 0
    while more:
        page = lane.get("/v1/changes", {"cursor": cursor, "limit": limit}).json()
        apply(cache, page["rows"])
        cursor, more, pages = page["to"], page["more"], pages + 1
        assert {number: balance(cache, lane, (number, ref)) for number, ref in people} == expected

    assert pages > 2
    assert expected != before
    assert {number: points(shop, number) for number, _ in people} == expected
    cache.close()


def test_pages_stay_exact_while_the_lane_goes_on_selling(shop: Shop, tmp_path: Path) -> None:
    (number, ref), lane, reader = member(shop), shop.lane(), shop.lane()
    manifest, path = fetch(reader, tmp_path)
    cache = opened(path)
    start = balance(cache, lane, (number, ref))
    written: list[int] = []

    def sell() -> list[bool]:
        for _ in range(25):
            entry = earn(lane, ref, 1)
            written.append(entry.seq)
            lane.push([entry])
        return []

    def read() -> list[bool]:
        cursor, checks = manifest["cursor"], list[bool]()
        while len(checks) < 60:
            page = reader.get("/v1/changes", {"cursor": cursor, "limit": 2}).json()
            apply(cache, page["rows"])
            cursor = page["to"]
            (counted,) = cache.execute("SELECT points FROM member WHERE number = ?", (number,)).fetchone()
            mark = cache.execute("SELECT seq FROM applied WHERE device = ?", (lane.device,)).fetchone() or (0,)
            checks.append(counted - start == mark[0])
        return checks

    cache.close()
    cache = opened_anywhere(path)
    _, checks = at_once([sell, read])

    assert all(checks)
    assert len(written) == 25
    cache.close()


def opened_anywhere(path: Path) -> sqlite3.Connection:
    """The file for another thread than this."""
    import pysqlite3.dbapi2  # noqa: PLC0415

    connection: sqlite3.Connection = pysqlite3.dbapi2.connect(str(path), check_same_thread=False)
    return connection
