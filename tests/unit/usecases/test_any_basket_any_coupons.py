"""What must hold for any coupons over any basket, through the check of a real lane cache and not only in the domain."""

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pos_client.domain import trade_policy
from pos_client.domain.basket import Basket, BasketLine, of_amount
from pos_client.domain.verdict import Verdict
from tests import builders as a
from tests.unit.usecases.counter import Counter, OpenCounter, Tables
from tests.unit.usecases.test_paper_coupons import PAPER, POLICY, SHAMPOO, SOAP

HAIR, PASTE = {"categories": ["hair"]}, {"categories": ["oral"]}


def amount(minor: int, **terms: Any) -> dict[str, Any]:
    return {"effects": [{"kind": "amount_off", "amount_minor": minor}], **terms}


def percent(hundredths: int, **terms: Any) -> dict[str, Any]:
    return {"effects": [{"kind": "percent_off", "percent_hundredths": hundredths}], **terms}


OFFERS: list[dict[str, Any]] = [
    amount(700),
    amount(1),
    amount(10**9),
    amount(500, stacking={"group": "cash"}),
    percent(1500, stacking={"group": "cash"}),
    percent(3333, conditions=HAIR, stacking={"order": 1}),
    percent(10_000, conditions=PASTE),
    percent(1, stacking={"exclusive": True}),
    amount(300, conditions={**HAIR, "min_spend_minor": 500}),
    amount(300, conditions={"min_quantity": 3}),
    {"effects": [{"kind": "item_off", "percent_hundredths": 5000, "units": 2}], "conditions": HAIR},
    {"effects": [{"kind": "fixed_price", "price_minor": 1}]},
    {"effects": [{"kind": "gift", "item": "g-1", "name": "杯子"}], "stacking": {"group": "cash"}},
    amount(200, conditions={"per_transaction": 1}, stacking={"not_with": [1001]}),
    amount(200, conditions={"per_member_per_day": 1}),
    amount(200, on="purchase"),
    {"effects": [{"kind": "free_lunch"}]},
]
CODES = [a.a_signed_coupon(serial, campaign=1001 + place).text() for place in range(len(OFFERS)) for serial in (1, 2)]
GOODS = [(SHAMPOO, "hair"), (SOAP, "hair"), ("06901234567915", "oral"), ("", "")]

codes = st.lists(st.sampled_from(CODES), min_size=1, max_size=5)
prices = st.integers(0, 40) | st.sampled_from([990, 1990, 5900])
lines = st.lists(st.tuples(st.sampled_from(GOODS), st.integers(1, 3), prices), min_size=1, max_size=5)
baskets = lines.map(lambda drawn: of_lines(tuple(drawn))) | st.integers(0, 9_000).map(of_amount)
anything_goes = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def of_lines(drawn: tuple[tuple[tuple[str, str], int, int], ...]) -> Basket:
    """A basket of those goods, pieces and prices."""
    made = tuple(BasketLine(gtin, "", category, "", pieces, price) for (gtin, category), pieces, price in drawn)
    return Basket("CNY", sum(line.amount_minor for line in made), made)


@pytest.fixture
def counter(open_counter: OpenCounter) -> Counter:
    """A counter with these campaigns that takes paper; a check changes nothing, so all examples share it."""

    def change(tables: Tables) -> None:
        tables["offer"] = [a.offer_row(1001 + place, **offer) for place, offer in enumerate(OFFERS)]

    opened = open_counter(change)
    opened.trade = trade_policy.parse({"paper": POLICY})
    return opened


def is_proven(*verdicts: Verdict) -> bool:
    """Whether time did not run out, on a machine that has other things to do."""
    return all(each.choice is None or each.choice.saving_minor == each.choice.bound_minor for each in verdicts)


def told(verdict: Verdict) -> list[tuple[str, bool, str]]:
    """Each coupon, whether it is usable, and why."""
    good = {"can-redeem", "confirm"}
    return sorted((outcome.id, outcome.why in good, outcome.why) for outcome in verdict.coupons)


@anything_goes
@given(codes, baskets)
def test_the_total_never_falls_below_nothing_nor_does_a_line(
    counter: Counter, shown: list[str], basket: Basket
) -> None:
    verdict = counter.check(*shown, PAPER, basket=basket)

    off = [0] * len(basket.lines)
    for line in verdict.lines:
        assert line.discount_minor >= 0
        off[line.place] += line.discount_minor
    assert 0 <= verdict.discount_minor <= basket.total_minor
    assert all(less <= line.amount_minor for less, line in zip(off, basket.lines, strict=True))
    assert not basket.lines or verdict.discount_minor == sum(off)


@anything_goes
@given(codes, baskets, st.sampled_from(CODES))
def test_one_more_coupon_never_lowers_what_is_saved(
    counter: Counter, shown: list[str], basket: Basket, further: str
) -> None:
    fewer, more = counter.check(*shown, basket=basket), counter.check(*shown, further, basket=basket)

    assume(is_proven(fewer, more))
    assert fewer.discount_minor <= more.discount_minor


@anything_goes
@given(codes, baskets, st.randoms(use_true_random=False))
def test_the_order_of_codes_never_matters(counter: Counter, shown: list[str], basket: Basket, chance: Any) -> None:
    first = counter.check(*shown, PAPER, basket=basket)
    shuffled = [*shown, PAPER]
    chance.shuffle(shuffled)
    other = counter.check(*shuffled, basket=basket)

    assume(is_proven(first, other))
    assert (first.discount_minor, told(first)) == (other.discount_minor, told(other))
    assert sorted(first.lines, key=str) == sorted(other.lines, key=str)


@anything_goes
@given(codes, lines, st.randoms(use_true_random=False))
def test_the_order_of_goods_never_matters(counter: Counter, shown: list[str], drawn: list[Any], chance: Any) -> None:
    single = [(goods, 1, price) for goods, pieces, price in drawn for _ in range(pieces)]
    chance.shuffle(single)
    first, other = (counter.check(*shown, basket=of_lines(tuple(each))) for each in (drawn, single))

    assume(is_proven(first, other))
    assert (first.discount_minor, told(first)) == (other.discount_minor, told(other))
