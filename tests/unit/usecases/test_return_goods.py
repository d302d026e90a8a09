"""Goods come back: to the fen what was paid for them, with the points, stamps and coupons that they earned."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos_client.domain.basket import of_amount
from pos_client.domain.reasons import Reason
from pos_client.domain.reward import RewardKind
from pos_client.domain.trade_policy import PointsPolicy, TradePolicy
from pos_client.domain.verdict import Verdict, VerdictKind
from tests import builders as a
from tests.unit.usecases.booth_shop import CARD, lines, offer, with_booth
from tests.unit.usecases.counter import Counter, OpenCounter, Tables


@pytest.fixture
def counter(open_counter: OpenCounter) -> Counter:
    """A counter whose purchases earn something."""
    return open_counter(with_booth)


def number(verdict: Verdict) -> int:
    """Of the entry."""
    assert verdict.entry is not None, verdict
    return verdict.entry.seq


def test_all_of_it_comes_back_with_what_it_earned(counter: Counter) -> None:
    sale = counter.purchase(CARD, basket=lines(("tea", 2, 6_000)))
    code = next(reward.code for reward in sale.rewards if reward.kind is RewardKind.COUPON)

    back = counter.return_goods(number(sale))

    assert (back.kind, back.facts["refund_minor"]) == (VerdictKind.ACCEPTED, 12_000)
    assert counter.points(CARD) == 120
    assert counter.redeem(CARD, code).reason is Reason.COUPON_NOT_ISSUED
    assert counter.return_goods(number(sale)).reason is Reason.RETURN_TOO_MUCH


def test_a_part_comes_back_and_the_rest_keeps_what_it_earns(counter: Counter) -> None:
    sale = counter.purchase(CARD, basket=lines(("tea", 3, 6_000)))

    back = counter.return_goods(number(sale), {0: 1})

    assert back.facts["refund_minor"] == 6_000
    assert counter.points(CARD) == 120 + 120
    assert not [notice.reason for notice in back.notices]
    assert counter.return_goods(number(sale), {0: 3}).reason is Reason.RETURN_TOO_MUCH
    counter.return_goods(number(sale), {0: 2})
    assert counter.points(CARD) == 120


def test_a_coupon_that_was_used_stays_and_the_clerk_is_told(counter: Counter) -> None:
    sale = counter.purchase(CARD, basket=lines(("tea", 2, 6_000)))
    code = next(reward.code for reward in sale.rewards if reward.kind is RewardKind.COUPON)
    assert counter.redeem(CARD, code).kind is VerdictKind.ACCEPTED

    assert [notice.reason for notice in counter.return_goods(number(sale)).notices] == ["reward-used"]


@pytest.mark.parametrize(("restores", "again"), [(True, VerdictKind.ACCEPTED), (False, VerdictKind.REFUSED)])
def test_the_coupon_that_paid_comes_back_where_its_offer_says_so(
    open_counter: OpenCounter,
    restores: bool,
    again: VerdictKind,
) -> None:
    def shop(tables: Tables) -> None:
        with_booth(tables)
        tables["offer"].append(offer(6001, restore_on_return=restores))

    counter = open_counter(shop)
    coupon = a.a_signed_coupon(1, campaign=6001)
    sale = counter.purchase(coupon.text(), basket=lines(("tea", 2, 3_000)))
    assert counter.return_goods(number(sale), {0: 1}).facts["refund_minor"] == 2_500
    assert counter.redeem(coupon.text()).reason is Reason.ALREADY_USED
    assert counter.return_goods(number(sale)).facts["refund_minor"] == 2_500

    if restores:
        counter.centre.release(counter.centre.holder(coupon.coupon_id), "the centre has heard")
    assert counter.redeem(coupon.text()).kind is again


def test_points_that_paid_come_back_too(open_counter: OpenCounter) -> None:
    def rich(tables: Tables) -> None:
        with_booth(tables)
        tables["member"][0] |= {"points": 1_000}

    counter = open_counter(rich)
    sale = counter.purchase(CARD, basket=lines(("tea", 2, 3_000)), burn=400)
    assert counter.points(CARD) == 1_000 - 400 + 56

    assert counter.return_goods(number(sale), {0: 1}).facts["refund_minor"] == 2_800
    assert counter.points(CARD) == 1_000 - 200 + 28
    counter.return_goods(number(sale))
    assert counter.points(CARD) == 1_000


def test_of_a_bare_amount_a_part_may_come_back(counter: Counter) -> None:
    sale = counter.purchase(CARD, basket=of_amount(9_000))

    assert counter.return_goods(number(sale), amount=3_000).facts["refund_minor"] == 3_000
    assert counter.return_goods(number(sale), amount=6_001).reason is Reason.RETURN_TOO_MUCH
    assert counter.return_goods(number(sale)).facts["refund_minor"] == 6_000
    assert counter.points(CARD) == 120


@pytest.mark.parametrize("seq", [0, 1, 99])
def test_what_is_no_purchase_cannot_come_back(counter: Counter, seq: int) -> None:
    counter.redeem(a.a_signed_coupon(1).text())

    assert counter.return_goods(seq).reason is Reason.PURCHASE_UNKNOWN


@pytest.mark.parametrize("pieces", [{}, {0: 0}, {1: 1}, {0: -1}])
def test_nothing_or_too_much_is_no_return(counter: Counter, pieces: dict[int, int]) -> None:
    sale = counter.purchase(basket=lines(("tea", 1, 3_000)))

    assert counter.return_goods(number(sale), pieces).reason is Reason.RETURN_TOO_MUCH


def test_a_purchase_of_which_something_came_back_is_not_taken_back(counter: Counter) -> None:
    sale = counter.purchase(basket=lines(("tea", 2, 3_000)))
    counter.return_goods(number(sale), {0: 1})

    assert counter.void(number(sale)).reason is Reason.VOID_NOT_POSSIBLE


def test_a_coupon_of_a_purchase_is_not_taken_back_alone(counter: Counter) -> None:
    sale = counter.purchase(a.a_signed_coupon(1).text(), basket=lines(("tea", 2, 3_000)))
    refused = counter.void(number(sale) - 1)

    assert (refused.reason, refused.facts) == (Reason.VOID_PART_OF_PURCHASE, {"seq": number(sale)})


GOODS = st.lists(
    st.tuples(st.sampled_from(["tea", "soap"]), st.integers(1, 4), st.integers(0, 9_999)), min_size=1, max_size=4
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(goods=GOODS, parts=st.data(), with_coupon=st.booleans())
def test_whatever_comes_back_in_whatever_parts_adds_up_to_what_was_paid(
    counter: Counter,
    goods: Any,
    parts: Any,
    with_coupon: bool,
) -> None:
    fresh = a.a_signed_coupon(len(counter.entries()) + 1).text()
    codes = [CARD, fresh] if with_coupon else [CARD]
    before = counter.points(CARD)
    sale = counter.purchase(*codes, basket=lines(*goods))
    refunded = 0
    left = {place: line[1] for place, line in enumerate(goods)}
    while any(left.values()):
        pieces = {place: parts.draw(st.integers(0, count)) for place, count in left.items()}
        if not any(pieces.values()):
            pieces = dict(left)
        refunded += counter.return_goods(number(sale), pieces).facts["refund_minor"]  # type: ignore[operator]
        left = {place: left[place] - pieces[place] for place in left}

    assert refunded == sale.facts["to_pay_minor"]
    assert counter.points(CARD) == before


def spent(open_counter: OpenCounter) -> tuple[Counter, int]:
    """A member who had no points earned 60 and has spent them; and the number of the purchase that earned them."""

    def shop(tables: Tables) -> None:
        with_booth(tables)
        tables["member"][0] |= {"points": 0}

    counter = open_counter(shop)
    counter.trade = TradePolicy(points=PointsPolicy(worth_points=1, worth_minor=1))
    sale = counter.purchase(CARD, basket=lines(("tea", 1, 6_000)))
    assert counter.purchase(CARD, basket=of_amount(99), burn=60).discount_minor == 60
    return counter, number(sale)


def test_points_that_were_spent_meanwhile_are_kept_of_the_refund(open_counter: OpenCounter) -> None:
    counter, sale = spent(open_counter)

    back = counter.return_goods(sale)

    assert (back.facts["refund_minor"], [notice.reason for notice in back.notices]) == (5_940, ["points-charged"])
    assert counter.points(CARD) == 0


def test_a_purchase_whose_points_were_spent_is_not_undone(open_counter: OpenCounter) -> None:
    counter, sale = spent(open_counter)

    assert (counter.void(sale).reason, counter.points(CARD)) == (Reason.POINTS_SHORT, 0)
