"""Exponential, with full jitter, bounded, and never sooner than the server asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.sync.backoff import Backoff


@pytest.mark.parametrize(
    ("failures", "bound"), [(1, 1.0), (2, 2.0), (3, 4.0), (8, 128.0), (9, 256.0), (10, 300.0), (99, 300.0)]
)
def test_the_bound_doubles_up_to_five_minutes(failures: int, bound: float) -> None:
    backoff = Backoff(dice=lambda: 0.0)

    waits = [backoff.failed() for _ in range(failures)]

    assert waits[-1] == bound


def test_success_begins_anew() -> None:
    backoff = Backoff(dice=lambda: 0.0)
    backoff.failed()
    backoff.failed()

    backoff.succeeded()

    assert (backoff.failures, backoff.failed()) == (0, 1.0)


def test_the_servers_wish_is_obeyed() -> None:
    assert Backoff(dice=lambda: 0.9).failed(retry_after_s=17.0) == 17.0


@given(dice=st.floats(0.0, 1.0, exclude_max=True), failures=st.integers(1, 400))
def test_a_wait_is_never_zero_and_never_over_the_bound(dice: float, failures: int) -> None:
    backoff = Backoff(dice=lambda: dice)

    waits = [backoff.failed() for _ in range(failures)]

    assert all(0 < wait <= 300 for wait in waits)


def test_the_dice_are_thrown_by_default() -> None:
    assert 0 < Backoff().failed() <= 1.0
