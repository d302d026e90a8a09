"""A01 to A07 of the papers: recognise, bind, welcome, one phone, change of number, verified contact data."""

import json
from itertools import count

import pytest

from tests.mechanisms.counter_shop import Counter, CounterShop, Said

pytestmark = pytest.mark.xdist_group("mechanisms")

PHONES = (f"139{number:08d}" for number in count(20_000_000))
SUPERVISOR = "E1002"


def bind(lane: Counter, phone: str, *more: str) -> Said:
    """Bind somebody as the promoter of the first store."""
    said = lane("bind", "--phone", phone, "--promoter", "P1001", "--yes", *more)
    assert said.code == 0, said
    return said


def test_a01_a_member_is_recognised_with_and_without_a_network(shop: CounterShop) -> None:
    card = shop.member()

    online = shop.here("check", card)
    shop.here.unplug()
    offline = shop.here("check", card)
    shop.here.plug()

    assert (online.reason, offline.reason) == ("member-identified", "member-identified")
    assert online["member"] == offline["member"]
    assert "*" in online["member"]["masked"]


def test_a02_a_binding_counts_at_once_without_a_network(shop: CounterShop) -> None:
    phone, gift = next(PHONES), shop.offer("points-coupon")
    shop.here.unplug()
    bound = bind(shop.here, phone)
    short = shop.here("check", gift, "--member", phone)
    shop.here.plug()

    assert (bound.reason, bound["is_new"]) == ("member-bound", True)
    # He is known to the very next question, which finds that he has a hundred points and needs five hundred.
    assert (short.reason, short["facts"]["missing"]) == ("points-short", 400)


def test_a03_members_have_their_own_price(shop: CounterShop) -> None:
    basket = shop.here.basket(("hair-care", 1, 9_900))
    code = shop.offer("member-price", "--store", "1")

    assert shop.here("check", code, "--basket", basket).reason == "member-needed"
    assert shop.here("check", code, "--basket", basket, "--member", shop.member("basic")).reason == "level-too-low"
    assert shop.here("redeem", code, "--basket", basket, "--member", shop.member("gold"))["discount_minor"] == 2_000


def test_a04_a_new_member_gets_his_gift_at_once_and_once(shop: CounterShop) -> None:
    phone = next(PHONES)
    bound, again = bind(shop.here, phone), bind(shop.here, phone)
    seq = str(bound["entry"]["seq"])

    assert (bound.gets("points"), bound.gets("coupon"), bound.gets("sample")) == (100, 1, 1)
    assert again["rewards"] == []
    assert [shop.here("hand-over", seq).reason for _ in range(2)] == ["handed-over", "nothing-to-hand-over"]
    used = shop.here("purchase", bound.codes()[0], "--member", phone, "--amount", "6000")
    assert (used.code, used["discount_minor"]) == (0, 1_000)


def test_a05_one_phone_is_one_member_however_it_is_written(shop: CounterShop) -> None:
    phone = next(PHONES)
    ref = bind(shop.here, phone)["member"]["ref"]
    written = (phone, f"+86 {phone[:3]} {phone[3:7]} {phone[7:]}", f"0086{phone}")

    assert {shop.here("check", text)["member"]["ref"] for text in written} == {ref}
    shop.here.sync()
    shop.beside.sync()
    assert shop.beside("check", phone)["member"]["ref"] == ref


def test_a06_a_number_changes_and_the_member_stays(shop: CounterShop) -> None:
    old, new = next(PHONES), next(PHONES)
    ref = bind(shop.here, old)["member"]["ref"]
    shop.here.sync()

    refused = shop.here("member", "change-phone", "--member", old, "--phone", new)
    changed = shop.here("member", "change-phone", "--member", old, "--phone", new, "--supervisor", SUPERVISOR)
    shop.here.sync()

    assert (refused.reason, changed.code) == ("proof-needed", 0)
    assert shop.here("check", new)["member"]["ref"] == ref
    assert shop.here("check", old).reason == "member-unknown"


def test_a07_a_phone_is_checked_by_a_code_that_comes_to_it(shop: CounterShop) -> None:
    phone = next(PHONES)
    unverified = bind(shop.here, phone)
    shop.here.sync()
    sent = shop.here("member", "send-code", "--phone", phone)
    letters = [json.loads(line) for line in (shop.root / "crm" / "sms.jsonl").read_text().splitlines()]
    code = str(letters[-1]["code"])
    wrong = shop.here("member", "verify", "--phone", phone, "--code", "000000" if code != "000000" else "111111")
    right = shop.here("member", "verify", "--phone", phone, "--code", code)

    assert "phone-unverified" in [notice["reason"] for notice in unverified["notices"]]
    assert (sent.code, wrong.reason, right.code) == (0, "phone-code-wrong", 0)
