"""Sharing an amount out over lines, and percentages, to the last fen."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.domain.money import percent_of, share_out

WEIGHTS = st.lists(st.integers(0, 10**8), min_size=1, max_size=60)


@given(st.integers(0, 10**9), WEIGHTS.filter(any))
def test_the_parts_add_up(total: int, weights: list[int]) -> None:
    assert total == sum(share_out(total, weights))


@given(st.integers(0, 10**9), WEIGHTS.filter(any))
def test_a_part_is_less_than_a_fen_from_its_exact_share(total: int, weights: list[int]) -> None:
    exact = [Fraction(total * weight, sum(weights)) for weight in weights]

    assert all(abs(part - share) < 1 for part, share in zip(share_out(total, weights), exact, strict=True))


@given(st.integers(0, 10**9), WEIGHTS.filter(any))
def test_a_dearer_line_never_gets_less(total: int, weights: list[int]) -> None:
    by_weight = sorted(zip(weights, share_out(total, weights), strict=True))

    assert [part for _, part in by_weight] == sorted(part for _, part in by_weight)


@given(st.data(), WEIGHTS.filter(any))
def test_a_discount_within_the_amount_never_exceeds_a_line(data: st.DataObject, weights: list[int]) -> None:
    total = data.draw(st.integers(0, sum(weights)))

    assert all(part <= weight for part, weight in zip(share_out(total, weights), weights, strict=True))


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        pytest.param(100, [1, 1, 1], [34, 33, 33], id="the earlier line gets the odd fen"),
        pytest.param(100, [0, 1, 2], [0, 33, 67], id="a line for nothing gets nothing"),
        pytest.param(0, [5, 5], [0, 0], id="nothing to share"),
        pytest.param(0, [0, 0], [0, 0], id="nothing to share among nothing"),
        pytest.param(1, [5_900, 4_000], [1, 0], id="one fen goes to the larger remainder"),
    ],
)
def test_shares(total: int, weights: list[int], parts: list[int]) -> None:
    assert parts == share_out(total, weights)


@given(st.integers(0, 10**12), st.integers(0, 10_000))
def test_percentages_round_half_up(amount: int, hundredths: int) -> None:
    exact = Decimal(amount) * hundredths / 10_000

    assert int(exact.quantize(Decimal(1), ROUND_HALF_UP)) == percent_of(amount, hundredths)
