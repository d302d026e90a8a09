"""What a clock that cannot be believed decides, and what it leaves to a person: one row for each way to be wrong."""

from datetime import date
from typing import Any

import pytest

from pos_client.domain.coupon import Lease
from pos_client.domain.judge import Permission, Refusal, hard_refusal, permission_alone
from pos_client.domain.reasons import Reason
from pos_client.domain.trusted_time import TimeQuality
from pos_client.domain.verdict import VerdictKind
from tests.unit.domain.situations import DAY, NOON, OTHER_STORE, TODAY, alone, conditions, context, coupon, offer

WEEK = 7 * DAY
DOUBT = (Reason.CLOCK_SUSPECT, VerdictKind.SUPERVISOR)


def told(refusal: Refusal | None) -> tuple[Reason, VerdictKind] | None:
    """Reason and kind of a refusal."""
    return (refusal.reason, refusal.kind) if refusal else None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"last_day": TODAY - DAY}, DOUBT, id="expired within the leap"),
        pytest.param({"last_day": TODAY - WEEK}, DOUBT, id="its last day is the last proven one"),
        pytest.param(
            {"last_day": TODAY - WEEK - DAY}, (Reason.EXPIRED, VerdictKind.REFUSED), id="expired before the leap"
        ),
        pytest.param(
            {"first_day": TODAY + DAY}, (Reason.NOT_YET_VALID, VerdictKind.REFUSED), id="too early even for that clock"
        ),
        pytest.param({"offer": offer(conditions=conditions(ends=TODAY - DAY))}, DOUBT, id="campaign ended in the leap"),
        pytest.param(
            {"offer": offer(conditions=conditions(ends=TODAY - WEEK - DAY))},
            (Reason.CAMPAIGN_ENDED, VerdictKind.REFUSED),
            id="campaign ended before the leap",
        ),
        pytest.param({"offer": offer(conditions=conditions(weekdays=frozenset({5})))}, DOUBT, id="weekday unknown"),
        pytest.param({}, None, id="good on either day"),
        pytest.param(
            {"lease": Lease(OTHER_STORE, NOON - DAY)}, None, id="leased elsewhere, over before the clock's day"
        ),
    ],
)
def test_a_clock_that_leapt_a_week(changes: dict[str, Any], expected: tuple[Reason, VerdictKind] | None) -> None:
    leapt = context(time_quality=TimeQuality.SUSPECT, leapt_from=NOON - WEEK)
    if "lease" in changes:
        # The lease may well stand still: only the clock says that it is over.
        expected = (Reason.LEASED_ELSEWHERE, VerdictKind.REFUSED)

    assert told(hard_refusal(coupon(**changes), leapt)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"last_day": TODAY - DAY}, (Reason.EXPIRED, VerdictKind.REFUSED), id="expired stays expired"),
        pytest.param({"first_day": TODAY + DAY}, DOUBT, id="it may have begun"),
        pytest.param(
            {"offer": offer(conditions=conditions(starts=TODAY + DAY))}, DOUBT, id="the campaign may have begun"
        ),
    ],
)
def test_a_clock_that_was_set_back(changes: dict[str, Any], expected: tuple[Reason, VerdictKind]) -> None:
    held_at_the_ratchet = context(time_quality=TimeQuality.SUSPECT)

    assert told(hard_refusal(coupon(**changes), held_at_the_ratchet)) == expected


@pytest.mark.parametrize("quality", [TimeQuality.SYNCED, TimeQuality.HELD])
def test_a_believed_clock_decides(quality: TimeQuality) -> None:
    late = coupon(last_day=TODAY - DAY)

    assert told(hard_refusal(late, context(time_quality=quality))) == (Reason.EXPIRED, VerdictKind.REFUSED)


@pytest.mark.parametrize(
    ("first_day", "is_allowed"),
    [
        pytest.param(TODAY - DAY, False, id="begun within the leap"),
        pytest.param(TODAY - WEEK - 2 * DAY, True, id="begun long before"),
    ],
)
def test_a_lane_alone_doubts_what_began_within_the_leap(first_day: date, is_allowed: bool) -> None:
    leapt = context(time_quality=TimeQuality.SUSPECT, leapt_from=NOON - WEEK)
    far = TODAY + 60 * DAY

    answer = permission_alone(coupon(first_day=first_day, last_day=far), leapt, 1000, alone())

    assert isinstance(answer, Permission) is is_allowed
    if isinstance(answer, Refusal):
        assert (answer.reason, answer.kind) == DOUBT
