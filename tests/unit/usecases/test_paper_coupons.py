"""A maker's coupon at the counter: taken as paper under the signed policy, without a claim, and kept in the book."""

from itertools import permutations
from typing import Any

import pytest

from pos_client.domain import basket as baskets
from pos_client.domain import trade_policy
from pos_client.domain.basket import of_amount
from pos_client.domain.codes.check_digits import gs1_check_digit
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Tier, VerdictKind
from tests import builders as a
from tests.unit.usecases.counter import DAY, Counter, OpenCounter, Tables

COMPANY = "0614141"
# A maker's 1.50 off one piece of family 120; the second piece of paper carries a serial number as well.
PAPER, PAPER_ID = "8110106141416543213150110120", f"gs1-{COMPANY}-654321"
SERIAL_NUMBER = "123456"
WITH_SERIAL = f"{PAPER}50{SERIAL_NUMBER}"
POSITIVE_OFFER = "8112001234566543210777777"


def goods(item: int) -> str:
    """A product of the company."""
    body = COMPANY + str(item).zfill(12 - len(COMPANY))
    return (body + gs1_check_digit(body)).zfill(14)


SHAMPOO, SOAP = goods(1), goods(2)
BASKET = baskets.parse(
    {
        "currency": "CNY",
        "lines": [
            {"gtin": SHAMPOO, "name": "洗发水", "category": "hair", "quantity": 1, "unit_minor": 500},
            {"gtin": SOAP, "name": "香皂", "category": "skin", "quantity": 2, "unit_minor": 300},
        ],
    }
)
POLICY: dict[str, Any] = {
    "is_taken": True,
    "companies": [COMPANY],
    "currency": "CNY",
    "families": {SHAMPOO: "120", SOAP: "140"},
    "limit_minor": 2_000,
}


@pytest.fixture
def paper(counter: Counter) -> Counter:
    """A counter of a store that takes this company's paper."""
    return taking(counter)


def taking(counter: Counter, **changes: Any) -> Counter:
    """The counter, under that policy."""
    counter.trade = trade_policy.parse({"paper": POLICY | changes})
    return counter


def test_no_store_takes_paper_before_its_centre_says_so(counter: Counter) -> None:
    verdict = counter.redeem(PAPER, basket=BASKET)

    assert (verdict.kind, verdict.reason) == (VerdictKind.REFUSED, Reason.PAPER_NOT_TAKEN)
    assert counter.kinds() == [EntryKind.REJECT]


def test_it_is_taken_on_the_goods_that_it_is_for(paper: Counter) -> None:
    verdict = paper.redeem(PAPER, basket=BASKET)

    assert (verdict.kind, verdict.reason, verdict.tier) == (VerdictKind.ACCEPTED, Reason.ACCEPTED_PAPER, Tier.LANE)
    assert [(line.place, line.discount_minor) for line in verdict.lines] == [(0, 150)]
    assert paper.kinds() == [EntryKind.REDEEM]
    fields = paper.fields(1)
    assert {name: fields[name] for name in ("code_kind", "coupon_id", "use_no", "claim_id", "intent_seq", "tier")} == {
        "code_kind": "gs1_8110",
        "coupon_id": PAPER_ID,
        "use_no": None,
        "claim_id": "",
        "intent_seq": None,
        "tier": "C",
    }
    assert (fields["reason"], fields["discount_minor"], fields["campaign"]) == ("accepted-paper", 150, None)
    assert fields["lines"] == [{"place": 0, "gtin": SHAMPOO, "discount_minor": 150}]
    assert PAPER[4:] not in str(fields)


def test_checking_says_the_same_and_writes_nothing(paper: Counter) -> None:
    verdict = paper.check(PAPER, basket=BASKET)

    assert (verdict.reason, verdict.discount_minor, verdict.code_kind) == (Reason.CAN_REDEEM, 150, "gs1_8110")
    assert paper.entries() == []


def test_nobody_is_asked_for_a_claim(paper: Counter) -> None:
    paper.chance = 0.0
    paper.redeem(PAPER, basket=BASKET)

    assert paper.centre.asked == []


def test_the_same_paper_twice_in_one_purchase(paper: Counter) -> None:
    verdict = paper.redeem(PAPER, PAPER, basket=BASKET)

    assert [(outcome.used, outcome.why) for outcome in verdict.coupons] == [
        (True, Reason.ACCEPTED_PAPER),
        (False, Reason.REPEATED_IN_BASKET),
    ]
    assert verdict.discount_minor == 150


def test_another_piece_in_another_purchase_is_taken(paper: Counter) -> None:
    verdicts = [paper.redeem(PAPER, basket=BASKET) for _ in range(2)]

    assert [verdict.reason for verdict in verdicts] == [Reason.ACCEPTED_PAPER] * 2


def test_a_piece_with_a_serial_number_is_taken_once(paper: Counter) -> None:
    verdicts = [paper.redeem(WITH_SERIAL, basket=BASKET) for _ in range(2)]

    assert [verdict.reason for verdict in verdicts] == [Reason.ACCEPTED_PAPER, Reason.ALREADY_USED]
    assert (paper.fields(1)["coupon_id"], paper.fields(1)["use_no"]) == (f"{PAPER_ID}-{SERIAL_NUMBER}", 1)


@pytest.mark.parametrize("code", [PAPER, WITH_SERIAL])
def test_it_can_be_taken_back_and_shown_again(paper: Counter, code: str) -> None:
    paper.redeem(code, basket=BASKET)
    taken_back = paper.void(1)

    assert taken_back.reason is Reason.VOIDED
    assert paper.redeem(code, basket=BASKET).reason is Reason.ACCEPTED_PAPER


@pytest.mark.parametrize(
    ("changes", "basket", "kind", "reason"),
    [
        ({"companies": []}, BASKET, VerdictKind.REFUSED, Reason.PAPER_COMPANY_UNKNOWN),
        ({"currency": "USD"}, BASKET, VerdictKind.REFUSED, Reason.PAPER_OTHER_CURRENCY),
        ({"limit_minor": 149}, BASKET, VerdictKind.SUPERVISOR, Reason.OVER_FLOOR_VALUE),
        ({"families": {}}, BASKET, VerdictKind.SUPERVISOR, Reason.PAPER_CHECK_GOODS),
        ({"families": {SHAMPOO: "121", SOAP: "141"}}, BASKET, VerdictKind.SUPERVISOR, Reason.PAPER_CHECK_GOODS),
        ({}, of_amount(9_000), VerdictKind.REFUSED, Reason.LINES_NEEDED),
        ({}, None, VerdictKind.REFUSED, Reason.LINES_NEEDED),
    ],
)
def test_why_it_is_not_taken(
    counter: Counter, changes: dict[str, Any], basket: baskets.Basket | None, kind: VerdictKind, reason: Reason
) -> None:
    verdict = taking(counter, **changes).redeem(PAPER, basket=basket)

    assert (verdict.kind, verdict.reason) == (kind, reason)
    assert counter.kinds() == [EntryKind.REJECT]


def test_expired_paper(paper: Counter) -> None:
    expired = PAPER + "3" + (a.TODAY - DAY).strftime("%y%m%d")

    assert paper.redeem(expired, basket=BASKET).reason is Reason.EXPIRED


def own_coupons(*offers: dict[str, Any]) -> Any:
    """A shop with these campaigns, from 1001 on."""

    def change(tables: Tables) -> None:
        tables["offer"] = [a.offer_row(1001 + place, **offer) for place, offer in enumerate(offers)]

    return change


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_beside_own_coupons_no_line_falls_below_nothing(open_counter: OpenCounter, order: tuple[int, ...]) -> None:
    most_of_the_shampoo = {"effects": [{"kind": "fixed_price", "price_minor": 100}], "stacking": {"exclusive": True}}
    counter = taking(open_counter(own_coupons({**most_of_the_shampoo, "conditions": {"categories": ["hair"]}})))
    codes = [PAPER, PAPER, a.a_signed_coupon().text()]

    verdict = counter.redeem(*(codes[place] for place in order), basket=BASKET)

    assert {(outcome.id, outcome.why, outcome.discount_minor) for outcome in verdict.coupons} == {
        ("1001-1", Reason.ACCEPTED, 400),
        (PAPER_ID, Reason.ACCEPTED_PAPER, 100),
        (PAPER_ID, Reason.REPEATED_IN_BASKET, 0),
    }
    assert verdict.discount_minor == 500


def test_paper_that_would_save_nothing_more_is_given_back(open_counter: OpenCounter) -> None:
    free = {"effects": [{"kind": "fixed_price", "price_minor": 0}], "conditions": {"categories": ["hair"]}}
    counter = taking(open_counter(own_coupons(free)))

    verdict = counter.redeem(PAPER, a.a_signed_coupon().text(), basket=BASKET)

    assert {outcome.id: outcome.why for outcome in verdict.coupons} == {
        "1001-1": Reason.ACCEPTED,
        PAPER_ID: Reason.BETTER_WITHOUT,
    }


def test_in_a_purchase_it_is_written_with_all_the_rest(paper: Counter) -> None:
    verdict = paper.purchase(PAPER, basket=BASKET)

    assert (verdict.kind, verdict.discount_minor) == (VerdictKind.ACCEPTED, 150)
    assert paper.kinds() == [EntryKind.REDEEM, EntryKind.TRANSACTION]
    sale = paper.fields(2)
    assert sale["coupons"] == [{"coupon_id": PAPER_ID, "campaign": 0, "discount_minor": 150}]
    assert [line["discount_minor"] for line in sale["lines"]] == [150, 0]
    assert paper.fields(1)["txn"] == sale["txn"]


def test_a_serialised_coupon_waits_for_its_network_and_a_note_names_the_offer(paper: Counter) -> None:
    verdict = paper.redeem(POSITIVE_OFFER, basket=BASKET)

    assert (verdict.kind, verdict.reason) == (VerdictKind.SUPERVISOR, Reason.POSITIVE_OFFER)
    fields = paper.fields(1)
    assert (fields["kind"], fields["code_kind"], fields["reason"]) == ("reject", "gs1_8112", "positive-offer")
    assert fields["coupon_id"] == "gs1-123456-654321"
    assert "777777" not in str(fields)
