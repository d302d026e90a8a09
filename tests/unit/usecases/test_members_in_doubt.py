"""Members of whom the centre sent what cannot be read: nobody here knows who they are, or that they are nobody."""

from typing import Any

import pytest

from pos_client.domain.codes.member_card import card_number
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import VerdictKind
from tests import builders as a
from tests import page_builders as p
from tests.unit.usecases.bind_desk import NEW_PHONE, OTHER_PHONE, Binder
from tests.unit.usecases.coming_pages import take_in
from tests.unit.usecases.counter import SECRET, OpenCounter

pytestmark = pytest.mark.expects_log("was set aside")

UNKNOWN = (VerdictKind.SUPERVISOR, Reason.CANNOT_VERIFY_HERE)
KNOWN = [a.PHONE, a.PHONE[-4:], card_number(7), a.a_member_slot(7).text()]
# The member that comes unreadable, with nothing known of him before.
FRESH = [NEW_PHONE, NEW_PHONE[-4:], card_number(8), a.a_member_slot(8).text()]


@pytest.fixture
def binder(open_counter: OpenCounter) -> Binder:
    """A counter that can bind, and knows member 7."""
    return Binder.at(open_counter)


def unreadable(number: int, phone: str = a.PHONE, **body: Any) -> dict[str, Any]:
    """A member's row without his level; with ``body`` nothing but that of it."""
    row = p.page_row("member", a.member_row(SECRET, number, phone=phone, ver=2))
    whole = {column: value for column, value in row["body"].items() if column != "level"}
    return row | {"body": body or whole}


def told(verdict: Any) -> tuple[VerdictKind, Reason]:
    """Kind and reason."""
    return verdict.kind, verdict.reason


def all_told(binder: Binder, codes: list[str]) -> set[tuple[VerdictKind, Reason]]:
    """What searching and the counter say to each; four digits are no code."""
    searched = {told(binder.find(code)) for code in codes}
    return searched | {told(binder.counter.check(code)) for code in codes if len(code) > 4}


@pytest.mark.parametrize(("number", "phone", "codes"), [(7, a.PHONE, KNOWN), (8, NEW_PHONE, FRESH)])
def test_who_cannot_be_read_is_neither_a_member_nor_nobody(
    binder: Binder, number: int, phone: str, codes: list[str]
) -> None:
    take_in(binder.counter, unreadable(number, phone))

    assert all_told(binder, codes) == {UNKNOWN}


def test_others_are_who_they_are(binder: Binder) -> None:
    take_in(binder.counter, unreadable(8, NEW_PHONE))

    assert all_told(binder, KNOWN) == {
        (VerdictKind.READY, Reason.MEMBERS_FOUND), (VerdictKind.READY, Reason.MEMBER_IDENTIFIED),
    }  # fmt: skip
    assert told(binder.find(OTHER_PHONE)) == (VerdictKind.REFUSED, Reason.MEMBER_UNKNOWN)


def test_a_row_that_hides_whose_phone_it_is_may_be_whoever_is_not_found(binder: Binder) -> None:
    take_in(binder.counter, unreadable(8, nothing=1))

    assert all_told(binder, [OTHER_PHONE, OTHER_PHONE[-4:], card_number(9)]) == {UNKNOWN}
    assert all_told(binder, KNOWN) >= {(VerdictKind.READY, Reason.MEMBERS_FOUND)}
    assert UNKNOWN not in all_told(binder, KNOWN)


def test_one_of_two_on_a_phone_is_not_taken_for_the_only_one(binder: Binder) -> None:
    take_in(binder.counter, unreadable(8, a.PHONE))

    assert (told(binder.find(a.PHONE)), told(binder.find(card_number(7)))) == (
        UNKNOWN, (VerdictKind.READY, Reason.MEMBERS_FOUND),
    )  # fmt: skip


def test_nobody_is_bound_a_second_time_to_a_number_that_is_in_doubt(binder: Binder) -> None:
    take_in(binder.counter, unreadable(8, NEW_PHONE))

    answers = [
        binder.bind(NEW_PHONE), binder.look(NEW_PHONE), binder.verify(NEW_PHONE, "123456"),
        binder.change(a.a_member_slot(7).text(), NEW_PHONE),
    ]  # fmt: skip
    assert [told(answer.verdict) for answer in answers] == [UNKNOWN] * 4
    assert binder.counter.entries() == []


def test_one_row_that_may_be_anybodys_does_not_keep_a_booth_from_binding(binder: Binder) -> None:
    take_in(binder.counter, unreadable(8, nothing=1))

    assert binder.bind(NEW_PHONE).verdict.reason is Reason.MEMBER_BOUND


def test_he_is_known_again_once_his_row_comes_whole(binder: Binder) -> None:
    take_in(binder.counter, unreadable(7))
    take_in(binder.counter, p.page_row("member", a.member_row(SECRET, 7, ver=3)))

    assert UNKNOWN not in all_told(binder, KNOWN)
