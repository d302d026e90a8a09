"""Several coupons over one basket: the best set is redeemed, and each of the others is told why it was left."""

from typing import Any

import pytest

from pos_client.domain import basket as baskets
from pos_client.domain.basket import of_amount
from pos_client.domain.codes.member_card import card_number
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import VerdictKind
from tests import builders as a
from tests.unit.usecases.counter import Counter, OpenCounter, Tables

SHAMPOO = {"gtin": "06901234567892", "name": "洗发水", "category": "hair", "quantity": 2, "unit_minor": 5900}
PASTE = {"gtin": "06901234567915", "name": "牙膏", "category": "oral", "quantity": 1, "unit_minor": 2000}
BASKET = baskets.parse({"currency": "CNY", "receipt_no": "0231", "lines": [SHAMPOO, PASTE]})
TEN_OFF: dict[str, Any] = {"effects": [{"kind": "amount_off", "amount_minor": 1000}], "stacking": {"group": "cash"}}
TWENTY_OFF: dict[str, Any] = {"effects": [{"kind": "amount_off", "amount_minor": 2000}], "stacking": {"group": "cash"}}
PASTE_FREE: dict[str, Any] = {
    "conditions": {"categories": ["oral"]},
    "effects": [{"kind": "fixed_price", "price_minor": 0}],
}
TOO_DEAR: dict[str, Any] = {
    "conditions": {"categories": ["hair"], "min_spend_minor": 13_000},
    "effects": [{"kind": "percent_off", "percent_hundredths": 1000}],
}


def shop(*offers: dict[str, Any]) -> Any:
    """A shop with these campaigns, from 1001 on."""

    def change(tables: Tables) -> None:
        tables["offer"] = [a.offer_row(1001 + place, **offer) for place, offer in enumerate(offers)]

    return change


def coupon(campaign: int, serial: int = 1) -> str:
    """A coupon of a campaign."""
    return a.a_signed_coupon(serial, campaign=campaign).text()


def used(counter: Counter, *codes: str, **more: Any) -> dict[str, int]:
    """Coupons that were redeemed, and what each takes off."""
    verdict = counter.redeem(*codes, basket=BASKET, **more)
    return {outcome.id: outcome.discount_minor for outcome in verdict.coupons if outcome.used}


@pytest.mark.parametrize("order", [(1001, 1002), (1002, 1001)])
def test_the_better_of_two_whatever_was_scanned_first(open_counter: OpenCounter, order: tuple[int, int]) -> None:
    counter = open_counter(shop(TEN_OFF, TWENTY_OFF))

    verdict = counter.redeem(*map(coupon, order), basket=BASKET)

    assert {outcome.id: (outcome.used, outcome.why) for outcome in verdict.coupons} == {
        "1002-1": (True, Reason.ACCEPTED),
        "1001-1": (False, Reason.NOT_STACKABLE),
    }
    assert verdict.discount_minor == 2000


def test_each_line_knows_its_share(open_counter: OpenCounter) -> None:
    counter = open_counter(shop(TEN_OFF, PASTE_FREE))

    verdict = counter.redeem(coupon(1001), coupon(1002), basket=BASKET)

    assert verdict.discount_minor == 3000
    assert sorted((line.place, line.discount_minor) for line in verdict.lines) == [(0, 1000), (1, 2000)]
    assert verdict.choice is not None
    assert (verdict.choice.saving_minor, verdict.choice.bound_minor) == (3000, 3000)


def test_what_is_missing_is_told_for_each(open_counter: OpenCounter) -> None:
    counter = open_counter(shop(TEN_OFF, TOO_DEAR))

    verdict = counter.redeem(coupon(1001), coupon(1002), basket=BASKET)

    left = next(outcome for outcome in verdict.coupons if not outcome.used)
    assert (left.id, left.why, left.facts["missing_minor"]) == ("1002-1", Reason.BELOW_THRESHOLD, 1200)


def test_a_single_piece_for_a_fixed_price(open_counter: OpenCounter) -> None:
    assert used(open_counter(shop(PASTE_FREE)), coupon(1001)) == {"1001-1": 2000}


def test_a_members_limit_bounds_the_choice(open_counter: OpenCounter) -> None:
    limited = {**TEN_OFF, "stacking": {}, "conditions": {"per_member": 1}}
    counter = open_counter(shop(limited))

    assert used(counter, coupon(1001, 1), coupon(1001, 2), card_number(7)) == {"1001-1": 1000}


def test_the_same_coupon_twice(open_counter: OpenCounter) -> None:
    verdict = open_counter(shop(TEN_OFF)).redeem(coupon(1001), coupon(1001), basket=BASKET)

    assert [(outcome.used, outcome.why) for outcome in verdict.coupons] == [
        (True, Reason.ACCEPTED),
        (False, Reason.REPEATED_IN_BASKET),
    ]


@pytest.mark.parametrize("order", [(1001, 1002), (1002, 1001)])
def test_the_better_of_two_where_only_the_amount_is_known(open_counter: OpenCounter, order: tuple[int, int]) -> None:
    for_hair = {**TWENTY_OFF, "conditions": {"categories": ["hair"], "min_spend_minor": 5000}}
    counter = open_counter(shop(TEN_OFF, for_hair))

    verdict = counter.redeem(*map(coupon, order), basket=of_amount(5000))

    assert {outcome.id: (outcome.used, outcome.why) for outcome in verdict.coupons} == {
        "1002-1": (True, Reason.ACCEPTED),
        "1001-1": (False, Reason.NOT_STACKABLE),
    }
    assert (verdict.discount_minor, verdict.lines) == (2000, ())


def test_what_takes_nothing_off_an_amount_stays_in_the_wallet(open_counter: OpenCounter) -> None:
    counter = open_counter(shop({"effects": [{"kind": "percent_off", "percent_hundredths": 1}]}))

    assert counter.redeem(coupon(1001), basket=of_amount(4_999)).reason is Reason.BETTER_WITHOUT


def test_the_goods_are_named_before_the_members_limit(open_counter: OpenCounter) -> None:
    counter = open_counter(shop({**PASTE_FREE, "conditions": {"categories": ["baby"], "per_member": 1}}))
    book(counter, 1)

    assert counter.check(coupon(1001, 2), card_number(7), basket=BASKET).reason is Reason.NOTHING_IN_SCOPE


def test_the_limit_a_day_is_named_where_it_is_the_one_that_binds(open_counter: OpenCounter) -> None:
    counter = open_counter(shop({**TEN_OFF, "conditions": {"per_member": 3, "per_member_per_day": 1}}))
    counter.redeem(coupon(1001, 1), card_number(7), basket=BASKET)

    verdict = counter.check(coupon(1001, 2), card_number(7), basket=BASKET)

    assert (verdict.reason, verdict.facts["limit"]) == (Reason.MEMBER_DAY_LIMIT, 1)


def book(counter: Counter, serial: int) -> None:
    """The member has used the campaign once: written as another version of this shop would have."""
    entry = a.a_redemption(coupon_id=f"1001-{serial}", campaign=1001, member_ref="m-000007")
    counter.journal.append(entry)


def test_one_that_cannot_be_used_at_all_takes_no_part(open_counter: OpenCounter) -> None:
    counter = open_counter(shop(TEN_OFF, TWENTY_OFF))
    counter.redeem(coupon(1002))

    verdict = counter.redeem(coupon(1001), coupon(1002), basket=BASKET)

    assert verdict.kind is VerdictKind.ACCEPTED
    assert {outcome.id: outcome.why for outcome in verdict.coupons} == {
        "1001-1": Reason.ACCEPTED,
        "1002-1": Reason.ALREADY_USED,
    }
