"""Batches that are no batches: each is refused whole, and the right one is taken afterwards."""

import json
from typing import Any

import pytest

from pos_client.domain.hash_chain import GENESIS
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.served_shop import Shop, problem, results


def _entry(lane: LaneClient) -> dict[str, Any]:
    entry: dict[str, Any] = json.loads(lane.forge(1, GENESIS, "login").wire())
    return entry


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"first_seq": 2}, (422, "batch-malformed")),
        ({"last_seq": 7}, (422, "batch-malformed")),
        ({"epoch": 2}, (422, "batch-malformed")),
        ({"epoch": 0}, (422, "body-malformed")),
        ({"device": "d-other"}, (403, "device-other")),
        ({"entries": []}, (422, "body-malformed")),
        ({"entries": [{"seq": 1, "body": "=", "sig": ""}]}, (422, "body-malformed")),
        ({"entries": [{"seq": 10**40, "body": "", "sig": ""}]}, (422, "body-malformed")),
        ({"entries": "twice"}, (422, "batch-malformed")),
        ({"entries": "many"}, (422, "body-malformed")),
        ({"extra": 1}, (422, "body-malformed")),
    ],
)
def test_a_batch_that_cannot_be_read(small_shop: Shop, changed: dict[str, Any], expected: tuple[int, str]) -> None:
    lane = small_shop.lane()
    repeats = {"twice": 2, "many": 201}
    entries = changed.get("entries")
    if isinstance(entries, str):
        changed = {"entries": [_entry(lane)] * repeats[entries]}
    lane.write("login")

    assert problem(lane.push(lane.entries, **changed)) == expected
    assert results(lane.push(lane.entries)) == ["accepted"]


def test_a_batch_is_bounded(small_shop: Shop) -> None:
    lane = small_shop.lane()
    entry = lane.write("login", note="x" * 200_000)

    assert problem(lane.push([entry])) == (413, "body-too-large")
    assert problem(lane.push([entry], compressed=True)) == (413, "body-too-large")


def test_no_key_no_batch(small_shop: Shop) -> None:
    lane = small_shop.lane()
    body = {"device": lane.device}
    response = lane.send("POST", "/v1/journal/batches", body, headers={"X-Session-Token": lane.token})

    assert problem(response) == (422, "body-malformed")


def test_a_key_stands_for_one_body(shop: Shop) -> None:
    lane = shop.lane()
    entry = lane.write("login")

    assert results(lane.push([entry], key="k")) == ["accepted"]
    assert results(lane.push([entry], key="k", compressed=True)) == ["duplicate"]
    assert problem(lane.push([lane.write("logout")], key="k")) == (422, "idempotency-mismatch")


def test_a_journal_that_never_was_is_unknown(small_shop: Shop) -> None:
    lane, other = small_shop.lane(), small_shop.lane()

    assert problem(lane.get(f"/v1/journal/{lane.device}/7/status")) == (404, "journal-unknown")
    assert problem(lane.get(f"/v1/journal/{other.device}/1/status")) == (403, "device-other")
