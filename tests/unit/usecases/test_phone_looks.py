"""Whole numbers are looked up ten times a minute at most; codes and cards as often as anybody likes."""

from datetime import timedelta

from pos_client.domain.codes.member_card import card_number
from pos_client.domain.reasons import Reason
from pos_client.domain.scan import ScanSource
from pos_client.usecases.phone_looks import MOST
from tests.unit.usecases.till import Till

PHONE = "13800138000"


def numbers(count: int) -> list[str]:
    return [f"139{place:08d}" for place in range(count)]


def test_the_eleventh_number_of_a_minute_waits_and_is_told_how_long(till: Till) -> None:
    for text in numbers(MOST):
        assert till.scan(text, ScanSource.TYPED).verdict.reason is Reason.MEMBER_UNKNOWN
        till.counter.clock.pass_by(timedelta(seconds=1))

    verdict = till.scan(PHONE, ScanSource.TYPED).verdict

    assert verdict.reason is Reason.PHONE_LOOKUP_LIMIT
    assert verdict.facts["wait_s"] == 60 - MOST
    assert verdict.member is None


def test_after_the_wait_one_more_is_looked_up(till: Till) -> None:
    for text in numbers(MOST):
        till.scan(text, ScanSource.TYPED)
    till.counter.clock.pass_by(timedelta(seconds=61))

    assert till.scan(PHONE, ScanSource.TYPED).verdict.reason is not Reason.PHONE_LOOKUP_LIMIT


def test_a_card_is_taken_while_numbers_wait(till: Till) -> None:
    for text in numbers(MOST + 1):
        till.scan(text, ScanSource.TYPED)

    assert till.scan(card_number(7)).verdict.reason is Reason.MEMBER_IDENTIFIED
