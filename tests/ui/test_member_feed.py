"""What was done with the member in hand, beside his coupons in a wide window, at a real desk with a long journal."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos_client.domain.errors import StorageUnavailable
from pos_client.ui.history.history_page import HistoryPage
from pos_client.ui.history.member_feed import LONGEST, MemberFeed
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.counter_tools import CounterTools
from pos_client.usecases.history import of_member
from pos_client.usecases.till_view import Customer
from script import screen_facts as facts
from tests import a_long_day as long
from tests.unit.usecases.counter import Counter, OpenCounter, a_counter

from .counter_desk import CounterDesk

# One process has its book, not each.
pytestmark = pytest.mark.xdist_group("member-feed")
REF, OTHER = "m-0007", "m-0008"
DEEDS = 10_100
# Every third deed of the book has no member.
SEQS = [f"1-{number + 1}" for number in reversed(range(7, DEEDS, 5_000)) if number % 3]


class Later:
    """A till's thread that is slower than the window."""

    def __init__(self) -> None:
        self.deeds: list[Callable[[], None]] = []

    def do(self, deed: Callable[[], None]) -> int:
        """Keep it."""
        self.deeds.append(deed)
        return len(self.deeds)

    def do_all(self) -> None:
        """Do what was kept."""
        while self.deeds:
            self.deeds.pop(0)()


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    made = a_counter(tmp_path_factory.mktemp("counter"))
    long.fill(made.journal, DEEDS)
    yield made
    made.journal.close()


@pytest.fixture
def desk(counter: Counter, qtbot: QtBot) -> Iterator[CounterDesk]:
    """A wide window at a counter with a long journal, and nobody in hand."""
    made = CounterDesk(counter, CounterTools(), width=1920, height=1080)
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    made.close()


def in_hand(ref: str) -> Customer:
    """A member who stands at the counter."""
    card = facts.member()
    return facts.customer(member=replace(card, view=replace(card.view, ref=ref)))


def take(desk: CounterDesk, ref: str) -> MemberFeed:
    """He comes; his feed is there when this returns."""
    desk.window.presenter.on_customer(in_hand(ref))
    wait_for_answer(desk)
    return desk.window.feed


def wait_for_answer(desk: CounterDesk) -> None:
    """Until it was asked and answered."""
    QTest.qWait(200)
    desk.settle()


def keys(feed: MemberFeed) -> list[str]:
    """Which deeds it shows."""
    return [row.key for row in feed.deeds.rows()]


def place_of_first_coupon(desk: CounterDesk) -> QRect:
    """In the window."""
    coupons = desk.window.page.home.card.coupons
    corner = coupons.viewport().mapTo(desk.window, QPoint())
    return coupons.visualItemRect(coupons.item(0)).translated(corner)


def test_his_deeds_stand_right_of_his_coupons_newest_first(desk: CounterDesk) -> None:
    feed = take(desk, REF)
    coupons = desk.window.page.home.card.coupons

    assert feed.isVisible()
    assert keys(feed) == SEQS
    assert coupons.mapTo(desk.window, coupons.rect().topRight()).x() < feed.mapTo(desk.window, QPoint()).x()
    assert feed.mapTo(desk.window, feed.rect().topRight()).x() < desk.window.page.verdict.x()


def test_a_row_says_when_what_and_by_whom(desk: CounterDesk) -> None:
    feed = take(desk, REF)
    row, line = feed.deeds.rows()[0], of_member(desk.counter.desk, "E01", REF, 1)[0]

    assert row.title == line.item.headline.in_language("en")
    assert row.note.split(" · ")[1:] == ["redeemed", line.operator]
    assert line.operator in row.spoken


def test_coupons_and_picture_do_not_move_when_it_arrives(desk: CounterDesk) -> None:
    picture = desk.window.page.camera.viewfinder
    before = QRect(picture.mapTo(desk.window, QPoint()), picture.size())
    desk.window.presenter.on_customer(in_hand(REF))
    desk.settle()
    assert keys(desk.window.feed) == []
    coupon = place_of_first_coupon(desk)

    wait_for_answer(desk)
    assert keys(desk.window.feed) == SEQS
    assert place_of_first_coupon(desk) == coupon
    assert QRect(picture.mapTo(desk.window, QPoint()), picture.size()) == before


def test_it_goes_with_him_at_once(desk: CounterDesk) -> None:
    feed = take(desk, REF)
    desk.window.presenter.on_customer(Customer())

    assert (feed.isVisible(), keys(feed)) == (False, [])


def test_the_next_member_never_meets_it(desk: CounterDesk) -> None:
    feed = take(desk, REF)
    desk.window.presenter.on_customer(in_hand(OTHER))
    assert keys(feed) == []

    wait_for_answer(desk)
    assert keys(feed)
    assert set(keys(feed)).isdisjoint(SEQS)


def test_an_answer_for_somebody_who_has_gone_is_dropped(desk: CounterDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Later()
    monkeypatch.setattr(desk.line, "_thread", slow)
    desk.window.presenter.on_customer(in_hand(REF))
    QTest.qWait(200)
    assert slow.deeds
    desk.window.presenter.on_customer(Customer())
    desk.window.presenter.on_customer(in_hand("m-of-elsewhere"))
    slow.do_all()
    desk.settle()

    assert keys(desk.window.feed) == []
    assert not desk.window.feed.nothing.isVisible()


def test_the_desk_is_not_asked_before_the_verdict_is_shown(desk: CounterDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Later()
    monkeypatch.setattr(desk.line, "_thread", slow)
    desk.window.presenter.on_answer(facts.member_found())
    desk.window.repaint()

    assert desk.window.page.verdict.headline.text()
    assert slow.deeds == []
    QTest.qWait(200)
    assert len(slow.deeds) == 1


def test_what_is_done_with_him_now_joins_it(desk: CounterDesk) -> None:
    feed = take(desk, OTHER)
    before = keys(feed)
    long.fill_one_more(desk.counter.journal, DEEDS, OTHER)
    desk.window.presenter.on_answer(replace(facts.redeemed(), customer=in_hand(OTHER)))
    wait_for_answer(desk)

    assert keys(feed) == [f"1-{DEEDS + 1}", *before]


def test_nothing_is_said_calmly(desk: CounterDesk) -> None:
    feed = take(desk, "m-of-elsewhere")

    assert not feed.deeds.isVisible()
    assert feed.nothing.words.text() == "Nothing of this member on this lane yet."


def test_a_busy_book_is_said_and_scanning_goes_on(desk: CounterDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_asked: object) -> None:
        raise StorageUnavailable("busy")

    monkeypatch.setattr(desk.counter.journal.history, "page", busy)
    feed = take(desk, REF)

    assert feed.nothing.words.text() == "The book does not answer now."
    assert desk.window.page.home.card.coupons.isVisible()


def test_another_language_reaches_it_live(desk: CounterDesk) -> None:
    feed = take(desk, REF)
    english = feed.deeds.rows()[0].note
    QTest.keyClick(desk.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    desk.settle()

    assert feed.title.text() == "在本机办过的"
    assert feed.deeds.rows()[0].note == english.replace("redeemed", "核销")


def test_tab_reaches_it_and_it_has_a_name(desk: CounterDesk) -> None:
    feed = take(desk, REF)
    met = set()
    for _ in range(60):
        QTest.keyClick(QApplication.focusWidget() or desk.window, Qt.Key.Key_Tab)
        met.add(QApplication.focusWidget())

    assert feed.deeds in met
    assert feed.deeds.accessibleName() == "What was done with this member on this lane"


def test_a_row_leads_to_his_records(desk: CounterDesk) -> None:
    feed = take(desk, REF)
    place = feed.deeds.visualItemRect(feed.deeds.item(0)).center()
    QTest.mouseClick(feed.deeds.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.settle()
    page = desk.window.body.page(Workspace.HISTORY)

    assert isinstance(page, HistoryPage)
    assert page.search.ask.member == REF


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1440, 900), (1080, 1920)])
def test_a_window_without_room_has_none_and_asks_nothing(
    desk: CounterDesk, monkeypatch: pytest.MonkeyPatch, width: int, height: int
) -> None:
    desk.window.resize(width, height)
    desk.settle()
    slow = Later()
    monkeypatch.setattr(desk.line, "_thread", slow)
    feed = take(desk, REF)

    assert not feed.isVisible()
    assert slow.deeds == []
    assert desk.window.page.home.card.coupons.isVisible()


@pytest.mark.parametrize("workspace", [Workspace.HELP, Workspace.BASKET, Workspace.AMOUNT])
def test_what_needs_the_middle_has_all_of_it(desk: CounterDesk, workspace: Workspace) -> None:
    feed = take(desk, REF)
    desk.window.presenter.open(workspace)
    desk.settle()
    assert not feed.isVisible()

    desk.window.presenter.go_home()
    assert feed.isVisible()


@pytest.mark.long
@pytest.mark.xdist_group("history-book")
def test_among_a_hundred_thousand_deeds_those_of_a_member_are_found(open_counter: OpenCounter) -> None:
    counter = open_counter()
    long.fill(counter.journal)

    assert len(of_member(counter.desk, "E01", REF, LONGEST)) == len(range(7, long.DEEDS, 5_000)) * 2 // 3
