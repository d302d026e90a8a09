"""Our purchases against the host's receipts: every cause has its case, and order changes nothing."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.domain.business_time import day_number
from pos_client.domain.host_match import Cause, OurPurchase, match, tally
from pos_client.domain.host_receipt import HostReceipt, ReceiptKind
from tests.unit.domain.host_papers import DAY, NOON, SHAMPOO, host, ours

RETURN = ReceiptKind.RETURN
TOMORROW = DAY + timedelta(days=1)
OTHER = "b" * 32

CASES: list[tuple[Cause, list[OurPurchase], list[HostReceipt]]] = [
    (Cause.AGREED, [ours()], [host()]),
    (Cause.CURRENCY_DIFFERS, [ours()], [host(currency="HKD")]),
    (Cause.TOTAL_DIFFERS, [ours()], [host(total_minor=9_900, discount_minor=0)]),
    (Cause.DISCOUNT_DIFFERS, [ours()], [host(discount_minor=900)]),
    (Cause.DATE_DIFFERS, [ours()], [host(day=TOMORROW)]),
    (Cause.LINES_DIFFER, [ours()], [host(lines=(SHAMPOO,))]),
    (Cause.DUPLICATE_AT_HOST, [ours()], [host(), host(total_minor=900)]),
    (Cause.DUPLICATE_HERE, [ours(), ours(txn=OTHER)], [host()]),
    (Cause.RETURNED_AT_HOST_ONLY, [], [host(kind=RETURN)]),
    (Cause.RETURNED_HERE_ONLY, [ours(kind=RETURN)], []),
    (Cause.MISSING_AT_HOST, [ours()], []),
    (Cause.MISSING_HERE, [], [host()]),
]


def causes(ours_: list[OurPurchase], hosts: list[HostReceipt]) -> list[Cause]:
    return [pair.cause for pair in match(ours_, hosts)]


@pytest.mark.parametrize(("cause", "here", "there"), CASES, ids=[case[0].value for case in CASES])
def test_each_cause_is_found(cause: Cause, here: list[OurPurchase], there: list[HostReceipt]) -> None:
    found = causes(here, there)

    assert cause in found
    assert set(found) <= {cause, Cause.AGREED}


def test_every_cause_has_a_case_here() -> None:
    assert {case[0] for case in CASES} == set(Cause)


def test_numbers_that_begin_anew_each_day_are_not_mixed_up() -> None:
    first, second = ours("1"), ours("1", txn=OTHER, day=TOMORROW, basket_minor=5_000, lines=())
    hosts = [host("1", day=TOMORROW, total_minor=4_000, lines=()), host("1")]

    assert causes([first, second], hosts) == [Cause.AGREED, Cause.AGREED]
    assert causes([first], hosts[:1]) == [Cause.MISSING_AT_HOST, Cause.MISSING_HERE]


def test_another_till_with_the_same_number_is_no_duplicate() -> None:
    assert causes([ours()], [host(), host(till="4", total_minor=990, lines=())]) == [Cause.AGREED, Cause.MISSING_HERE]


def test_the_name_that_a_receipt_code_gives_a_purchase_is_known() -> None:
    name = f"3-{day_number(DAY)}-42"

    assert causes([ours(name)], [host("42")]) == [Cause.AGREED]
    assert causes([ours(name)], [host("0042", till="03")]) == [Cause.AGREED]


def test_zeros_before_a_number_do_not_make_it_another_one() -> None:
    assert causes([ours("42")], [host("0042")]) == [Cause.AGREED]
    assert causes([ours("A042")], [host("A42")]) == [Cause.MISSING_AT_HOST, Cause.MISSING_HERE]


def test_without_a_number_the_day_and_the_money_decide_and_the_nearest_in_time_wins() -> None:
    near, far = host("7", at=NOON), host("8", at=NOON + timedelta(hours=3))
    pairs = match([ours("")], [far, near])

    assert [(pair.cause, pair.host and pair.host.receipt_no) for pair in pairs] == [
        (Cause.AGREED, "7"),
        (Cause.MISSING_HERE, "8"),
    ]


def test_a_purchase_with_another_number_is_never_paired_by_its_money() -> None:
    assert causes([ours("1")], [host("2")]) == [Cause.MISSING_AT_HOST, Cause.MISSING_HERE]


def test_a_return_is_found_by_the_receipt_that_it_takes_back() -> None:
    back = ours("", kind=RETURN, returns_no="0042", basket_minor=5_900, discount_minor=600, lines=(SHAMPOO,))
    there = host("0099", kind=RETURN, returns="0042", total_minor=5_300, discount_minor=None, lines=(SHAMPOO,))

    assert causes([ours(), back], [host(), there]) == [Cause.AGREED, Cause.AGREED]


def test_a_host_that_tells_only_the_total_contradicts_nothing_else() -> None:
    assert causes([ours()], [host(discount_minor=None, lines=())]) == [Cause.AGREED]


def test_the_tally_counts_what_occurs() -> None:
    assert tally(match([ours("1"), ours("2")], [host("1")])) == {"agreed": 1, "missing-at-host": 1}


NUMBERS = st.sampled_from(["", "1", "2", "3"])
DAYS = st.sampled_from([DAY, TOMORROW])
MONEY = st.sampled_from([1_000, 8_900, 9_900])
KINDS = st.sampled_from(list(ReceiptKind))
TIMES = st.integers(0, 3).map(lambda hours: NOON + timedelta(hours=hours))
SMALL = {"day": DAYS, "kind": KINDS, "at": TIMES}
HERE = st.lists(st.fixed_dictionaries({**SMALL, "number": NUMBERS, "basket_minor": MONEY}), max_size=6).map(
    lambda rows: [a_purchase(place, row) for place, row in enumerate(rows)]
)
THERE = st.lists(
    st.fixed_dictionaries(
        {**SMALL, "number": NUMBERS.filter(bool), "total_minor": MONEY, "till": st.sampled_from(["3", "4"])}
    ),
    max_size=6,
).map(lambda rows: [a_receipt(row) for row in rows])


def a_purchase(place: int, row: dict[str, Any]) -> OurPurchase:
    return ours(row.pop("number"), txn=f"{place:032x}", lines=(), **row)


def a_receipt(row: dict[str, Any]) -> HostReceipt:
    return host(lines=(), **row)


@given(HERE, THERE)
def test_each_side_is_in_exactly_one_pair(here: list[OurPurchase], there: list[HostReceipt]) -> None:
    pairs = match(here, there)

    assert sorted(pair.ours.txn for pair in pairs if pair.ours) == sorted(one.txn for one in here)
    assert Counter(pair.host for pair in pairs if pair.host) == Counter(there)
    assert all(pair.ours or pair.host for pair in pairs)


@given(HERE, THERE, st.randoms(use_true_random=False))
def test_the_order_of_neither_side_matters(here: list[OurPurchase], there: list[HostReceipt], chance: Any) -> None:
    mixed_here, mixed_there = list(here), list(there)
    chance.shuffle(mixed_here)
    chance.shuffle(mixed_there)

    assert match(mixed_here, mixed_there) == match(here, there)


@given(HERE, THERE)
def test_a_pair_is_of_one_kind_and_a_lone_side_is_named_as_such(
    here: list[OurPurchase], there: list[HostReceipt]
) -> None:
    lone_here = {Cause.DUPLICATE_HERE, Cause.RETURNED_HERE_ONLY, Cause.MISSING_AT_HOST}
    lone_there = {Cause.DUPLICATE_AT_HOST, Cause.RETURNED_AT_HOST_ONLY, Cause.MISSING_HERE}
    for pair in match(here, there):
        if pair.ours and pair.host:
            assert pair.ours.kind is pair.host.kind
            assert pair.cause not in lone_here | lone_there
        else:
            assert pair.cause in (lone_here if pair.ours else lone_there)


@given(st.lists(st.tuples(DAYS, MONEY), max_size=6))
def test_a_host_that_books_what_we_booked_agrees_in_everything(rows: list[tuple[Any, int]]) -> None:
    here = [ours(f"{place}", day=day, basket_minor=money + 1_000, lines=()) for place, (day, money) in enumerate(rows)]
    there = [host(one.receipt_no, day=one.day, total_minor=one.paid_minor, lines=()) for one in here]

    assert set(causes(here, there)) <= {Cause.AGREED}


@given(HERE.filter(bool), st.data())
def test_taking_a_receipt_away_makes_no_other_pair_worse(here: list[OurPurchase], data: st.DataObject) -> None:
    here = [replace(one, receipt_no=f"{place}") for place, one in enumerate(here)]
    there = [
        host(one.receipt_no, kind=one.kind, day=one.day, total_minor=one.paid_minor, lines=(), discount_minor=None)
        for one in here
    ]
    gone = data.draw(st.sampled_from(there))
    there.remove(gone)
    found = Counter(causes(here, there))

    assert found[Cause.AGREED] == len(there)
    assert found[Cause.MISSING_AT_HOST] + found[Cause.RETURNED_HERE_ONLY] == 1
