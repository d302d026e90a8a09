"""What a host's program may do wrong: each time one clear reason, nothing written, and the next request is served."""

import json
import socket
import stat
import time
from typing import Any

import pytest

from tests.integration.bridge.conftest import OpenBridge
from tests.integration.bridge.host_side import BASKET, SHAMPOO, HostSide, problem, receipt

BASKET_PATH, RECEIPT_PATH = "/v1/baskets", "/v1/receipts"


def test_only_the_token_opens_the_door(host: HostSide) -> None:
    wrong: list[dict[str, str]] = [{"Authorization": "Bearer nonsense"}, {"Authorization": host.token}]
    for headers in [*wrong, {"Authorization": f"Basic {host.token}"}, {"Authorization": ""}]:
        assert problem(host.ask("GET", "/v1/status", headers=headers)) == (401, "token")
    assert host.get("/v1/status").status_code == 200


def test_the_token_is_for_its_owner_alone(host: HostSide) -> None:
    assert stat.S_IMODE(host.bridge.home.bridge_token.stat().st_mode) == 0o600
    assert len(host.token) >= 32


def test_a_web_page_is_kept_out(host: HostSide) -> None:
    for headers in ({"Origin": "http://127.0.0.1"}, {"Host": "till.example.com"}, {"Host": "attacker.example:8377"}):
        assert problem(host.ask("GET", "/v1/status", headers=headers)) == (403, "origin")
    answer = host.ask("OPTIONS", RECEIPT_PATH, headers={"Origin": "http://example.com"})
    assert (answer.status_code, [name for name in answer.headers if name.lower().startswith("access-control")]) == (
        403,
        [],
    )


def test_it_listens_on_loopback_alone(host: HostSide) -> None:
    assert host.bridge.server._listener.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize(
    ("method", "path", "wanted"), [("GET", "/v2/status", "address"), ("GET", BASKET_PATH, "method")]
)
def test_what_is_not_there_is_said(host: HostSide, method: str, path: str, wanted: str) -> None:
    assert problem(host.ask(method, path)) == ({"address": 404, "method": 405}[wanted], wanted)


@pytest.mark.parametrize("path", [BASKET_PATH, RECEIPT_PATH])
@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"till": "\\ud800"}', b"NaN1"])
def test_what_is_not_json_is_refused(host: HostSide, path: str, body: bytes) -> None:
    assert problem(host.ask("POST", path, data=body)) == (400, "json")


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"lines": [SHAMPOO | {"unit_minor": -1}]}, "price"),
        ({"lines": [SHAMPOO | {"quantity": 0}]}, "quantity"),
        ({"lines": [SHAMPOO | {"currency": "HKD"}]}, "field"),
        ({"lines": [SHAMPOO], "total_minor": 1}, "sum"),
        ({"lines": [SHAMPOO] * 5_001}, "many-lines"),
        ({"currency": "HKD", "lines": [SHAMPOO]}, "currency"),
        ({}, "empty"),
    ],
)
def test_a_basket_that_cannot_be_is_refused(host: HostSide, change: dict[str, Any], wanted: str) -> None:
    assert problem(host.post(BASKET_PATH, {"basket": change})) == (400, wanted)


@pytest.mark.parametrize(
    "document",
    [
        [],
        "basket",
        {"basket": BASKET, "phone": "1"},
        {"basket": BASKET, "codes": "one"},
        {"basket": BASKET, "codes": ["x"] * 31},
        {"basket": BASKET, "codes": ["x" * 5_000]},
        {"basket": BASKET, "codes": [""]},
        {"basket": BASKET, "member": 5},
    ],
)
def test_a_question_of_the_wrong_shape_is_refused(host: HostSide, document: Any) -> None:
    assert problem(host.post(BASKET_PATH, document))[0] == 400


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"total_minor": -1}, "amount"),
        ({"total_minor": 5, "discount_minor": 0}, "sum"),
        ({"lines": [{"quantity": 0, "unit_minor": 5}]}, "quantity"),
        ({"lines": [{"quantity": 1, "unit_minor": 5}] * 5_000}, "lines"),
        ({"lines": [{"quantity": 1, "unit_minor": 11_800, "currency": "HKD"}]}, "mixed-currency"),
        ({"at": "2026-03-18 12:00"}, "time"),
        ({"receipt_no": ""}, "number"),
    ],
)
def test_a_receipt_that_cannot_be_is_refused_and_not_kept(host: HostSide, change: dict[str, Any], wanted: str) -> None:
    before = host.bridge.book.receipts_kept()

    assert problem(host.post(RECEIPT_PATH, receipt(**change))) == (400, wanted)
    assert host.bridge.book.receipts_kept() == before


@pytest.mark.parametrize(
    "change", [{"total_minor": "10"}, {"paid_at": "noon"}, {"receipt_no": ""}, {"receipt_no": "x" * 65}, {"tip": 1}]
)
def test_an_acceptance_that_cannot_be_is_refused_and_may_be_sent_right(host: HostSide, change: dict[str, Any]) -> None:
    proposal = host.propose()

    number = change.get("receipt_no", "0200")
    rest = {name: value for name, value in change.items() if name != "receipt_no"}
    assert problem(host.accept(proposal, number, **rest))[0] == 400
    assert host.bridge.book.proposal(proposal["id"]).state == "open"  # type: ignore[union-attr]


def test_a_proposal_that_nobody_made_is_unknown(host: HostSide) -> None:
    assert problem(host.post(f"/v1/baskets/{'f' * 32}/reject", {})) == (404, "proposal-unknown")


def test_a_huge_body_is_refused_in_words_and_the_line_goes_on(host: HostSide) -> None:
    answer = host.ask("POST", RECEIPT_PATH, data=b" " * (2 << 20))

    assert problem(answer) == (413, "too-large")
    assert host.get("/v1/status").status_code == 200


def test_a_slow_client_is_told_and_holds_nobody_up(open_host: OpenBridge) -> None:
    host = open_host(patience_s=1.0)
    head = f"POST {RECEIPT_PATH} HTTP/1.1\r\nHost: 127.0.0.1:1\r\nAuthorization: Bearer {host.token}\r\n"
    lines = [host.slowly(head.encode(), b"Content-Length: 100\r\n\r\n{") for _ in range(20)]
    began = time.monotonic()
    served = host.get("/v1/status").status_code
    took = time.monotonic() - began

    said = _all_of(lines[0])
    assert (served, said.split(b"\r\n")[0]) == (200, b"HTTP/1.1 408 Request Timeout")
    assert json.loads(said.partition(b"\r\n\r\n")[2])["problem"] == "too-slow"
    assert took < 1.0
    for line in lines:
        line.close()


def _all_of(line: socket.socket) -> bytes:
    found = b""
    while chunk := line.recv(65_536):
        found += chunk
    return found
