"""The published contract is what the server does: the committed file is current and says how errors look."""

from pathlib import Path

from crm_server.api.contract import contract
from crm_server.cli.openapi import contract_text
from crm_server.problems import PROBLEMS, Problem

ROOT = Path(__file__).resolve().parents[3]


def test_the_committed_contract_is_current() -> None:
    assert (ROOT / "docs" / "openapi.yaml").read_text(encoding="utf-8") == contract_text()


def test_every_error_is_a_problem_document() -> None:
    kinds = {
        (path, method, status, *response.get("content", {}))
        for path, methods in contract()["paths"].items()
        for method, operation in methods.items()
        for status, response in operation["responses"].items()
        if int(status) >= 400
    }

    assert {content for *_, content in kinds} == {"application/problem+json"}


def test_all_but_two_doors_are_signed() -> None:
    unsigned = [
        f"{method.upper()} {path}"
        for path, methods in contract()["paths"].items()
        for method, operation in methods.items()
        if "security" not in operation
    ]

    assert sorted(unsigned) == ["GET /v1/time", "POST /v1/devices/enrol"]


def test_every_problem_has_a_retry_class_that_lanes_know() -> None:
    assert {retry for _, retry, _ in PROBLEMS.values()} == {"never", "same", "after", "resign", "reenrol"}
    assert [code for code in PROBLEMS if Problem(code).document()["type"] != f"urn:rdm:{code}"] == []
