"""What coupons and purchases give beside money: packets in parts, several uses, stamps, codes, things, vouchers."""

from typing import Any

import pytest

from pos_client.domain.basket import of_amount
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.local_text import LocalText
from pos_client.domain.reasons import Reason
from pos_client.domain.reward import RewardKind
from pos_client.domain.verdict import VerdictKind
from pos_client.usecases.accounts import Accounts
from pos_client.usecases.hold import end_overdue
from tests import booth_builders as b
from tests import builders as a
from tests.unit.usecases.booth_shop import CARD, CAT, GAME, TEA_CARD, lines, offer, with_booth
from tests.unit.usecases.counter import MINUTE, SECRET, Counter, OpenCounter, Tables


def shop(*more: a.Row, **changes: Any) -> Any:
    """The booth's shop with further offers, and changed rows of single tables."""

    def change(tables: Tables) -> None:
        with_booth(tables)
        tables["offer"] += more
        tables.update(changes)

    return change


PACKET = offer(5001, partial=True, effects=[{"kind": "amount_off", "amount_minor": 8_800}])
VISITS = offer(5002, max_uses=3, effects=[{"kind": "amount_off", "amount_minor": 500}])
TEA = {"kind": "stamps", "card": "tea", "count": 1, "needed": 10, "reward": TEA_CARD}
STAMPS = offer(5003, on="purchase", conditions={"categories": ["tea"]}, effects=[TEA])
MASCOT = offer(
    5004, on="purchase", conditions={"categories": ["toy"]}, effects=[{"kind": "pass_code", "campaign": GAME}]
)
PRIZE = offer(5005, effects=[CAT], stacking={"exclusive": True})
CAR = {"kind": "reservation", "item": "tv", "name": {"zh": "电视", "en": "TV"}, "price_minor": 29_900}
VOUCHER = offer(5006, effects=[CAR | {"deposit_minor": 5_000}])
EVENT = offer(5007, effects=[{"kind": "arrival", "event": "tasting", "name": {"zh": "品鉴会", "en": "Tasting"}}])


def code(campaign: int, serial: int = 1, **fields: Any) -> str:
    """A coupon of a campaign."""
    return a.a_signed_coupon(serial, campaign=campaign, **fields).text()


def test_a_red_packet_is_used_in_parts_until_nothing_is_left(open_counter: OpenCounter) -> None:
    counter = open_counter(shop(PACKET))
    counter.unplug()
    counter.limits = counter.limits.__class__(floor_value_minor=10_000)

    off = [counter.redeem(code(5001), basket=of_amount(amount)).discount_minor for amount in (5_000, 3_000, 2_000)]
    empty = counter.redeem(code(5001), basket=of_amount(2_000))

    assert off == [5_000, 3_000, 800]
    assert (empty.kind, empty.reason) == (VerdictKind.REFUSED, Reason.ALREADY_USED)
    assert counter.redeem(code(5001, 2)).reason is Reason.BASKET_NEEDED


def test_a_part_that_is_taken_back_is_in_the_packet_again(open_counter: OpenCounter) -> None:
    counter = open_counter(shop(PACKET))
    first = counter.redeem(code(5001), basket=of_amount(8_000))
    counter.void(first.entry.seq if first.entry else 0)

    assert counter.check(code(5001), basket=of_amount(9_000)).discount_minor == 8_800


def test_several_uses_are_counted_and_end(open_counter: OpenCounter) -> None:
    counter = open_counter(shop(VISITS))
    counter.centre.uses_of_coupon["5002-1"] = 3

    kinds = [counter.redeem(code(5002)).kind for _ in range(4)]

    assert kinds == [VerdictKind.ACCEPTED] * 3 + [VerdictKind.REFUSED]


def test_a_full_stamp_card_becomes_a_coupon_and_begins_anew(open_counter: OpenCounter) -> None:
    counter = open_counter(shop(STAMPS, stamp=[b.stamp_row(SECRET, count=8)]))

    given = [counter.purchase(CARD, basket=lines(("tea", 1, 1_000))).rewards for _ in range(3)]

    coupons = [[r.issues for r in rewards if r.kind is RewardKind.COUPON] for rewards in given]
    assert coupons == [[], [TEA_CARD], []]
    assert counter.stamps(CARD, "tea") == 1


def test_stamps_are_for_the_goods_of_the_card(open_counter: OpenCounter) -> None:
    counter = open_counter(shop(STAMPS))
    counter.purchase(CARD, basket=lines(("soap", 1, 1_000)))

    assert counter.stamps(CARD, "tea") == 0


def test_each_mascot_has_its_own_pass_code_which_is_good_once(open_counter: OpenCounter) -> None:
    counter = open_counter(shop(MASCOT))
    done = counter.purchase(basket=lines(("soap", 1, 500), ("toy", 2, 2_000)))
    codes = [reward for reward in done.rewards if reward.kind is RewardKind.PASS_CODE]

    assert [(reward.place, bool(reward.code)) for reward in codes] == [(1, True), (1, True)]
    assert codes[0].code != codes[1].code
    assert [counter.redeem(codes[0].code).kind for _ in range(2)] == [VerdictKind.ACCEPTED, VerdictKind.REFUSED]


def test_a_prize_is_handed_over_once_and_leaves_the_stock(open_counter: OpenCounter) -> None:
    counter = open_counter(shop(PRIZE))
    won = counter.redeem(code(5005))
    seq = won.entry.seq if won.entry else 0

    assert [reward.item for reward in won.rewards] == ["plush-cat"]
    assert [counter.hand_over(seq).reason for _ in range(2)] == [Reason.HANDED_OVER, Reason.NOTHING_TO_HAND_OVER]
    assert stock(counter) == 2


def stock(counter: Counter) -> int | None:
    """How many cats are left."""
    left = Accounts(counter.desk).stock_of("plush-cat")
    return left.quantity if left else None


def test_an_empty_shelf_is_said_and_a_supervisor_may_give_something_else(open_counter: OpenCounter) -> None:
    shelf = [b.stock_row(quantity=0), b.stock_row("tea-tin", 5)]
    chief = a.staff_row("E09", role="supervisor")
    counter = open_counter(shop(PRIZE, stock=shelf, staff=[a.staff_row(), a.staff_row("P05", role="promoter"), chief]))
    won = counter.redeem(code(5005))
    seq = won.entry.seq if won.entry else 0

    assert counter.hand_over(seq).reason is Reason.OUT_OF_STOCK
    assert counter.hand_over(seq, instead="tea-tin").kind is VerdictKind.SUPERVISOR
    given = counter.hand_over(seq, instead="tea-tin", supervisor="E09")
    assert (given.reason, given.facts["item"]) == (Reason.HANDED_OVER, LocalText("tea-tin", "tea-tin"))
    assert counter.hand_over(seq).reason is Reason.NOTHING_TO_HAND_OVER
    entry = next(entry.fields() for entry in counter.entries() if entry.kind is EntryKind.HAND_OVER)
    assert (entry["item"], entry["swapped_for"], entry["supervisor"]) == ("tea-tin", "plush-cat", "E09")


def test_the_last_pieces_are_announced(open_counter: OpenCounter) -> None:
    counter = open_counter(shop(PRIZE, stock=[b.stock_row(quantity=2, low=1)]))
    won = counter.redeem(code(5005))

    told = counter.hand_over(won.entry.seq if won.entry else 0).notices

    assert [notice.reason for notice in told] == ["stock-low"]


def test_a_hand_over_that_is_taken_back_is_on_the_shelf_again(open_counter: OpenCounter) -> None:
    counter = open_counter(shop(PRIZE))
    won = counter.redeem(code(5005))
    given = counter.hand_over(won.entry.seq if won.entry else 0)
    counter.void(given.entry.seq if given.entry else 0)

    assert stock(counter) == 3
    assert counter.hand_over(won.entry.seq if won.entry else 0).reason is Reason.HANDED_OVER


def test_a_reservation_says_what_is_still_to_be_paid(open_counter: OpenCounter) -> None:
    told = open_counter(shop(VOUCHER)).redeem(code(5006)).rewards

    assert [(reward.kind, reward.amount) for reward in told] == [(RewardKind.BALANCE_DUE, 24_900)]


def test_somebody_has_come_to_the_event(open_counter: OpenCounter) -> None:
    counter = open_counter(shop(EVENT))

    assert [reward.item for reward in counter.redeem(code(5007)).rewards] == ["tasting"]
    assert counter.redeem(code(5007)).reason is Reason.ALREADY_USED


def test_a_held_coupon_is_nobody_elses_and_redeeming_takes_the_hold_up(open_counter: OpenCounter) -> None:
    counter = open_counter()
    coupon = a.a_signed_coupon(1)
    held = counter.hold(coupon.text())

    assert (held.kind, held.reason) == (VerdictKind.READY, Reason.HELD)
    assert counter.centre.holder(coupon.coupon_id)
    assert counter.redeem(coupon.text()).kind is VerdictKind.ACCEPTED
    assert counter.journal.open_intents() == []


@pytest.mark.parametrize("online", [True, False])
def test_a_hold_survives_a_crash_and_ends_by_itself(open_counter: OpenCounter, online: bool) -> None:

    counter = open_counter()
    coupon = a.a_signed_coupon(1)
    counter.centre.is_reachable = online
    counter.hold(coupon.text())
    counter.journal.close()

    again = open_counter(with_data=False)
    again.centre = counter.centre
    assert [intent.coupon_id for intent in again.journal.open_intents()] == [coupon.coupon_id]
    again.clock.pass_by(MINUTE)
    assert end_overdue(again.desk) == 0
    again.clock.pass_by(2 * MINUTE)
    assert end_overdue(again.desk) == 1
    assert again.journal.open_intents() == []
    assert counter.centre.holder(coupon.coupon_id) == ""


def test_what_cannot_be_used_is_not_held(open_counter: OpenCounter) -> None:
    counter = open_counter()
    coupon = a.a_signed_coupon(1)
    counter.redeem(coupon.text())

    assert counter.hold(coupon.text()).reason is Reason.ALREADY_USED


def test_a_reservation_that_is_given_up_pays_its_deposit_back_once(open_counter: OpenCounter) -> None:
    counter = open_counter(shop(VOUCHER))

    back = counter.redeem(code(5006), returns_deposit=True)

    assert [(reward.kind, reward.amount) for reward in back.rewards] == [(RewardKind.DEPOSIT_BACK, 5_000)]
    assert counter.entries()[-1].fields()["outcome"] == "deposit_back"
    assert counter.redeem(code(5006)).reason is Reason.ALREADY_USED
    assert counter.redeem(a.a_signed_coupon(1).text(), returns_deposit=True).reason is Reason.NO_DEPOSIT


def test_reserved_goods_are_handed_over_unless_they_were_given_up(open_counter: OpenCounter) -> None:
    counter = open_counter(shop(VOUCHER, stock=[b.stock_row("tv", 2)]))
    collected, given_up = counter.redeem(code(5006)), counter.redeem(code(5006, 2), returns_deposit=True)
    seqs = [verdict.entry.seq if verdict.entry else 0 for verdict in (collected, given_up)]

    assert [counter.hand_over(seq).reason for seq in seqs] == [Reason.HANDED_OVER, Reason.NOTHING_TO_HAND_OVER]
    assert [line.quantity for line in Accounts(counter.desk).stock()] == [1]


def test_what_is_for_certain_goods_does_not_come_with_a_bare_amount(open_counter: OpenCounter) -> None:
    counter = open_counter(shop(STAMPS, MASCOT))
    done = counter.purchase(CARD, basket=of_amount(5_000))

    assert {reward.kind for reward in done.rewards} == {RewardKind.POINTS}
