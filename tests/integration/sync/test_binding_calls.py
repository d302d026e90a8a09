"""One-time codes and codes on show, asked of the centre: its word, a clear no, or nothing that counts."""

from typing import Any

import pytest

from pos_client.domain.errors import ServerRefused, ServerUnreachable
from pos_client.sync.phone_codes import CentralPhoneCodes
from pos_client.sync.scenes import CentralScenes
from pos_client.usecases.bind_port import CodeCheck, CodeSent, SceneBound
from tests.integration.sync import scripted_server as s
from tests.integration.sync.lane_parts import LaneParts

SEALED, DIGEST = "A" * 100, "ab" * 32
MEMBER = {"member_ref": "m-9", "member_number": 9, "phone_key": "00ff", "masked": "王* 139****9000", "is_new": True}


def answer(server: s.ScriptedServer, keys: s.CentreKeys, document: dict[str, Any], status: int = 200) -> None:
    """The server says this."""
    server.script = lambda request: s.document(keys, request, document, status)


def refuse(server: s.ScriptedServer, keys: s.CentreKeys, status: int, code: str, **extras: Any) -> None:
    """The server says no."""
    server.script = lambda request: s.problem(keys, request, status, code, "after", **extras)


def test_a_code_is_sent_to_the_sealed_number(server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts) -> None:
    answer(server, keys, {"expires_s": 600, "resend_s": 60}, 202)

    assert CentralPhoneCodes(lane.api).send(SEALED) == CodeSent(0, 600)
    assert (server.received[0].path, server.received[0].json()) == ("/v1/phone-codes", {"phone_sealed": SEALED})


@pytest.mark.parametrize(
    ("code", "expected"),
    [("rate-limited", CodeSent(42)), ("phone-blocked", CodeSent(42, blocked=True))],
)
def test_a_code_that_is_not_sent_says_how_long_to_wait(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts, code: str, expected: CodeSent
) -> None:
    refuse(server, keys, 429, code, retry_after_s=42)

    assert CentralPhoneCodes(lane.api).send(SEALED) == expected


@pytest.mark.parametrize(("passed", "expected"), [(True, CodeCheck.PASSED), (False, CodeCheck.WRONG)])
def test_the_centre_says_whether_a_code_is_right(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts, *, passed: bool, expected: CodeCheck
) -> None:
    answer(server, keys, {"passed": passed})

    assert CentralPhoneCodes(lane.api).check(SEALED, "123456") is expected
    assert server.received[0].json() == {"phone_sealed": SEALED, "code": "123456"}


def test_too_many_wrong_codes_are_no_fault(server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts) -> None:
    refuse(server, keys, 429, "phone-blocked", retry_after_s=42)

    assert CentralPhoneCodes(lane.api).check(SEALED, "123456") is CodeCheck.BLOCKED


@pytest.mark.parametrize("code", ["", "12345", "1234567", "12345a", "１２３４５６"])
def test_what_can_be_no_code_is_not_asked(server: s.ScriptedServer, lane: LaneParts, code: str) -> None:
    assert CentralPhoneCodes(lane.api).check(SEALED, code) is CodeCheck.WRONG
    assert server.received == []


def test_another_refusal_is_a_fault(server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts) -> None:
    refuse(server, keys, 422, "seal-unreadable")

    with pytest.raises(ServerRefused):
        CentralPhoneCodes(lane.api).send(SEALED)
    with pytest.raises(ServerRefused):
        CentralPhoneCodes(lane.api).check(SEALED, "123456")


def test_an_answer_without_its_figure_is_none(server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts) -> None:
    answer(server, keys, {}, 202)

    with pytest.raises(ServerUnreachable):
        CentralPhoneCodes(lane.api).send(SEALED)


def test_nobody_has_scanned_yet(server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts) -> None:
    answer(server, keys, {"state": "waiting", "member": None})

    assert CentralScenes(lane.api).bound(DIGEST) is None
    assert server.received[0].path == f"/v1/scenes/{DIGEST}"


def test_whoever_has_scanned_is_named(server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts) -> None:
    answer(server, keys, {"state": "bound", "member": MEMBER})

    assert CentralScenes(lane.api).bound(DIGEST) == SceneBound("m-9", 9, "00ff", "王* 139****9000", is_new=True)


@pytest.mark.parametrize("member", [None, {}, MEMBER | {"member_ref": ""}, MEMBER | {"member_number": 0}])
def test_a_member_without_a_name_of_ours_is_no_answer(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts, member: dict[str, Any] | None
) -> None:
    answer(server, keys, {"state": "bound", "member": member})

    with pytest.raises(ServerUnreachable):
        CentralScenes(lane.api).bound(DIGEST)
