"""A disk that is full: nothing is shown as accepted that is not written, and a refusal stays a refusal."""

from dataclasses import replace
from typing import Any, cast

import pytest

from pos_client.domain.errors import DiskFull
from pos_client.domain.journal_entry import EntryDraft, EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import EntryRef, VerdictKind
from pos_client.storage.journal import SqlJournal
from pos_client.usecases.ports import Journal
from pos_client.usecases.redeem import Redeem
from pos_client.usecases.transaction import Request
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


class _FullAfterOne:
    """A real journal whose disk has room for one redemption more."""

    def __init__(self, journal: SqlJournal) -> None:
        self._journal = journal
        self._left = 1

    def append(self, draft: EntryDraft) -> EntryRef:
        if draft.kind is EntryKind.REDEEM:
            if not self._left:
                raise DiskFull("no room")
            self._left -= 1
        return self._journal.append(draft)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._journal, name)


def test_a_disk_that_fills_between_two_coupons_does_not_deny_the_first(counter: Counter) -> None:
    counter.unplug()
    desk = replace(counter.desk, journal=cast("Journal", _FullAfterOne(counter.journal)))

    verdict = Redeem(desk)(Request((COUPON, a.a_signed_coupon(serial=2).text())))

    assert (verdict.kind, [outcome.used for outcome in verdict.coupons]) == (VerdictKind.PENDING, [True])
    assert [notice.reason for notice in verdict.notices] == ["stopped-disk-full"]
    assert counter.kinds() == [EntryKind.REDEEM]


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
