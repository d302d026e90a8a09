"""Two lanes: neither may speak for the other, and a use of one is known to the other."""

from typing import Final

from pos_client.sync.conformance.bench import Bench, invented_coupon
from pos_client.sync.conformance.case import Case, Needs
from pos_client.sync.conformance.expectations import equal, refusal, told
from pos_client.sync.payloads import mapping, whole

from .batches import expect_results


def _others_journal(bench: Bench) -> str:
    other = bench.lane
    heard = bench.neighbour.get(f"/v1/journal/{other.device}/{other.journal.epoch}/status")
    refusal(heard, 403, "device-other", retry="never")
    return told(heard)


def _others_name(bench: Bench) -> str:
    request = bench.probe.prepare("GET", "/v1/policy")
    heard = bench.probe.send(bench.neighbour.signed(request, name=bench.lane.device))
    refusal(heard, 401, "signature-invalid", retry="resign")
    return told(heard)


def _others_token(bench: Bench) -> str:
    """A refused request must not have rolled anybody's token."""
    lane, other = bench.lane, bench.neighbour
    heard = other.rolling(lane.heartbeat_path, lane.heartbeat_document())
    refusal(heard, 403, "device-other", retry="never")
    equal("the first lane's heartbeat afterwards", 200, lane.heartbeat().status)
    return told(heard)


def _same_use(bench: Bench) -> str:
    lane, other, coupon = bench.lane, bench.neighbour, invented_coupon()
    winner = lane.journal.redeem(coupon)
    expect_results(lane.push(winner), "accepted")
    (result,) = expect_results(other.push(other.journal.redeem(coupon)), "conflict")
    holder = mapping(result, "holder")
    equal("the holder", (lane.device, winner.seq), (holder.get("device"), whole(holder, "seq")))
    equal(
        "the holder's store and lane", (lane.store, lane.enrolment.lane_no), (holder.get("store"), holder.get("lane"))
    )
    return f"held by {lane.device}"


def _others_claim(bench: Bench) -> str:
    lane, coupon = bench.lane, invented_coupon()
    intent = lane.journal.intent(coupon)
    redemption = lane.journal.redeem(coupon, intent=intent)
    expect_results(lane.push(intent, redemption), "accepted", "accepted")
    heard = bench.neighbour.ask("DELETE", f"/v1/claims/{intent.claim_id}", {"reason": "conformance"})
    refusal(heard, (403, 409), "device-other", "claim-consumed", retry="never")
    return told(heard)


CASES: Final = (
    Case(
        "neighbour.journal", "Another device's journal status is 403 device-other.", _others_journal, Needs.SECOND_LANE
    ),
    Case("neighbour.name", "A request in another device's name is 401.", _others_name, Needs.SECOND_LANE),
    Case(
        "neighbour.token", "A heartbeat for another device is 403 and harms nobody.", _others_token, Needs.SECOND_LANE
    ),
    Case("neighbour.use", "A use that another lane took is a conflict that names it.", _same_use, Needs.SECOND_LANE),
    Case("neighbour.claim", "Another device's claim cannot be given back.", _others_claim, Needs.SECOND_LANE),
)
