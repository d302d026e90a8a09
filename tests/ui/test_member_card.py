"""Where the member's card leads, with real keys at a real desk: to his records, and to a new member's code."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos_client.domain.scan import Scan, ScanSource
from pos_client.ui.bind.bind_view import BindMode
from pos_client.ui.history.history_page import HistoryPage
from pos_client.ui.scan.member_card import CustomerCard
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.counter_tools import CounterTools
from pos_client.usecases.history import HistoryAsk
from pos_client.usecases.till_view import Customer
from script import screen_facts as facts
from tests import a_long_day as long
from tests.unit.usecases.bind_desk import Binder
from tests.unit.usecases.counter import OpenCounter

from .bind_counter import BindDesk
from .conftest import MakeStage
from .counter_desk import CounterDesk

REF = "m-0007"
DEEDS = 10_100


@pytest.fixture
def desk(open_counter: OpenCounter, qtbot: QtBot) -> Iterator[CounterDesk]:
    """A counter with a long journal, and one of its members in hand."""
    counter = open_counter()
    long.fill(counter.journal, DEEDS)
    made = CounterDesk(counter, CounterTools())
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    made.window.presenter.on_customer(in_hand(REF))
    made.settle()
    yield made
    made.close()


@pytest.fixture
def bind(open_counter: OpenCounter, qtbot: QtBot, tmp_path: Path) -> Iterator[BindDesk]:
    """A counter that can bind."""
    made = BindDesk(Binder.at(open_counter), tmp_path, (1280, 800))
    made.desk.window.activateWindow()
    qtbot.waitUntil(made.desk.window.isActiveWindow)
    yield made
    made.desk.close()


def in_hand(ref: str = "M-1", *, has_coupons: bool = True) -> Customer:
    """A member who stands at the counter."""
    card = facts.member()
    view = replace(card.view, ref=ref)
    return facts.customer(member=replace(card, view=view, coupons=card.coupons if has_coupons else ()))


def card_of(desk: CounterDesk) -> CustomerCard:
    """The card."""
    return desk.window.page.home.card


def history_of(desk: CounterDesk) -> HistoryPage:
    """The history."""
    page = desk.window.body.page(Workspace.HISTORY)
    assert isinstance(page, HistoryPage)
    return page


def press_records(desk: CounterDesk) -> HistoryPage:
    """A finger on the button."""
    QTest.mouseClick(card_of(desk).records_button, Qt.MouseButton.LeftButton)
    desk.settle()
    return history_of(desk)


def seqs(page: HistoryPage) -> list[int]:
    """What is in the list."""
    return [line.seq for row in range(page.model.rowCount()) if (line := page.model.line(row))]


def test_records_are_those_of_the_member_in_hand_of_all_days(desk: CounterDesk) -> None:
    page = press_records(desk)

    assert page.isVisible()
    # Every third deed of the book has no member.
    assert seqs(page) == [number + 1 for number in reversed(range(7, DEEDS, 5_000)) if number % 3]
    assert page.box.text.text() == facts.member().view.masked


def test_its_key_leads_to_the_same_and_to_nothing_without_a_member(desk: CounterDesk) -> None:
    assert "Ctrl+H" in card_of(desk).records_button.accessibleName()
    QTest.keyClick(desk.window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    desk.settle()

    assert history_of(desk).box.text.text() == facts.member().view.masked
    desk.window.presenter.go_home()
    desk.window.presenter.on_customer(Customer())
    desk.settle()
    QTest.keyClick(desk.window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert desk.window.presenter.workspace is Workspace.HOME


def test_somebody_without_records_is_said_to_have_none(desk: CounterDesk) -> None:
    desk.window.presenter.on_customer(in_hand("m-of-elsewhere"))
    page = press_records(desk)

    assert seqs(page) == []
    assert page.nothing.words.text() == "Nothing of this member on this lane."
    assert not page.nothing.widen.isVisible()


def test_a_chip_narrows_his_records_and_what_is_typed_ends_them(desk: CounterDesk) -> None:
    page = press_records(desk)
    page.search.toggle("undone")
    desk.settle()
    assert seqs(page) == []
    page.search.widen()
    desk.settle()
    assert seqs(page)

    QTest.keyClicks(desk.window, "4")
    desk.settle()
    assert page.search.ask == HistoryAsk(text="4", today=False)


def test_backspace_and_the_cross_let_the_member_go(desk: CounterDesk) -> None:
    page = press_records(desk)
    QTest.keyClick(desk.window, Qt.Key.Key_Backspace)
    assert page.search.ask == HistoryAsk(today=False)

    page.search.show_member(REF, "somebody")
    page.box.clear.click()
    assert page.search.ask == HistoryAsk(today=False)


def test_the_next_customer_does_not_meet_his_records(desk: CounterDesk) -> None:
    page = press_records(desk)
    desk.window.presenter.on_scanned(Scan("any", ScanSource.WEDGE, desk.counter.clock.wall))
    desk.settle()
    assert desk.window.presenter.workspace is Workspace.HOME

    QTest.keyClick(desk.window, Qt.Key.Key_F6)
    desk.settle()
    assert page.search.ask == HistoryAsk()
    assert page.box.text.text() == ""


def test_without_a_member_there_is_no_button_for_records(desk: CounterDesk) -> None:
    desk.window.presenter.on_customer(Customer(amount_minor=13_800))

    assert card_of(desk).isVisible()
    assert not card_of(desk).records_button.isVisible()


def test_large_words_leave_the_buttons_their_pictures_and_their_names(make_stage: MakeStage) -> None:
    stage = make_stage("en")
    stage.presenter.on_answer(facts.member_found())
    # Wider than this, what was done with him takes room beside the card.
    stage.draw(1760, 1000)
    card = stage.clerk.window.page.home.card
    quiet = ((card.number_button, "Change number", "Ctrl+U"), (card.records_button, "Records", "Ctrl+H"))
    assert card.records_button.text() == "Records"

    stage.clerk.window.step_text(4)
    stage.draw(1280, 800)
    assert [button.text() for button, _, _ in quiet] == ["", ""]
    assert [button.accessibleName() for button, _, _ in quiet] == [f"{words} {key}" for _, words, key in quiet]


@pytest.mark.parametrize("by", ["button", "F4"])
def test_a_member_without_coupons_finds_the_code_on_his_side(bind: BindDesk, by: str) -> None:
    bind.desk.window.presenter.on_customer(in_hand(has_coupons=False))
    bind.desk.settle()
    button = card_of(bind.desk).code_button
    assert button.isVisible()
    if by == "F4":
        bind.press(Qt.Key.Key_F4)
    else:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        bind.desk.settle()

    assert bind.desk.window.presenter.workspace is Workspace.BIND
    assert bind.page.customer.isVisible()
    assert not bind.page.clerk.isVisible()
    bind.press(Qt.Key.Key_Escape)
    assert bind.page.clerk.isVisible()
    bind.press(Qt.Key.Key_Escape)
    assert bind.workspace is Workspace.HOME
    assert bind.desk.window.presenter.customer.member is not None


@pytest.mark.parametrize("customer", [Customer(), in_hand()], ids=["nobody", "with coupons"])
def test_otherwise_the_clerk_sees_his_own_side_first(bind: BindDesk, customer: Customer) -> None:
    bind.desk.window.presenter.on_customer(customer)
    assert not card_of(bind.desk).code_button.isVisible()
    bind.press(Qt.Key.Key_F4)

    assert bind.page.clerk.isVisible()


def test_a_question_that_is_open_is_not_turned_to_the_customer(bind: BindDesk) -> None:
    bind.press(Qt.Key.Key_F4)
    bind.page.presenter.ask_phone()
    bind.desk.window.presenter.go_home()
    bind.desk.window.presenter.on_customer(in_hand(has_coupons=False))
    bind.press(Qt.Key.Key_F4)

    assert bind.page.presenter.view.mode is BindMode.PHONE
    assert bind.page.clerk.isVisible()
