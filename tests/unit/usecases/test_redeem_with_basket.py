"""Redeeming for a basket and a member: thresholds, percentages and shares, whose coupon it is, and several together."""

from typing import Any

import pytest

from pos_client.domain import basket as baskets
from pos_client.domain.basket import of_amount
from pos_client.domain.codes.member_card import card_number
from pos_client.domain.codes.signed_coupon import member_tag
from pos_client.domain.errors import BasketInvalid
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import LineDiscount, VerdictKind
from tests import builders as a
from tests.unit.usecases.counter import SECRET, Counter, OpenCounter, Tables

INTENT, REDEEM, REJECT = EntryKind.INTENT, EntryKind.REDEEM, EntryKind.REJECT
COUPON = a.a_signed_coupon().text()
BASKET = baskets.parse(
    {
        "currency": "CNY",
        "receipt_no": "0231",
        "lines": [
            {"gtin": "06901234567892", "name": "洗发水", "category": "hair", "quantity": 1, "unit_minor": 5900},
            {"gtin": "06901234567915", "name": "牙膏", "category": "oral", "quantity": 2, "unit_minor": 2000},
            {"gtin": "06901234567908", "name": "护发素", "category": "hair", "quantity": 1, "unit_minor": 3900},
        ],
    }
)
PERCENT: dict[str, Any] = {
    "conditions": {"min_spend_minor": 9000, "categories": ["hair"]},
    "effects": [{"kind": "percent_off", "percent_hundredths": 1500, "cap_minor": 1200}],
}


def of(number: int = 1001, **changes: Any) -> Any:
    """A shop with this offer instead of the plain one."""

    def change(tables: Tables) -> None:
        tables["offer"] = [a.offer_row(number, **changes)]

    return change


def two_campaigns(first: dict[str, Any], second: dict[str, Any]) -> Any:
    """A shop with campaigns 1001 and 1002."""

    def change(tables: Tables) -> None:
        tables["offer"] = [a.offer_row(1001, **first), a.offer_row(1002, **second)]

    return change


def serial(number: int, campaign: int = 1001) -> str:
    """The code of that serial."""
    return a.a_signed_coupon(number, campaign=campaign).text()


def test_a_percentage_with_cap_and_threshold_over_the_lines_it_is_for(open_counter: OpenCounter) -> None:
    counter = open_counter(of(**PERCENT))

    verdict = counter.redeem(COUPON, basket=BASKET)

    assert (verdict.reason, verdict.discount_minor) == (Reason.ACCEPTED, 1200)
    assert verdict.lines == (
        LineDiscount(0, "06901234567892", "洗发水", 722),
        LineDiscount(2, "06901234567908", "护发素", 478),
    )
    fields = counter.fields(2)
    assert (fields["discount_minor"], fields["basket_minor"], fields["basket_ref"]) == (1200, 13_800, "0231")


def test_below_the_threshold_nothing_is_taken(open_counter: OpenCounter) -> None:
    counter = open_counter(of(**(PERCENT | {"conditions": {"min_spend_minor": 20_000}})))

    verdict = counter.redeem(COUPON, basket=BASKET)

    assert (verdict.kind, verdict.reason) == (VerdictKind.REFUSED, Reason.BELOW_THRESHOLD)
    assert verdict.facts == {"missing_minor": 6_200, "threshold_minor": 20_000}
    assert counter.kinds() == [REJECT]


@pytest.mark.parametrize(
    ("basket", "reason"),
    [
        (None, Reason.BASKET_NEEDED),
        (of_amount(9_000), Reason.ACCEPTED),
        (baskets.parse({"lines": [{"category": "oral", "quantity": 1, "unit_minor": 99_00}]}), Reason.NOTHING_IN_SCOPE),
    ],
    ids=["nothing known", "a bare amount", "other goods"],
)
def test_what_must_be_known_of_the_purchase(
    open_counter: OpenCounter, basket: baskets.Basket | None, reason: Reason
) -> None:
    assert reason is open_counter(of(**PERCENT)).redeem(COUPON, basket=basket).reason


def bound(shop: Tables) -> None:
    """A coupon bound to member 7 by the centre's data, and a second member."""
    shop["coupon"].append(a.coupon_row(SECRET, serial=9, member=7))
    shop["member"].append(a.member_row(SECRET, 8, phone="+8613800138008"))


@pytest.mark.parametrize(
    ("member", "reason"),
    [
        pytest.param((), Reason.MEMBER_NEEDED, id="nobody"),
        pytest.param((card_number(8),), Reason.OTHER_MEMBER, id="another"),
        pytest.param((card_number(7),), Reason.ACCEPTED, id="himself by card"),
        pytest.param((a.a_member_slot(7).text(),), Reason.ACCEPTED, id="himself, here now"),
        pytest.param(("13800138000",), Reason.ACCEPTED, id="himself by phone, with the coupon's own code"),
        pytest.param((a.a_member_slot(99).text(),), Reason.OTHER_MEMBER, id="one whom this lane does not know"),
    ],
)
def test_a_coupon_bound_by_the_data(open_counter: OpenCounter, member: tuple[str, ...], reason: Reason) -> None:
    counter = open_counter(bound)

    assert reason is counter.redeem(serial(9), *member).reason


@pytest.mark.parametrize(
    ("member", "reason"),
    [
        pytest.param((), Reason.MEMBER_NEEDED, id="nobody"),
        pytest.param((a.a_member_slot(8).text(),), Reason.OTHER_MEMBER, id="another"),
        pytest.param((a.a_member_slot(99).text(),), Reason.ACCEPTED, id="himself, unknown to this lane"),
    ],
)
def test_a_coupon_bound_by_its_own_tag(open_counter: OpenCounter, member: tuple[str, ...], reason: Reason) -> None:
    counter = open_counter(bound)
    coupon = a.a_signed_coupon(10, member_tag=member_tag(99)).text()

    assert reason is counter.redeem(coupon, *member).reason


def test_the_entry_says_who_and_how_he_proved_it(open_counter: OpenCounter) -> None:
    counter = open_counter(bound)
    counter.redeem(serial(9), a.a_member_slot(7).text())

    assert (counter.fields(2)["member_ref"], counter.fields(2)["member_proof"]) == ("m7", "slot")
    assert counter.centre.asked[0].member_ref == "m7"


def test_a_phone_alone_only_tells_who_it_is(open_counter: OpenCounter) -> None:
    counter = open_counter(bound)

    verdict = counter.redeem("13800138000")

    assert (verdict.kind, verdict.reason, counter.entries()) == (VerdictKind.READY, Reason.MEMBER_IDENTIFIED, [])


def test_levels(open_counter: OpenCounter) -> None:
    counter = open_counter(of(conditions={"levels": ["platinum"]}))

    assert counter.redeem(COUPON, card_number(7)).reason is Reason.LEVEL_TOO_LOW


def test_two_coupons_that_may_be_used_together(open_counter: OpenCounter) -> None:
    counter = open_counter(
        two_campaigns(
            {"stacking": {"order": 2}},
            {"stacking": {"order": 1}, "effects": [{"kind": "amount_off", "amount_minor": 500}]},
        )
    )

    verdict = counter.redeem(serial(1), serial(1, 1002), basket=of_amount(9_000))

    assert (verdict.kind, verdict.discount_minor) == (VerdictKind.ACCEPTED, 1500)
    assert [(outcome.id, outcome.used) for outcome in verdict.coupons] == [("1002-1", True), ("1001-1", True)]
    assert counter.kinds() == [INTENT, REDEEM, INTENT, REDEEM]


def test_two_coupons_take_no_more_off_than_the_purchase_costs(open_counter: OpenCounter) -> None:
    counter = open_counter(two_campaigns({}, {}))

    verdict = counter.redeem(serial(1), serial(1, 1002), basket=of_amount(1_500))

    assert [outcome.discount_minor for outcome in verdict.coupons] == [1000, 500]
    assert verdict.discount_minor == 1500


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({"stacking": {"group": "g"}}, {"stacking": {"group": "g"}}, id="of one group"),
        pytest.param({"stacking": {"exclusive": True}}, {}, id="the first alone"),
        pytest.param({}, {"stacking": {"exclusive": True}}, id="the second alone"),
    ],
)
def test_two_coupons_that_may_not(open_counter: OpenCounter, first: dict[str, Any], second: dict[str, Any]) -> None:
    counter = open_counter(two_campaigns(first, second))

    verdict = counter.redeem(serial(1), serial(1, 1002))

    assert [(outcome.used, outcome.why) for outcome in verdict.coupons] == [
        (True, Reason.ACCEPTED),
        (False, Reason.NOT_STACKABLE),
    ]
    assert (verdict.kind, verdict.discount_minor) == (VerdictKind.ACCEPTED, 1000)
    assert counter.kinds() == [INTENT, REDEEM]


def test_a_refused_coupon_stands_in_nobodys_way(open_counter: OpenCounter) -> None:
    counter = open_counter(two_campaigns({"stacking": {"exclusive": True, "order": 1}}, {"stacking": {"order": 2}}))
    counter.centre.problems["1001-1"] = "coupon-revoked"

    verdict = counter.redeem(serial(1), serial(1, 1002))

    assert [(outcome.id, outcome.used, outcome.why) for outcome in verdict.coupons] == [
        ("1001-1", False, Reason.REVOKED),
        ("1002-1", True, Reason.ACCEPTED),
    ]
    assert verdict.kind is VerdictKind.ACCEPTED


def test_the_same_coupon_twice_in_one_purchase(counter: Counter) -> None:
    verdict = counter.redeem(COUPON, COUPON)

    assert [(outcome.used, outcome.why) for outcome in verdict.coupons] == [
        (True, Reason.ACCEPTED),
        (False, Reason.REPEATED_IN_BASKET),
    ]
    assert counter.kinds() == [INTENT, REDEEM]


def test_two_coupons_that_nobody_here_knows_are_not_the_same(counter: Counter) -> None:
    verdict = counter.redeem(a.an_opaque_text(98), a.an_opaque_text(99))

    assert [outcome.why for outcome in verdict.coupons] == [Reason.CANNOT_VERIFY_HERE] * 2


def test_one_pending_makes_the_purchase_pending(open_counter: OpenCounter) -> None:
    counter = open_counter(two_campaigns({}, {"offline": {"policy": "deny"}}))
    counter.unplug()

    verdict = counter.redeem(serial(1, 1002), serial(1))

    assert verdict.kind is VerdictKind.PENDING
    assert [outcome.why for outcome in verdict.coupons] == [Reason.NETWORK_NEEDED, Reason.ACCEPTED_OFFLINE]
    assert verdict.discount_minor == 1000


def test_the_lines_of_all_coupons_are_told(open_counter: OpenCounter) -> None:
    hair = {"conditions": {"categories": ["hair"]}, "effects": [{"kind": "amount_off", "amount_minor": 980}]}
    oral = {"conditions": {"categories": ["oral"]}, "effects": [{"kind": "amount_off", "amount_minor": 400}]}
    counter = open_counter(two_campaigns(hair, oral))

    verdict = counter.redeem(serial(1), serial(1, 1002), basket=BASKET)

    assert [(line.place, line.discount_minor) for line in verdict.lines] == [(0, 590), (2, 390), (1, 400)]


def test_a_basket_in_another_currency_is_not_the_shops(counter: Counter) -> None:
    with pytest.raises(BasketInvalid) as caught:
        counter.redeem(COUPON, basket=of_amount(9_000, "USD"))

    assert caught.value.facts == {"problem": "currency", "currency": "USD", "store_currency": "CNY"}
    assert counter.entries() == []


def test_a_shop_in_another_currency(open_counter: OpenCounter) -> None:
    counter = open_counter(lambda shop: shop.update(store=[a.store_row(currency="HKD")]))

    assert counter.redeem(serial(1)).reason is Reason.ACCEPTED
    assert counter.redeem(serial(2), basket=of_amount(9_000, "HKD")).reason is Reason.ACCEPTED
    assert [counter.fields(seq)["currency"] for seq in (2, 4)] == ["HKD", "HKD"]
