"""The dialogue with a member: his greeting, his list, whose purchase it is, and taking back."""

import pytest

from pos_client.domain.codes.member_card import card_number
from pos_client.domain.codes.signed_coupon import member_tag
from pos_client.domain.reasons import Reason
from pos_client.usecases.till_view import Level, UndoReason
from tests import builders as a
from tests.unit.usecases.till import BOUND_ID, Till

COUPON = a.a_signed_coupon().text()
CARD, SLOT, PHONE = card_number(7), a.a_member_slot(7).text(), "13800138000"


def test_waiting_for_the_member(till: Till) -> None:
    bound = a.a_signed_coupon(10, member_tag=member_tag(7)).text()

    assert till.reason(bound) is Reason.MEMBER_NEEDED
    answer = till.scan(SLOT)
    assert answer.verdict.reason is Reason.ACCEPTED
    assert answer.customer.member is not None
    assert till.counter.fields(2)["member_ref"] == "m7"


def test_the_wrong_member_for_what_waits(till: Till) -> None:
    till.scan(a.a_signed_coupon(10, member_tag=member_tag(8)).text())

    assert till.reason(SLOT) is Reason.OTHER_MEMBER


def test_a_member_is_greeted_with_his_coupons(till: Till) -> None:
    answer = till.scan(CARD)

    assert (answer.verdict.reason, answer.level) == (Reason.MEMBER_IDENTIFIED, Level.MEMBER)
    card = answer.customer.member
    assert card is not None
    assert (card.view.masked, card.owner_promoter_name, card.owner_store_name) == (
        "王** 138****8000",
        "小陈",
        "人民路店101",
    )
    assert [(coupon.id, coupon.used, coupon.discount_minor) for coupon in card.coupons] == [(BOUND_ID, True, 1000)]


@pytest.mark.parametrize(
    ("shown", "reason"), [(CARD, Reason.ACCEPTED), (SLOT, Reason.ACCEPTED), (PHONE, Reason.PROOF_NEEDED)]
)
def test_choosing_from_the_list_needs_more_than_a_phone_number(till: Till, shown: str, reason: Reason) -> None:
    till.scan(shown)

    assert reason is till.choose(BOUND_ID)


def test_a_phone_number_and_then_the_card(till: Till) -> None:
    till.scan(PHONE)
    till.scan(CARD)

    assert till.choose(BOUND_ID) is Reason.ACCEPTED
    assert till.counter.fields(2)["source"] == "list"


def test_the_list_shows_what_was_used(till: Till) -> None:
    till.scan(CARD)
    till.choose(BOUND_ID)
    member = till.session.customer().member

    assert member is not None
    assert [(coupon.used, coupon.why) for coupon in member.coupons] == [(False, Reason.ALREADY_USED)]
    assert till.choose(BOUND_ID) is Reason.ALREADY_USED


@pytest.mark.parametrize("coupon_id", ["c1", "", "1001-1"])
def test_only_what_is_on_the_list_can_be_chosen(till: Till, coupon_id: str) -> None:
    till.scan(CARD)

    assert till.choose(coupon_id) is None


def test_nothing_can_be_chosen_without_a_member(till: Till) -> None:
    assert till.choose(BOUND_ID) is None


def test_the_list_is_judged_with_the_amount(spending: Till) -> None:
    spending.scan(CARD)
    before = spending.session.customer().member
    spending.amount(5000)
    after = spending.session.customer().member

    assert before is not None
    assert after is not None
    assert [coupon.why for coupon in (*before.coupons, *after.coupons)] == [Reason.BASKET_NEEDED, Reason.CAN_REDEEM]


def test_choosing_puts_away_what_waited(careful: Till) -> None:
    careful.scan(CARD)
    careful.scan(COUPON)
    careful.choose(BOUND_ID)

    assert careful.enter() is Reason.ACCEPTED
    assert careful.counter.fields(2)["coupon_id"] == BOUND_ID


def test_a_choice_that_is_answered_at_once_leaves_nothing_waiting(careful: Till) -> None:
    careful.scan(PHONE)
    careful.scan(COUPON)

    assert careful.choose(BOUND_ID) is Reason.PROOF_NEEDED
    assert careful.waits == (False, False)


def test_another_member_is_another_purchase(spending: Till) -> None:
    spending.scan(CARD)
    spending.amount(5000)
    spending.scan(CARD)
    kept = spending.session.customer().amount_minor
    spending.scan(card_number(8))

    assert (kept, spending.session.customer().amount_minor) == (5000, None)


def test_two_members_unknown_to_this_lane_are_two_members(spending: Till) -> None:
    spending.scan(a.a_member_slot(98).text())
    spending.amount(5000)
    spending.scan(a.a_member_slot(99).text())

    assert spending.session.customer().amount_minor is None


def test_a_member_who_comes_forward_keeps_what_waits_for_the_amount(spending: Till) -> None:
    spending.scan(COUPON)
    answer = spending.scan(CARD)

    assert (answer.verdict.reason, spending.waits) == (Reason.MEMBER_IDENTIFIED, (False, True))
    assert spending.amount(5000) is Reason.ACCEPTED
    assert spending.counter.fields(2)["member_ref"] == "m7"


def test_a_member_who_comes_forward_keeps_what_waits_for_enter(careful: Till) -> None:
    careful.scan(COUPON)
    careful.scan(CARD)

    assert careful.waits == (True, False)
    assert careful.enter() is Reason.ACCEPTED
    assert careful.counter.fields(2)["member_ref"] == "m7"


def test_another_member_puts_away_what_waited(careful: Till) -> None:
    careful.scan(CARD)
    careful.scan(COUPON)
    careful.scan(card_number(8))

    assert careful.waits == (False, False)


def test_the_customer_is_gone(careful: Till) -> None:
    careful.scan(CARD)
    careful.amount(5000)
    careful.scan(COUPON)
    careful.session.detach_member()
    customer = careful.session.customer()

    assert (customer.member, customer.amount_minor, careful.waits) == (None, None, (False, False))


def test_undo_takes_the_latest_back(till: Till) -> None:
    till.scan(COUPON)
    answer = till.session.undo(None, UndoReason.SLIP, 7)

    assert answer is not None
    assert (answer.number, answer.verdict.reason, answer.level) == (7, Reason.VOIDED, Level.UNDONE)
    assert (answer.undo_seq, answer.undo_until) == (None, None)
    assert till.counter.fields(3)["reason"] == "slip"


def test_undo_takes_a_named_one_back(till: Till) -> None:
    till.scan(COUPON)
    till.scan(a.a_signed_coupon(2).text())
    answer = till.session.undo(2, UndoReason.WRONG_COUPON, 1)

    assert answer is not None
    assert answer.verdict.facts == {"seq": 2}


def test_nothing_to_undo(till: Till) -> None:
    assert till.session.undo(None, UndoReason.SLIP, 1) is None


def test_undone_the_coupon_is_on_the_list_again(till: Till) -> None:
    till.scan(CARD)
    till.choose(BOUND_ID)
    till.session.undo(None, UndoReason.SLIP, 1)
    member = till.session.customer().member

    assert member is not None
    assert [(coupon.used, coupon.why) for coupon in member.coupons] == [(True, Reason.CAN_REDEEM)]
