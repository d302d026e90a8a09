"""The conformance cases against servers that keep nothing of the contract: they fail, and never crash or hang."""

import random
import secrets
from collections.abc import Callable
from typing import Any

import pytest

from pos_client.bootstrap.crm_checking import crm_check
from pos_client.domain.codes import opaque_id
from pos_client.domain.codes.signed_coupon import SignedCoupon
from pos_client.domain.errors import ServerUnreachable, UsageError
from pos_client.domain.signed_document import DocumentPurpose, to_base64
from pos_client.sync.conformance import CaseResult, Outcome
from pos_client.sync.conformance.case import Needs
from pos_client.sync.conformance.cases import ALL
from tests.integration.sync.scripted_server import (
    CentreKeys,
    Play,
    Received,
    Script,
    ScriptedServer,
    document,
    hang_up,
    html,
    problem,
)

CODE = opaque_id.encode(secrets.randbits(128), opaque_id.ENROLMENT_PREFIX)
NEIGHBOURS_CODE = opaque_id.encode(secrets.randbits(128), opaque_id.ENROLMENT_PREFIX)
COUPON = SignedCoupon(1, 1, 1, 0, 60_000, 0, 0, 0, 0, bytes(64)).text()
# What a server that answers 200 to everything does keep: it never fails and never redirects.
KEPT_BY_ANY_PAGE = {"address.no-redirect", "all.no-failure", "all.no-redirect"}
# Every field that the contract names.
FIELDS = (
    "server_time device_id epoch store lane_no trust store_secret policy sas session_token gen issued_at soft_until"
    " hard_until cursor schema files from to rows more results ack_seq missing resend counts holder receipt state"
    " claim_id limits sync conflicts quarantined forks server_head type title status detail retry ver"
)
OWN = {"type", "title", "status", "detail", "retry"}
RUBBISH: tuple[Any, ...] = (
    None,
    -1,
    10**400,
    "\ud800",
    "x" * 5_000,
    [],
    [None],
    [[1]],
    {},
    {"seq": "1", "hash": 5},
    [{"seq": 1, "result": None, "t": [], "k": 7, "ver": "1"}],
)


def check(server: ScriptedServer) -> list[CaseResult]:
    """All cases, with everything that any of them needs."""
    return list(crm_check(server.url, [CODE, NEIGHBOURS_CODE], [COUPON]))


def passed(results: list[CaseResult]) -> set[str]:
    return {result.id for result in results if result.result is Outcome.PASS}


def test_cases_are_told_apart_and_say_what_they_check() -> None:
    assert len(ALL) == len({case.id for case in ALL})
    assert len(ALL) == len({case.checks for case in ALL})
    assert [case.id for case in ALL if not case.checks.endswith(".")] == []
    assert all(case.id.count(".") == 1 for case in ALL)


def test_a_page_for_everything_keeps_nothing(server: ScriptedServer, scripted: Callable[[Script], None]) -> None:
    scripted(lambda _: html(200))

    results = check(server)

    assert passed(results) == KEPT_BY_ANY_PAGE
    assert len(results) == len(ALL)
    without_lane = {case.id for case in ALL if case.needs is Needs.NOTHING} - KEPT_BY_ANY_PAGE
    assert without_lane <= {result.id for result in results if result.result is Outcome.FAIL}


def _enrolment(keys: CentreKeys, received: Received, **changed: Any) -> Play:
    policy = keys.signed(DocumentPurpose.POLICY, {"ver": 1, "trust": keys.trust()})
    store = {"number": 1, "id": "S001", "name": "s", "zone": "Asia/Shanghai", "currency": "CNY", "booth": ""}
    answer = {
        "device_id": f"d-{received.json()['code'][:9]}",
        "epoch": 1,
        "store": store,
        "lane_no": 1,
        "booth": "",
        "trust": keys.trust(),
        "store_secret": to_base64(bytes(32)),
        "policy": policy,
        "sas": "123456",
        "session_token": "token",
        **changed,
    }
    return document(keys, received, answer, 201)


def _is_enrolment(received: Received) -> bool:
    is_ours = any(code.encode() in received.body for code in (CODE, NEIGHBOURS_CODE))
    return received.path == "/v1/devices/enrol" and is_ours


@pytest.mark.parametrize("seed", range(6))
def test_rubbish_in_any_field_is_a_failure_and_no_crash(
    server: ScriptedServer, scripted: Callable[[Script], None], keys: CentreKeys, seed: int
) -> None:
    chance = random.Random(seed)

    def answer(received: Received) -> Play:
        if _is_enrolment(received):
            return _enrolment(keys, received)
        content = {name: chance.choice(RUBBISH) for name in FIELDS.split()}
        if chance.random() < 0.3:
            return problem(keys, received, 409, "already-used", **{k: v for k, v in content.items() if k not in OWN})
        return document(keys, received, content, chance.choice((200, 201, 404)), ETag='"x"')

    scripted(answer)

    results = check(server)

    assert len(results) == len(ALL)
    assert not {"policy.signed", "snapshot.signed", "batch.accepted", "changes.signed"} & passed(results)
    assert "enrol.granted" in passed(results)


@pytest.mark.parametrize(
    "changed",
    [
        {"session_token": "two\nlines"},
        {"session_token": "\ud800"},
        {"device_id": "../../etc"},
        {"device_id": "d\n1"},
        {"trust": []},
        {"trust": [{"key_id": "x"}]},
        {"store": {"number": "one"}},
        {"store_secret": "short"},
    ],
    ids=str,
)
def test_an_enrolment_that_no_lane_can_use_is_a_failure(
    server: ScriptedServer, scripted: Callable[[Script], None], keys: CentreKeys, changed: dict[str, Any]
) -> None:
    scripted(
        lambda received: (
            _enrolment(keys, received, **changed) if _is_enrolment(received) else document(keys, received, {})
        )
    )

    results = {result.id: result.result for result in check(server)}

    assert Outcome.PASS not in {results["heartbeat.answers"], results["batch.accepted"], results["policy.signed"]}
    assert len(results) == len(ALL)


def test_a_server_that_goes_away_ends_the_check(
    server: ScriptedServer, scripted: Callable[[Script], None], keys: CentreKeys
) -> None:
    def answer(received: Received) -> Play:
        return document(keys, received, {}) if len(server.received) < 10 else hang_up

    scripted(answer)

    with pytest.raises(ServerUnreachable):
        check(server)


def test_nobody_there_ends_the_check() -> None:
    with pytest.raises(ServerUnreachable):
        list(crm_check("http://127.0.0.1:1", [], []))


@pytest.mark.parametrize(
    "url", ["", "localhost:8080", "ftp://host", "http://", "http://host:99999", "http://host/path", "http://[::1"]
)
def test_what_is_no_address_is_a_usage_error(url: str) -> None:
    with pytest.raises(UsageError):
        crm_check(url, [], [])


def test_a_coupon_must_be_a_signed_one(server: ScriptedServer) -> None:
    with pytest.raises(UsageError):
        crm_check(server.url, [CODE], [opaque_id.encode(1)])
