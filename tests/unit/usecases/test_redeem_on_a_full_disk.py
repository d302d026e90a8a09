"""A disk that is full: nothing is shown as accepted that is not written, and a refusal stays a refusal."""

import pytest

from pos_client.domain.errors import DiskFull
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import VerdictKind
from tests import builders as a
from tests.unit.usecases.counter import Counter

COUPON = a.a_signed_coupon().text()
FULL = pytest.mark.expects_log("the disk is full")


def fill(counter: Counter) -> None:
    """Until not even a refusal fits."""
    counter.unplug()
    counter.fill_the_disk()
    for number in range(60):
        before = len(counter.entries())
        counter.redeem(f"hello {number}")
        if len(counter.entries()) == before:
            return


@FULL
def test_nothing_is_accepted(counter: Counter) -> None:
    fill(counter)
    before = counter.entries()

    with pytest.raises(DiskFull):
        counter.redeem(COUPON)

    assert before == counter.entries()
    assert counter.journal.uses_of("1001-1") == ()


@FULL
def test_nobody_is_asked_where_the_intent_cannot_be_written(counter: Counter) -> None:
    fill(counter)
    counter.centre.is_reachable = True

    with pytest.raises(DiskFull):
        counter.redeem(COUPON)

    assert counter.centre.asked == []


@FULL
def test_a_refusal_that_cannot_be_written_is_still_a_refusal(counter: Counter) -> None:
    fill(counter)

    verdict = counter.redeem("134567890123456789")

    assert (verdict.kind, verdict.reason, verdict.entry) == (VerdictKind.UNKNOWN, Reason.PAYMENT_CODE, None)


@FULL
def test_what_could_not_be_written_is_redeemed_once_there_is_room(counter: Counter) -> None:
    fill(counter)
    with pytest.raises(DiskFull):
        counter.redeem(COUPON)
    counter.fill_the_disk(spare_pages=1_000)

    assert counter.redeem(COUPON).reason is Reason.ACCEPTED_OFFLINE
    assert counter.kinds()[-1] is EntryKind.REDEEM
