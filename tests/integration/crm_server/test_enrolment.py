"""Enrolment over the wire: one code, one device, and a lost reply that does no harm."""

from datetime import timedelta

import pytest

from crm_server.minting import CodeKind
from pos_client.domain.signed_document import DocumentPurpose, from_base64
from tests.integration.crm_server.served_shop import Shop, problem


def test_a_code_makes_a_device_and_says_what_to_trust(shop: Shop) -> None:
    lane = shop.lane(store="S002", lane=1)

    lane.check_document(DocumentPurpose.POLICY, lane.enrolment["policy"])
    assert (lane.enrolment["store"]["id"], lane.enrolment["lane_no"], lane.epoch) == ("S002", 1, 1)
    assert len(from_base64(lane.enrolment["store_secret"])) == 32
    assert sorted(key["purpose"] for key in lane.enrolment["trust"]) == ["coupon", "data", "parametric", "slot", "srv"]
    assert len(lane.enrolment["sas"]) == 6


def test_the_same_code_and_key_again_is_the_same_device(shop: Shop) -> None:
    code = shop.mint(CodeKind.ENROL)[0]["code"]
    lane = shop.stranger()
    first = lane.enrol(code)
    again = lane.enrol(code)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert lane.get("/v1/policy").status_code == 200


def test_a_used_code_makes_no_second_device(shop: Shop) -> None:
    code = shop.mint(CodeKind.ENROL)[0]["code"]
    shop.stranger().enrol(code)

    assert problem(shop.stranger().enrol(code)) == (410, "enrol-code-used")


def test_a_code_runs_out(small_shop: Shop) -> None:
    code = small_shop.mint(CodeKind.ENROL, minutes=10)[0]["code"]
    small_shop.clock.offset = timedelta(minutes=10, seconds=1)

    assert problem(small_shop.stranger().enrol(code)) == (410, "enrol-code-used")


@pytest.mark.parametrize("code", ["", "E", "hello", "E" + "0" * 27, "C" + "0" * 27, "课" * 28])
def test_a_text_that_is_no_code_is_refused(small_shop: Shop, code: str) -> None:
    assert problem(small_shop.stranger().enrol(code)) == (403, "enrol-code-invalid")


def test_guessing_codes_is_slowed_down(small_shop: Shop) -> None:
    stranger = small_shop.stranger()
    answers = [problem(stranger.enrol("E" + "0" * 27)) for _ in range(31)]
    last = stranger.enrol("E" + "0" * 27)

    assert answers == [(403, "enrol-code-invalid")] * 30 + [(429, "rate-limited")]
    assert 1 <= int(last.headers["Retry-After"]) <= 60
    small_shop.clock.offset = timedelta(seconds=61)
    assert stranger.enrol(small_shop.mint(CodeKind.ENROL)[0]["code"]).status_code == 201


def test_a_key_that_is_none_is_refused(small_shop: Shop) -> None:
    code = small_shop.mint(CodeKind.ENROL)[0]["code"]
    body = {"code": code, "pubkey": "A" * 42 + "=", "alg": "ed25519", "hw_hash": "", "app_ver": "", "os": ""}

    assert problem(small_shop.stranger().send("POST", "/v1/devices/enrol", body, signed=False)) == (
        422,
        "body-malformed",
    )


def test_a_device_that_lacks_nothing_here_can_be_given_back(shop: Shop) -> None:
    lane = shop.lane()
    asked = {"epoch": 1, "head_seq": 3, "exported": False}

    refused = lane.send("POST", f"/v1/devices/{lane.device}/unenrolment", asked)
    assert problem(refused) == (409, "device-undelivered")
    assert refused.json()["missing"] == [[1, 3]]
    assert lane.heartbeat().status_code == 200

    left = lane.send("POST", f"/v1/devices/{lane.device}/unenrolment", asked | {"exported": True})
    assert (left.status_code, left.json()) == (200, {"awaited": 3})
    assert problem(lane.heartbeat()) == (401, "device-revoked")
    again = lane.send("POST", f"/v1/devices/{lane.device}/unenrolment", asked | {"exported": True})
    assert again.status_code == 200
