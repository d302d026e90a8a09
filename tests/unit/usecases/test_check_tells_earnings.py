"""A check of a basket tells what its purchase would earn: what the purchase then gives, and nothing is taken for it."""

from typing import Any

from pos_client.domain.basket import of_amount
from pos_client.domain.reward import Reward, RewardKind
from pos_client.domain.verdict import VerdictKind
from tests import booth_builders as b
from tests import builders as a
from tests.unit.usecases.booth_shop import CARD, GAME, TEA_CARD, lines, offer, with_booth
from tests.unit.usecases.counter import SECRET, WORDING, OpenCounter, Tables

TEA = {"kind": "stamps", "card": "tea", "count": 1, "needed": 10, "reward": TEA_CARD}
STAMPS = offer(5003, on="purchase", conditions={"categories": ["tea"]}, effects=[TEA])
MASCOT = offer(
    5004, on="purchase", conditions={"categories": ["toy"]}, effects=[{"kind": "pass_code", "campaign": GAME}]
)
BESIDE = offer(5008, effects=[{"kind": "amount_off", "amount_minor": 1_000}, {"kind": "points", "points": 7}])


def with_more(tables: Tables) -> None:
    """The booth's shop, with a stamp card that is nearly full."""
    with_booth(tables)
    tables["offer"] += [STAMPS, MASCOT, BESIDE]
    tables["stamp"] = [b.stamp_row(SECRET, count=9)]


def what(rewards: tuple[Reward, ...]) -> list[Any]:
    """Each by kind, offer and amount; coupons and codes one by one, however they were bundled."""
    single = {RewardKind.COUPON, RewardKind.PASS_CODE}
    return sorted(
        (one.kind.value, one.campaign, one.issues, 1 if one.kind in single else one.amount)
        for one in rewards
        for _ in range(one.amount if one.kind in single else 1)
    )


def test_what_a_check_promises_the_purchase_gives(open_counter: OpenCounter) -> None:
    counter = open_counter(with_more)
    coupon = a.a_signed_coupon(1, campaign=5008).text()
    basket = lines(("tea", 1, 12_000), ("toy", 2, 2_000), ("soap", 3, 4_000))

    promised = counter.check(CARD, coupon, basket=basket)
    entries = counter.entries()
    given = counter.purchase(CARD, coupon, basket=basket)

    assert promised.kind is VerdictKind.READY
    assert what(promised.rewards) == what(given.rewards)
    assert {one.kind for one in promised.rewards} == {
        RewardKind.POINTS, RewardKind.STAMPS, RewardKind.COUPON, RewardKind.PASS_CODE,
    }  # fmt: skip
    assert entries == []


def test_nothing_is_taken_from_the_pool_and_no_code_is_shown(open_counter: OpenCounter) -> None:
    counter = open_counter(with_more)

    promised = [counter.check(CARD, basket=of_amount(30_000)).rewards for _ in range(3)]

    assert promised[0] == promised[2]
    assert {reward.code for reward in promised[0]} == {""}
    assert len(counter.purchase(CARD, basket=of_amount(30_000)).rewards) == len(promised[0]) + 3


def test_what_was_given_for_the_day_before_is_not_promised_again(open_counter: OpenCounter) -> None:
    counter = open_counter(with_more)
    counter.purchase(CARD, basket=of_amount(10_000))

    promised = counter.check(CARD, basket=of_amount(10_000)).rewards

    assert [one.amount for one in promised if one.kind is RewardKind.COUPON] == [1]


def test_a_customer_who_is_no_member_is_promised_no_points(open_counter: OpenCounter) -> None:
    counter = open_counter(with_more)
    coupon = a.a_signed_coupon(1, campaign=5008).text()

    promised = counter.check(coupon, basket=lines(("soap", 1, 12_000))).rewards

    assert [one.kind for one in promised] == [RewardKind.COUPON]


def test_without_a_basket_or_with_a_refusal_nothing_is_promised(open_counter: OpenCounter) -> None:
    counter = open_counter(with_more)
    coupon = a.a_signed_coupon(1, campaign=5008).text()
    counter.redeem(coupon)

    assert counter.check(CARD).rewards == ()
    assert counter.check(coupon, basket=of_amount(12_000)).rewards == ()


def test_a_promised_coupon_is_said_without_a_day(open_counter: OpenCounter) -> None:
    counter = open_counter(with_more)

    promised = counter.check(CARD, basket=lines(("soap", 1, 20_000))).rewards
    said = [WORDING.of_reward(one) for one in promised if one.kind is RewardKind.COUPON]

    assert [one.zh for one in said] == ["送券：活动2001 × 2"]
    assert [one.en for one in said] == ["A coupon: Offer 2001 × 2"]
