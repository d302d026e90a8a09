"""What is said to a host's IT and of its receipts: every case has its words in both languages, and no word is stale."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pos_client.config.wording import Wording
from pos_client.domain.errors import HostDataInvalid, HostRefused, HostTotalDiffers, PosError
from pos_client.domain.host_match import Cause

ROOT = Path(__file__).resolve().parents[3]
TABLE: dict[str, Any] = tomllib.loads((ROOT / "resources" / "i18n" / "sentences.toml").read_text("utf-8"))["detail"]
WORDING = Wording.load(ROOT / "resources")


def problems(kind: str) -> Iterator[str]:
    """The cases that the program can name of one kind of fault."""
    for module in (ROOT / "pos_client").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == kind:
                words = [key.value for key in node.keywords if key.arg == "problem"]
                yield from (str(one.value) for one in words if isinstance(one, ast.Constant))


# Chosen a line before they are given.
CHOSEN_DATA = {"quantity", "amount", "rows", "mixed-currency"}
CHOSEN_REFUSALS = {"method", "address", "proposal-rejected", "proposal-lapsed", "proposal-accepted", "not-redeemed"}


def test_every_case_of_wrong_data_has_its_words() -> None:
    assert set(problems("HostDataInvalid")) | CHOSEN_DATA == set(TABLE["host-data-invalid"])


def test_every_case_of_a_refusal_has_its_words() -> None:
    assert set(problems("HostRefused")) | CHOSEN_REFUSALS == set(TABLE["host-refused"])


@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_is_said_in_both_languages(cause: Cause) -> None:
    words = WORDING.of_host_match(cause.value)

    assert words.zh
    assert words.en
    assert words.zh != words.en


def test_no_cause_is_stale() -> None:
    assert {cause.value for cause in Cause} == set(TABLE["host-match"])


@pytest.mark.parametrize(
    ("fault", "zh"),
    [
        (HostDataInvalid("line 2: quantity is …", problem="quantity"), "收银机的数据不对：数量不对，至少是 1。"),
        (HostRefused("…", problem="token"), "收银机的请求做不了：口令不对。"),
        (HostTotalDiffers("…", stated_minor=5_200, agreed_minor=4_200), "收银机收了 ¥52.00，约定是 ¥42.00。"),
    ],
)
def test_a_refusal_is_one_short_sentence(fault: PosError, zh: str) -> None:
    assert WORDING.of_fault(fault)[0].zh == zh
