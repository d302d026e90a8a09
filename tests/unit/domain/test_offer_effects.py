"""What an offer gives in money and in things, and which lines of a basket it looks at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.domain.basket import Basket, of_amount
from pos_client.domain.local_text import LocalText
from pos_client.domain.offers.effects import AmountOff, Effect, Gift, PercentOff, discount, gifts, needs_basket
from tests.unit.domain.situations import CONDITIONER, SHAMPOO, TOOTHPASTE, basket, conditions

SAMPLE = Gift("s-1", LocalText("试用装", "sample"))
THREE = basket(SHAMPOO, CONDITIONER, TOOTHPASTE)


@pytest.mark.parametrize(
    ("effects", "own_value", "scope", "off"),
    [
        pytest.param((AmountOff(1000),), 0, None, 1000, id="nothing known of the basket"),
        pytest.param((AmountOff(1000),), 0, 999, 999, id="never more than the goods"),
        pytest.param((AmountOff(1000),), 2500, None, 2500, id="the coupon's own value"),
        pytest.param((AmountOff(0),), 0, 5000, 0, id="no value anywhere"),
        pytest.param((PercentOff(1500),), 0, 10_000, 1500, id="15 %"),
        pytest.param((PercentOff(1500),), 0, 3, 0, id="0.45 fen is none"),
        pytest.param((PercentOff(5000),), 0, 1, 1, id="half a fen is one"),
        pytest.param((PercentOff(10_000),), 0, 999, 999, id="all of it"),
        pytest.param((PercentOff(1500, 1000),), 0, 10_000, 1000, id="up to the cap"),
        pytest.param((PercentOff(1500, 1000),), 0, 2_000, 300, id="below the cap"),
        pytest.param((PercentOff(1500),), 0, None, 0, id="a percentage of the unknown"),
        pytest.param((SAMPLE,), 700, 10_000, 0, id="a thing"),
        pytest.param((SAMPLE, AmountOff(500), PercentOff(5000)), 0, 10_000, 500, id="the first that takes money off"),
        pytest.param((), 0, 10_000, 0, id="nothing"),
    ],
)
def test_discount(effects: tuple[Effect, ...], own_value: int, scope: int | None, off: int) -> None:
    assert off == discount(effects, own_value, scope)


@given(
    st.one_of(st.builds(AmountOff, st.integers(0, 10**7)), st.builds(PercentOff, st.integers(0, 10_000))),
    st.integers(0, 10**7),
    st.integers(0, 10**10),
)
def test_no_discount_exceeds_what_it_is_for(effect: Effect, own_value: int, scope: int) -> None:
    assert 0 <= discount((effect,), own_value, scope) <= scope


def test_only_a_percentage_cannot_be_told_without_a_basket() -> None:
    assert needs_basket((SAMPLE, PercentOff(1500)))
    assert not needs_basket((SAMPLE, AmountOff(1000)))


def test_things_to_hand_over() -> None:
    assert gifts((AmountOff(1000), SAMPLE)) == (SAMPLE,)


@pytest.mark.parametrize(
    ("scope", "places", "minor"),
    [
        pytest.param({}, (0, 1, 2), 13_800, id="all lines"),
        pytest.param({"categories": frozenset({"hair"})}, (0, 1), 9_800, id="a category"),
        pytest.param({"brands": frozenset({"Qing"})}, (0, 2), 9_900, id="a brand"),
        pytest.param({"gtins": frozenset({TOOTHPASTE.gtin})}, (2,), 4_000, id="an article"),
        pytest.param(
            {"categories": frozenset({"hair"}), "brands": frozenset({"Qing"})}, (0,), 5_900, id="all sets must hold it"
        ),
        pytest.param({"categories": frozenset({"pets"})}, (), 0, id="nothing"),
    ],
)
def test_lines_that_count(scope: dict[str, frozenset[str]], places: tuple[int, ...], minor: int) -> None:
    rule = conditions(**scope)

    assert (places, minor) == (rule.in_scope(THREE.lines), rule.scope_minor(THREE))


@pytest.mark.parametrize("bare", [of_amount(5_000), Basket("CNY", 5_000, ())])
def test_of_a_bare_amount_all_counts(bare: Basket) -> None:
    assert conditions(categories=frozenset({"hair"})).scope_minor(bare) == 5_000
