"""What lanes carry away: policy, snapshots, pages of changes, each signed, each only their own store's."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select, update

from crm_server import snapshots
from crm_server.leases import LeaseTerms, lease, recall
from crm_server.minting import CodeKind
from crm_server.named_coupons import named_coupons
from crm_server.revocations import revoke_coupons
from crm_server.schema import MEMBER, STAFF
from pos_client.domain import cache_format
from pos_client.domain.keyed_hash import KeyKind, column_context, column_key, lookup_key
from pos_client.domain.signed_document import DocumentPurpose, from_base64
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.served_shop import Shop, problem

Rows = set[tuple[Any, ...]]


def fetch(lane: LaneClient, folder: Path) -> tuple[dict[str, Any], Path]:
    """Manifest and file of the lane's store, checked as a lane checks them."""
    manifest = lane.get("/v1/snapshots/current").json()
    lane.check_document(DocumentPurpose.MANIFEST, manifest)
    content = lane.get(f"/v1/snapshots/{manifest['gen']}/cache.db").content
    assert sha256(content).hexdigest() == manifest["files"][0]["sha256"]
    path = folder / f"cache-{lane.device}-{manifest['gen']}.db"
    path.write_bytes(content)
    return manifest, path


def opened(path: Path) -> sqlite3.Connection:
    """The file, as SQLite opens it."""
    connection: sqlite3.Connection = pysqlite3.dbapi2.connect(str(path))
    return connection


def contents(connection: sqlite3.Connection, table: str) -> Rows:
    """A table's rows without their version; sealed columns opened, since each sealing differs."""
    hidden = {"ver", *cache_format.BLOB_COLUMNS.get(table, ())} if table == "member" else {"ver"}
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in hidden]
    return set(connection.execute(f"SELECT {', '.join(names)} FROM {table}"))


def apply(connection: sqlite3.Connection, rows: Iterable[dict[str, Any]]) -> None:
    """Apply a page as the format says."""
    for row in rows:
        table, keys = row["t"], dict(zip(cache_format.KEY_COLUMNS[row["t"]], row["k"], strict=True))
        where = " AND ".join(f"{name} = ?" for name in keys)
        connection.execute(f"DELETE FROM {table} WHERE {where}", list(keys.values()))
        if not row.get("del"):
            blobs = cache_format.BLOB_COLUMNS.get(table, ())
            body = {name: from_base64(value) if name in blobs else value for name, value in row["body"].items()}
            cells = {**keys, **body, "ver": row["ver"]}
            places = ", ".join("?" * len(cells))
            connection.execute(f"INSERT INTO {table} ({', '.join(cells)}) VALUES ({places})", list(cells.values()))
    connection.commit()


def follow(lane: LaneClient, cursor: str, limit: int = 1_000) -> tuple[list[dict[str, Any]], str]:
    """All rows after a cursor, page by page."""
    rows, more = [], True
    while more:
        page = lane.get("/v1/changes", {"cursor": cursor, "limit": limit}).json()
        lane.check_document(DocumentPurpose.PAGE, page)
        assert page["from"] == cursor
        rows += page["rows"]
        cursor, more = page["to"], page["more"]
    return rows, cursor


def test_the_policy_is_signed_and_not_sent_twice(shop: Shop) -> None:
    lane = shop.lane()
    first = lane.get("/v1/policy")
    again = lane.send("GET", "/v1/policy", headers={"If-None-Match": first.headers["ETag"]})

    lane.check_document(DocumentPurpose.POLICY, first.json())
    assert (first.json()["ver"], first.json()["limits"]["floor_value_minor"]) == (1, 5_000)
    assert (again.status_code, again.content) == (304, b"")


def test_a_snapshot_is_a_ready_cache_of_one_store(shop: Shop, tmp_path: Path) -> None:
    lane = shop.lane(store="2")
    manifest, path = fetch(lane, tmp_path)
    cache = opened(path)
    meta = dict(cache.execute("SELECT name, value FROM meta"))

    assert set(meta) == set(cache_format.META_NAMES)
    assert (meta["store"], meta["generation"], meta["cursor"]) == ("2", str(manifest["gen"]), manifest["cursor"])
    assert cache.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert cache.execute("PRAGMA quick_check").fetchone() == ("ok",)
    counts = {table: cache.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in cache_format.KEY_COLUMNS}
    assert counts == manifest["files"][0]["rows"]
    assert {row[0] for row in cache.execute("SELECT role FROM staff")} == {"clerk", "promoter", "manager"}
    assert cache.execute("SELECT count(*) FROM coupon WHERE home_store NOT IN (0, 2)").fetchone() == (0,)
    cache.close()


def test_no_name_no_phone_and_no_code_stands_in_the_file(small_shop: Shop, tmp_path: Path) -> None:
    lane = small_shop.lane()
    _, path = fetch(lane, tmp_path)
    content = path.read_bytes()
    people = small_shop.centre.database.read(lambda connection: connection.execute(select(MEMBER)).all()).result()
    secrets = [text for person in people for text in (person.phone[3:], person.card) if text.encode() in content]

    assert secrets == []
    assert [person.name for person in people if len(person.name) > 2 and person.name.encode() in content] == []


def test_a_members_row_is_found_by_keys_and_opened_with_the_stores_secret(shop: Shop, tmp_path: Path) -> None:
    lane = shop.lane()
    secret = from_base64(lane.enrolment["store_secret"])
    card = shop.mint(CodeKind.MEMBER)[0]["code"]
    _, path = fetch(lane, tmp_path)
    cache = opened(path)
    found = cache.execute(
        "SELECT key, number, masked FROM member WHERE card_key = ?", (lookup_key(secret, KeyKind.MEMBER_CARD, card),)
    ).fetchall()
    key, number, masked = found[0]
    shown = json.loads(AESGCM(column_key(secret)).decrypt(masked[:12], masked[12:], column_context("member", key)))

    assert key == lookup_key(secret, KeyKind.MEMBER_NUMBER, str(number))
    assert (shown["name"][1], shown["phone"][3:7]) == ("*", "****")
    cache.close()


def test_a_download_goes_on_where_it_broke(shop: Shop) -> None:
    lane = shop.lane()
    manifest = lane.get("/v1/snapshots/current").json()
    path, size = f"/v1/snapshots/{manifest['gen']}/cache.db", manifest["files"][0]["bytes"]
    pieces = [
        lane.get(path, Range=f"bytes={first}-{min(first + 49_999, size - 1)}") for first in range(0, size, 50_000)
    ]

    assert {piece.status_code for piece in pieces} == {206}
    assert pieces[1].headers["Content-Range"] == f"bytes 50000-99999/{size}"
    assert sha256(b"".join(piece.content for piece in pieces)).hexdigest() == manifest["files"][0]["sha256"]


@pytest.mark.parametrize(
    "range_", ["bytes=99999999-", "bytes=5-2", "bytes=1-2,4-5", "lines=1-2", "bytes=-", "bytes=a-b"]
)
def test_a_range_that_cannot_be_is_refused(small_shop: Shop, range_: str) -> None:
    lane = small_shop.lane()
    generation = lane.get("/v1/snapshots/current").json()["gen"]

    assert problem(lane.get(f"/v1/snapshots/{generation}/cache.db", Range=range_)) == (416, "range-invalid")


def test_what_a_lane_holds_is_not_sent_again(small_shop: Shop) -> None:
    lane = small_shop.lane()
    manifest = lane.get("/v1/snapshots/current")
    tag = f'"{manifest.json()["files"][0]["sha256"]}"'
    answers = [
        lane.send("GET", "/v1/snapshots/current", headers={"If-None-Match": manifest.headers["ETag"]}),
        lane.send("GET", f"/v1/snapshots/{manifest.json()['gen']}/cache.db", headers={"If-None-Match": tag}),
    ]

    assert [(answer.status_code, answer.content) for answer in answers] == [(304, b""), (304, b"")]


def test_another_stores_file_is_not_handed_out(small_shop: Shop) -> None:
    one, two = small_shop.lane(store="1"), small_shop.lane(store="2")
    generation = two.get("/v1/snapshots/current").json()["gen"]
    paths = [f"/v1/snapshots/{generation}/cache.db", "/v1/snapshots/1/cache.db", "/v1/snapshots/1/crm.db"]

    assert [problem(one.get(path)) for path in paths] == [(404, "gen-gone")] * 3
    assert problem(one.get("/v1/snapshots/1/..%2Fcrm.db")) == (404, "not-found")


def test_generations_only_rise(shop: Shop) -> None:
    lane = shop.lane()
    seen = [lane.get("/v1/snapshots/current").json()["gen"]]
    seen += [snapshots.build(shop.centre, 1).gen for _ in range(4)]

    assert seen == sorted(set(seen))
    assert lane.get("/v1/snapshots/current").json()["gen"] == seen[-1]
    assert problem(lane.get(f"/v1/snapshots/{seen[0]}/cache.db")) == (404, "gen-gone")


def test_a_snapshot_that_is_far_behind_is_built_anew(small_shop: Shop) -> None:
    lane = small_shop.lane()
    before = lane.get("/v1/snapshots/current").json()
    small_shop.mint(CodeKind.COUPON, is_opaque=True, count=snapshots.CHANGES_BEFORE_REBUILD + 1)
    after = lane.get("/v1/snapshots/current").json()

    assert after["gen"] > before["gen"]
    assert after["files"][0]["rows"]["coupon"] == before["files"][0]["rows"]["coupon"] + 5_001
    assert lane.get("/v1/snapshots/current").json() == after


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

    assert [(row["t"], row["body"]["seq"]) for row in rows] == [("coupon_use", 2)]
    assert rows[0]["ver"] == int(follow(lane, cursor)[1].rpartition(".")[2])


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


def test_who_leaves_the_shop_leaves_the_next_snapshot(small_shop: Shop, tmp_path: Path) -> None:
    lane = small_shop.lane()
    small_shop.write(
        lambda connection: connection.execute(update(STAFF).where(STAFF.c.id == "E1001").values(active=0)).rowcount
    )
    snapshots.build(small_shop.centre, 1)
    _, path = fetch(lane, tmp_path)
    cache = opened(path)

    assert cache.execute("SELECT count(*) FROM staff WHERE id = 'E1001'").fetchone() == (0,)
    cache.close()
