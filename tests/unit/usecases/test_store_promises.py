"""Promises of a store without a network, whatever its lanes do: points never below zero, things never twice."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_client.domain.basket import of_amount
from pos_client.domain.codes.signed_coupon import SignedCoupon
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.limits import Limits
from pos_client.domain.trade_policy import PointsPolicy, TradePolicy
from pos_client.domain.verdict import VerdictKind
from pos_client.usecases.accounts import Accounts
from pos_client.usecases.ports import LaneIdentity
from tests import booth_builders as b
from tests import builders as a
from tests.fakes.desk_fakes import SetClock
from tests.unit.usecases.booth_shop import CARD, CAT, TEA_CARD, offer, with_booth
from tests.unit.usecases.counter import SECRET, Counter, Tables, a_lane

LANES = 3
WIDE = Limits(floor_value_minor=10**9, lane_value_hard_minor=10**9, member_velocity=10**6, lane_count_hard=10**6)
ALL_POINTS = PointsPolicy(worth_points=1, worth_minor=1, offline_percent=100, offline_cap=10**6)
DEEDS = st.lists(
    st.tuples(
        st.integers(0, LANES - 1),
        st.sampled_from(["buy", "pay", "return", "void"]),
        st.integers(1, 90),
        st.integers(1, 8_000),
    ),
    max_size=20,
)


def a_store(folder: Any, points: int) -> list[Counter]:
    """The lanes of one store on the same data, each with a book of its own, and nobody to ask."""
    tables: Tables = a.a_shop(SECRET)
    with_booth(tables)
    tables["member"][0] |= {"points": points}
    tables["store"][0] |= {"lanes": LANES}
    a.a_cache_in_use(folder, tables)
    clock = SetClock(a.NOON)
    lanes = []
    for number in range(1, LANES + 1):
        identity = LaneIdentity(f"device-{number}", 1, a.STORE, number, "B1")
        lane = a_lane(folder / f"lane-{number}", folder, identity, clock)
        lane.limits, lane.trade = WIDE, TradePolicy(points=ALL_POINTS)
        lane.unplug()
        lanes.append(lane)
    return lanes


def deed(lane: Counter, what: str, points: int, amount: int) -> None:
    """One deed at one lane, done or refused."""
    found = [entry for entry in lane.entries() if entry.kind is EntryKind.TRANSACTION and not entry.voided]
    sales = [entry.seq for entry in found if not entry.fields()["returns"]]
    if what in {"buy", "pay"}:
        lane.purchase(CARD, basket=of_amount(amount), burn=points if what == "pay" else 0)
    elif sales and what == "return":
        lane.return_goods(sales[points % len(sales)])
    elif sales:
        lane.void(sales[points % len(sales)])


@settings(max_examples=60, deadline=None)
@given(points=st.integers(0, 200), deeds=DEEDS)
def test_points_are_never_negative_inside_a_store(points: int, deeds: list[tuple[int, str, int, int]]) -> None:
    # Each example's books are gone with it: a reserve of 16 MB beside each would fill a small disk.
    with TemporaryDirectory() as room:
        folder = Path(room)
        lanes = a_store(folder, points)
        for place, what, burn, amount in deeds:
            deed(lanes[place], what, burn, amount)
            assert points + sum(lane.journal.moved("points", (0, 0)) for lane in lanes) >= 0, (
                place,
                what,
                burn,
                amount,
            )
        for lane in lanes:
            lane.journal.close()


SHOWN = st.lists(st.tuples(st.sampled_from(["scan", "hand", "void"]), st.integers(0, 2)), max_size=15)


@settings(max_examples=60, deadline=None)
@given(shown=SHOWN)
def test_a_sample_or_prize_is_never_given_twice_to_one_member(shown: list[tuple[str, int]]) -> None:
    # Each example's books are gone with it: a reserve of 16 MB beside each would fill a small disk.
    with TemporaryDirectory() as room:
        folder = Path(room)
        sample = {"kind": "sample", "item": "oil", "name": {"zh": "试用装", "en": "Sample"}}
        tables: Tables = a.a_shop(SECRET)
        tables["offer"] += [offer(7001, effects=[sample]), offer(7002, effects=[CAT], conditions={"per_member": 1})]
        tables["stock"] = [b.stock_row("oil", 9), b.stock_row(quantity=9)]
        a.a_cache_in_use(folder, tables)
        lane = a_lane(folder, folder, LaneIdentity("device-1", 1, a.STORE, 2, "B1"), SetClock(a.NOON))
        lane.limits = WIDE
        for what, place in shown:
            redeemed = [e.seq for e in lane.entries() if e.kind is EntryKind.REDEEM and not e.voided]
            if what == "scan":
                lane.redeem(CARD, a.a_signed_coupon(place + 1, campaign=7001).text())
                lane.redeem(CARD, a.a_signed_coupon(place + 1, campaign=7002).text())
            elif redeemed:
                seq = redeemed[place % len(redeemed)]
                _ = lane.hand_over(seq) if what == "hand" else lane.void(seq)
            given = [e.fields()["item"] for e in lane.entries() if e.kind is EntryKind.HAND_OVER and not e.voided]
            assert len(given) == len(set(given)), shown
            left = {line.item: line.quantity for line in Accounts(lane.desk).stock()}
            assert all(left[item] == 9 - given.count(item) for item in left)
        lane.journal.close()


STAMPS = {"kind": "stamps", "card": "tea", "count": 1, "needed": 3, "reward": TEA_CARD}
BOUGHT = st.lists(st.tuples(st.integers(1, 60_000), st.booleans(), st.integers(0, 3)), min_size=1, max_size=4)


def books(lane: Counter, coupon: SignedCoupon) -> tuple[object, ...]:
    """All that a purchase moves, as the counter shows it."""
    stock = tuple((left.item, left.quantity) for left in Accounts(lane.desk).stock())
    usable = lane.check(coupon.text(), basket=of_amount(9_000)).reason
    return lane.points(CARD), lane.stamps(CARD, "tea"), stock, usable, lane.journal.open_intents()


@settings(max_examples=50, deadline=None)
@given(bought=BOUGHT)
def test_what_is_redeemed_and_taken_back_is_as_it_was_before(bought: list[tuple[int, bool, int]]) -> None:
    # Each example's books are gone with it: a reserve of 16 MB beside each would fill a small disk.
    with TemporaryDirectory() as room:
        folder = Path(room)
        tables: Tables = a.a_shop(SECRET)
        with_booth(tables)
        tables["offer"].append(offer(7003, on="purchase", effects=[STAMPS, CAT]))
        tables["member"][0] |= {"points": 1_000}
        a.a_cache_in_use(folder, tables)
        lane = a_lane(folder, folder, LaneIdentity("device-1", 1, a.STORE, 2, "B1"), SetClock(a.NOON))
        lane.limits, lane.trade = WIDE, TradePolicy(points=ALL_POINTS)
        lane.unplug()
        coupon = a.a_signed_coupon(1)
        before, seqs = books(lane, coupon), []
        for amount, with_coupon, burn in bought:
            codes = [CARD, coupon.text()] if with_coupon else [CARD]
            entry = lane.purchase(*codes, basket=of_amount(amount), burn=burn).entry
            seqs += [entry.seq] if entry else []
        for seq in seqs:
            lane.hand_over(seq)
        for seq in reversed(seqs):
            assert lane.void(seq).kind is VerdictKind.ACCEPTED

        assert books(lane, coupon) == before
        lane.journal.close()
