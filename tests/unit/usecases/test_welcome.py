"""What a new member gets at once, in the commit that makes him one, and usable in the same purchase."""

from typing import Any

import pytest

from pos_client.domain.basket import of_amount
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.reward import RewardKind
from pos_client.domain.verdict import VerdictKind
from tests import builders as a
from tests.unit.usecases.bind_desk import NEW_PHONE, OTHER_PHONE, Binder
from tests.unit.usecases.booth_shop import NEXT_ORDER, offer, with_booth
from tests.unit.usecases.counter import OpenCounter, Tables

OIL = {"kind": "sample", "item": "plush-cat", "name": {"zh": "试用装", "en": "Sample"}}
GIFTS = [{"kind": "points", "points": 100}, {"kind": "reward_coupon", "campaign": NEXT_ORDER, "count": 1}, OIL]


@pytest.fixture
def binder(open_counter: OpenCounter) -> Binder:
    """A counter that welcomes, without a network."""

    def shop(tables: Tables) -> None:
        with_booth(tables)
        tables["offer"].append(offer(8001, on="bind", conditions={"new_member": True}, effects=GIFTS))

    binder = Binder.at(open_counter, shop)
    binder.counter.unplug()
    return binder


def told(rewards: Any) -> dict[RewardKind, int]:
    """What he gets, by kind."""
    return {reward.kind: reward.amount for reward in rewards}


def test_a_new_member_gets_points_a_coupon_and_a_sample_in_one_commit(binder: Binder) -> None:
    done = binder.bind()

    assert told(done.verdict.rewards) == {RewardKind.POINTS: 100, RewardKind.COUPON: 1, RewardKind.SAMPLE: 1}
    assert [str(kind) for kind in binder.counter.kinds()] == ["bind", "earn", "issue"]
    assert len({binder.counter.fields(seq)["txn"] for seq in (1, 2, 3)}) == 1


def test_what_he_got_can_be_used_in_the_same_purchase(binder: Binder) -> None:
    coupon = next(reward.code for reward in binder.bind().verdict.rewards if reward.code)

    bought = binder.counter.purchase(NEW_PHONE, coupon, basket=of_amount(6_000))

    assert (bought.kind, bought.discount_minor) == (VerdictKind.PENDING, 1_000)
    assert binder.counter.points(NEW_PHONE) == 100 + 50


def test_the_sample_is_handed_over_once(binder: Binder) -> None:
    seq = binder.bind().verdict.entry
    number = seq.seq if seq else 0

    handed = [binder.counter.hand_over(number).reason for _ in range(2)]

    assert handed == [Reason.HANDED_OVER, Reason.NOTHING_TO_HAND_OVER]


def test_nobody_is_welcomed_twice(binder: Binder) -> None:
    binder.bind()
    again, known = binder.bind(), binder.bind(a.PHONE)

    assert (again.verdict.rewards, known.verdict.rewards) == ((), ())
    assert binder.bind(OTHER_PHONE).verdict.rewards
    assert sum(kind is EntryKind.ISSUE for kind in binder.counter.kinds()) == 2
