"""Choosing among members: by four digits, by a phone that several share; and what an undo tells before."""

from dataclasses import replace
from datetime import date

import pytest

from pos_client.domain.codes.member_card import card_number
from pos_client.domain.reasons import Reason
from pos_client.domain.scan import Scan, ScanSource
from pos_client.domain.trade_policy import TradePolicy
from pos_client.storage.lookup_book import LookupBook
from pos_client.usecases.desk import Attribution
from pos_client.usecases.till_session import TillSession
from pos_client.usecases.till_view import TillAnswer
from pos_client.usecases.undo_effects import undo_effects, undo_target
from pos_client.usecases.usual_amount import UsualAmount
from tests import builders as a
from tests.unit.usecases.counter import CLERK, PROMOTER, SECRET, Counter, OpenCounter, Tables

CARD = card_number(7)


def crowd(tables: Tables) -> None:
    """Two members share a phone, a third has the same last four digits."""
    tables["member"] += [
        a.member_row(SECRET, 8, name="李**"),
        a.member_row(SECRET, 9, phone="+8613911118000", name="赵**"),
    ]


@pytest.fixture
def counter(open_counter: OpenCounter) -> Counter:
    """Return a counter with that crowd."""
    return open_counter(crowd)


@pytest.fixture
def session(counter: Counter) -> TillSession:
    """Return a dialogue whose looks are counted."""
    return TillSession(replace(counter.desk, lookups=LookupBook(counter.folder / "lookups.json")), CLERK, PROMOTER)


def typed(session: TillSession, text: str) -> TillAnswer:
    """A person types and presses Enter."""
    return session.scan(Scan(text, ScanSource.TYPED, a.NOON), 1)


def test_four_digits_find_whoever_has_them(session: TillSession) -> None:
    answer = typed(session, "8000")

    assert answer.verdict.reason is Reason.MEMBERS_FOUND
    assert {one.ref for one in answer.customer.candidates} == {"m7", "m8", "m9"}
    assert all("8000" in one.masked and "13800138000" not in one.masked for one in answer.customer.candidates)
    assert answer.customer.member is None


def test_whoever_is_chosen_is_greeted_as_if_he_had_said_his_number(session: TillSession) -> None:
    typed(session, "8000")
    answer = session.choose_member("m9", 2)

    assert answer is not None
    member = answer.customer.member
    assert member is not None
    assert (member.view.ref, member.view.proof, answer.customer.candidates) == ("m9", "phone", ())


def test_nobody_is_chosen_who_was_not_offered(session: TillSession) -> None:
    typed(session, "0000")

    assert session.choose_member("m7", 2) is None


def test_looks_by_four_digits_are_counted(counter: Counter, session: TillSession) -> None:
    counter.trade = TradePolicy(tail_lookups=1)
    typed(session, "8000")
    answer = typed(session, "8000")

    assert (answer.verdict.reason, answer.customer.candidates) == (Reason.LOOKUP_LIMIT, ())


def test_four_digits_of_a_scanner_are_a_code(session: TillSession) -> None:
    answer = session.scan(Scan("8000", ScanSource.WEDGE, a.NOON), 1)

    assert answer.customer.candidates == ()


def test_members_of_one_phone_are_offered_and_a_scan_ends_the_choice(session: TillSession) -> None:
    assert [one.ref for one in typed(session, "13800138000").customer.candidates] == ["m7", "m8"]
    assert typed(session, CARD).customer.candidates == ()


def test_the_last_visit_here_is_told(counter: Counter, session: TillSession) -> None:
    counter.redeem(a.a_signed_coupon().text(), CARD)
    found = {one.ref: one for one in typed(session, "8000").customer.candidates}

    assert (found["m7"].last_day, found["m7"].store_name) == (a.TODAY, "人民路店101")
    assert (found["m8"].last_day, found["m8"].since) == (None, date(2024, 5, 1))


def test_an_undo_tells_the_coupon_its_last_day_and_who_may(counter: Counter) -> None:
    counter.redeem(a.a_signed_coupon().text())
    seq = counter.entries()[-1].seq
    by = Attribution(CLERK)
    found = undo_effects(counter.desk, seq, by, {"1001-1": date(2026, 12, 31)})

    assert found is not None
    assert (found.coupons[0].last_day, found.value_minor, found.refusal) == (date(2026, 12, 31), 1000, None)
    other = undo_effects(counter.desk, seq, Attribution("E02"), {})
    assert other is not None
    assert other.refusal is not None
    assert other.refusal.reason is Reason.VOID_OTHER_OPERATOR
    assert undo_target(counter.desk, seq) == seq


def test_what_is_usual_is_the_middle_of_what_was_bought(counter: Counter) -> None:
    usual = UsualAmount(counter.desk)
    assert usual.minor() == 0
    for minor in (5_000,) * 6 + (9_000,) * 4:
        usual.add(minor)

    assert usual.minor() == 5_000
