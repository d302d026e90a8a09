"""The dialogue at the counter: what is redeemed at once, what waits for Enter or for the amount, and for how long."""

from datetime import timedelta

from pos_client.domain.codes.member_card import card_number
from pos_client.domain.reasons import Reason
from pos_client.domain.scan import ScanSource
from pos_client.domain.verdict import VerdictKind
from pos_client.usecases.till_session import PURCHASE_ENDS_AFTER
from pos_client.usecases.till_view import Level
from tests import builders as a
from tests.unit.usecases.counter import PROMOTER, OpenCounter
from tests.unit.usecases.till import CONFIRM, THRESHOLD, Till, shop

COUPON = a.a_signed_coupon().text()
ANOTHER = a.a_signed_coupon(serial=77).text()
CARD, SLOT, PHONE = card_number(7), a.a_member_slot(7).text(), "13800138000"


def test_a_coupon_that_needs_nothing_is_redeemed_at_once(till: Till) -> None:
    answer = till.scan(COUPON, ScanSource.WEDGE)

    assert (answer.verdict.kind, answer.level) == (VerdictKind.ACCEPTED, Level.OK)
    assert (answer.promoter_name, answer.store_name, answer.at) == ("小陈", "人民路店101", a.NOON)
    assert (answer.undo_seq, answer.undo_until) == (2, a.NOON + timedelta(seconds=8))
    assert till.counter.fields(2)["source"] == "wedge"
    assert till.counter.fields(2)["promoter"] == PROMOTER


def test_a_refusal_offers_nothing_to_take_back(till: Till) -> None:
    answer = till.scan("hello")

    assert (answer.level, answer.undo_seq, answer.undo_until) == (Level.NO, None, None)


def test_the_same_again_is_no_alarm(till: Till) -> None:
    till.scan(COUPON)

    assert till.scan(COUPON).level is Level.REPEAT_SELF


def test_waiting_for_enter(careful: Till) -> None:
    answer = careful.scan(COUPON)

    assert (answer.verdict.reason, answer.level) == (Reason.CONFIRM, Level.READY)
    assert careful.waits == (True, False)
    assert careful.counter.entries() == []
    assert careful.enter() is Reason.ACCEPTED
    assert careful.waits == (False, False)


def test_enter_without_anything_waiting_does_nothing(till: Till) -> None:
    assert till.enter() is None


def test_enter_redeems_once(careful: Till) -> None:
    careful.scan(COUPON)

    assert [careful.enter(), careful.enter()] == [Reason.ACCEPTED, None]


def test_another_scan_puts_away_what_waited(careful: Till) -> None:
    careful.scan(COUPON)
    careful.scan("6901234567892")

    assert careful.waits == (False, False)
    assert careful.enter() is None


def test_waiting_for_the_amount(spending: Till) -> None:
    answer = spending.scan(COUPON)

    assert (answer.verdict.reason, answer.level) == (Reason.BASKET_NEEDED, Level.WARN)
    assert spending.waits == (False, True)
    assert spending.amount(5000) is Reason.ACCEPTED
    assert spending.session.customer().amount_minor is None
    assert spending.counter.fields(2)["basket_minor"] == 5000


def test_the_amount_of_an_anonymous_purchase_does_not_serve_the_next_customer(spending: Till) -> None:
    spending.amount(6000)
    spending.scan(COUPON)

    assert spending.reason(ANOTHER) is Reason.BASKET_NEEDED


def test_a_purchase_ends_when_nobody_shows_anything(spending: Till) -> None:
    spending.amount(6000)
    spending.counter.clock.pass_by(PURCHASE_ENDS_AFTER)

    assert spending.session.end_idle_purchase() is True
    assert spending.session.customer().amount_minor is None
    assert spending.session.end_idle_purchase() is False


def test_an_amount_that_is_too_small(spending: Till) -> None:
    spending.scan(COUPON)

    assert spending.amount(4000) is Reason.BELOW_THRESHOLD
    assert spending.waits == (False, False)


def test_an_amount_that_is_there_before_the_coupon(spending: Till) -> None:
    assert spending.amount(6000) is None
    assert spending.reason(COUPON) is Reason.ACCEPTED


def test_an_amount_taken_away_leaves_nothing_waiting(spending: Till) -> None:
    spending.scan(COUPON)

    assert spending.amount(None) is None
    assert spending.waits == (False, False)


def test_enter_while_the_amount_is_missing_keeps_the_coupon_waiting(spending: Till) -> None:
    spending.scan(COUPON)

    assert spending.enter() is None
    assert spending.waits == (False, True)
    assert spending.amount(5000) is Reason.ACCEPTED


def test_amount_first_then_enter(open_counter: OpenCounter) -> None:
    till = Till(open_counter(shop(**(THRESHOLD | CONFIRM))))
    till.scan(COUPON)

    assert till.amount(5000) is Reason.CONFIRM
    assert till.waits == (True, False)
    assert till.enter() is Reason.ACCEPTED
