"""The best combination on cases that can be reckoned by hand, one for each rule of docs/offers.md."""

from datetime import date

import pytest

from pos_client.domain.basket import Basket, BasketLine, of_amount
from pos_client.domain.local_text import LocalText
from pos_client.domain.offers.combination import Best, Candidate, Left, best
from pos_client.domain.offers.conditions import Conditions
from pos_client.domain.offers.effects import AmountOff, Effect, FixedPrice, Gift, ItemOff, PercentOff, Sample
from pos_client.domain.offers.offer import Offer, Stacking
from pos_client.domain.reasons import Reason

HAIR, ORAL = Conditions(categories=frozenset({"hair"})), Conditions(categories=frozenset({"oral"}))
SHAMPOO = BasketLine("6901", "shampoo", "hair", "amber", 1, 8_000)
CONDITIONER = BasketLine("6902", "conditioner", "hair", "amber", 1, 6_000)
TOOTHPASTE = BasketLine("6903", "toothpaste", "oral", "birch", 2, 1_000)


def basket(*lines: BasketLine) -> Basket:
    return Basket("CNY", sum(line.amount_minor for line in lines), lines)


def coupon(
    number: int,
    effect: Effect,
    conditions: Conditions | None = None,
    *,
    stacking: Stacking | None = None,
    name: str = "",
    ends: date | None = None,
    value: int = 0,
    unknown: tuple[str, ...] = (),
) -> Candidate:
    offer = Offer(
        number,
        LocalText(f"活动{number}", f"offer {number}"),
        conditions or Conditions(),
        (effect,),
        stacking or Stacking(),
        unknown=unknown,
    )
    return Candidate(name or f"c{number}", offer, value, ends)


def ids(answer: Best) -> list[str]:
    return [each.candidate.coupon_id for each in answer.chosen]


def reasons(answer: Best) -> dict[str, tuple[Reason, dict[str, object]]]:
    return {each.candidate.coupon_id: (each.reason, dict(each.facts)) for each in answer.left_out}


ALL = basket(SHAMPOO, CONDITIONER, TOOTHPASTE)


def test_no_coupon_saves_nothing() -> None:
    answer = best(ALL, [])

    assert (answer.chosen, answer.saving_minor, answer.bound_minor, answer.is_proven) == ((), 0, 0, True)


def test_an_empty_amount_saves_nothing() -> None:
    answer = best(of_amount(0), [coupon(1, AmountOff(500))])

    assert (answer.saving_minor, answer.bound_minor) == (0, 0)


def test_thresholds_count_shelf_prices() -> None:
    half = coupon(1, PercentOff(5_000))
    after = coupon(2, AmountOff(1_000), Conditions(min_spend_minor=16_000))

    assert tuple(each.saving_minor for each in best(ALL, [half, after]).chosen) == (8_000, 1_000)


def test_what_is_missing_is_said() -> None:
    dear = coupon(1, AmountOff(1_000), Conditions(min_spend_minor=15_200, categories=frozenset({"hair"})))
    many = coupon(2, AmountOff(1_000), Conditions(min_quantity=3, categories=frozenset({"oral"})))
    baby = coupon(3, AmountOff(1_000), Conditions(categories=frozenset({"baby"})))
    newer = coupon(4, AmountOff(1_000), unknown=("moon",))

    said = reasons(best(ALL, [dear, many, baby, newer]))

    assert said["c1"] == (Reason.BELOW_THRESHOLD, {"missing_minor": 1_200, "threshold_minor": 15_200})
    assert said["c2"] == (Reason.TOO_FEW_PIECES, {"missing": 1, "threshold": 3})
    assert said["c3"] == (Reason.NOTHING_IN_SCOPE, {})
    assert said["c4"] == (Reason.OFFER_TOO_NEW, {"detail": "moon"})


def test_one_of_a_group_and_the_other_says_with_whom_it_clashes() -> None:
    group = Stacking(group="g")
    answer = best(ALL, [coupon(1, AmountOff(900), stacking=group), coupon(2, PercentOff(1_000), stacking=group)])

    assert (ids(answer), answer.saving_minor) == (["c2"], 1_600)
    assert reasons(answer)["c1"][0] == Reason.NOT_STACKABLE
    assert reasons(answer)["c1"][1]["campaign"] == 2


def test_an_exclusive_coupon_is_alone() -> None:
    alone = coupon(1, AmountOff(3_000), stacking=Stacking(exclusive=True))
    others = [coupon(2, AmountOff(1_400)), coupon(3, AmountOff(1_500))]

    assert ids(best(ALL, [alone, *others])) == ["c1"]
    assert ids(best(ALL, [alone, *others, coupon(4, AmountOff(101))])) == ["c2", "c3", "c4"]


def test_not_with_counts_whichever_says_it() -> None:
    shy = coupon(1, AmountOff(900), stacking=Stacking(not_with=frozenset({2})))

    assert ids(best(ALL, [shy, coupon(2, AmountOff(1_000))])) == ["c2"]


def test_limits_of_a_campaign() -> None:
    two = [coupon(1, AmountOff(0), Conditions(per_transaction=2), name=f"r{n}", value=n * 100) for n in (1, 2, 3)]

    answer = best(ALL, two)
    assert (ids(answer), answer.saving_minor) == (["r2", "r3"], 500)
    assert reasons(answer)["r1"] == (Reason.TRANSACTION_LIMIT, {"limit": 2})

    none_left = best(ALL, two, caps={1: Left(0)})
    assert (0, {Reason.MEMBER_LIMIT}) == (none_left.saving_minor, {reason for reason, _ in reasons(none_left).values()})


def test_a_disputed_piece_goes_where_it_saves_most() -> None:
    any_hair = coupon(1, ItemOff(units=1, percent_hundredths=5_000), HAIR)
    shampoo_only = coupon(2, FixedPrice(1_000), Conditions(gtins=frozenset({"6901"})))

    answer = best(ALL, [any_hair, shampoo_only])

    taken = {
        each.candidate.coupon_id: [(share.gtin, share.discount_minor) for share in each.lines] for each in answer.chosen
    }
    assert taken == {"c1": [("6902", 3_000)], "c2": [("6901", 7_000)]}


def test_a_cheaper_piece_is_taken_where_a_percentage_follows() -> None:
    two = basket(BasketLine("1", "a", "hair", "", 1, 1_000), BasketLine("2", "b", "oral", "", 1, 900))
    free_piece = coupon(1, FixedPrice(0))
    half_hair = coupon(2, PercentOff(5_000), HAIR)

    answer = best(two, [free_piece, half_hair])

    assert (answer.saving_minor, [each.saving_minor for each in answer.chosen]) == (1_400, [900, 500])


def test_scope_wide_coupons_see_what_remains() -> None:
    first = coupon(9, PercentOff(1_000), stacking=Stacking(order=-1))
    second = coupon(1, PercentOff(5_000), ORAL)

    answer = best(ALL, [second, first])

    assert [(each.candidate.coupon_id, each.saving_minor) for each in answer.chosen] == [("c9", 1_600), ("c1", 900)]


def test_shares_add_up_to_the_fen() -> None:
    thirds = basket(*(BasketLine(str(n), "", "hair", "", 1, 100) for n in range(3)))

    answer = best(thirds, [coupon(1, AmountOff(100))])

    assert [share.discount_minor for share in answer.chosen[0].lines] == [34, 33, 33]


def test_never_more_than_the_basket_and_no_coupon_wasted() -> None:
    answer = best(
        of_amount(5_000), [coupon(1, AmountOff(3_000)), coupon(2, AmountOff(4_000)), coupon(3, AmountOff(9_000))]
    )

    assert (ids(answer), answer.saving_minor, answer.bound_minor) == (["c3"], 5_000, 5_000)
    assert {"c1", "c2"} == {name for name, (reason, _) in reasons(answer).items() if reason is Reason.BETTER_WITHOUT}


def test_ties_keep_what_expires_late() -> None:
    group = Stacking(group="g")
    late = coupon(1, AmountOff(500), stacking=group, name="a", ends=date(2026, 5, 1))
    soon = coupon(2, AmountOff(500), stacking=group, name="b", ends=date(2026, 4, 1))
    never = coupon(3, AmountOff(500), stacking=group, name="c")

    assert ids(best(ALL, [late, never, soon])) == ["b"]
    assert ids(best(ALL, [never, late])) == ["a"]


def test_a_bare_amount_is_one_line_that_every_offer_is_for_unless_it_counts_pieces() -> None:
    pair = coupon(4, AmountOff(1), Conditions(min_quantity=1))
    answer = best(
        of_amount(10_000), [coupon(1, PercentOff(1_000)), coupon(2, AmountOff(7), HAIR), coupon(3, FixedPrice(0)), pair]
    )

    assert ([each.saving_minor for each in answer.chosen], answer.chosen[0].lines) == ([1_000, 7], ())
    assert reasons(answer) == {"c3": (Reason.LINES_NEEDED, {}), "c4": (Reason.LINES_NEEDED, {})}


def test_of_two_that_clash_the_better_one_for_a_bare_amount() -> None:
    group = Stacking(group="g")
    answer = best(
        of_amount(10_000), [coupon(1, AmountOff(500), HAIR, stacking=group), coupon(2, PercentOff(600), stacking=group)]
    )

    assert (ids(answer), answer.saving_minor, answer.is_proven) == (["c2"], 600, True)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (Left(0, 0), (Reason.MEMBER_LIMIT, {"limit": 3})),
        (Left(2, 0), (Reason.MEMBER_DAY_LIMIT, {"limit": 2})),
        (Left(0, 1), (Reason.MEMBER_LIMIT, {"limit": 3})),
        (Left(-1, 0), (Reason.MEMBER_LIMIT, {"limit": 3})),
    ],
)
def test_of_a_members_two_limits_the_one_that_binds_is_named(left: Left, expected: tuple[Reason, object]) -> None:
    limited = coupon(1, AmountOff(500), Conditions(per_member=3, per_member_per_day=2))

    assert reasons(best(ALL, [limited], caps={1: left}))["c1"] == expected


def test_a_coupon_listed_twice_counts_once() -> None:
    answer = best(ALL, [coupon(1, AmountOff(500)), coupon(1, AmountOff(500))])

    assert (answer.saving_minor, reasons(answer)["c1"]) == (500, (Reason.REPEATED_IN_BASKET, {}))


def test_what_is_missing_goes_before_a_repeat() -> None:
    dear = coupon(1, AmountOff(500), Conditions(min_spend_minor=16_001))

    left = best(ALL, [dear, dear]).left_out

    assert [each.reason for each in left] == [Reason.BELOW_THRESHOLD] * 2


def test_a_limit_goes_before_a_clash() -> None:
    once = Conditions(per_transaction=1)
    two = [coupon(1, AmountOff(500), once, stacking=Stacking("cash"), name=name) for name in ("a", "b")]

    assert reasons(best(ALL, two))["b"] == (Reason.TRANSACTION_LIMIT, {"limit": 1})


def test_the_limit_of_a_sample_is_one_whatever_is_left() -> None:
    sample = coupon(1, Sample("s-1", LocalText("试用装", "sample")), Conditions(per_member=5))

    assert reasons(best(ALL, [sample], caps={1: Left(0)}))["c1"] == (Reason.MEMBER_LIMIT, {"limit": 1})


def test_gifts_are_given_beside() -> None:
    gift = Gift("g", LocalText("杯子", "mug"))
    mug = coupon(1, gift, stacking=Stacking(group="g"))
    other = coupon(2, gift, stacking=Stacking(group="g"))

    answer = best(ALL, [other, mug, coupon(3, AmountOff(500))])

    assert (ids(answer), [each.coupon_id for each in answer.beside]) == (["c3"], ["c1"])
    assert reasons(answer)["c2"][0] == Reason.NOT_STACKABLE


def test_alternatives_use_a_coupon_that_the_best_does_not() -> None:
    group = Stacking(group="g")
    three = [coupon(n, AmountOff(n * 100), stacking=group) for n in (1, 2, 3)]

    answer = best(ALL, three)

    assert [([each.coupon_id for each in other.candidates], other.saving_minor) for other in answer.alternatives] == [
        (["c2"], 200),
        (["c1"], 100),
    ]
