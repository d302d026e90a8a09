"""An override in the dialogue: it is about the answer that a person has seen, and about no other."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pos_client.domain.override import OverrideReason
from pos_client.domain.reasons import Reason
from pos_client.usecases.authorise import Signature
from pos_client.usecases.overriding import OverrideAsk, left_today
from tests import builders as a
from tests.unit.usecases.counter import OpenCounter
from tests.unit.usecases.test_authorise import BOSS, PIN, WRONG, a_book, with_boss
from tests.unit.usecases.till import Till

ASK = OverrideAsk(Signature(BOSS, PIN), OverrideReason.NETWORK_DOWN)


@pytest.fixture
def till(open_counter: OpenCounter) -> Till:
    """Return a lane alone that may give nothing away by itself."""
    counter = open_counter(with_boss)
    counter.pins = a_book(**{BOSS: PIN})
    counter.unplug()
    counter.limits = replace(counter.limits, floor_value_minor=0)
    return Till(counter)


def coupon(serial: int = 1) -> str:
    return a.a_signed_coupon(serial).text()


def test_what_was_left_to_a_person_is_redeemed_once(till: Till) -> None:
    number = till.scan(coupon()).number
    before = left_today(till.counter.desk)

    answer = till.session.override(ASK, number)

    assert answer is not None
    assert answer.verdict.reason is Reason.ACCEPTED_OVERRIDE
    assert answer.undo_until is not None
    after = left_today(till.counter.desk)
    assert (before.count - after.count, before.value_minor - after.value_minor) == (1, 1_000)
    assert till.session.override(ASK, number) is None


def test_a_wrong_pin_leaves_it_to_the_next_try(till: Till) -> None:
    number = till.scan(coupon()).number
    wrong = till.session.override(replace(ASK, who=Signature(BOSS, WRONG)), number)

    assert wrong is not None
    assert wrong.verdict.reason is Reason.PIN_WRONG
    again = till.session.override(ASK, number)
    assert again is not None
    assert again.verdict.reason is Reason.ACCEPTED_OVERRIDE


def test_a_newer_answer_is_not_what_the_supervisor_has_seen(till: Till) -> None:
    first, second = till.scan(coupon(1)).number, till.scan(coupon(2)).number

    assert till.session.override(ASK, first) is None
    assert till.session.override(ASK, second) is not None


def test_a_refusal_that_is_final_leaves_nothing_to_anybody(till: Till) -> None:
    number = till.scan(a.a_signed_coupon(3, not_after_day=a.a_signed_coupon().not_before_day).text()).number

    assert till.session.override(ASK, number) is None


def test_a_customer_of_long_ago_is_not_served(till: Till) -> None:
    number = till.scan(coupon()).number
    till.counter.clock.pass_by(timedelta(minutes=11))

    assert till.session.override(ASK, number) is None


def test_only_the_newest_of_two_is_what_he_allows(till: Till) -> None:
    till.scan(coupon(1))
    number = till.scan(coupon(77)).number

    assert till.session.override(ASK, number) is not None
    assert till.counter.fields(till.counter.entries()[-1].seq)["coupon_id"] == "1001-77"


def test_the_next_scan_leaves_it_where_it_is(till: Till) -> None:
    number = till.scan(coupon()).number
    till.scan("hello")

    answer = till.session.override(ASK, number)
    assert answer is not None
    assert answer.verdict.reason is Reason.ACCEPTED_OVERRIDE
