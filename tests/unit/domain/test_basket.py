"""Basket documents: good ones in both forms, and every way to be none."""

import json
from typing import Any

import pytest

from pos_client.domain.basket import MAX_AMOUNT_MINOR, MAX_LINES, Basket, BasketLine, of_amount, parse
from pos_client.domain.errors import BasketInvalid

LINE = {
    "gtin": "06901234567892",
    "name": "洗发水",
    "category": "hair",
    "brand": "Qing",
    "quantity": 2,
    "unit_minor": 1990,
}
GOOD = {"currency": "CNY", "receipt_no": "0231", "lines": [LINE]}


def test_a_basket_of_lines() -> None:
    line = BasketLine("06901234567892", "洗发水", "hair", "Qing", 2, 1990)

    assert Basket("CNY", 3980, (line,), "0231") == parse(GOOD)


def test_a_bare_amount() -> None:
    assert parse({"currency": "CNY", "total_minor": 5200}) == of_amount(5200)


def test_a_line_needs_only_number_and_price() -> None:
    assert parse({"lines": [{"quantity": 1, "unit_minor": 0}]}) == Basket("CNY", 0, (BasketLine("", "", "", "", 1, 0),))


def test_lines_and_a_total_that_agree() -> None:
    assert parse(GOOD | {"total_minor": 3980}).total_minor == 3980


def test_an_empty_list_of_lines_and_an_amount() -> None:
    assert parse({"lines": [], "total_minor": 10}) == of_amount(10)


def line(**changes: Any) -> dict[str, Any]:
    """A basket whose only line is changed."""
    return {"lines": [LINE | changes]}


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        pytest.param(None, "shape", id="null"),
        pytest.param([LINE], "shape", id="a list"),
        pytest.param("{}", "shape", id="a text"),
        pytest.param({}, "empty", id="nothing in it"),
        pytest.param({"lines": []}, "empty", id="no lines, no amount"),
        pytest.param(GOOD | {"total_minor": 3979}, "sum", id="one fen short"),
        pytest.param(GOOD | {"discount": 1}, "field", id="a field that nobody knows"),
        pytest.param(GOOD | {"currency": "RMB¥"}, "currency-code", id="no currency"),
        pytest.param(GOOD | {"currency": "cny"}, "currency-code", id="lower-case currency"),
        pytest.param(GOOD | {"currency": "A1B"}, "currency-code", id="a digit in the currency"),
        pytest.param(GOOD | {"currency": 156}, "field", id="a currency by number"),
        pytest.param(GOOD | {"lines": LINE}, "lines", id="lines that are an object"),
        pytest.param(GOOD | {"lines": [LINE] * (MAX_LINES + 1)}, "many-lines", id="too many lines"),
        pytest.param(GOOD | {"lines": [7]}, "line", id="a line that is a number"),
        pytest.param(GOOD | {"receipt_no": "9" * 201}, "field", id="a very long receipt number"),
        pytest.param(line(quantity=0), "quantity", id="no piece"),
        pytest.param(line(quantity=-1), "quantity", id="a piece less than none"),
        pytest.param(line(quantity=1.0), "quantity", id="a fraction"),
        pytest.param(line(quantity=True), "quantity", id="true is not one"),
        pytest.param(line(quantity="2"), "quantity", id="a text"),
        pytest.param(line(unit_minor=-1), "price", id="a price below nothing"),
        pytest.param(line(unit_minor=19.9), "price", id="yuan instead of fen"),
        pytest.param(line(unit_minor=MAX_AMOUNT_MINOR + 1), "price", id="a price out of this world"),
        pytest.param(line(unit_minor=MAX_AMOUNT_MINOR), "amount", id="a sum out of this world"),
        pytest.param(line(colour="blue"), "field", id="an unknown field of a line"),
        pytest.param(line(name=None), "field", id="a name that is null"),
        pytest.param({"lines": [{"unit_minor": 1}]}, "quantity", id="no quantity"),
        pytest.param({"total_minor": -1}, "total", id="an amount below nothing"),
        pytest.param({"total_minor": None}, "total", id="an amount that is null"),
        pytest.param({"total_minor": MAX_AMOUNT_MINOR + 1}, "total", id="an amount out of this world"),
    ],
)
def test_bad_documents(document: object, problem: str) -> None:
    with pytest.raises(BasketInvalid) as caught:
        parse(document)

    assert (problem, 2) == (caught.value.facts["problem"], caught.value.exit_code)


def test_a_sum_that_is_wrong_names_both_figures() -> None:
    with pytest.raises(BasketInvalid) as caught:
        parse(GOOD | {"total_minor": 4000})

    assert caught.value.facts == {"problem": "sum", "stated_minor": 4000, "added_minor": 3980}


@pytest.mark.parametrize("key", ['"\\u001b[2Jx"', '"\\ud800x"', '"\\u202ex"', '"' + "x" * 4000 + '"'])
def test_a_hostile_field_name_can_be_printed(key: str) -> None:
    with pytest.raises(BasketInvalid) as caught:
        parse(json.loads(f'{{"total_minor": 1, {key}: 1}}'))

    assert len(caught.value.detail) < 80
    assert caught.value.detail.isprintable()
