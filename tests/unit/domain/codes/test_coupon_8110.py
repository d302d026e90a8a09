"""A manufacturer's coupon against a basket: what it asks for, what it saves, and what only a person can see."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.domain.basket import Basket, BasketLine
from pos_client.domain.codes.check_digits import gs1_check_digit
from pos_client.domain.codes.coupon_8110 import PaperPolicy, PaperQuote, judge_paper
from pos_client.domain.codes.coupon_format import (
    Coupon8110,
    PurchaseRule,
    Requirement,
    RequirementKind,
    SaveKind,
    parse_8110,
)
from pos_client.domain.reasons import Reason
from pos_client.domain.till_context import Refusal
from pos_client.domain.verdict import VerdictKind

TODAY = date(2026, 11, 22)
COMPANY, OTHER = "0614141", "0048000"


def goods(item: int, company: str = COMPANY) -> str:
    """A product of a company."""
    body = company + str(item).zfill(12 - len(company))
    return body + gs1_check_digit(body)


SHAMPOO, SOAP, ELSEWHERE, FOREIGN = goods(1), goods(2), goods(3, OTHER), "6901234567892"
POLICY = PaperPolicy(
    is_taken=True,
    companies=frozenset({COMPANY}),
    families={SHAMPOO.zfill(14): "120", SOAP.zfill(14): "140", ELSEWHERE.zfill(14): "256"},
)


def basket(*lines: tuple[str, int, int], currency: str = "USD") -> Basket:
    """Lines of (GTIN, pieces, price of one)."""
    made = tuple(BasketLine(gtin, "", "", "", quantity, unit) for gtin, quantity, unit in lines)
    return Basket(currency, sum(line.amount_minor for line in made), made)


def needs(
    value: int, family: str = "120", kind: RequirementKind = RequirementKind.PIECES, company: str = COMPANY
) -> Requirement:
    return Requirement(value, kind, family, company)


def coupon(*requirements: Requirement, rule: PurchaseRule | None = None, save: int = 150, **terms: Any) -> Coupon8110:
    """The worked example with other requirements and terms."""
    plain = parse_8110("106141416543213150110120")
    return replace(plain, requirements=requirements or (needs(1),), rule=rule, save_value=save, **terms)


def judged(shown: Coupon8110, bought: Basket | None, policy: PaperPolicy = POLICY) -> tuple[str, int]:
    """The reason, and what is saved."""
    result = judge_paper(shown, policy, bought, TODAY)
    return result.reason, result.discount_minor if isinstance(result, PaperQuote) else 0


def test_it_saves_on_the_goods_and_says_that_paper_was_taken() -> None:
    result = judge_paper(coupon(), POLICY, basket((SOAP, 1, 900), (SHAMPOO, 2, 500)), TODAY)

    assert isinstance(result, PaperQuote)
    assert (result.reason, result.discount_minor, result.once) == (Reason.ACCEPTED_PAPER, 150, False)
    assert [(line.place, line.gtin, line.discount_minor) for line in result.lines] == [(1, SHAMPOO, 150)]


def test_never_more_than_the_goods_cost() -> None:
    assert judged(coupon(), basket((SHAMPOO, 1, 100))) == (Reason.ACCEPTED_PAPER, 100)


@pytest.mark.parametrize(
    ("policy", "reason"),
    [
        (PaperPolicy(), Reason.PAPER_NOT_TAKEN),
        (replace(POLICY, companies=frozenset({OTHER})), Reason.PAPER_COMPANY_UNKNOWN),
        (replace(POLICY, companies=frozenset()), Reason.PAPER_COMPANY_UNKNOWN),
        (replace(POLICY, currency="CNY"), Reason.PAPER_OTHER_CURRENCY),
        (replace(POLICY, limit_minor=149), Reason.OVER_FLOOR_VALUE),
        (replace(POLICY, limit_minor=150), Reason.ACCEPTED_PAPER),
    ],
)
def test_the_policy_decides(policy: PaperPolicy, reason: Reason) -> None:
    assert reason == judged(coupon(), basket((SHAMPOO, 1, 500)), policy)[0]


@pytest.mark.parametrize(
    ("terms", "reason"),
    [
        ({"expires": "261122"}, Reason.ACCEPTED_PAPER),
        ({"expires": "261121"}, Reason.EXPIRED),
        ({"expires": "101231"}, Reason.EXPIRED),
        ({"starts": "261122"}, Reason.ACCEPTED_PAPER),
        ({"starts": "261123"}, Reason.NOT_YET_VALID),
        ({"retailer": "0999999"}, Reason.PAPER_OTHER_RETAILER),
        ({"retailer": "0777777"}, Reason.ACCEPTED_PAPER),
        ({"store_coupon": 1}, Reason.PAPER_CHECK_GOODS),
        ({"applies_to": 1}, Reason.PAPER_CHECK_GOODS),
    ],
)
def test_its_own_terms(terms: dict[str, Any], reason: Reason) -> None:
    policy = replace(POLICY, retailer_ids=frozenset({"0777777"}))

    assert reason == judged(coupon(**terms), basket((SHAMPOO, 1, 500)), policy)[0]


def test_no_goods_no_answer() -> None:
    assert judged(coupon(), None)[0] == Reason.LINES_NEEDED
    assert judged(coupon(), Basket("USD", 9_000))[0] == Reason.LINES_NEEDED


@pytest.mark.parametrize(
    ("bought", "reason"),
    [
        ([(SHAMPOO, 2, 500)], Reason.TOO_FEW_PIECES),
        ([(SHAMPOO, 2, 500), (SHAMPOO, 1, 400)], Reason.ACCEPTED_PAPER),
        ([(SOAP, 9, 500)], Reason.NOTHING_IN_SCOPE),
        ([(FOREIGN, 9, 500)], Reason.NOTHING_IN_SCOPE),
        ([(goods(9), 3, 500)], Reason.PAPER_CHECK_GOODS),
        ([(goods(9), 1, 500), (SHAMPOO, 2, 500)], Reason.PAPER_CHECK_GOODS),
        ([(goods(9), 1, 500), (SHAMPOO, 1, 500)], Reason.TOO_FEW_PIECES),
    ],
)
def test_pieces(bought: list[tuple[str, int, int]], reason: Reason) -> None:
    assert reason == judged(coupon(needs(3)), basket(*bought))[0]


def test_what_is_missing_is_said() -> None:
    few = judge_paper(coupon(needs(3)), POLICY, basket((SHAMPOO, 1, 500)), TODAY)
    little = judge_paper(
        coupon(needs(2_000, kind=RequirementKind.AMOUNT_OF_ITEMS)),
        POLICY,
        basket((SHAMPOO, 1, 500), (SOAP, 9, 900)),
        TODAY,
    )

    assert Refusal(Reason.TOO_FEW_PIECES, {"missing": 2, "threshold": 3}) == few
    assert Refusal(Reason.BELOW_THRESHOLD, {"missing_minor": 1_500, "threshold_minor": 2_000}) == little


def test_a_threshold_of_the_whole_basket() -> None:
    shown = coupon(needs(2_000, "000", RequirementKind.AMOUNT_OF_BASKET), save_kind=SaveKind.AMOUNT_OF_BASKET, save=500)

    assert judged(shown, basket((FOREIGN, 1, 2_000))) == (Reason.ACCEPTED_PAPER, 500)
    assert judged(shown, basket((FOREIGN, 1, 1_999))) == (Reason.BELOW_THRESHOLD, 0)


def test_every_product_of_the_company() -> None:
    assert judged(coupon(needs(2, "000")), basket((SHAMPOO, 1, 500), (goods(9), 1, 500))) == (
        Reason.ACCEPTED_PAPER,
        150,
    )


def test_a_family_code_that_may_stand_for_several_is_a_persons_matter() -> None:
    assert judged(coupon(needs(1, "100")), basket((SHAMPOO, 1, 500)))[0] == Reason.PAPER_CHECK_GOODS
    assert judged(coupon(needs(1, "200")), basket((SHAMPOO, 1, 500)))[0] == Reason.NOTHING_IN_SCOPE


@pytest.mark.parametrize("kind", [RequirementKind.POUNDS, RequirementKind.KILOGRAMS, RequirementKind.CASHIER])
def test_what_the_till_cannot_measure_is_a_persons_matter(kind: RequirementKind) -> None:
    result = judge_paper(coupon(needs(1, kind=kind)), POLICY, basket((SHAMPOO, 1, 500)), TODAY)

    assert Refusal(Reason.PAPER_CHECK_GOODS, kind=VerdictKind.SUPERVISOR) == result


BOTH, FIRST, SECOND, NONE = (
    [(SHAMPOO, 1, 500), (SOAP, 1, 700)],
    [(SHAMPOO, 1, 500)],
    [(SOAP, 1, 700)],
    [(FOREIGN, 1, 900)],
)


@pytest.mark.parametrize(
    ("rule", "reasons"),
    [
        (PurchaseRule.ANY, ("accepted-paper", "accepted-paper", "accepted-paper", "nothing-in-scope")),
        (PurchaseRule.ALL, ("accepted-paper", "nothing-in-scope", "nothing-in-scope", "nothing-in-scope")),
        (PurchaseRule.FIRST_AND_ONE, ("accepted-paper", "nothing-in-scope", "nothing-in-scope", "nothing-in-scope")),
        (PurchaseRule.COMBINED, ("paper-check-goods", "paper-check-goods", "paper-check-goods", "nothing-in-scope")),
        (None, ("paper-check-goods", "paper-check-goods", "paper-check-goods", "nothing-in-scope")),
    ],
)
def test_two_requirements(rule: PurchaseRule | None, reasons: tuple[str, ...]) -> None:
    shown = coupon(needs(1), needs(1, "140"), rule=rule)

    assert reasons == tuple(judged(shown, basket(*bought))[0] for bought in (BOTH, FIRST, SECOND, NONE))


def test_the_first_and_one_of_two_others() -> None:
    shown = coupon(needs(1), needs(1, "140"), needs(1, "256", company=OTHER), rule=PurchaseRule.FIRST_AND_ONE)

    assert judged(shown, basket((SHAMPOO, 1, 500), (ELSEWHERE, 1, 500)))[0] == Reason.ACCEPTED_PAPER
    assert judged(shown, basket((SOAP, 1, 500), (ELSEWHERE, 1, 500)))[0] == Reason.NOTHING_IN_SCOPE


def test_a_piece_does_not_count_twice() -> None:
    shown = coupon(needs(1, "000"), needs(1, "000"), rule=PurchaseRule.ALL)

    assert judged(shown, basket((SHAMPOO, 1, 500)))[0] == Reason.PAPER_CHECK_GOODS


def test_the_free_item_of_a_choice_is_the_one_that_it_names() -> None:
    shown = coupon(needs(1), needs(1, "140"), rule=PurchaseRule.ANY, save_kind=SaveKind.FREE_ITEM, applies_to=1, save=0)

    assert judged(shown, basket(*SECOND)) == (Reason.ACCEPTED_PAPER, 700)
    assert judged(shown, basket(*FIRST)) == (Reason.PAPER_CHECK_GOODS, 0)


def test_it_saves_on_the_item_that_it_names() -> None:
    shown = coupon(needs(1), needs(1, "140"), rule=PurchaseRule.ALL, save_kind=SaveKind.FREE_ITEM, applies_to=1, save=0)

    assert judged(shown, basket(*BOTH)) == (Reason.ACCEPTED_PAPER, 700)


@pytest.mark.parametrize(
    ("kind", "save", "off"),
    [
        (SaveKind.FREE_ITEM, 0, 400),
        (SaveKind.FREE_ITEM, 300, 300),
        (SaveKind.FREE_ITEM, 900, 400),
        (SaveKind.FREE_ITEMS, 1, 400),
        (SaveKind.FREE_ITEMS, 2, 900),
        (SaveKind.FREE_ITEMS, 99_999, 1_400),
        (SaveKind.PERCENT, 50, 450),
        (SaveKind.PERCENT, 33, 297),
        (SaveKind.PERCENT, 99_999, 1_400),
    ],
)
def test_free_items_and_percentages(kind: SaveKind, save: int, off: int) -> None:
    shown = coupon(needs(2), save_kind=kind, save=save)

    assert (Reason.ACCEPTED_PAPER, off) == judged(shown, basket((SHAMPOO, 2, 500), (SHAMPOO, 1, 400), (SOAP, 1, 100)))


LINES = st.lists(
    st.tuples(st.sampled_from([SHAMPOO, SOAP, ELSEWHERE, FOREIGN, goods(9)]), st.integers(1, 9), st.integers(0, 9_000)),
    min_size=1,
    max_size=6,
)
REQUIREMENTS = st.builds(
    Requirement,
    st.integers(0, 99_999),
    st.sampled_from(RequirementKind),
    st.sampled_from(["000", "100", "120", "140", "256"]),
    st.sampled_from([COMPANY, OTHER]),
)


@given(
    LINES,
    st.lists(REQUIREMENTS, min_size=1, max_size=3),
    st.sampled_from([None, *PurchaseRule]),
    st.sampled_from(SaveKind),
    st.integers(0, 99_999),
    st.integers(0, 2),
)
def test_no_coupon_gives_more_than_the_basket_costs(
    lines: list[tuple[str, int, int]],
    requirements: list[Requirement],
    rule: PurchaseRule | None,
    kind: SaveKind,
    save: int,
    applies_to: int,
) -> None:
    bought = basket(*lines)
    shown = coupon(*requirements, rule=rule, save_kind=kind, save=save, applies_to=applies_to)

    result = judge_paper(shown, POLICY, bought, TODAY)

    if isinstance(result, PaperQuote):
        assert 0 <= result.discount_minor <= bought.total_minor
        assert result.discount_minor == sum(line.discount_minor for line in result.lines)
        assert all(line.discount_minor <= bought.lines[line.place].amount_minor for line in result.lines)
