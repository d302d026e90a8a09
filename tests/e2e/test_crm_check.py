"""``pos-client crm-check`` as a CRM's engineer runs it: against the real server, and one with planted faults."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from pos_client.sync.conformance.cases import ALL
from tests.fakes.shop import LaneHome, Shop
from tests.integration.sync.scripted_server import Play, Received, ScriptedServer, raw

# What they share is made once, not in each process.
pytestmark = pytest.mark.xdist_group("crm-check")


@dataclass(frozen=True)
class Check:
    """A shop whose lanes may be spoilt, and a home that is no lane."""

    shop: Shop
    home: LaneHome

    def code(self, lane: int) -> str:
        return self.shop.mint("enrol", 1, "--store", "S001", "--lane", str(lane))[0]

    def run(self, *arguments: str) -> Any:
        return self.home.run("crm-check", *arguments)

    def run_on_everything(self, url: str) -> Any:
        codes = ("--code", self.code(1), "--code", self.code(2))
        return self.run(url, *codes, "--coupon", self.shop.mint("coupon")[0])


@pytest.fixture(scope="module")
def check(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Check]:
    shop = Shop(tmp_path_factory.mktemp("shop"))
    shop.open()
    yield Check(shop, LaneHome(shop.root / "no-lane"))
    shop.close()


def by_result(document: Mapping[str, Any], result: str) -> dict[str, str]:
    return {case["id"]: case["detail"] for case in document["cases"] if case["result"] == result}


def test_our_server_keeps_the_contract(check: Check) -> None:
    answered = check.run_on_everything(check.shop.server.url)

    document = answered.document
    failed = by_result(document, "fail")
    assert failed == {}
    assert [case.id for case in ALL] == [case["id"] for case in document["cases"]]
    assert (len(ALL), 0, 0) == tuple(document[n] for n in ("passed", "failed", "skipped"))
    assert answered.code == 0
    assert check.shop.server.url == document["url"]
    assert len(ALL) >= 60
    assert not (check.home.home / "enrolment.json").exists()


def test_without_a_code_only_what_needs_no_device_is_asked(check: Check) -> None:
    document = check.run(check.shop.server.url).document

    assert by_result(document, "fail") == {}
    assert {case.id for case in ALL if case.needs} == set(by_result(document, "skipped"))
    assert all("--co" in detail for detail in by_result(document, "skipped").values())


def test_a_code_that_was_used_fails_one_case_and_skips_the_rest(check: Check) -> None:
    code = check.code(1)
    assert LaneHome(check.shop.root / "real-lane").run("enrol", check.shop.server.url, code).code == 0

    answered = check.run(check.shop.server.url, "--code", code)

    assert answered.code == 1
    assert "enrol-code-used" in by_result(answered.document, "fail")["enrol.granted"]
    assert "no lane could be enrolled" in by_result(answered.document, "skipped")["batch.accepted"]


class Faulty:
    """Stands in front of the real server and breaks a rule here and there."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session = requests.Session()

    def __call__(self, received: Received) -> Play:
        path = f"{received.path}?{received.query}" if received.query else received.path
        drop = {"host", "connection", "content-length"}
        headers = {name: value for name, value in received.headers.items() if name not in drop}
        answer = self._session.request(
            received.method, self._url + path, headers=headers, data=received.body or None, allow_redirects=False
        )
        kept = {
            name: value
            for name, value in answer.headers.items()
            if name.lower() not in {"content-length", "content-encoding", "transfer-encoding", "connection"}
        }
        return self._with_fault(received, answer.status_code, kept, answer.content)

    def _with_fault(self, received: Received, status: int, headers: dict[str, str], body: bytes) -> Play:
        if received.path == "/v1/policy" and status == 200:
            body = body.replace(b'"ver":1', b'"ver":2')
        if received.path == "/v1/changes" and status == 410:
            status, headers["Content-Type"], body = 500, "text/html", b"<h1>Internal Server Error</h1>"
        if received.path == "/v1/journal/batches" and status == 200:
            body = body.replace(b'"result":"duplicate"', b'"result":"accepted"')
        if received.path == "/v1/time":
            headers = {name: value for name, value in headers.items() if name.lower() != "x-time-sig"}
        if received.path.endswith("/cache.db") and status == 206:
            status = 200
        if received.path.endswith("/cache.db") and status == 200:
            body = body[:-1] + b"!"
        if b"clock-skew" in body:
            body = body.replace(b"clock-skew", b"signature-invalid")
        return raw(status, headers, body)


def test_planted_faults_are_found_and_nothing_else(check: Check) -> None:
    with ScriptedServer(Faulty(check.shop.server.url)) as faulty:
        answered = check.run_on_everything(faulty.url)

    failed = set(by_result(answered.document, "fail"))
    assert answered.code == 1
    assert {
        "policy.signed",
        "changes.cursor-other-instance",
        "changes.cursor-ahead",
        "batch.duplicate",
        "time.headers",
        "snapshot.file",
        "snapshot.range",
        "signature.old",
        "signature.early",
        "all.no-failure",
        "all.signed-time",
        "all.media-types",
    } <= failed
    assert {"claim.granted", "heartbeat.rolls", "exceptions.conflicts", "enrol.granted", "fork.ends-well"} <= set(
        by_result(answered.document, "pass")
    )


def test_nobody_there_is_one_sentence(check: Check) -> None:
    answered = check.run("http://127.0.0.1:1")

    assert (answered.code, answered.document["reason"]) == (1, "server-unreachable")


def test_what_is_no_address_is_a_usage_error(check: Check) -> None:
    answered = check.run("127.0.0.1:8080")

    assert (answered.code, answered.document["reason"]) == (2, "usage")


def test_people_get_a_table_and_a_warning(check: Check) -> None:
    def say(*arguments: str) -> str:
        command = [sys.executable, "-m", "pos_client", "--home", str(check.home.home), "crm-check", *arguments]
        environment = os.environ | {"COLUMNS": "160", "TERM": "dumb"}
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment).stdout

    table, help_ = say(check.shop.server.url), say("--help")

    assert "time.headers" in table
    assert "skipped" in table.splitlines()[-1]
    assert "throw-away" in help_
    assert "test server" in help_
