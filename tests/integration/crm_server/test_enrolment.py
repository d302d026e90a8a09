"""Enrolment over the wire: one code, one device, and a lost reply that does no harm."""

from typing import Any

from pos_client.domain.signed_document import DocumentPurpose, from_base64

from crm_server.minting import CodeKind


def test_a_code_makes_a_device_and_says_what_to_trust(shop: Any) -> None:
    lane = shop.lane(store="S002", lane=1)

    lane.check_document(DocumentPurpose.POLICY, lane.enrolment["policy"])
    assert (lane.enrolment["store"]["id"], lane.enrolment["lane_no"], lane.epoch) == ("S002", 1, 1)
    assert len(from_base64(lane.enrolment["store_secret"])) == 32
    assert sorted(key["purpose"] for key in lane.enrolment["trust"]) == ["coupon", "data", "slot", "srv"]


def test_the_same_code_and_key_again_is_the_same_device(shop: Any) -> None:
    code = shop.mint(CodeKind.ENROL)[0]["code"]
    lane = shop.stranger()
    first = lane.enrol(code)
    again = lane.enrol(code)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
