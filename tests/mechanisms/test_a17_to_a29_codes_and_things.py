"""A17 to A29 of the papers: booth codes, samples, prizes, pass codes, many campaigns, one scan, vouchers, events."""

import json
import os
import subprocess
import sys

import pytest

from tests.mechanisms.counter_shop import CounterShop

pytestmark = pytest.mark.xdist_group("mechanisms")


def test_a17_a_customer_scans_the_code_of_booth_and_promoter_and_the_lane_sees_it(shop: CounterShop) -> None:
    program = [sys.executable, "-m", "pos_client", "--home", str(shop.here.home)]
    lane = subprocess.Popen(
        [*program, "bind", "--show", "--json", "--promoter", "P1001", "--wait", "60"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"POS_CLIENT_KEYRING": "file"},
    )
    assert lane.stderr is not None
    scene = next(json.loads(line) for line in lane.stderr if line.startswith("{"))
    shop.centre("bind", "--scene", scene["scene"], "--phone", "13711110001")
    shown = json.loads(lane.communicate(timeout=60)[0])

    assert (shown["verdict"], shown["is_new"]) == ("accepted", True)
    entry = shop.here.entries("bind")[-1]
    assert (entry["proof"], entry["scene"]["staff"], entry["promoter"]) == ("qr", "P1001", "P1001")
    assert shop.here("check", "13711110001")["member"]["ref"] == shown["member"]["ref"]


def test_a18_the_printed_code_of_a_booth_says_where_a_purchase_came_from(shop: CounterShop) -> None:
    printed = shop.mint("booth", "--store", "S001")
    looked = shop.here("check", printed)
    bought = shop.here("purchase", printed, "--amount", "5000")

    assert (looked.code, bought.code) == (0, 0), (looked, bought)
    assert shop.here.entries("transaction")[-1]["source"].startswith("scene:1-")


def stock(shop: CounterShop, item: str) -> int:
    """How many of a thing lie at the first lane's booth."""
    return next(int(line["quantity"]) for line in shop.here("stock").document if line["item"] == item)


def test_a19_a_sample_goes_to_each_person_once_and_off_the_shelf(shop: CounterShop) -> None:
    card, before = shop.member(), stock(shop, "sample-30ml")

    given = shop.here("redeem", shop.offer("sample"), "--member", card)
    shop.here("hand-over", str(given["entry"]["seq"]))
    again = shop.here("redeem", shop.offer("sample"), "--member", card)

    assert (given.code, again.reason) == (0, "member-limit")
    assert stock(shop, "sample-30ml") == before - 1
    shop.here.sync()
    assert stock(shop, "sample-30ml") == before - 1


@pytest.mark.parametrize("online", [True, False])
def test_a20_a_prize_is_collected_on_the_spot(shop: CounterShop, online: bool) -> None:
    code, before = shop.mint("prize", "--store", "1"), stock(shop, "plush-cat")
    if not online:
        shop.here.unplug()
    won = shop.here("redeem", code)
    handed = [shop.here("hand-over", str(won["entry"]["seq"])).reason for _ in range(2)]
    shop.here.plug()

    assert (won.code, handed) == (0, ["handed-over", "nothing-to-hand-over"])
    assert stock(shop, "plush-cat") == before - 1


def test_a21_a_pass_code_comes_with_the_goods_and_opens_one_round(shop: CounterShop) -> None:
    bought = shop.here("purchase", "--basket", shop.here.basket(("hair-care", 2, 3_000)))
    codes = [reward["code"] for reward in bought["rewards"] if reward["kind"] == "pass_code"]

    played = [shop.here("redeem", code) for code in (codes[0], codes[1], codes[0])]

    assert [reward["place"] for reward in bought["rewards"] if reward["kind"] == "pass_code"] == [0, 0]
    assert [said.code for said in played] == [0, 0, 20]


def test_a22_a_win_is_read_and_never_drawn_here(shop: CounterShop) -> None:
    forged = shop.mint("prize")
    wins = [shop.here("redeem", shop.mint("prize")) for _ in range(3)]

    # What is won stands in the offer: showing the code again, or elsewhere, cannot change it.
    assert [[reward["item"] for reward in won["rewards"]] for won in wins] == [["plush-cat"]] * 3
    assert shop.here("redeem", forged[:-3] + "000").code in {20, 30}


def test_a23_of_many_campaigns_the_best_set_is_used_and_the_others_say_why(shop: CounterShop) -> None:
    codes = [shop.offer(slug) for slug in ("spend-100", "ten-percent", "next-order", "red-packet")]
    said = shop.here("check", *codes, "--basket", shop.here.basket(("hair-care", 2, 10_000)))

    used = {coupon["name"]["en"]: coupon["used"] for coupon in said["coupons"]}
    assert said["choice"]["gap_minor"] == 0
    assert said["discount_minor"] == 2_000 + 2_000 + 500
    left = [coupon for coupon in said["coupons"] if not coupon["discount_minor"]]
    assert [coupon["why"] for coupon in left] == ["not-stackable"], used


def test_a24_one_entrance_takes_member_coupon_and_receipt_together(shop: CounterShop) -> None:
    card, coupon, receipt = shop.member(), shop.mint("coupon"), shop.here.receipt(9_001, 8_000)

    said = shop.here("purchase", coupon, receipt, card)

    assert (said.code, said["facts"]["to_pay_minor"], said.gets("points")) == (0, 7_000, 70)


def test_a26_a_reservation_is_collected_against_its_balance(shop: CounterShop) -> None:
    card, code = shop.member(), shop.offer("reservation")

    due = shop.here("redeem", code, "--member", card)

    assert [(reward["kind"], reward["amount"]) for reward in due["rewards"]] == [("balance_due", 24_900)]
    assert shop.here("redeem", code, "--member", card).reason == "already-used"


def test_a27_a_deposit_is_paid_back(shop: CounterShop) -> None:
    card, code = shop.member(), shop.offer("reservation")

    back = shop.here("redeem", code, "--member", card, "--deposit-back")

    assert [(reward["kind"], reward["amount"]) for reward in back["rewards"]] == [("deposit_back", 5_000)]
    assert shop.here.entries("redeem")[-1]["outcome"] == "deposit_back"


@pytest.mark.parametrize("online", [True, False])
def test_a28_an_appointment_is_checked_in(shop: CounterShop, online: bool) -> None:
    code = shop.offer("event")
    if not online:
        shop.here.unplug()
    came, again = shop.here("redeem", code), shop.here("redeem", code)
    shop.here.plug()

    assert [reward["kind"] for reward in came["rewards"]] == ["arrival"]
    assert again.reason == "already-used"


def test_a29_all_who_come_to_an_event_are_counted_once(shop: CounterShop) -> None:
    codes = [item["code"] for item in shop.centre("mint", "coupon", "--offer", "event", "--count", "6")]
    before = shop.here("counters")["redemptions"]

    came = [shop.here("redeem", code).code for code in (*codes, *codes)]

    assert came == [0] * 6 + [20] * 6
    assert shop.here("counters")["redemptions"] == before + 6
