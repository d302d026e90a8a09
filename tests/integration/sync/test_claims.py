"""Tier A: the server's word within the budget, or none."""

import json
import threading
import time
from collections.abc import Generator
from datetime import UTC, datetime

import pytest

from pos_client.domain.signed_document import DocumentPurpose
from pos_client.domain.verdict import EntryRef, Use
from pos_client.sync.breaker import Breaker
from pos_client.sync.claims import ServerClaims
from pos_client.usecases.claim_port import ClaimGranted, ClaimRefused, ClaimReply, ClaimRequest, ClaimUnanswered
from tests.integration.sync import scripted_server as s
from tests.integration.sync.lane_parts import DEVICE, LaneParts

REQUEST = ClaimRequest("ab" * 16, "4711-12", 1, "signed_coupon", "71123", "m-9", 1_000, EntryRef(1, 7, "cd" * 32))
HOLDER = {
    "device": "d-2", "store": 102, "store_name": "West Gate", "lane": 3, "operator": "S01", "operator_name": "Lin",
    "seq": 55, "at": "2026-03-10T06:02:11.000Z", "tier": "A",
}  # fmt: skip


class Claiming:
    """Claims of one lane, with what came late."""

    def __init__(self, lane: LaneParts, budget_s: float = 0.8) -> None:
        self.late: list[ClaimReply] = []
        self.came_late = threading.Event()
        self.breaker = Breaker(lambda: False, open_s=60)
        self.port = ServerClaims(lane.api, lane.trust.verify_document, self.breaker, self._keep, budget_s)

    def _keep(self, request: ClaimRequest, reply: ClaimReply) -> None:
        assert request == REQUEST
        self.late.append(reply)
        self.came_late.set()


@pytest.fixture
def claiming(lane: LaneParts) -> Generator[Claiming, None, None]:
    made = Claiming(lane)
    yield made
    made.breaker.answered()


def granted(keys: s.CentreKeys, request: s.Received, **other: object) -> s.Play:
    about = {"claim_id": REQUEST.claim_id, "coupon_id": "4711-12", "use_no": 1, "device": DEVICE, "at": "x", **other}
    receipt = keys.signed(DocumentPurpose.RECEIPT, about)
    return s.document(keys, request, {"state": "granted", "tier": "A", "receipt": receipt}, 201)


def test_a_grant_carries_the_signed_receipt(
    server: s.ScriptedServer, keys: s.CentreKeys, claiming: Claiming, lane: LaneParts
) -> None:
    server.script = lambda request: granted(keys, request)

    reply = claiming.port.claim(REQUEST)

    assert isinstance(reply, ClaimGranted)
    assert (reply.tier, reply.use_no) == ("A", 1)
    assert lane.trust.verify_document(DocumentPurpose.RECEIPT, json.loads(reply.receipt))
    sent = server.received[0]
    assert (sent.method, sent.path) == ("PUT", "/v1/claims/" + "ab" * 16)
    assert sent.json() == {
        "coupon_id": "4711-12",
        "use_no": 1,
        "code_kind": "signed_coupon",
        "token": "71123",
        "member_ref": "m-9",
        "value_minor": 1_000,
        "intent": {"epoch": 1, "seq": 7, "hash": "cd" * 32},
    }


@pytest.mark.parametrize("wrong", [{"coupon_id": "4711-13"}, {"use_no": 2}, {"claim_id": "00" * 16}])
def test_a_receipt_for_something_else_is_no_grant(
    server: s.ScriptedServer, keys: s.CentreKeys, claiming: Claiming, wrong: dict[str, object]
) -> None:
    server.script = lambda request: granted(keys, request, **wrong)

    assert claiming.port.claim(REQUEST) == ClaimUnanswered("receipt-not-genuine")


def test_a_receipt_that_a_stranger_signed_is_no_grant(
    server: s.ScriptedServer, keys: s.CentreKeys, claiming: Claiming
) -> None:
    server.script = lambda request: granted(s.CentreKeys(), request)

    assert claiming.port.claim(REQUEST) == ClaimUnanswered("receipt-not-genuine")


def test_a_taken_use_names_its_holder(server: s.ScriptedServer, keys: s.CentreKeys, claiming: Claiming) -> None:
    server.script = lambda request: s.problem(keys, request, 409, "already-used", holder=HOLDER, next_use_no=2)

    reply = claiming.port.claim(REQUEST)

    use = Use(1, datetime(2026, 3, 10, 6, 2, 11, tzinfo=UTC), 102, 3, "S01", "West Gate", "Lin", "d-2", 55)
    assert reply == ClaimRefused("A", "already-used", use, 2)


@pytest.mark.parametrize(
    ("status", "code", "retry"),
    [
        (410, "coupon-expired", "never"),
        (403, "wrong-store", "never"),
        (403, "leased-elsewhere", "never"),
        (404, "coupon-unknown", "never"),
        (409, "quota-exhausted", "never"),
        (401, "device-revoked", "never"),
        (409, "device-forked", "reenrol"),
    ],
)
def test_a_refusal_is_final(
    server: s.ScriptedServer, keys: s.CentreKeys, claiming: Claiming, status: int, code: str, retry: str
) -> None:
    server.script = lambda request: s.problem(keys, request, status, code, retry)

    assert claiming.port.claim(REQUEST) == ClaimRefused("A", code)


@pytest.mark.parametrize(
    ("status", "code", "retry"),
    [
        (500, "server-error", "same"),
        (503, "store-rebuilding", "after"),
        (429, "rate-limited", "after"),
        (422, "body-malformed", "never"),
        (401, "signature-invalid", "resign"),
    ],
)
def test_a_server_that_could_not_say_leaves_it_to_the_next_tier(
    server: s.ScriptedServer, keys: s.CentreKeys, claiming: Claiming, status: int, code: str, retry: str
) -> None:
    server.script = lambda request: s.problem(keys, request, status, code, retry)

    assert claiming.port.claim(REQUEST) == ClaimUnanswered(code)


@pytest.mark.parametrize("holder", [None, [], {"at": "yesterday"}, {"store": "x", "at": 7}])
def test_an_odd_holder_does_no_harm(
    server: s.ScriptedServer, keys: s.CentreKeys, claiming: Claiming, holder: object
) -> None:
    server.script = lambda request: s.problem(keys, request, 409, "already-used", holder=holder, next_use_no=-3)

    reply = claiming.port.claim(REQUEST)

    assert isinstance(reply, ClaimRefused)
    assert reply.next_use_no is None
    assert reply.use is None or reply.use.at is None


def test_silence_costs_the_budget_and_no_more(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts, released: threading.Event
) -> None:
    claiming = Claiming(lane, budget_s=0.2)
    server.script = lambda request: s.silent_until(released, granted(keys, request))

    began = time.monotonic()
    reply = claiming.port.claim(REQUEST)
    took = time.monotonic() - began
    released.set()

    assert reply == ClaimUnanswered("timeout")
    assert 0.2 <= took < 3
    assert claiming.came_late.wait(10)
    assert isinstance(claiming.late[0], ClaimGranted)


def test_a_late_answer_that_nobody_waits_for_does_no_harm(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts, released: threading.Event
) -> None:
    claims = ServerClaims(lane.api, lane.trust.verify_document, Breaker(lambda: False), budget_s=0.1)
    server.script = lambda request: s.silent_until(released, granted(keys, request))

    reply = claims.claim(REQUEST)
    errands = [thread for thread in threading.enumerate() if thread.name == "errand"]
    released.set()
    for thread in errands:
        thread.join(10)

    assert reply == ClaimUnanswered("timeout")


def test_a_slow_dribble_costs_the_budget_and_no_more(
    server: s.ScriptedServer, lane: LaneParts, released: threading.Event
) -> None:
    claiming = Claiming(lane, budget_s=0.2)
    server.script = lambda _: s.slow_loris(released)

    began = time.monotonic()

    assert claiming.port.claim(REQUEST) == ClaimUnanswered("timeout")
    assert time.monotonic() - began < 3


def test_after_three_silences_nobody_asks(server: s.ScriptedServer, claiming: Claiming) -> None:
    server.script = lambda _: s.html(200)

    replies = [claiming.port.claim(REQUEST) for _ in range(3)]

    assert replies == [ClaimUnanswered("sign-in-page")] * 3
    assert not claiming.port.reachable()


def test_an_unused_claim_is_given_back(server: s.ScriptedServer, keys: s.CentreKeys, claiming: Claiming) -> None:
    server.script = lambda request: s.raw(204, keys.time_headers(request), b"")

    assert claiming.port.release("ab" * 16, "customer-left")
    assert (server.received[0].method, server.received[0].json()) == ("DELETE", {"reason": "customer-left"})


def test_a_claim_that_was_redeemed_is_not_given_back(
    server: s.ScriptedServer, keys: s.CentreKeys, claiming: Claiming
) -> None:
    server.script = lambda request: s.problem(keys, request, 409, "claim-consumed")
    consumed = claiming.port.release("ab" * 16, "x")
    server.script = lambda request: s.problem(keys, request, 404, "claim-unknown")
    unknown = claiming.port.release("ab" * 16, "x")
    server.script = lambda _: s.hang_up
    unheard = claiming.port.release("ab" * 16, "x")

    assert (consumed, unknown, unheard) == (False, True, False)
