"""A coupon of a member whose amount is known earns what a set would, once: a second one for the same goods does not."""

from typing import Any

import pytest

from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.reward import RewardKind
from pos_client.usecases.set_view import SetChange, SetDeed
from pos_client.usecases.till_view import UndoReason
from tests import booth_builders as b
from tests import builders as a
from tests.unit.usecases.booth_shop import CARD, CAT, POINTS_ON_ALL, offer
from tests.unit.usecases.counter import Counter, OpenCounter, Tables
from tests.unit.usecases.till import Till, shop

FIRST, SECOND = a.a_signed_coupon(1).text(), a.a_signed_coupon(2).text()
AMOUNT, OFF = 10_000, 1_000


def a_till(open_counter: OpenCounter, **changes: Any) -> Till:
    """A shop where each yuan that is paid is a point; a coupon takes ten yuan off."""

    def change(tables: Tables) -> None:
        shop(**changes)(tables)
        tables["offer"].append(offer(3001, **POINTS_ON_ALL))
        tables["stock"] = [b.stock_row()]

    return Till(open_counter(change))


@pytest.fixture
def till(open_counter: OpenCounter) -> Till:
    return a_till(open_counter)


def earned(counter: Counter) -> list[int]:
    """Points by entry."""
    return [entry.fields()["amount"] for entry in counter.entries() if entry.kind is EntryKind.EARN]


def test_one_coupon_earns_what_a_set_of_it_earns(till: Till, open_counter: OpenCounter) -> None:
    before = till.counter.points(CARD)
    till.scan(CARD)
    till.amount(AMOUNT)
    answer = till.scan(FIRST)

    assert (answer.verdict.reason, answer.verdict.discount_minor) == (Reason.ACCEPTED, OFF)
    assert [(one.kind, one.amount) for one in answer.verdict.rewards] == [(RewardKind.POINTS, 90)]
    assert till.counter.points(CARD) == before + 90
    assert EntryKind.TRANSACTION in till.counter.kinds()


def test_a_set_earns_the_same(till: Till) -> None:
    till.scan(a.a_member_slot(7).text())
    till.amount(AMOUNT)
    till.session.change_set(SetChange(SetDeed.OPEN), 0)
    till.enter()

    assert earned(till.counter) == [90]


def test_a_second_coupon_for_the_same_goods_earns_nothing_more(till: Till) -> None:
    till.scan(CARD)
    till.amount(AMOUNT)

    assert [till.reason(FIRST), till.reason(SECOND)] == [Reason.ACCEPTED, Reason.ACCEPTED]
    assert earned(till.counter) == [90]
    assert till.counter.kinds().count(EntryKind.TRANSACTION) == 1


def test_a_set_for_the_same_goods_earns_nothing_more(till: Till) -> None:
    till.scan(a.a_member_slot(7).text())
    till.amount(AMOUNT)
    till.scan(FIRST)
    till.session.change_set(SetChange(SetDeed.OPEN), 0)

    assert till.enter() is Reason.SET_REDEEMED
    assert earned(till.counter) == [90]


def test_another_amount_is_another_purchase(till: Till) -> None:
    till.scan(CARD)
    till.amount(AMOUNT)
    till.scan(FIRST)
    till.amount(2 * AMOUNT)
    till.scan(SECOND)

    assert earned(till.counter) == [90, 190]


def test_the_same_member_on_another_visit_buys_again(till: Till) -> None:
    for text in (FIRST, SECOND):
        till.scan(CARD)
        till.amount(AMOUNT)
        till.scan(text)
        till.session.detach_member()

    assert earned(till.counter) == [90, 90]


def test_what_was_taken_back_may_be_bought_again(till: Till) -> None:
    before = till.counter.points(CARD)
    till.scan(CARD)
    till.amount(AMOUNT)
    till.scan(FIRST)
    till.session.undo(None, UndoReason.SLIP, 0)
    assert till.counter.points(CARD) == before

    assert till.reason(FIRST) is Reason.ACCEPTED
    assert till.counter.points(CARD) == before + 90


@pytest.mark.parametrize("shown", [{"card": True, "amount": None}, {"card": False, "amount": AMOUNT}])
def test_without_a_member_or_an_amount_nothing_was_bought(till: Till, shown: dict[str, Any]) -> None:
    if shown["card"]:
        till.scan(CARD)
    till.amount(shown["amount"])

    assert till.reason(FIRST) is Reason.ACCEPTED
    assert EntryKind.TRANSACTION not in till.counter.kinds()


def test_a_refusal_leaves_no_purchase_and_is_counted(till: Till) -> None:
    till.scan(CARD)
    till.amount(AMOUNT)
    till.counter.redeem(FIRST)

    assert till.reason(FIRST) is Reason.ALREADY_USED
    assert till.reason("hello") is Reason.NOT_OUR_CODE
    assert EntryKind.TRANSACTION not in till.counter.kinds()
    assert till.counter.kinds()[-2:] == [EntryKind.REJECT, EntryKind.REJECT]


def test_a_thing_that_the_coupon_gives_is_handed_over_with_it(open_counter: OpenCounter) -> None:
    till = a_till(open_counter, effects=[CAT])
    till.scan(CARD)
    till.amount(AMOUNT)

    assert till.reason(FIRST) is Reason.ACCEPTED
    assert till.counter.kinds()[-1] is EntryKind.HAND_OVER
    assert earned(till.counter) == [100]
