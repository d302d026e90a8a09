"""Batches: every well-signed entry is stored once and for ever, with a result of its own (PROTOCOL 3.4)."""

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from crm_server.reports import ReportName
from crm_server.revocations import revoke_device
from crm_server.schema import INBOX
from pos_client.domain.batch import SignedEntry
from pos_client.domain.hash_chain import GENESIS
from tests.integration.crm_server.served_shop import Shop, claim_of, problem, reported, results


def test_a_day_without_the_network_arrives_whole(shop: Shop) -> None:
    lane = shop.lane()
    lane.write("login")
    for _ in range(3):
        lane.redeem(shop.coupon()[0])
    lane.write("cache_swap", generation=7)
    response = lane.push(lane.entries, compressed=True)

    assert results(response) == ["accepted"] * 5
    assert (response.json()["ack_seq"], response.json()["missing"], response.json()["resend"]) == (5, [], [])
    assert [row["hash"] for row in response.json()["results"]] == [entry.hash.hex() for entry in lane.entries]
    assert len({row["server_ref"] for row in response.json()["results"]}) == 5


def test_a_repeat_is_a_duplicate_with_its_first_result(shop: Shop) -> None:
    coupon_id, _ = shop.coupon()
    first, second = shop.lane(), shop.lane(store="2")
    first.push([first.redeem(coupon_id)])
    lost = second.redeem(coupon_id)
    once, again = second.push([lost]), second.push([lost])

    row, repeated = once.json()["results"][0], again.json()["results"][0]
    assert (row["result"], repeated["result"], repeated["original"]) == ("conflict", "duplicate", "conflict")
    assert row["holder"] == repeated["holder"]
    assert row["server_ref"] == repeated["server_ref"]


def test_a_claimed_use_is_consumed_by_its_own_redemption(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    lane = shop.lane()
    intent = lane.intent(coupon_id)
    lane.claim(intent, code)
    lane.redeem(coupon_id, intent=intent)

    assert results(lane.push(lane.entries)) == ["accepted", "accepted"]
    assert lane.get(f"/v1/claims/{claim_of(intent)}").json()["state"] == "consumed"


def test_two_lanes_that_redeem_one_coupon_become_a_pair(shop: Shop) -> None:
    coupon_id, _ = shop.coupon()
    first, second = shop.lane(store="1", lane=2), shop.lane(store="2")
    won = first.redeem(coupon_id, operator="E1001")
    first.push([won])
    lost = second.redeem(coupon_id, operator="E2001", discount_minor=800)
    row = second.push([lost]).json()["results"][0]

    assert row["result"] == "conflict"
    assert (row["holder"]["device"], row["holder"]["lane"], row["holder"]["seq"], row["holder"]["operator_name"]) == (
        first.device,
        2,
        1,
        "李静",
    )
    pair = second.get("/v1/exceptions").json()["conflicts"]
    assert [(one["device"], one["seq"], one["loss_minor"], one["holder"]["device"]) for one in pair] == [
        (second.device, 1, 800, first.device)
    ]
    assert [one["state"] for one in reported(shop, ReportName.CONFLICTS)] == ["open"]
    assert sorted((row["device"], row["result"]) for row in reported(shop, ReportName.REDEMPTIONS)) == sorted(
        [(first.device, "accepted"), (second.device, "conflict")]
    )


def test_a_claim_that_another_lane_holds_makes_a_conflict(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    asker, loner = shop.lane(), shop.lane(store="2")
    asker.claim(asker.intent(coupon_id), code)

    assert results(loner.push([loner.redeem(coupon_id)])) == ["conflict"]


def test_an_override_takes_no_use(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    lane = shop.lane()
    lane.redeem(coupon_id, use_no=None, supervisor="E1002")

    assert results(lane.push(lane.entries)) == ["accepted"]
    assert lane.claim(lane.intent(coupon_id), code).status_code == 201


def test_a_coupon_that_the_centre_never_saw_is_recorded(shop: Shop) -> None:
    lane = shop.lane()

    assert results(lane.push([lane.redeem("777-1")])) == ["accepted"]


def test_one_bad_row_stops_no_other(shop: Shop) -> None:
    lane = shop.lane()
    lane.redeem(shop.coupon()[0])
    lane.write("login", v=9)
    lane.write("flight_to_the_moon")
    lane.redeem(shop.coupon()[0], discount_minor="a lot")
    lane.redeem(shop.coupon()[0])
    answer = lane.push(lane.entries)

    assert [(row["result"], row.get("reason")) for row in answer.json()["results"]] == [
        ("accepted", None),
        ("quarantined", "unknown-version"),
        ("quarantined", "unknown-kind"),
        ("quarantined", "bad-field"),
        ("accepted", None),
    ]
    assert answer.json()["ack_seq"] == 5
    status = lane.get(f"/v1/journal/{lane.device}/1/status").json()
    assert status["counts"] == {"accepted": 2, "conflict": 0, "quarantined": 3, "forked": 0}
    assert [row["reason"] for row in lane.get("/v1/exceptions").json()["quarantined"]] == [
        "unknown-version",
        "unknown-kind",
        "bad-field",
    ]


def _altered(entry: SignedEntry, **changed: Any) -> SignedEntry:
    return replace(entry, **changed)


@pytest.mark.parametrize("case", ["signature", "body", "json", "nothing"])
def test_a_row_that_is_not_the_devices_word_is_kept_apart(shop: Shop, case: str) -> None:
    lane = shop.lane()
    good = lane.redeem(shop.coupon()[0])
    changed: dict[str, dict[str, Any]] = {
        "signature": {"signature": bytes(64)},
        "body": {"body": good.body.replace(b"E1001", b"E9999")},
        "json": {"body": b"\xff not json"},
        "nothing": {"body": b"", "signature": b""},
    }
    bad = lane.push([_altered(good, **changed[case])])
    again = lane.push([_altered(good, **changed[case])])

    assert results(bad) == ["quarantined"]
    assert bad.json()["results"][0]["reason"] in {"bad-signature", "bad-field"}
    assert (results(again), again.json()["results"][0]["original"]) == (["duplicate"], "quarantined")
    assert results(lane.push([good])) == ["accepted"]


def test_an_entry_under_another_number_is_kept_apart(shop: Shop) -> None:
    lane = shop.lane()
    first = lane.write("login")
    answer = lane.push([_altered(first, seq=2)])

    assert (results(answer), answer.json()["results"][0]["reason"]) == (["quarantined"], "bad-field")


def test_two_entries_of_one_number_are_a_fork(shop: Shop) -> None:
    lane = shop.lane()
    lane.push([lane.write("login")])
    twin = lane.forge(1, GENESIS, "login", operator="E1002")
    answer = lane.push([twin])

    assert results(answer) == ["forked"]
    assert results(lane.push([twin])) == ["duplicate"]
    assert [row["state"] for row in reported(shop, ReportName.DEVICES) if row["device"] == lane.device] == ["forked"]
    assert problem(lane.heartbeat()) == (409, "device-forked")
    assert [row["seq"] for row in lane.get("/v1/exceptions").json()["forks"]] == [1]


def test_gaps_are_named_until_they_are_filled(shop: Shop) -> None:
    lane = shop.lane()
    for _ in range(9):
        lane.write("login")
    entries = lane.entries
    answers = [lane.push(part) for part in (entries[1:2], entries[5:7], entries[8:], entries[:1], entries[2:5])]

    assert [answer.json()["ack_seq"] for answer in answers] == [0, 0, 0, 2, 7]
    assert [answer.json()["missing"] for answer in answers] == [
        [[1, 1]],
        [[1, 1], [3, 5]],
        [[1, 1], [3, 5], [8, 8]],
        [[3, 5], [8, 8]],
        [[8, 8]],
    ]


def test_a_revoked_device_may_only_deliver(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    lane = shop.lane()
    lane.redeem(shop.coupon()[0])
    shop.write(lambda connection: revoke_device(connection, lane.device))

    assert problem(lane.get("/v1/policy")) == (401, "device-revoked")
    assert problem(lane.claim(lane.intent(coupon_id), code)) == (401, "device-revoked")
    assert problem(lane.heartbeat()) == (401, "device-revoked")
    assert results(lane.push(lane.entries)) == ["accepted", "accepted"]


def test_the_bytes_are_kept_as_they_came(shop: Shop) -> None:
    lane = shop.lane()
    entry = lane.write("login", note="旅行装 ✓")
    lane.push([entry])
    found = reported_bodies(shop, lane.device)

    assert [hashlib.sha256(body).hexdigest() for body in found] == [hashlib.sha256(entry.body).hexdigest()]
    assert json.loads(found[0])["note"] == "旅行装 ✓"


def reported_bodies(shop: Shop, device: str) -> list[bytes]:
    """Bodies of a device's entries as they are stored."""
    query = select(INBOX.c.body).where(INBOX.c.device == device).order_by(INBOX.c.seq)
    return shop.centre.database.read(lambda connection: [bytes(row.body) for row in connection.execute(query)]).result()
