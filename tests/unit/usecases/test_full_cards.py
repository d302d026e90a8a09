"""A full card whose purchase is undone or comes back: either the coupon for it stands, or its stamps do."""

import pytest

from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reward import RewardKind
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.usecases.history import of_member
from tests import booth_builders as b
from tests.unit.usecases.booth_shop import CARD, TEA_CARD, lines, offer, with_booth
from tests.unit.usecases.counter import CLERK, SECRET, Counter, OpenCounter, Tables

TEA = {"kind": "stamps", "card": "tea", "count": 1, "needed": 10, "reward": TEA_CARD}


@pytest.fixture
def counter(open_counter: OpenCounter) -> Counter:
    """A counter at which a member with nine stamps stands."""

    def shop(tables: Tables) -> None:
        with_booth(tables)
        tables["offer"].append(offer(5003, on="purchase", conditions={"min_spend_minor": 3_000}, effects=[TEA]))
        tables["stamp"] = [b.stamp_row(SECRET, count=9)]

    return open_counter(shop)


def filled(counter: Counter) -> tuple[int, str]:
    """Number of the purchase that filled the card, and the coupon that came for it."""
    sale = counter.purchase(CARD, basket=lines(("tea", 2, 3_000)))
    (given,) = [reward for reward in sale.rewards if reward.kind is RewardKind.COUPON]
    assert counter.stamps(CARD, "tea") == 0
    return number(sale), given.code


def number(verdict: Verdict) -> int:
    """Of the entry."""
    assert verdict.entry is not None, verdict
    return verdict.entry.seq


def is_good(counter: Counter, code: str) -> bool:
    """Whether the coupon can be used."""
    return counter.check(CARD, code).kind is VerdictKind.READY


def test_goods_that_come_back_give_the_stamps_of_earlier_purchases_back(counter: Counter) -> None:
    sale, code = filled(counter)

    counter.return_goods(sale)

    assert (counter.stamps(CARD, "tea"), is_good(counter, code)) == (9, False)


def test_the_coupon_stays_while_the_goods_that_stay_earn_the_stamp(counter: Counter) -> None:
    sale, code = filled(counter)

    counter.return_goods(sale, {0: 1})
    assert (counter.stamps(CARD, "tea"), is_good(counter, code)) == (0, True)

    counter.return_goods(sale, {0: 1})
    assert (counter.stamps(CARD, "tea"), is_good(counter, code)) == (9, False)


def test_a_later_stamp_is_taken_before_the_coupon_is(counter: Counter) -> None:
    sale, code = filled(counter)
    counter.purchase(CARD, basket=lines(("tea", 1, 3_000)))

    counter.return_goods(sale)

    assert (counter.stamps(CARD, "tea"), is_good(counter, code)) == (0, True)


def test_whoever_used_the_coupon_has_no_stamps_back(counter: Counter) -> None:
    sale, code = filled(counter)
    assert counter.redeem(CARD, code).kind is VerdictKind.ACCEPTED

    back = counter.return_goods(sale)

    assert (counter.stamps(CARD, "tea"), [notice.reason for notice in back.notices]) == (0, ["reward-used"])


def test_undone_with_the_coupon_used_the_card_is_a_stamp_short(counter: Counter) -> None:
    sale, code = filled(counter)
    assert counter.redeem(CARD, code).kind is VerdictKind.ACCEPTED

    undone = counter.void(sale)

    assert (counter.stamps(CARD, "tea"), [notice.reason for notice in undone.notices]) == (-1, ["reward-used"])


def test_undone_with_the_coupon_unused_all_is_as_before(counter: Counter) -> None:
    sale, code = filled(counter)

    counter.void(sale)

    assert (counter.stamps(CARD, "tea"), is_good(counter, code)) == (9, False)


@pytest.mark.parametrize(("back", "left"), [({0: 1}, 2), ({0: 2}, 1), ({0: 3}, 0)])
def test_what_stays_keeps_the_coupons_of_the_step_that_it_still_reaches(
    counter: Counter, back: dict[int, int], left: int
) -> None:
    sale = counter.purchase(CARD, basket=lines(("toy", 3, 10_000)))
    codes = [one.code for one in sale.rewards if one.kind is RewardKind.COUPON and one.campaign == 3103]
    assert len(codes) == 4

    counter.return_goods(number(sale), back)

    assert sum(is_good(counter, code) for code in codes) == left


def test_split_purchases_lose_together_what_they_earned_together(counter: Counter) -> None:
    sales = [counter.purchase(CARD, basket=lines(("toy", 1, 10_000))) for _ in range(3)]
    steps = {3101, 3102, 3103}
    codes = [r.code for sale in sales for r in sale.rewards if r.kind is RewardKind.COUPON and r.campaign in steps]
    assert len(codes) == 4

    counter.return_goods(number(sales[2]))
    assert sum(is_good(counter, code) for code in codes) == 2
    counter.return_goods(number(sales[0]))
    assert sum(is_good(counter, code) for code in codes) == 1


def test_what_was_done_with_the_member_names_the_coupon_that_he_was_given(counter: Counter) -> None:
    sale, _code = filled(counter)
    ref = str(counter.fields(sale)["member_ref"])
    given, bought = of_member(counter.desk, CLERK, ref, 20)[:2]

    assert (given.kind, bought.kind) == (EntryKind.ISSUE, EntryKind.TRANSACTION)
    offer = counter.desk.cache.offer(TEA_CARD)
    assert offer is not None
    assert given.item.headline == offer.name
    assert (bought.seq, given.item.undone) == (sale, False)

    counter.return_goods(sale)
    lines = of_member(counter.desk, CLERK, ref, 20)
    assert [line.item.undone for line in lines if line.kind is EntryKind.ISSUE] == [True]
