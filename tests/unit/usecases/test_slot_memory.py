"""A slot code that was used here already: what it proves on its second showing, and when that is no second showing."""

from datetime import timedelta

import pytest

from pos_client.domain.basket import Basket
from pos_client.domain.codes.signed_coupon import member_tag
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import VerdictKind
from tests import builders as a
from tests.unit.usecases.counter import MINUTE, Counter
from tests.unit.usecases.till import BOUND_ID, Till

SLOT = a.a_member_slot(7).text()
FIRST, SECOND = (a.a_signed_coupon(serial, member_tag=member_tag(7)).text() for serial in (21, 22))
BEARER = a.a_signed_coupon(23).text()
SECONDS = timedelta(seconds=1)
AMBER = (VerdictKind.SUPERVISOR, Reason.MEMBER_CODE_SEEN)


def test_a_copy_of_it_proves_nothing(counter: Counter) -> None:
    assert counter.redeem(FIRST, SLOT).reason is Reason.ACCEPTED
    counter.clock.pass_by(40 * SECONDS)

    verdict = counter.redeem(SECOND, SLOT)

    assert (verdict.kind, verdict.reason) == AMBER
    assert verdict.facts["seen_s"] == 40
    assert (counter.check(SLOT).kind, counter.check(SLOT).reason) == AMBER


def test_what_needs_no_member_is_not_held_up(counter: Counter) -> None:
    counter.redeem(FIRST, SLOT)

    assert counter.redeem(BEARER, SLOT).reason is Reason.ACCEPTED


def test_the_next_slot_is_another_code(counter: Counter) -> None:
    counter.redeem(FIRST, SLOT)
    counter.clock.pass_by(5 * MINUTE)

    assert counter.redeem(SECOND, a.a_member_slot(7, at=counter.clock.wall).text()).reason is Reason.ACCEPTED


def test_taken_back_it_was_not_used(counter: Counter) -> None:
    entry = counter.redeem(FIRST, SLOT).entry
    assert entry is not None
    counter.void(entry.seq)

    assert counter.redeem(FIRST, SLOT).reason is Reason.ACCEPTED


@pytest.mark.parametrize(("receipt_no", "reason"), [("R-1", Reason.ACCEPTED), ("R-2", Reason.MEMBER_CODE_SEEN)])
def test_two_coupons_of_one_receipt_are_one_showing(counter: Counter, receipt_no: str, reason: Reason) -> None:
    counter.redeem(FIRST, SLOT, basket=Basket("CNY", 9900, receipt_no="R-1"))

    assert counter.redeem(SECOND, SLOT, basket=Basket("CNY", 9900, receipt_no=receipt_no)).reason is reason


def test_the_book_holds_no_code(counter: Counter) -> None:
    counter.redeem(FIRST, SLOT)

    fields = counter.fields(2)
    assert fields["member_code_hash"] == counter.hasher.code_hash(SLOT)
    assert SLOT not in str(fields)


def test_a_phone_that_is_held_up_a_little_longer(till: Till) -> None:
    till.scan(SLOT)
    assert till.choose(BOUND_ID) is Reason.ACCEPTED
    till.counter.clock.pass_by(20 * SECONDS)

    assert till.reason(SLOT) is Reason.MEMBER_IDENTIFIED
    assert till.reason(FIRST) is Reason.ACCEPTED


def test_a_phone_that_comes_back(till: Till) -> None:
    till.scan(SLOT)
    till.choose(BOUND_ID)
    till.counter.clock.pass_by(40 * SECONDS)

    assert till.reason(SLOT) is Reason.MEMBER_CODE_SEEN
    assert till.reason(FIRST) is Reason.MEMBER_CODE_SEEN
