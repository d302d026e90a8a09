"""What a coupon gives to this basket and member, or what is still missing for it."""

from typing import Any

import pytest

from pos_client.domain.basket import of_amount
from pos_client.domain.judge import MemberPresence, Quote, Refusal, quote
from pos_client.domain.local_text import LocalText
from pos_client.domain.offers.conditions import MemberNeed
from pos_client.domain.offers.effects import AmountOff, FixedPrice, Gift, PercentOff
from pos_client.domain.reasons import WARNINGS, Reason
from pos_client.domain.verdict import Fact, LineDiscount, VerdictKind
from tests.unit.domain.situations import (
    CONDITIONER,
    MEMBER,
    SHAMPOO,
    TOOTHPASTE,
    basket,
    conditions,
    context,
    coupon,
    offer,
    use,
)

THREE = basket(SHAMPOO, CONDITIONER, TOOTHPASTE)
HAIR = frozenset({"hair"})
FIFTEEN_PERCENT = (PercentOff(1500),)
SAMPLE = (Gift("s-1", LocalText("试用装", "sample")),)


@pytest.mark.parametrize(
    ("offered", "changes", "where", "reason", "facts"),
    [
        pytest.param(None, {}, {}, Reason.CAMPAIGN_UNKNOWN, {}, id="no campaign"),
        pytest.param({}, {"uses": (use(1),)}, {}, Reason.ALREADY_USED, {}, id="no use left"),
        pytest.param({}, {"member_ref": "m-1"}, {}, Reason.MEMBER_NEEDED, {}, id="bound by reference, nobody here"),
        pytest.param({}, {"member_tag": 7}, {}, Reason.MEMBER_NEEDED, {}, id="bound by tag, nobody here"),
        pytest.param(
            {"conditions": conditions(member=MemberNeed.ANY)}, {}, {}, Reason.MEMBER_NEEDED, {}, id="members only"
        ),
        pytest.param(
            {"conditions": conditions(levels=frozenset({"gold"}))}, {}, {}, Reason.MEMBER_NEEDED, {}, id="gold only"
        ),
        pytest.param({}, {"member_ref": "m-1"}, {"member": MEMBER}, Reason.OTHER_MEMBER, {}, id="another's, by ref"),
        pytest.param({}, {"member_tag": 7}, {"member": MEMBER}, Reason.OTHER_MEMBER, {}, id="another's, by tag"),
        pytest.param(
            {"conditions": conditions(levels=frozenset({"platinum"}))},
            {},
            {"member": MEMBER},
            Reason.LEVEL_TOO_LOW,
            {},
            id="a level that he has not",
        ),
        pytest.param(
            {"conditions": conditions(min_spend_minor=1)}, {}, {}, Reason.BASKET_NEEDED, {}, id="threshold, no amount"
        ),
        pytest.param(
            {"conditions": conditions(brands=frozenset({"Qing"}))},
            {},
            {},
            Reason.BASKET_NEEDED,
            {},
            id="some goods only, no basket",
        ),
        pytest.param({"points_price": 1}, {}, {}, Reason.MEMBER_NEEDED, {}, id="whose points?"),
        pytest.param(
            {"conditions": conditions(per_member_per_day=1)}, {}, {}, Reason.MEMBER_NEEDED, {}, id="whose day?"
        ),
        pytest.param(
            {"points_price": 500},
            {},
            {"member": MemberPresence("m-2", 2, points=499)},
            Reason.POINTS_SHORT,
            {"missing": 1, "balance": 499},
            id="one point short",
        ),
        pytest.param({"effects": FIFTEEN_PERCENT}, {}, {}, Reason.BASKET_NEEDED, {}, id="percent of what?"),
        pytest.param(
            {"conditions": conditions(categories=HAIR)},
            {},
            {"basket": basket(TOOTHPASTE)},
            Reason.NOTHING_IN_SCOPE,
            {},
            id="nothing of that kind",
        ),
        pytest.param(
            {"conditions": conditions(min_spend_minor=10_000)},
            {},
            {"basket": of_amount(9_999)},
            Reason.BELOW_THRESHOLD,
            {"missing_minor": 1, "threshold_minor": 10_000},
            id="one fen short",
        ),
        pytest.param(
            {"conditions": conditions(min_spend_minor=10_000, categories=HAIR)},
            {},
            {"basket": THREE},
            Reason.BELOW_THRESHOLD,
            {"missing_minor": 200, "threshold_minor": 10_000},
            id="only goods in scope count for the threshold",
        ),
    ],
)
def test_what_is_missing(
    offered: dict[str, Any] | None,
    changes: dict[str, Any],
    where: dict[str, Any],
    reason: Reason,
    facts: dict[str, Fact],
) -> None:
    campaign = None if offered is None else offer(**offered)

    answer = quote(coupon(offer=campaign, **changes), context(**where))

    assert Refusal(reason, facts, VerdictKind.REFUSED) == answer


def test_what_can_still_be_mended_is_a_warning() -> None:
    mendable = {Reason.MEMBER_NEEDED, Reason.BASKET_NEEDED, Reason.BELOW_THRESHOLD, Reason.NOTHING_IN_SCOPE}

    assert mendable < WARNINGS


@pytest.mark.parametrize(
    ("offered", "changes", "where", "discount"),
    [
        pytest.param({}, {}, {}, 1000, id="amount off, nothing known"),
        pytest.param({}, {"value_minor": 2000}, {}, 2000, id="the coupon's own value wins"),
        pytest.param({}, {}, {"basket": of_amount(600)}, 600, id="never more than the purchase"),
        pytest.param({}, {}, {"basket": of_amount(0)}, 0, id="nothing bought"),
        pytest.param({"effects": FIFTEEN_PERCENT}, {}, {"basket": of_amount(9_990)}, 1_499, id="14.985 rounds half up"),
        pytest.param({"effects": (PercentOff(1500, 500),)}, {}, {"basket": of_amount(9_990)}, 500, id="capped"),
        pytest.param({"points_price": 500}, {}, {"member": MemberPresence("m-2", 2, points=500)}, 1000, id="points"),
        pytest.param({"effects": SAMPLE}, {}, {}, 0, id="a gift takes no money off"),
        pytest.param({"effects": (*SAMPLE, AmountOff(300))}, {}, {}, 300, id="a gift and money"),
        pytest.param(
            {"conditions": conditions(min_spend_minor=10_000)},
            {},
            {"basket": of_amount(10_000)},
            1000,
            id="just enough",
        ),
        pytest.param(
            {"conditions": conditions(categories=HAIR)}, {}, {"basket": of_amount(4_000)}, 1000, id="scope, bare amount"
        ),
        pytest.param({}, {"member_ref": MEMBER.ref}, {"member": MEMBER}, 1000, id="his own, by reference"),
        pytest.param({}, {"member_tag": MEMBER.tag}, {"member": MEMBER}, 1000, id="his own, by tag"),
        pytest.param(
            {"conditions": conditions(levels=frozenset({"gold", "platinum"}))},
            {},
            {"member": MEMBER},
            1000,
            id="a level that he has",
        ),
        pytest.param(
            {"conditions": conditions(member=MemberNeed.BOUND)},
            {},
            {"member": MemberPresence("m-2", 2)},
            1000,
            id="a bearer coupon for any member",
        ),
    ],
)
def test_what_it_gives(offered: dict[str, Any], changes: dict[str, Any], where: dict[str, Any], discount: int) -> None:
    answer = quote(coupon(offer=offer(**offered), **changes), context(**where))

    assert isinstance(answer, Quote)
    assert (1, discount) == (answer.use_no, answer.discount_minor)


def test_a_percentage_is_shared_out_over_the_lines_in_scope() -> None:
    campaign = offer(conditions=conditions(brands=frozenset({"Qing"})), effects=FIFTEEN_PERCENT)

    answer = quote(coupon(offer=campaign), context(basket=THREE))

    shares = (
        LineDiscount(0, SHAMPOO.gtin, SHAMPOO.name, 885),
        LineDiscount(2, TOOTHPASTE.gtin, TOOTHPASTE.name, 600),
    )
    assert Quote(1, 1_485, shares) == answer


def test_a_bare_amount_has_no_shares() -> None:
    answer = quote(coupon(), context(basket=of_amount(5_000)))

    assert Quote(1, 1000) == answer


def test_a_coupon_of_several_uses_quotes_the_first_free_one() -> None:
    answer = quote(coupon(offer=offer(max_uses=4), uses=(use(1), use(2), use(4))), context())

    assert Quote(3, 1000) == answer


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"effects": (FixedPrice(990),)}, id="pieces for a fixed price"),
        pytest.param({"conditions": conditions(min_quantity=2)}, id="a number of pieces"),
    ],
)
def test_an_amount_alone_does_not_say_what_was_bought(changes: dict[str, Any]) -> None:
    answer = quote(coupon(offer=offer(**changes)), context(basket=of_amount(9_900)))

    assert isinstance(answer, Refusal)
    assert answer.reason is Reason.LINES_NEEDED
