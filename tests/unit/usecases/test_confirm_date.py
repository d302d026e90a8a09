"""A clock that leapt ahead, and the supervisor's word that makes it believed; each step is in the book."""

from datetime import timedelta

import pytest

from pos_client.domain.business_time import day_number
from pos_client.domain.journal_entry import EntryKind, wire_time
from pos_client.domain.reasons import Reason
from pos_client.domain.trusted_time import TimeQuality
from pos_client.domain.verdict import VerdictKind
from tests import builders as a
from tests.unit.usecases.counter import CLERK, DAY, Counter, OpenCounter, Tables

SUPERVISOR = "E09"
TODAY_COUPON = a.a_signed_coupon(11, not_after_day=day_number(a.TODAY)).text()


@pytest.fixture
def leapt(open_counter: OpenCounter) -> Counter:
    """A lane alone, restarted with a clock that is four days past everything it knows."""

    def with_a_supervisor(tables: Tables) -> None:
        tables["staff"].append(a.staff_row(SUPERVISOR, role="supervisor"))

    counter = open_counter(with_a_supervisor)
    counter.unplug()
    counter.redeem(a.a_signed_coupon(1).text())
    counter.clock.restart(a.NOON + 4 * DAY)
    return counter


def test_a_good_coupon_waits_for_a_person_and_is_then_judged(leapt: Counter) -> None:
    doubted = leapt.redeem(TODAY_COUPON)
    assert (doubted.kind, doubted.reason) == (VerdictKind.SUPERVISOR, Reason.CLOCK_SUSPECT)
    assert "clock-leapt" in [notice.reason for notice in doubted.notices]

    confirmed = leapt.confirm_date(a.TODAY + 4 * DAY, SUPERVISOR)

    assert (confirmed.kind, confirmed.reason) == (VerdictKind.ACCEPTED, Reason.DATE_CONFIRMED)
    assert leapt.desk.trusted_time().quality is TimeQuality.HELD
    assert leapt.redeem(TODAY_COUPON).reason is Reason.EXPIRED
    entry = next(entry for entry in leapt.entries() if entry.kind is EntryKind.TIME_CONFIRM)
    assert (entry.fields()["supervisor"], entry.fields()["time_quality"]) == (SUPERVISOR, "held")
    assert entry.fields()["leapt_from"] == wire_time(a.NOON)


def test_it_is_asked_once(leapt: Counter) -> None:
    leapt.confirm_date(a.TODAY + 4 * DAY, SUPERVISOR)

    again = leapt.confirm_date(a.TODAY + 4 * DAY, SUPERVISOR)

    assert (again.kind, again.reason) == (VerdictKind.READY, Reason.DATE_IN_ORDER)
    assert leapt.kinds().count(EntryKind.TIME_CONFIRM) == 1


@pytest.mark.parametrize(
    ("days", "supervisor", "reason"),
    [
        pytest.param(3, SUPERVISOR, Reason.DATE_DIFFERS, id="another day than the clock's"),
        pytest.param(4, CLERK, Reason.NOT_A_SUPERVISOR, id="a clerk"),
        pytest.param(4, "nobody", Reason.NOT_A_SUPERVISOR, id="nobody of this store"),
    ],
)
def test_a_word_that_does_not_count(leapt: Counter, days: int, supervisor: str, reason: Reason) -> None:
    verdict = leapt.confirm_date(a.TODAY + days * DAY, supervisor)

    assert (verdict.kind, verdict.reason) == (VerdictKind.REFUSED, reason)
    assert EntryKind.TIME_CONFIRM not in leapt.kinds()
    assert leapt.desk.trusted_time().quality is TimeQuality.SUSPECT


def test_no_word_makes_a_clock_right_that_is_behind_the_book(leapt: Counter) -> None:
    leapt.clock.restart(a.NOON - DAY)

    assert leapt.confirm_date(a.TODAY - DAY, SUPERVISOR).reason is Reason.DATE_BEFORE_RECORDS


def test_the_network_does_the_same_without_anybody(leapt: Counter) -> None:
    leapt.hear_the_server(a.NOON + timedelta(hours=2))

    assert leapt.redeem(TODAY_COUPON).reason is Reason.ACCEPTED_OFFLINE
