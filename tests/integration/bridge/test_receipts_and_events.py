"""Cross-checking over HTTP, the status, and the events of a self-checkout's screen."""

import json
import threading
from typing import Any

from pos_client.bootstrap import match_day
from pos_client.domain.host_match import Cause
from tests.integration.bridge.host_side import SHELF, HostSide, receipt


def test_a_finished_receipt_is_kept_once_and_compared(host: HostSide) -> None:
    finished = receipt("0300")
    answers = [host.post("/v1/receipts", finished) for _ in range(2)]

    assert [(answer.status_code, answer.json()["new"]) for answer in answers] == [(201, True), (200, False)]
    pairs = [pair for pair in match_day(host.lane.home, None).pairs if pair.host and pair.host.receipt_no == "0300"]
    assert [pair.cause for pair in pairs] == [Cause.MISSING_HERE]


def test_a_purchase_at_the_counter_agrees_with_the_receipt_that_the_host_sends_later(host: HostSide) -> None:
    proposal = host.propose()
    host.accept(proposal, "0301")
    host.post("/v1/receipts", receipt("0301"))

    pairs = [pair for pair in match_day(host.lane.home, None).pairs if pair.ours and pair.ours.receipt_no == "301"]
    assert [pair.cause for pair in pairs] == [Cause.AGREED]


def test_the_status_says_whose_lane_it_is(host: HostSide) -> None:
    said = host.get("/v1/status").json()

    assert (said["version"], said["store"], said["lane"]) == (1, 1, 1)
    assert said["now"].endswith("Z")


def test_a_screen_hears_of_a_proposal_at_once_and_masked(host: HostSide) -> None:
    heard: list[dict[str, Any]] = []
    last = host.get("/v1/events").json()["last"]
    listener = threading.Thread(
        target=lambda: heard.extend(host.get(f"/v1/events?after={last}&wait=20").json()["events"])
    )
    listener.start()
    code, member = host.shop.mint("coupon")[0], host.shop.mint("member")[0]
    proposal = host.propose(code, member=member)
    listener.join(30)

    (event,) = heard
    assert (event["kind"], event["id"], event["total_minor"]) == ("proposal", proposal["id"], SHELF - 1_000)
    assert set(event["member"]) == {"masked", "level"}
    told = json.dumps(heard)
    reference = proposal["verdict"]["member"]["ref"]
    assert [secret for secret in (code, member, reference) if secret in told] == []


def test_nothing_new_is_answered_after_the_wait(host: HostSide) -> None:
    answer = host.get("/v1/events?wait=1").json()

    assert answer["events"] == []
