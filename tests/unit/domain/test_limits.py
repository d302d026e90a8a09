"""Signed limits: how they are read, halved, and which of them stands in the way first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.domain.limits import LimitBreach, Limits, LimitUsage, first_breach, parse
from pos_client.domain.reasons import Reason

LIMITS = Limits(
    floor_value_minor=500,
    lane_count_soft=4,
    lane_count_hard=6,
    lane_value_hard_minor=2_000,
    member_velocity=2,
    soft_age_s=10,
    hard_age_s=20,
    void_free_s=30,
)


def test_what_the_policy_says_is_read_and_the_rest_keeps_its_default() -> None:
    read = parse({"floor_value_minor": 700, "void_free_s": 60, "of_a_later_version": 1})

    assert Limits(floor_value_minor=700, void_free_s=60) == read


@pytest.mark.parametrize("document", [{"lane_count_hard": "many"}, {"lane_count_hard": None}])
def test_a_limit_that_is_no_number_is_no_limit(document: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError)):
        parse(document)


def test_old_data_halves_what_bounds_the_loss() -> None:
    assert Limits(250, 2, 3, 1_000, 2, 10, 20, 30) == LIMITS.halved()


@pytest.mark.parametrize(
    ("value", "usage", "breach"),
    [
        pytest.param(500, LimitUsage(5, 1_500, 1), None, id="within all"),
        pytest.param(501, LimitUsage(), LimitBreach(Reason.OVER_FLOOR_VALUE, 500), id="one use too dear"),
        pytest.param(1, LimitUsage(6), LimitBreach(Reason.LANE_COUNT_LIMIT, 6), id="too many since the last contact"),
        pytest.param(500, LimitUsage(0, 1_501), LimitBreach(Reason.LANE_VALUE_LIMIT, 2_000), id="too much for one day"),
        pytest.param(1, LimitUsage(0, 0, 2), LimitBreach(Reason.MEMBER_VELOCITY, 2), id="too many for one member"),
        pytest.param(
            501, LimitUsage(6, 2_000, 2), LimitBreach(Reason.OVER_FLOOR_VALUE, 500), id="the dearest reason is named"
        ),
    ],
)
def test_the_limit_that_stands_in_the_way(value: int, usage: LimitUsage, breach: LimitBreach | None) -> None:
    assert breach == first_breach(value, usage, LIMITS)


@given(st.lists(st.integers(0, 600), max_size=40))
def test_what_a_day_alone_can_cost_is_bounded_in_advance(values: list[int]) -> None:
    granted: list[int] = []
    for value in values:
        if first_breach(value, LimitUsage(len(granted), sum(granted)), LIMITS) is None:
            granted.append(value)

    assert sum(granted) <= LIMITS.lane_value_hard_minor
    assert len(granted) <= LIMITS.lane_count_hard
    assert max(granted, default=0) <= LIMITS.floor_value_minor
