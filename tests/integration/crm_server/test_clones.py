"""Copies of a device: the rolling token, epochs and heartbeats notice them at the first contact (PROTOCOL 3.6)."""

import dataclasses

import requests

from pos_client.domain.hash_chain import GENESIS
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.served_shop import Shop, problem


def clone(shop: Shop, lane: LaneClient) -> LaneClient:
    """The same disk in another machine."""
    twin = dataclasses.replace(lane, entries=list(lane.entries), session=requests.Session())
    shop.lanes.append(twin)
    return twin


def test_each_answer_brings_the_next_token(shop: Shop) -> None:
    lane = shop.lane()
    tokens = [lane.token]
    for _ in range(3):
        assert lane.heartbeat().status_code == 200
        tokens.append(lane.token)

    assert len(set(tokens)) == 4


def test_a_lost_answer_is_no_clone(shop: Shop) -> None:
    lane = shop.lane()
    lane.heartbeat()
    before = lane.token
    lane.heartbeat()
    lane.token = before

    assert lane.heartbeat().status_code == 200
    assert lane.heartbeat().status_code == 200


def test_two_machines_with_one_disk_break_each_others_token(shop: Shop) -> None:
    lane = shop.lane()
    twin = clone(shop, lane)
    lane.heartbeat()
    answers = [lane.heartbeat().status_code, problem(twin.heartbeat())]

    assert answers == [200, (409, "device-forked")]
    assert twin.heartbeat().json()["retry"] == "reenrol"
    assert problem(lane.heartbeat()) == (409, "device-forked")


def test_a_clone_that_answers_in_turn_is_noticed_too(shop: Shop) -> None:
    lane = shop.lane()
    twin = clone(shop, lane)
    first, second = lane.heartbeat().status_code, twin.heartbeat().status_code

    assert (first, second) == (200, 200)
    assert problem(lane.heartbeat()) == (409, "device-forked")


def test_what_a_fork_wrote_is_kept_on_both_sides(shop: Shop) -> None:
    coupon_id, _ = shop.coupon()
    lane = shop.lane()
    twin = clone(shop, lane)
    mine, other = lane.redeem(coupon_id), twin.redeem(coupon_id, operator="E1002")
    lane.push([mine])
    twin.heartbeat()
    assert twin.new_epoch("forked").status_code == 201
    late = twin.push([dataclasses.replace(other)])

    assert [row["result"] for row in late.json()["results"]] == ["forked"]
    assert lane.get(f"/v1/journal/{lane.device}/1/status").json()["counts"]["forked"] == 1


def test_a_new_epoch_ends_the_fork_and_names_the_stored_head(shop: Shop) -> None:
    lane = shop.lane()
    entry = lane.write("login")
    lane.push([entry])
    twin = clone(shop, lane)
    lane.heartbeat()
    twin.token = "stolen"
    twin.heartbeat()
    answer = lane.new_epoch("forked")

    assert answer.json()["server_head"] == {"seq": 1, "hash": entry.hash.hex()}
    assert answer.json()["epoch"] == 2
    first = lane.forge(1, entry.hash, "login")
    lane.entries.append(first)
    assert lane.push([first]).json()["ack_seq"] == 1
    assert lane.heartbeat().status_code == 200


def test_a_journal_without_entries_has_an_empty_head(small_shop: Shop) -> None:
    assert small_shop.lane().new_epoch().json()["server_head"] == {"seq": 0, "hash": GENESIS.hex()}


def test_a_heartbeat_of_an_old_copy_is_rolled_back(shop: Shop) -> None:
    lane = shop.lane()
    entries = [lane.write("login") for _ in range(3)]
    lane.push(entries)
    lane.entries = entries[:2]
    answer = lane.heartbeat()

    assert problem(answer) == (409, "device-rolled-back")
    assert answer.json()["server_head"] == {"seq": 3, "hash": entries[2].hash.hex()}


def test_a_heartbeat_with_another_head_is_a_fork(shop: Shop) -> None:
    lane = shop.lane()
    lane.push([lane.write("login")])

    assert problem(lane.heartbeat(head_hash="f" * 64)) == (409, "device-forked")


def test_a_heartbeat_of_an_old_epoch_is_a_fork(small_shop: Shop) -> None:
    lane = small_shop.lane()
    lane.new_epoch()

    assert problem(lane.heartbeat(epoch=1)) == (409, "device-forked")


def test_a_heartbeat_hears_of_gaps_and_of_what_the_server_lost(shop: Shop) -> None:
    lane = shop.lane()
    entries = [lane.write("login") for _ in range(6)]
    lane.push(entries[:1])
    lane.push(entries[2:4])
    waiting = lane.heartbeat(undelivered=3).json()
    delivered = lane.heartbeat(undelivered=0).json()

    assert (waiting["ack_seq"], waiting["missing"], waiting["resend"]) == (1, [[2, 2]], [[2, 2]])
    assert delivered["resend"] == [[2, 2], [5, 6]]
    assert waiting["policy_ver"] == 1
    assert waiting["snapshot_gen"] > 1_000_000_000


def test_a_heartbeat_needs_the_token(small_shop: Shop) -> None:
    lane = small_shop.lane()
    body = {"epoch": 1, "head_seq": 0, "head_hash": "", "undelivered": 0, "oldest_s": 0, "cache_gen": 0}
    body |= {"time_quality": "synced", "stuck": []}

    assert problem(lane.send("POST", f"/v1/devices/{lane.device}/heartbeat", body)) == (422, "body-malformed")


def test_a_device_speaks_for_itself(small_shop: Shop) -> None:
    lane, other = small_shop.lane(), small_shop.lane(lane=2)
    own, lane.device = lane.device, other.device
    prepared = lane.prepare("POST", f"/v1/devices/{other.device}/epochs", {
        "reason": "x", "last_epoch": 1, "last_seq": 0, "last_hash": "",
    })  # fmt: skip
    lane.sign(prepared, keyid=own)

    assert problem(lane.session.send(prepared, timeout=30)) == (403, "device-other")
