"""Finding members: by whatever they show, and by four digits only so often."""

import pytest

from pos_client.domain.codes.member_card import card_number
from pos_client.domain.reasons import Reason
from pos_client.domain.trade_policy import TradePolicy
from tests import builders as a
from tests.unit.usecases.bind_desk import NEW_PHONE, Binder
from tests.unit.usecases.counter import COLLEAGUE, HOUR, SECRET, OpenCounter, Tables


def crowd(tables: Tables) -> None:
    """Twelve members whose numbers end alike."""
    tables["member"] = [a.member_row(SECRET, number, phone=f"+86138{number:04}8000") for number in range(1, 13)]


@pytest.fixture
def binder(open_counter: OpenCounter) -> Binder:
    """A counter of a crowded shop."""
    return Binder.at(open_counter, crowd)


@pytest.mark.parametrize("text", ["138 0007 8000", card_number(7), a.a_member_slot(7).text()])
def test_a_member_is_found_by_phone_card_and_slot_code(binder: Binder, text: str) -> None:
    verdict = binder.find(text)

    assert (verdict.reason, [view.ref for view in verdict.members]) == (Reason.MEMBERS_FOUND, ["m7"])


def test_at_most_ten_are_found_by_four_digits(binder: Binder) -> None:
    verdict = binder.find("8000")

    assert (verdict.reason, len(verdict.members)) == (Reason.MEMBERS_FOUND, 10)
    assert all("****" in view.masked for view in verdict.members)


def test_nobody_is_found(binder: Binder) -> None:
    assert [binder.find(text).reason for text in ("9999", NEW_PHONE)] == [Reason.MEMBER_UNKNOWN] * 2


def test_what_is_no_member_is_said_so(binder: Binder) -> None:
    assert binder.find("6901234567892").reason is Reason.PRODUCT


def test_looks_by_four_digits_are_counted_for_each_person_and_hour(binder: Binder) -> None:
    binder.counter.trade = TradePolicy(tail_lookups=2)

    reasons = [binder.find("8000").reason for _ in range(3)]
    colleague, by_phone = binder.find("8000", COLLEAGUE), binder.find("138 0007 8000")
    binder.counter.clock.pass_by(HOUR)
    later = binder.find("8000")

    assert reasons == [Reason.MEMBERS_FOUND, Reason.MEMBERS_FOUND, Reason.LOOKUP_LIMIT]
    assert [verdict.reason for verdict in (colleague, by_phone, later)] == [Reason.MEMBERS_FOUND] * 3


def test_an_id_that_nobody_has_is_no_way_to_a_count_of_its_own(binder: Binder) -> None:
    binder.counter.trade = TradePolicy(tail_lookups=2)

    reasons = [binder.find("8000", f"X{number}").reason for number in range(3)]

    assert reasons == [Reason.MEMBERS_FOUND, Reason.MEMBERS_FOUND, Reason.LOOKUP_LIMIT]
