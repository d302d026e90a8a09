"""A08 to A16 of the papers: redemption (核销), red packets, discounts, cards and points, steps, receipts."""

import pytest

from tests.mechanisms.counter_shop import Counter, CounterShop

pytestmark = pytest.mark.xdist_group("mechanisms")


def test_a08_one_member_whatever_code_he_shows(shop: CounterShop) -> None:
    card = shop.member()
    slot = shop.mint("slot", "--member", card)

    by_card, by_slot = shop.here("check", card), shop.here("check", slot)

    assert by_card["member"]["ref"] == by_slot["member"]["ref"] != ""
    assert (by_card["member"]["proof"], by_slot["member"]["proof"]) == ("card", "slot")


@pytest.mark.parametrize("online", [True, False])
def test_a09_a_coupon_is_redeemed_once_and_can_be_taken_back(shop: CounterShop, online: bool) -> None:
    code = shop.mint("coupon")
    lane = shop.here
    if not online:
        lane.unplug()
    first, second = lane("redeem", code), lane("redeem", code)
    undone = lane("void", str(first["entry"]["seq"]), "--reason", "slip")
    again = lane("redeem", code)
    lane.plug()

    assert [said.code for said in (first, second, undone, again)] == [0, 20, 0, 0]
    assert first["verdict"] == ("accepted" if online else "pending")
    assert second.reason == "already-used"


def test_a10_a_redemption_says_of_whom_and_how_he_proved_it(shop: CounterShop) -> None:
    card = shop.member()
    slot = shop.mint("slot", "--member", card)
    shop.here("redeem", shop.mint("coupon"), "--member", slot)
    shop.here("redeem", shop.mint("coupon"))

    known, nobody = shop.here.entries("redeem")[-2:]

    assert known["member_ref"] == shop.here("check", card)["member"]["ref"]
    assert (known["member_proof"], nobody["member_ref"], nobody["member_proof"]) == ("slot", "", "")


def test_a11_a_red_packet_is_used_in_parts_and_never_beyond_its_value(shop: CounterShop) -> None:
    packet = shop.offer("red-packet-88")

    paid = [shop.here("purchase", packet, "--amount", str(amount)) for amount in (5_000, 3_000, 2_000)]
    empty = shop.here("redeem", packet, "--basket", shop.here.basket(("hair-care", 1, 5_000)))

    assert [said["discount_minor"] for said in paid] == [5_000, 3_000, 800]
    assert empty.reason == "already-used"


@pytest.mark.parametrize(
    ("slug", "lines", "discount"),
    [
        ("spend-100", [("hair-care", 1, 12_000)], 2_000),
        ("ten-percent", [("hair-care", 1, 30_000)], 2_000),
        ("ten-percent", [("hair-care", 1, 5_000)], 500),
        ("third-free", [("hair-care", 3, 4_000)], 4_000),
        ("exchange", [("hand-care", 1, 3_990)], 3_000),
    ],
)
def test_a12_cash_off_percent_item_and_exchange(
    shop: CounterShop, slug: str, lines: list[tuple[str, int, int]], discount: int
) -> None:
    said = shop.here("redeem", shop.offer(slug, "--store", "1"), "--basket", shop.here.basket(*lines))

    assert (said.code, said["discount_minor"]) == (0, discount), said


def test_a12_what_is_missing_is_said(shop: CounterShop) -> None:
    said = shop.here("check", shop.offer("spend-100"), "--basket", shop.here.basket(("hair-care", 1, 8_800)))

    assert (said.code, said.reason) == (20, "below-threshold")
    assert "12.00" in said["sentence"]["en"]


def test_a13_a_stamp_card_fills_and_becomes_a_thing(shop: CounterShop) -> None:
    card = shop.member()

    said = [shop.here("purchase", "--member", card, "--amount", "3000") for _ in range(10)]

    assert [one.gets("stamps") for one in said] == [1] * 10
    assert [one.gets("coupon") for one in said] == [0, 0, 0, 1, 0, 0, 1, 0, 0, 2 + 1]
    reward = said[-1]["rewards"]
    bottle = next(one["code"] for one in reward if one["campaign"] == 1014 and one["code"])
    won = shop.here("redeem", bottle, "--member", card)
    assert (won.code, [one["item"] for one in won["rewards"]]) == (0, ["hair-oil-full"]), won
    assert shop.here("hand-over", str(won["entry"]["seq"])).reason == "handed-over"


def points(lane: Counter, card: str) -> int:
    """A member's points as the counter shows them."""
    return int(lane("points", card)["points"])


def test_a14_points_are_earned_on_what_was_paid_and_pay(shop: CounterShop) -> None:
    card = shop.member()
    before = points(shop.here, card)

    earned = shop.here("purchase", shop.mint("coupon"), "--member", card, "--amount", "11000")
    assert (earned.gets("points"), points(shop.here, card)) == (100, before + 100)
    paid = shop.here("purchase", "--member", card, "--amount", "5000", "--burn", "100")

    assert (paid.code, paid["discount_minor"]) == (0, 100)
    assert points(shop.here, card) == before + 100 - 100 + 49
    shop.here.sync()
    assert points(shop.here, card) == before + 49


def test_a15_the_higher_the_basket_the_more_coupons_and_splitting_gains_nothing(shop: CounterShop) -> None:
    whole = shop.here("purchase", "--member", shop.member(), "--amount", "30000")
    card = shop.member()
    split = [shop.here("purchase", "--member", card, "--amount", "10000") for _ in range(3)]

    assert whole.gets("coupon") == 4
    assert sum(one.gets("coupon") for one in split) == 4
    used = shop.here("redeem", whole.codes()[0], "--basket", shop.here.basket(("hair-care", 1, 6_000)))
    assert used.reason == "member-needed"


def test_a16_a_receipt_is_handed_in_once_in_the_whole_store(shop: CounterShop) -> None:
    card, code = shop.member(), shop.here.receipt(4_711, 12_000)

    first = shop.here("purchase", code, "--member", card)
    again = shop.here("purchase", code, "--member", card)
    elsewhere = shop.elsewhere("purchase", code)
    beside = shop.beside("purchase", code)
    shop.here.sync()
    shop.beside.sync()

    assert (first.code, first.gets("points"), first.gets("coupon")) == (0, 120, 1)
    assert (again.reason, elsewhere.reason) == ("receipt-taken", "receipt-other-store")
    # The lane beside could not know; the centre does, and nothing of it counts twice.
    assert beside.code == 0
    assert shop.beside("status")["conflicts"] >= 1
