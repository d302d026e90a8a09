"""A few of the redemptions that a lane would decide alone ask the centre once more, with patience."""

import pytest

from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.limits import Limits
from pos_client.domain.reasons import Reason
from pos_client.usecases.ask_claim import PATIENCE_S
from tests import builders as a
from tests.fakes.desk_fakes import Hearing
from tests.unit.usecases.counter import Counter

COUPON = a.a_signed_coupon().text()


def test_chance_finds_a_network_that_is_back(alone: Counter) -> None:
    alone.chance = 0.049

    assert alone.redeem(COUPON).reason is Reason.ACCEPTED
    assert alone.centre.patience == [PATIENCE_S]


@pytest.mark.parametrize(("chance", "percent"), [(0.05, 5), (0.0, 0), (0.99, 99)])
def test_the_others_are_decided_here(alone: Counter, chance: float, percent: int) -> None:
    alone.chance, alone.limits = chance, Limits(random_online=percent)

    assert alone.redeem(COUPON).reason is Reason.ACCEPTED_OFFLINE
    assert alone.centre.asked == []
    assert alone.kinds() == [EntryKind.REDEEM]


def test_nobody_answers_then_either(alone: Counter) -> None:
    alone.chance, alone.centre.hearing = 0.0, Hearing.NEVER_ARRIVED

    assert alone.redeem(COUPON).reason is Reason.ACCEPTED_OFFLINE
    assert alone.kinds() == [EntryKind.INTENT, EntryKind.REDEEM]


def test_a_silence_is_followed_by_one_patient_question_under_the_same_claim(counter: Counter) -> None:
    counter.chance, counter.centre.hearing = 0.0, Hearing.ANSWER_LOST

    assert counter.redeem(COUPON).reason is Reason.ACCEPTED_OFFLINE
    assert counter.centre.patience == [None, PATIENCE_S]
    assert len({request.claim_id for request in counter.centre.asked}) == 1
