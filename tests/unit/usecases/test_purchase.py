"""A purchase is one commit: coupons, points, the goods and what they earn; its receipt counts once."""

from collections import Counter as Tally
from datetime import date, timedelta

import pytest

from pos_client.domain.basket import of_amount
from pos_client.domain.codes.receipt_code import ReceiptCode
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.local_text import LocalText
from pos_client.domain.reasons import Reason
from pos_client.domain.reward import RewardKind
from pos_client.domain.trade_policy import PointsPolicy, TradePolicy
from pos_client.domain.verdict import Tier, Verdict, VerdictKind
from pos_client.storage.verification import verify
from tests import builders as a
from tests.unit.usecases.booth_shop import CARD, NEXT_ORDER, lines, offer, with_booth
from tests.unit.usecases.counter import DAY, MINUTE, WORDING, Counter, OpenCounter, Tables


@pytest.fixture
def counter(open_counter: OpenCounter) -> Counter:
    """A counter whose purchases earn something."""
    return open_counter(with_booth)


def kinds(verdict: Verdict) -> Tally[RewardKind]:
    """What the customer was told to get, by kind."""
    return Tally({kind: sum(r.amount for r in verdict.rewards if r.kind is kind) for kind in RewardKind})


def test_goods_coupon_points_and_coupon_to_come_are_written_together(counter: Counter) -> None:
    done = counter.purchase(CARD, a.a_signed_coupon(1).text(), basket=lines(("tea", 2, 6_000)))

    assert (done.kind, done.reason, done.discount_minor) == (VerdictKind.ACCEPTED, Reason.PURCHASE_RECORDED, 1_000)
    assert done.facts["to_pay_minor"] == 11_000
    assert [str(kind) for kind in counter.kinds()] == ["intent", "redeem", "transaction", "earn", "issue"]
    assert kinds(done) == Tally({RewardKind.POINTS: 110, RewardKind.COUPON: 1})
    assert counter.points(CARD) == 120 + 110
    sale = counter.fields(3)
    assert sale["lines"][0]["discount_minor"] == 1_000
    assert {counter.fields(seq)["txn"] for seq in (2, 3, 4, 5)} == {done.facts["txn"]}


def test_the_coupon_that_was_given_can_be_used_for_the_next_order(counter: Counter) -> None:
    done = counter.purchase(basket=of_amount(10_000))
    (given,) = [reward for reward in done.rewards if reward.kind is RewardKind.COUPON]

    used = counter.redeem(given.code, basket=of_amount(6_000))

    assert (used.kind, used.coupons[0].id) == (VerdictKind.ACCEPTED, given.coupon_id)


def test_no_code_is_given_twice(counter: Counter) -> None:
    given = [r.coupon_id for _ in range(4) for r in counter.purchase(basket=of_amount(10_000)).rewards]

    assert len(given) == len(set(given)) == 4


def test_what_the_pool_no_longer_holds_is_owed_and_written_down(counter: Counter) -> None:
    for _ in range(2):
        done = counter.purchase(basket=of_amount(30_000))

    assert kinds(done) == Tally({RewardKind.COUPON: 1})
    assert "pool-empty" in [notice.reason for notice in done.notices]
    assert counter.entries()[-2].fields()["owed"] == [NEXT_ORDER] * 3


def test_without_a_member_nobody_gets_the_points_and_the_clerk_is_told(counter: Counter) -> None:
    done = counter.purchase(basket=of_amount(5_000))

    assert kinds(done) == Tally()
    assert [notice.reason for notice in done.notices] == ["reward-needs-member"]


@pytest.mark.parametrize("split", [[30_000], [10_000, 20_000], [10_000, 10_000, 10_000], [9_999, 20_001], [29_999, 1]])
def test_a_basket_that_a_member_splits_earns_what_it_earns_whole(counter: Counter, split: list[int]) -> None:
    given = sum(kinds(counter.purchase(CARD, basket=of_amount(part)))[RewardKind.COUPON] for part in split)

    assert given == 4


def test_tomorrow_a_member_begins_anew(counter: Counter) -> None:
    counter.purchase(CARD, basket=of_amount(30_000))
    counter.clock.pass_by(DAY)

    assert kinds(counter.purchase(CARD, basket=of_amount(10_000)))[RewardKind.COUPON] == 1


def test_receipts_that_follow_each_other_are_one_basket_and_others_are_not(counter: Counter) -> None:
    def given(number: str) -> int:
        done = counter.purchase(basket=lines(("tea", 1, 10_000), receipt_no=number))
        counter.clock.pass_by(MINUTE)
        return kinds(done)[RewardKind.COUPON]

    # Apart they would get three, whole they get four: nobody gains or loses by splitting.
    assert [given("101"), given("102"), given("103")] == [1, 1, 2]
    assert given("107") == 1


def test_a_receipt_counts_once_however_it_comes(counter: Counter) -> None:
    first = counter.purchase(basket=lines(("tea", 1, 5_000), receipt_no="77"))
    again = counter.purchase(basket=lines(("tea", 1, 5_000), receipt_no="77"))

    assert first.kind is VerdictKind.ACCEPTED
    assert (again.kind, again.reason, again.facts) == (VerdictKind.REFUSED, Reason.RECEIPT_TAKEN, {"seq": 1})
    counter.void(1)
    assert counter.purchase(basket=lines(("tea", 1, 5_000), receipt_no="77")).kind is VerdictKind.ACCEPTED


def receipt(days_ago: int = 0, store: int = a.STORE, total: int = 5_200) -> str:
    """A receipt code of the host's till."""
    today = (a.TODAY - timedelta(days=days_ago)).toordinal() - date(2020, 1, 1).toordinal()
    return ReceiptCode(store, 3, 4711, today, 600, total).text()


def test_a_receipt_code_says_what_was_paid(counter: Counter) -> None:
    done = counter.purchase(CARD, receipt())

    assert (done.kind, done.facts["to_pay_minor"]) == (VerdictKind.ACCEPTED, 5_200)
    assert kinds(done)[RewardKind.POINTS] == 52
    assert counter.fields(1)["basket_source"] == "receipt"
    assert counter.purchase(CARD, receipt()).reason is Reason.RECEIPT_TAKEN


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (receipt(days_ago=8), Reason.RECEIPT_TOO_OLD),
        (receipt(days_ago=-1), Reason.RECEIPT_TOO_OLD),
        (receipt(store=102), Reason.RECEIPT_OTHER_STORE),
    ],
)
def test_receipts_that_are_not_taken(counter: Counter, code: str, reason: Reason) -> None:
    assert counter.purchase(CARD, code).reason is reason
    assert counter.kinds() == []


def test_a_receipt_and_a_basket_that_say_different_things(counter: Counter) -> None:
    assert counter.purchase(receipt(), basket=of_amount(5_000)).reason is Reason.RECEIPT_DIFFERS


def test_nothing_is_a_purchase_without_goods(counter: Counter) -> None:
    assert counter.purchase(CARD).reason is Reason.BASKET_NEEDED


def test_a_refused_receipt_gives_back_what_was_claimed(counter: Counter) -> None:
    coupon = a.a_signed_coupon(1)
    counter.purchase(basket=lines(("tea", 1, 5_000), receipt_no="77"))
    counter.purchase(coupon.text(), basket=lines(("tea", 1, 5_000), receipt_no="77"))

    assert counter.centre.holder(coupon.coupon_id) == ""
    assert counter.journal.open_intents() == []


def test_paying_with_points(counter: Counter) -> None:
    counter.unplug()
    done = counter.purchase(CARD, basket=lines(("tea", 1, 5_000)), burn=60)

    # 100 points pay one yuan, and only whole steps.
    assert (done.reason, done.facts.get("missing")) == (Reason.POINTS_SHORT, 100)
    assert counter.purchase(CARD, basket=of_amount(5_000), burn=100).reason is Reason.POINTS_OVER_SHARE


def test_alone_a_lane_takes_its_share_of_the_points_and_no_more(open_counter: OpenCounter) -> None:
    def rich(tables: Tables) -> None:
        with_booth(tables)
        tables["member"][0] |= {"points": 1_000}
        tables["store"][0] |= {"lanes": 2}

    counter = open_counter(rich)
    counter.trade = TradePolicy(points=PointsPolicy(worth_points=1, worth_minor=1))
    counter.unplug()

    first = counter.purchase(CARD, basket=of_amount(99_99), burn=200)
    over = counter.purchase(CARD, basket=of_amount(99_99), burn=250)

    assert (first.kind, first.discount_minor) == (VerdictKind.ACCEPTED, 200)
    burn = next(entry.fields() for entry in counter.entries() if entry.kind is EntryKind.BURN)
    assert (burn["amount"], burn["tier"], burn["hold_id"]) == (-200, Tier.LANE.value, "")
    # Half of a thousand, shared by two lanes, less what it took, and what the lane itself has given him since.
    earned = sum(e.fields()["amount"] for e in counter.entries() if e.kind is EntryKind.EARN)
    assert (over.reason, over.facts["limit"]) == (Reason.POINTS_OVER_SHARE, 250 - 200 + earned)


def test_points_pay_no_more_than_the_goods_cost(open_counter: OpenCounter) -> None:
    def rich(tables: Tables) -> None:
        with_booth(tables)
        tables["member"][0] |= {"points": 10_000}

    counter = open_counter(rich)
    done = counter.purchase(CARD, basket=of_amount(350), burn=900)

    assert (done.discount_minor, done.facts["to_pay_minor"]) == (300, 50)
    assert counter.points(CARD) == 10_000 - 300 + 0


def test_a_coupon_that_costs_points(open_counter: OpenCounter) -> None:
    def shop(tables: Tables) -> None:
        with_booth(tables)
        tables["offer"].append(offer(4001, points_price=50, effects=[{"kind": "amount_off", "amount_minor": 500}]))

    counter = open_counter(shop)
    code = a.a_signed_coupon(1, campaign=4001).text()

    assert counter.redeem(code, basket=of_amount(5_000)).reason is Reason.MEMBER_NEEDED
    used = counter.redeem(CARD, code, basket=of_amount(5_000))
    assert (used.kind, counter.points(CARD)) == (VerdictKind.ACCEPTED, 70)
    counter.void(used.entry.seq if used.entry else 0)
    assert counter.points(CARD) == 120


def test_the_book_of_purchases_verifies(counter: Counter) -> None:
    done = counter.purchase(CARD, a.a_signed_coupon(1).text(), basket=lines(("tea", 2, 6_000)))
    counter.void(done.entry.seq if done.entry else 0)

    found = verify(counter.folder / "journal.db", a.public_bytes(a.a_key("device")))

    assert (found.ok, found.entries) == (True, 5 + 4)


def test_a_code_of_the_pool_that_nobody_was_given_is_worth_nothing(counter: Counter) -> None:
    unissued = a.a_signed_coupon(9_001, campaign=NEXT_ORDER)

    assert counter.redeem(unissued.text(), basket=of_amount(6_000)).reason is Reason.COUPON_NOT_ISSUED


def test_a_coupon_that_a_member_was_given_is_his(counter: Counter) -> None:
    done = counter.purchase(CARD, basket=of_amount(10_000))
    code = next(reward.code for reward in done.rewards if reward.code)

    assert counter.redeem(code, basket=of_amount(6_000)).reason is Reason.MEMBER_NEEDED
    assert counter.redeem(CARD, code, basket=of_amount(6_000)).kind is VerdictKind.ACCEPTED


def test_who_pays_with_points_and_is_nobody_is_told_what_is_missing(open_counter: OpenCounter) -> None:
    counter = open_counter(with_booth)

    nobody, plain = counter.purchase(basket=of_amount(5_000), burn=100), counter.purchase(basket=of_amount(5_000))

    assert nobody.reason is Reason.MEMBER_NEEDED
    assert WORDING.sentence(nobody) == LocalText(
        "积分抵现要先扫会员码。", "Paying with points needs the member's code first."
    )
    assert plain.data_as_of is not None
