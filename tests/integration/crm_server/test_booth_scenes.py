"""Binding by a booth's code: a customer's phone asks, the signature says whose booth it is, the lane sees him."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import requests

from crm_server.keys import KEY_IDS
from crm_server.minting import CodeKind
from crm_server.scenes import digest_of
from pos_client.domain.codes.parametric_qr import NEVER, parse
from pos_client.domain.keyed_hash import phone_account
from pos_client.domain.signed_document import KeyPurpose, from_base64
from tests.integration.crm_server.bindings import (
    OTHER_PHONE,
    PHONE,
    a_scene,
    an_old_member,
    count_members,
    member_of,
    serve,
    signed_scene,
    with_phone,
)
from tests.integration.crm_server.served_shop import Shop, problem, results


def ask(shop: Shop, scene: str, phone: str = PHONE, token: str | None = None, **more: Any) -> requests.Response:
    """What the program behind a customer's phone sends."""
    told = shop.centre.keys.app_token if token is None else token
    return requests.post(
        f"{shop.url}/v1/bindings",
        json={"scene": scene, "phone": phone, **more},
        headers={"Authorization": f"Bearer {told}"},
        timeout=30,
    )


def test_the_lane_sees_whoever_scanned_its_code(shop: Shop) -> None:
    lane = shop.lane()
    scene = a_scene(lane)
    address = f"/v1/scenes/{digest_of(scene)}"
    waiting = lane.get(address).json()

    done = ask(shop, scene, name="欧阳娜娜", proven=True)

    assert waiting == {"state": "waiting", "member": None}
    assert (done.status_code, done.json()["state"], done.json()["is_new"]) == (200, "bound", True)
    made = with_phone(shop)[0]
    secret = from_base64(lane.enrolment["store_secret"])
    assert lane.get(address).json() == {
        "state": "bound",
        "member": {
            "member_ref": made.ref,
            "member_number": made.number,
            "phone_key": phone_account(secret, PHONE),
            "masked": "欧*** 139****9000",
            "is_new": True,
        },
    }
    assert (made.owner_store, made.owner_promoter, made.verified) == (1, "P1001", 1)


def test_a_known_member_is_found_and_the_same_request_again_changes_nothing(shop: Shop) -> None:
    known, lane = an_old_member(shop), shop.lane()
    scene, before = a_scene(lane), count_members(shop)

    answers = [ask(shop, scene).json() for _ in range(2)]

    assert [(answer["is_new"], answer["member_ref"]) for answer in answers] == [(False, known.ref)] * 2
    assert count_members(shop) == before
    after = member_of(shop, known.number)
    assert (after.owner_store, after.owner_promoter, after.verified) == (1, "P1001", 0)


def test_the_lanes_entry_of_it_makes_no_second_member(shop: Shop) -> None:
    lane = shop.lane()
    ask(shop, a_scene(lane))
    made, before = with_phone(shop)[0], count_members(shop)
    serve(lane, made.number, made.ref, "new", proof="qr", scene={"store": 1})

    assert results(lane.push(lane.entries)) == ["accepted"]
    assert count_members(shop) == before


def test_the_binding_reaches_the_lanes_with_the_next_page(shop: Shop) -> None:
    lane = shop.lane()
    cursor = lane.get("/v1/snapshots/current").json()["cursor"]
    ask(shop, a_scene(lane))

    rows = lane.get("/v1/changes", {"cursor": cursor, "limit": 1_000}).json()["rows"]

    assert [row["t"] for row in rows if row["t"] == "member"] == ["member"]


def test_a_printed_code_is_the_centres_own_and_never_ends(shop: Shop) -> None:
    scene = shop.mint(CodeKind.BOOTH, store="1", offer="1000")[0]["code"]

    done = [ask(shop, scene, phone).json()["is_new"] for phone in (PHONE, OTHER_PHONE)]

    assert (done, parse(scene).campaign, parse(scene).expires_at) == ([True, True], 1_000, NEVER)
    assert with_phone(shop)[0].owner_promoter == ""


def test_codes_that_are_not_good_bind_nobody(shop: Shop) -> None:
    lane, before = shop.lane(), count_members(shop)
    good = parse(a_scene(lane))
    forged = signed_scene(replace(good, campaign=7), good.signature)
    of_coupon_key = signed_scene(
        replace(good, key_id=KEY_IDS[KeyPurpose.COUPON]),
        shop.centre.keys.sign(KeyPurpose.COUPON, replace(good, key_id=KEY_IDS[KeyPurpose.COUPON]).signed_bytes()),
    )
    old = a_scene(lane, good_for=-timedelta(seconds=1))

    refused = [problem(ask(shop, scene)) for scene in (forged, of_coupon_key, old, "73" + "0" * 227)]

    assert refused == [
        (403, "scene-invalid"), (403, "scene-invalid"), (410, "scene-expired"), (403, "scene-invalid"),
    ]  # fmt: skip
    assert count_members(shop) == before


@pytest.mark.parametrize("token", ["", "wrong", "é"])
def test_without_the_apps_token_nobody_is_bound(small_shop: Shop, token: str) -> None:
    lane = small_shop.lane()
    told = token.encode("utf-8").decode("latin-1")

    assert problem(ask(small_shop, a_scene(lane), token=told)) == (401, "app-unknown")


def test_a_wrong_one_time_code_binds_nobody(small_shop: Shop) -> None:
    lane, before = small_shop.lane(), count_members(small_shop)

    assert problem(ask(small_shop, a_scene(lane), code="123456")) == (403, "phone-code-wrong")
    assert count_members(small_shop) == before


def test_another_stores_lane_does_not_see_him(shop: Shop) -> None:
    lane, other = shop.lane(store="1"), shop.lane(store="2")
    scene = a_scene(lane)
    ask(shop, scene)

    assert problem(other.get(f"/v1/scenes/{digest_of(scene)}")) == (403, "scene-other")
