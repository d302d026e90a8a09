"""Accounts when goods come back: what stays keeps its points, in parts, after a merge, after points were spent."""

from dataclasses import replace
from typing import Any

import pytest

from pos_client.domain.basket import of_amount
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.trade_policy import PointsPolicy, TradePolicy
from pos_client.domain.verdict import Verdict, VerdictKind
from tests import booth_builders as b
from tests import builders as a
from tests.unit.usecases.bind_desk import OTHER_PHONE
from tests.unit.usecases.booth_shop import CARD, CAT, lines, offer, with_booth
from tests.unit.usecases.counter import DAY, SECRET, OpenCounter, Tables, a_lane

EACH_YUAN: dict[str, Any] = {"kind": "points", "points": 1, "per_minor": 100}
ONE_FEN = TradePolicy(points=PointsPolicy(worth_points=1, worth_minor=1))


def number(verdict: Verdict) -> int:
    """Of the entry."""
    assert verdict.entry is not None, verdict
    return verdict.entry.seq


def points_of(balance: int) -> Any:
    """The shop, whose member has so many points."""

    def shop(tables: Tables) -> None:
        with_booth(tables)
        tables["member"][0] |= {"points": balance}

    return shop


@pytest.mark.parametrize(
    "conditions", [{"member": "any"}, {"levels": ["silver"]}, {"weekdays": [a.TODAY.isoweekday()]}]
)
def test_what_stays_keeps_its_points_though_the_member_is_gone_and_the_day_is_over(
    open_counter: OpenCounter, conditions: Any
) -> None:
    def shop(tables: Tables) -> None:
        tables["member"][0] |= {"points": 0, "level": "silver"}
        tables["offer"].append(offer(3001, on="purchase", conditions=conditions, effects=[EACH_YUAN]))

    counter = open_counter(shop)
    sale = counter.purchase(CARD, basket=lines(("tea", 3, 6_000)))
    assert counter.points(CARD) == 180
    counter.clock.pass_by(DAY)

    assert counter.return_goods(number(sale), {0: 1}).kind is VerdictKind.ACCEPTED
    assert counter.points(CARD) == 120


def test_goods_that_came_back_count_for_no_step(open_counter: OpenCounter) -> None:
    counter = open_counter(with_booth)
    sale = counter.purchase(CARD, basket=lines(("tea", 3, 10_000)))
    counter.return_goods(number(sale))

    again = counter.purchase(CARD, basket=of_amount(100))

    assert [reward.kind.value for reward in again.rewards] == ["points"]


def test_points_that_were_spent_are_charged_once_however_many_parts_come_back(open_counter: OpenCounter) -> None:
    counter = open_counter(points_of(0))
    counter.trade = ONE_FEN
    sale = counter.purchase(CARD, basket=lines(("tea", 2, 6_000)))
    counter.purchase(CARD, basket=of_amount(120), burn=120)

    refunds = [counter.return_goods(number(sale), {0: 1}).facts["refund_minor"] for _ in range(2)]

    assert (refunds, counter.points(CARD)) == ([5_940, 5_940], 0)


def test_begun_steps_of_charged_points_are_not_charged_in_every_part(open_counter: OpenCounter) -> None:
    counter = open_counter(points_of(0))
    sale = counter.purchase(CARD, basket=lines(("tea", 4, 2_500)))
    counter.purchase(CARD, basket=of_amount(100), burn=100)

    refunds: list[Any] = [counter.return_goods(number(sale), {0: 1}).facts["refund_minor"] for _ in range(4)]

    # The purchase that the 100 points paid cost nothing, so nothing was earned by it.
    assert (sum(refunds), counter.points(CARD)) == (10_000 - 100, 0)


def test_points_that_come_back_pay_first_for_points_that_were_spent(open_counter: OpenCounter) -> None:
    counter = open_counter(points_of(400))
    counter.trade = TradePolicy(points=PointsPolicy(worth_points=1, worth_minor=1, offline_percent=100))
    sale = counter.purchase(CARD, basket=lines(("tea", 1, 30_000)), burn=100)
    counter.purchase(CARD, basket=of_amount(counter.points(CARD)), burn=counter.points(CARD))
    assert (counter.points(CARD), sale.discount_minor) == (0, 100)

    back = counter.return_goods(number(sale))

    # 299 points were earned and are spent, 100 come back: those settle 100 of them, the rest is charged.
    assert (counter.points(CARD), back.facts["refund_minor"]) == (0, 29_900 - 199)


def test_a_provisional_members_purchase_comes_back_after_he_was_merged(open_counter: OpenCounter) -> None:
    def merged(tables: Tables) -> None:
        points_of(0)(tables)
        known = a.member_row(SECRET, 8, phone=OTHER_PHONE, points=1_000)
        tables["member"].append(known)
        alias = {"ref": tables["member"][0]["ref"], "to_ref": known["ref"], "member_key": known["key"], "ver": 1}
        tables["member_alias"] = [alias]
        # The centre has counted all that this lane is about to write.
        tables["applied"] = [b.applied_row(seq=99)]

    counter = open_counter(merged)
    back = counter.return_goods(number(counter.purchase(CARD, basket=lines(("tea", 1, 6_000)))))

    assert (back.facts["refund_minor"], [notice.reason for notice in back.notices]) == (6_000, [])
    taken = [entry.fields() for entry in counter.entries() if entry.kind is EntryKind.EARN][-1]
    known = counter.cache.member_by_number(8)
    assert known
    assert (taken["amount"], taken["member_ref"]) == (-60, known.view.ref)


@pytest.mark.parametrize(("pieces", "is_owed"), [({0: 2}, False), ({0: 1}, False), (None, True)])
def test_a_gift_is_not_handed_over_for_goods_that_came_back(
    open_counter: OpenCounter, pieces: dict[int, int] | None, is_owed: bool
) -> None:
    def shop(tables: Tables) -> None:
        with_booth(tables)
        tables["offer"].append(offer(6_001, on="purchase", conditions={"min_spend_minor": 10_000}, effects=[CAT]))

    counter = open_counter(shop)
    sale = counter.purchase(basket=lines(("tea", 2, 6_000)))
    if pieces:
        counter.return_goods(number(sale), pieces)

    assert (counter.hand_over(number(sale)).kind is VerdictKind.ACCEPTED) == is_owed


def test_coupons_and_points_together_cost_no_more_than_this_lanes_share(open_counter: OpenCounter) -> None:
    def shop(tables: Tables) -> None:
        points_of(1_000)(tables)
        tables["offer"] += [offer(6_001, points_price=300), offer(6_002, points_price=300)]

    counter = open_counter(shop)
    counter.unplug()
    counter.trade = TradePolicy(points=PointsPolicy(offline_percent=100, offline_cap=500))
    codes = [a.a_signed_coupon(1, campaign=campaign).text() for campaign in (6_001, 6_002)]
    paid = [counter.purchase(CARD, *codes, basket=of_amount(9_000), burn=300)]
    paid.append(counter.purchase(CARD, *codes, basket=of_amount(9_000)))
    paid.append(counter.purchase(CARD, basket=of_amount(9_000), burn=300))

    burnt = sum(-entry.fields()["amount"] for entry in counter.entries() if entry.kind is EntryKind.BURN)
    earned = sum(entry.fields()["amount"] for entry in counter.entries() if entry.kind is EntryKind.EARN)
    assert 0 < burnt <= 500 + earned, [one.reason for one in paid]


def test_goods_that_were_bought_in_an_earlier_epoch_come_back(open_counter: OpenCounter) -> None:
    counter = open_counter(with_booth)
    sale = number(counter.purchase(CARD, basket=lines(("tea", 2, 6_000))))
    counter.journal.close()
    identity = replace(counter.identity, epoch=2)
    later = a_lane(counter.folder, counter.folder, identity, counter.clock)
    before = later.points(CARD)

    assert later.return_goods(sale, {0: 1}).facts["refund_minor"] == 6_000
    assert later.void(sale).reason is Reason.VOID_NOT_POSSIBLE
    assert later.points(CARD) == before - 60
    later.journal.close()
