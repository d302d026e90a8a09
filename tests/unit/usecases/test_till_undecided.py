"""The dialogue where the customer is not settled: several members with one phone, and by which booth code he came."""

from dataclasses import replace

import pytest

from pos_client.domain.codes.member_card import card_number
from pos_client.domain.codes.parametric_qr import NEVER, ParametricQr, Presenter
from pos_client.domain.codes.signed_coupon import member_tag
from pos_client.domain.reasons import Reason
from pos_client.usecases.till_session import PURCHASE_ENDS_AFTER
from pos_client.usecases.till_view import Level, UndoReason
from tests import builders as a
from tests.unit.usecases.counter import SECRET, OpenCounter, Tables
from tests.unit.usecases.till import Till

COUPON, NEXT_COUPON = a.a_signed_coupon().text(), a.a_signed_coupon(2).text()
BOUND = a.a_signed_coupon(10, member_tag=member_tag(7)).text()
CARD, OTHER_CARD, STRANGERS_CARD, PHONE = card_number(7), card_number(8), card_number(9), "13800138000"
PRINTED = ParametricQr(1, 102, 3, 0, Presenter.BOOTH, "", 1001, int(a.NOON.timestamp()), NEVER)
BOOTH_CODE = replace(PRINTED, signature=a.a_key("parametric").sign(PRINTED.signed_bytes())).text()
SOURCE = "scene:102-3-0--1001"


@pytest.fixture
def crowded(open_counter: OpenCounter) -> Till:
    """A till of a shop where two members share a phone, and a third has his own."""

    def change(tables: Tables) -> None:
        third = a.member_row(SECRET, 9, phone="+8613800138009")
        tables["member"] += [a.member_row(SECRET, 8), third]

    return Till(open_counter(change))


def sources(till: Till) -> list[str]:
    """Where each entry says that its customer came from."""
    return [entry.fields()["source"] for entry in till.counter.entries()]


def test_of_two_members_with_one_phone_nobody_is_greeted(crowded: Till) -> None:
    answer = crowded.scan(PHONE)

    assert (answer.verdict.reason, answer.level) == (Reason.SEVERAL_MEMBERS, Level.WARN)
    assert [view.ref for view in answer.verdict.members] == ["m7", "m8"]
    assert answer.customer.member is None
    assert crowded.scan(COUPON).verdict.member is None


def test_whoever_stood_here_has_gone_when_another_phone_is_typed(crowded: Till) -> None:
    crowded.scan(STRANGERS_CARD)
    crowded.amount(5_000)

    customer = crowded.scan(PHONE).customer

    assert (customer.member, customer.amount_minor) == (None, None)


def test_one_of_them_who_showed_his_card_stays(crowded: Till) -> None:
    crowded.scan(OTHER_CARD)

    customer = crowded.scan(PHONE).customer

    assert customer.member is not None
    assert customer.member.view.ref == "m8"


def test_a_coupon_that_waits_for_its_member_waits_until_he_is_known(crowded: Till) -> None:
    assert crowded.reason(BOUND) is Reason.MEMBER_NEEDED
    crowded.scan(PHONE)

    assert crowded.reason(CARD) is Reason.ACCEPTED


def test_a_booth_code_is_the_source_of_the_purchase_that_follows(till: Till) -> None:
    answer = till.scan(BOOTH_CODE)
    till.scan(COUPON)
    till.scan(NEXT_COUPON)

    assert (answer.verdict.reason, answer.customer.member) == (Reason.BOOTH_CODE, None)
    assert (sources(till)[0], sources(till)[-1]) == (SOURCE, "camera")


def test_with_a_member_it_stays_until_he_leaves(till: Till) -> None:
    till.scan(CARD)
    assert till.reason(BOOTH_CODE) is Reason.BOOTH_CODE
    till.scan(COUPON)
    till.session.undo(None, UndoReason.SLIP, 1)
    till.scan(NEXT_COUPON)
    by_scene = sources(till)
    till.scan(OTHER_CARD)
    till.scan(a.a_signed_coupon(3).text())

    assert set(by_scene) == {SOURCE, "window"}
    assert sources(till)[-1] == "camera"


def test_it_counts_for_a_coupon_that_waits_already(careful: Till) -> None:
    careful.scan(COUPON)
    careful.scan(BOOTH_CODE)

    assert careful.enter() is Reason.ACCEPTED
    assert sources(careful)[-1] == SOURCE


def test_it_is_forgotten_with_a_customer_who_has_gone(till: Till) -> None:
    till.scan(BOOTH_CODE)
    till.counter.clock.pass_by(PURCHASE_ENDS_AFTER)
    till.scan(COUPON)

    assert sources(till)[-1] == "camera"
