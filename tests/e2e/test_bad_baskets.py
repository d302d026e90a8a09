"""Baskets that cannot be, and one that is very long: one clear reason each, and nothing written."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.shop import Answered, LaneHome, Shop

# What they share is made once, not in each process.
pytestmark = pytest.mark.xdist_group("bad-baskets")

LINE: dict[str, Any] = {
    "gtin": "06901234567892",
    "name": "洗发水",
    "category": "hair",
    "quantity": 1,
    "unit_minor": 990,
}


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, LaneHome]]:
    """One coupon and one lane for all cases: none of them may use it."""
    shop = Shop(tmp_path_factory.mktemp("shop"))
    shop.open()
    yield shop.mint("coupon")[0], shop.lane(0)
    shop.close()


def asked(counter: tuple[str, LaneHome], folder: Path, document: object, *more: str) -> Answered:
    """What a redemption over the basket answers."""
    path = folder / "basket.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    coupon, lane = counter
    return lane.run(*(more or ("redeem", coupon)), "--basket", str(path))


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ({"lines": [LINE | {"unit_minor": -1}]}, "购物篮文件不对：有一行的单价不是 0 以上的整数（分）。"),
        ({"lines": [LINE | {"quantity": 0}]}, "购物篮文件不对：有一行的件数不是 1 以上的整数。"),
        ({"lines": [LINE], "currency": "USD"}, "购物篮文件不对：币种和本店不同。"),
        ({"lines": [LINE | {"currency": "USD"}]}, "购物篮文件不对：有一项不认识，或不是文字。"),
        ({"lines": [LINE] * 5_001}, "购物篮文件不对：商品超过 5000 行。"),
        ({"total_minor": -1}, "购物篮文件不对：总额不是 0 以上的整数（分）。"),
    ],
)
def test_one_clear_reason(counter: tuple[str, LaneHome], tmp_path: Path, document: object, sentence: str) -> None:
    answered = asked(counter, tmp_path, document)

    assert (answered.code, answered.document["reason"]) == (2, "basket-invalid")
    assert answered.document["sentence"]["zh"] == sentence
    assert counter[1].run("journal", "show", "--kind", "redeem").document["entries"] == []


def test_five_thousand_lines_get_an_answer(counter: tuple[str, LaneHome], tmp_path: Path) -> None:
    coupon, _ = counter
    document = {"lines": [LINE | {"gtin": f"06{place:012d}"} for place in range(5_000)]}

    answered = asked(counter, tmp_path, document, "check", coupon)

    assert (answered.code, answered.document["reason"]) == (0, "can-redeem")
    shares = sum(line["discount_minor"] for line in answered.document["lines"])
    assert shares == answered.document["discount_minor"] > 0


def test_a_coupon_listed_twice_counts_once(counter: tuple[str, LaneHome], tmp_path: Path) -> None:
    coupon, _ = counter
    answered = asked(counter, tmp_path, {"lines": [LINE | {"quantity": 20}]}, "check", coupon, coupon)

    assert [each["why"] for each in answered.document["coupons"]] == ["can-redeem", "repeated-in-basket"]


def test_an_offer_greater_than_the_purchase_takes_no_more(counter: tuple[str, LaneHome], tmp_path: Path) -> None:
    coupon, _ = counter
    answered = asked(counter, tmp_path, {"total_minor": 1}, "check", coupon)

    assert answered.document["discount_minor"] <= 1
