"""Stores' own servers at the centre: who may be one, what lanes hear of it, and whose entries it may bring."""

from typing import Any

import requests

from crm_server.minting import CodeKind
from crm_server.revocations import revoke_device
from pos_client.domain.signed_document import DocumentPurpose
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.served_shop import Shop, problem, results

URL = "http://127.0.0.1:9300"


def joined(shop: Shop, store: str = "1") -> LaneClient:
    """A device that stands at no lane."""
    client = shop.stranger()
    assert client.enrol(shop.mint(CodeKind.STORE_SERVER, store=store)[0]["code"]).status_code == 201
    return client


def announced(client: LaneClient, **changed: Any) -> requests.Response:
    """What a store server says of itself."""
    said = {"url": URL, "pin": "", "public": client.pubkey, "store_epoch": 7, "reason": "joined", **changed}
    return client.send("PUT", "/v1/store-server", said)


def unchanged(client: LaneClient, path: str, held: requests.Response) -> requests.Response:
    """The answer to who holds one already."""
    return client.send("GET", path, headers={"If-None-Match": held.headers["ETag"]})


def test_lanes_hear_of_it_in_their_stores_policy_only(shop: Shop) -> None:
    lane, elsewhere = shop.lane(store="1"), shop.lane(store="2")
    before = lane.get("/v1/policy")
    server = joined(shop)
    said = announced(server)
    after = unchanged(lane, "/v1/policy", before)

    assert (said.status_code, said.json()["replaces"]) == (200, False)
    told = after.json()
    key_id = said.json()["key_id"]
    lane.check_document(DocumentPurpose.POLICY, told)
    assert before.json()["store_server"] is None
    assert told["store_server"] == {"device": server.device, "url": URL, "pin": "", "key_id": key_id, "store_epoch": 7}
    assert [key["public"] for key in told["trust"] if key["purpose"] == "store"] == [server.pubkey]
    assert (told["ver"], told["issued_at"] > before.json()["issued_at"]) == (before.json()["ver"], True)
    assert elsewhere.get("/v1/policy").json()["store_server"] is None
    assert shop.lane(store="1", lane=2).enrolment["store_url"] == URL


def test_a_second_server_takes_the_firsts_place(shop: Shop) -> None:
    lane, first, second = shop.lane(), joined(shop), joined(shop)
    announced(first)

    assert announced(second, url="http://127.0.0.1:9301").json()["replaces"] is True
    assert lane.get("/v1/policy").json()["store_server"]["device"] == second.device


def test_an_epoch_never_falls_and_a_key_keeps_its_number(shop: Shop) -> None:
    server = joined(shop)
    first, again = announced(server, store_epoch=9).json(), announced(server, store_epoch=8).json()

    assert again == {**first, "store_epoch": 9}


def test_a_revoked_server_leaves_the_policy(small_shop: Shop) -> None:
    lane, server = small_shop.lane(), joined(small_shop)
    announced(server)
    small_shop.write(lambda connection: revoke_device(connection, server.device))

    policy = lane.get("/v1/policy").json()
    assert (policy["store_server"], [key for key in policy["trust"] if key["purpose"] == "store"]) == (None, [])


def test_an_address_that_could_mislead_lanes_is_refused(small_shop: Shop) -> None:
    server = joined(small_shop)
    bad = [
        {"url": "http://192.0.2.7:9300"},
        {"url": "https://192.0.2.7:9300"},
        {"url": "ftp://127.0.0.1"},
        {"url": "http://127.0.0.1:99999"},
        {"url": "http://127.0.0.1:9300/path"},
        {"public": "A" * 42 + "*"},
    ]

    assert {problem(announced(server, **one)) for one in bad} == {(422, "body-malformed")}
    assert announced(server, url="https://192.0.2.7:9300", pin="a" * 64).status_code == 200


def test_the_roster_names_the_lanes_of_its_store(shop: Shop) -> None:
    lane, _elsewhere, server = shop.lane(lane=2), shop.lane(store="2"), joined(shop)
    answer = server.get("/v1/store-server/roster")
    roster = answer.json()

    server.check_document(DocumentPurpose.ROSTER, roster)
    row = {"id": lane.device, "lane": 2, "epoch": 1, "pubkey": lane.pubkey, "state": "active"}
    assert row in roster["devices"]
    assert {device["lane"] for device in roster["devices"]} == {2}
    assert roster["store_secret"] == lane.enrolment["store_secret"]
    assert unchanged(server, "/v1/store-server/roster", answer).status_code == 304
    shop.lane(lane=1)
    assert unchanged(server, "/v1/store-server/roster", answer).status_code == 200


def test_a_lane_is_no_store_server(small_shop: Shop) -> None:
    lane = small_shop.lane()

    assert problem(announced(lane)) == (403, "device-other")
    assert problem(lane.get("/v1/store-server/roster")) == (403, "device-other")


def test_it_brings_entries_of_lanes_of_its_own_store(shop: Shop) -> None:
    coupon_id, _ = shop.coupon()
    lane, elsewhere, server = shop.lane(), shop.lane(store="2"), joined(shop)
    own, others = lane.redeem(coupon_id), elsewhere.redeem(coupon_id)
    lane_name, server.token = lane.device, ""
    brought = server.push([own], device=lane_name)

    assert results(brought) == ["accepted"]
    assert results(lane.push([own])) == ["duplicate"]
    assert problem(server.push([others], device=elsewhere.device)) == (403, "device-other")
    assert problem(elsewhere.push([own], device=lane_name)) == (403, "device-other")


def test_it_cannot_speak_for_a_lane(shop: Shop) -> None:
    coupon_id, _ = shop.coupon()
    lane, server = shop.lane(), joined(shop)
    forged = server.redeem(coupon_id, device=lane.device)

    assert results(server.push([forged], device=lane.device)) == ["quarantined"]
