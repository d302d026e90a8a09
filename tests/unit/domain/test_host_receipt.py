"""A receipt of the host's till: read exactly, and refused with one clear reason where it cannot be true."""

from datetime import date
from typing import Any

import pytest

from pos_client.domain.errors import HostDataInvalid
from pos_client.domain.host_receipt import ReceiptKind, parse

ZONE = "Asia/Shanghai"
LINE = {"gtin": "06901234567892", "name": "洗发水", "quantity": 2, "unit_minor": 2_600}
RECEIPT: dict[str, Any] = {
    "till": "3",
    "receipt_no": "0042",
    "at": "2026-03-18T23:30:00+08:00",
    "currency": "CNY",
    "total_minor": 4_200,
    "discount_minor": 1_000,
    "lines": [LINE],
}


def test_a_receipt_is_read_and_its_day_is_the_stores() -> None:
    receipt = parse(RECEIPT | {"at": "2026-03-18T16:30:00Z"}, ZONE)

    assert (receipt.day, receipt.total_minor, receipt.kind) == (date(2026, 3, 19), 4_200, ReceiptKind.SALE)
    assert parse(receipt.as_document(), ZONE) == receipt


@pytest.mark.parametrize(
    "off",
    [{}, {"discount_minor": None}, {"lines": [LINE | {"discount_minor": 1_000}]}],
    ids=["at the receipt", "not told", "at line and receipt"],
)
def test_a_discount_may_stand_where_the_host_writes_it(off: dict[str, Any]) -> None:
    document = {name: value for name, value in (RECEIPT | off).items() if value is not None}

    assert parse(document, ZONE).total_minor == 4_200


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"receipt_no": ""}, "number"),
        ({"total_minor": -1}, "amount"),
        ({"total_minor": 42.5}, "amount"),
        ({"total_minor": True}, "amount"),
        ({"total_minor": 5_000}, "sum"),
        ({"lines": [LINE | {"unit_minor": -5}]}, "amount"),
        ({"lines": [LINE | {"quantity": 0}]}, "quantity"),
        ({"lines": [LINE | {"currency": "HKD"}]}, "mixed-currency"),
        ({"lines": [LINE] * 5_000}, "lines"),
        ({"lines": "two"}, "lines"),
        ({"lines": ["two"]}, "line"),
        ({"currency": "yuan"}, "currency"),
        ({"at": "2026-03-18T23:30:00"}, "time"),
        ({"at": "yesterday"}, "time"),
        ({"at": 5}, "time"),
        ({"kind": "swap"}, "field"),
        ({"phone": "13800138000"}, "field"),
        ({"till": "3" * 65}, "field"),
        ({"till": "3\n4"}, "field"),
    ],
)
def test_what_cannot_be_true_is_refused_with_its_reason(change: dict[str, Any], problem: str) -> None:
    with pytest.raises(HostDataInvalid) as refused:
        parse(RECEIPT | change, ZONE)

    assert refused.value.facts["problem"] == problem


@pytest.mark.parametrize("document", [None, [], "receipt", 5])
def test_what_is_no_object_is_no_receipt(document: object) -> None:
    with pytest.raises(HostDataInvalid):
        parse(document, ZONE)


def test_both_figures_of_a_wrong_sum_are_named() -> None:
    with pytest.raises(HostDataInvalid) as refused:
        parse(RECEIPT | {"total_minor": 5_000}, ZONE)

    assert (refused.value.facts["stated_minor"], refused.value.facts["added_minor"]) == (5_000, 4_200)
