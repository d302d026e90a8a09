"""What lanes carry away: policy, snapshots, pages of changes, each signed, each only their own store's."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select, update

from crm_server import snapshots
from crm_server.minting import CodeKind
from crm_server.schema import MEMBER, STAFF
from pos_client.domain import cache_format
from pos_client.domain.keyed_hash import KeyKind, column_context, column_key, lookup_key
from pos_client.domain.signed_document import DocumentPurpose, from_base64
from tests.integration.crm_server.carried_data import fetch, opened
from tests.integration.crm_server.served_shop import Shop, problem


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
