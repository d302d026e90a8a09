"""Who may ask: every way in which a signature can be missing, old, seen before or somebody else's is a 401."""

from datetime import timedelta

import pytest
import requests

from pos_client.domain.signed_document import to_base64
from tests.fakes.lane_client import TIMEOUT_S, LaneClient
from tests.integration.crm_server.served_shop import Shop, problem

PATHS = ("/v1/policy", "/v1/snapshots/current", "/v1/changes?cursor=a.1", "/v1/exceptions", "/v1/claims/" + "0" * 32)
CURSOR = "/v1/changes"


def _send(lane: LaneClient, prepared: requests.PreparedRequest) -> requests.Response:
    return lane.session.send(prepared, timeout=TIMEOUT_S)


@pytest.mark.parametrize("path", PATHS)
def test_without_a_signature_nothing_is_told(small_shop: Shop, path: str) -> None:
    assert problem(small_shop.stranger().send("GET", path, signed=False)) == (401, "signature-missing")


def test_a_device_that_was_never_enrolled_is_unknown(small_shop: Shop) -> None:
    stranger = small_shop.stranger()
    stranger.device = "d-0000000000000000"

    assert problem(stranger.get("/v1/policy")) == (401, "device-unknown")


def test_another_devices_name_is_no_use(small_shop: Shop) -> None:
    one, two = small_shop.lane(), small_shop.lane(lane=2)
    prepared = one.prepare("GET", "/v1/policy")
    one.sign(prepared, keyid=two.device)

    assert problem(_send(one, prepared)) == (401, "signature-invalid")


def test_an_altered_body_does_not_pass(small_shop: Shop) -> None:
    lane = small_shop.lane()
    prepared = lane.prepare("DELETE", "/v1/claims/" + "0" * 32, {"reason": "left"})
    lane.sign(prepared)
    prepared.body = b'{"reason": "lost"}'

    assert problem(_send(lane, prepared)) == (401, "signature-invalid")


def test_an_altered_query_does_not_pass(small_shop: Shop) -> None:
    lane = small_shop.lane()
    prepared = lane.prepare("GET", CURSOR, params={"cursor": "a.1"})
    lane.sign(prepared)
    prepared.url = str(prepared.url).replace("a.1", "a.2")

    assert problem(_send(lane, prepared)) == (401, "signature-invalid")


def test_a_header_that_must_be_covered_cannot_be_added_later(small_shop: Shop) -> None:
    lane = small_shop.lane()
    prepared = lane.prepare("GET", "/v1/policy")
    lane.sign(prepared)
    prepared.headers["X-Session-Token"] = lane.token

    assert problem(_send(lane, prepared)) == (401, "signature-invalid")


def test_a_body_without_its_digest_does_not_pass(small_shop: Shop) -> None:
    lane = small_shop.lane()
    prepared = lane.prepare("DELETE", "/v1/claims/" + "0" * 32)
    lane.sign(prepared)
    prepared.prepare_body(b'{"reason": "left"}', None)
    prepared.headers["Content-Type"] = "application/json"

    assert problem(_send(lane, prepared)) == (401, "signature-invalid")


def test_a_request_is_taken_once(shop: Shop) -> None:
    lane = shop.lane()
    prepared = lane.prepare("GET", "/v1/policy")
    lane.sign(prepared)

    assert _send(lane, prepared).status_code == 200
    assert problem(_send(lane, prepared)) == (401, "nonce-replayed")


def test_two_devices_may_draw_the_same_nonce(small_shop: Shop) -> None:
    nonce = to_base64(bytes(16))
    answers = []
    for lane in (small_shop.lane(), small_shop.lane(lane=2)):
        prepared = lane.prepare("GET", "/v1/policy")
        lane.sign(prepared, nonce=nonce)
        answers.append(_send(lane, prepared).status_code)

    assert answers == [200, 200]


@pytest.mark.parametrize("nonce", ["AAAA", "!" * 22, "x" * 4_000])
def test_a_nonce_is_sixteen_bytes(small_shop: Shop, nonce: str) -> None:
    lane = small_shop.lane()
    prepared = lane.prepare("GET", "/v1/policy")
    lane.sign(prepared, nonce=nonce)

    assert problem(_send(lane, prepared)) == (401, "signature-invalid")


@pytest.mark.parametrize("seconds", [-310, 310, -(10**9)])
def test_a_clock_that_is_far_off_is_told_the_time(small_shop: Shop, seconds: int) -> None:
    lane = small_shop.lane()
    prepared = lane.prepare("GET", "/v1/policy")
    lane.sign(prepared, created=small_shop.clock() + timedelta(seconds=seconds))
    response = _send(lane, prepared)

    assert problem(response) == (401, "clock-skew")
    assert response.json()["retry"] == "resign"
    assert response.json()["server_time"][:17] == response.headers["Server-Time"][:17]


@pytest.mark.parametrize("seconds", [-290, 290])
def test_a_clock_that_is_nearly_right_is_good_enough(small_shop: Shop, seconds: int) -> None:
    lane = small_shop.lane()
    prepared = lane.prepare("GET", "/v1/policy")
    lane.sign(prepared, created=small_shop.clock() + timedelta(seconds=seconds))

    assert _send(lane, prepared).status_code == 200


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Signature-Input", "sig1"),
        ("Signature-Input", 'sig1=("@method" "@path" "@query");created=1;keyid="x"'),
        ("Signature-Input", "\x00".replace("\x00", "é")),
        ("Signature", "sig1=:AAAA:"),
        ("Signature", "nonsense"),
    ],
)
def test_signature_headers_may_hold_anything(small_shop: Shop, header: str, value: str) -> None:
    lane = small_shop.lane()
    prepared = lane.prepare("GET", "/v1/policy")
    lane.sign(prepared)
    prepared.headers[header] = value.encode().decode("latin-1")

    assert _send(lane, prepared).status_code == 401


def test_every_answer_carries_the_time_signed_for_its_request(small_shop: Shop) -> None:
    lane = small_shop.lane()
    answers = [
        lane.get("/v1/policy"),
        lane.send("GET", "/v1/time", signed=False),
        lane.send("GET", "/v1/policy", signed=False),
        lane.get("/v1/nowhere"),
        lane.send("POST", "/v1/devices/enrol", b"{" * 70_000, signed=False),
    ]
    for answer in answers:
        lane.check_time(answer)

    assert [answer.status_code for answer in answers] == [200, 200, 401, 404, 413]
