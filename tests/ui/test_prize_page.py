"""C7 with real keys at a real desk: the scan opens it, Enter gives, F7 and F9 are the ways around an empty shelf."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos_client.config.thing_pictures import PictureFolder
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.scan import Scan, ScanSource
from pos_client.ui.handover.handing_view import HandingMode
from pos_client.ui.handover.prize_page import PrizePage
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.scan.sound import Sound
from pos_client.usecases.counter_tools import CounterTools
from tests.ui.counter_desk import CounterDesk
from tests.unit.usecases.counter import OpenCounter
from tests.unit.usecases.test_authorise import a_book
from tests.unit.usecases.test_things_at_hand import BOSS, COUPON, PIN, prizes


class Booth:
    """The window, and what a person does at it."""

    def __init__(self, desk: CounterDesk) -> None:
        self.desk = desk
        page = desk.window.body.page(Workspace.PRIZE)
        assert isinstance(page, PrizePage)
        self.page = page
        self.heard: list[Sound] = []
        desk.window.page.sounded.connect(self.heard.append)

    def scan(self, text: str = COUPON) -> None:
        """A code is read, judged as the till's thread does, and answered."""
        self.desk.window.presenter.on_scanned(Scan(text, ScanSource.WEDGE, self.desk.counter.clock.wall))
        answer = self.desk.session.scan(Scan(text, ScanSource.WEDGE, self.desk.counter.clock.wall), 1)
        self.desk.window.presenter.on_answer(answer)
        self.desk.settle()

    def press(self, *keys: Qt.Key) -> None:
        """A person's keys."""
        for key in keys:
            QTest.keyClick(self.desk.window, key)
            self.desk.settle()

    @property
    def workspace(self) -> Workspace:
        """What is shown."""
        return self.desk.window.presenter.workspace

    @property
    def reason(self) -> Reason | None:
        """Of the verdict that stands there."""
        answer = self.desk.window.presenter.answer
        return answer.verdict.reason if answer else None


@pytest.fixture
def sit(open_counter: OpenCounter, qtbot: QtBot, tmp_path: Path) -> Iterator[object]:
    """A booth with so many cats."""
    made: list[CounterDesk] = []

    def make(stock: int = 3, width: int = 1280, height: int = 800) -> Booth:
        counter = open_counter(prizes(stock))
        tools = CounterTools(pictures=PictureFolder(tmp_path / "pictures"))
        desk = CounterDesk(counter, tools, width=width, height=height)
        # Whoever has no PIN of his own need not log in; the supervisor has one.
        counter.pins = a_book(**{BOSS: PIN})
        made.append(desk)
        desk.window.activateWindow()
        qtbot.waitUntil(desk.window.isActiveWindow)
        return Booth(desk)

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def booth(sit: object) -> Booth:
    """Three cats."""
    made = sit()  # type: ignore[operator]
    assert isinstance(made, Booth)
    return made


def test_a_scan_opens_it_and_enter_gives(booth: Booth) -> None:
    booth.scan()
    assert booth.workspace is Workspace.PRIZE
    assert booth.page.card.name.text() == "Plush cat"
    assert booth.page.card.stock.text() == "3 left"

    booth.press(Qt.Key.Key_Return)

    assert (booth.workspace, booth.heard[-1]) == (Workspace.HOME, Sound.WIN)
    assert EntryKind.HAND_OVER in booth.desk.counter.kinds()
    assert booth.desk.window.presenter.undo_left_s() > 0


def test_the_time_that_it_is_kept_runs(booth: Booth) -> None:
    booth.scan()
    booth.desk.counter.clock.pass_by(timedelta(seconds=20))
    booth.desk.window.tick()

    assert "100 s" in booth.page.card.kept.text()
    booth.desk.counter.clock.pass_by(timedelta(seconds=101))
    booth.page.on_tick()
    assert "time is over" in booth.page.card.kept.text()


def test_the_button_gives_too(booth: Booth) -> None:
    booth.scan()
    booth.page.card.give_button.click()
    booth.desk.settle()

    assert EntryKind.HAND_OVER in booth.desk.counter.kinds()


def test_two_quick_enters_give_once(booth: Booth) -> None:
    booth.scan()
    QTest.keyClick(booth.desk.window, Qt.Key.Key_Return)
    QTest.keyClick(booth.desk.window, Qt.Key.Key_Return)
    booth.desk.settle()

    assert booth.desk.counter.kinds().count(EntryKind.HAND_OVER) == 1


def test_f7_is_another_day(booth: Booth) -> None:
    booth.scan()
    booth.press(Qt.Key.Key_F7)

    assert (booth.workspace, booth.reason) == (Workspace.HOME, Reason.THING_LATER)
    assert EntryKind.REDEEM not in booth.desk.counter.kinds()
    assert booth.desk.counter.journal.open_intents() == []


def test_esc_leaves_it_held_and_f5_leads_back(booth: Booth) -> None:
    booth.scan()
    booth.press(Qt.Key.Key_Escape)
    assert (booth.workspace, len(booth.desk.counter.journal.open_intents())) == (Workspace.HOME, 1)

    booth.press(Qt.Key.Key_F5, Qt.Key.Key_Return)
    assert EntryKind.HAND_OVER in booth.desk.counter.kinds()


def test_none_left_can_not_be_given(sit: object) -> None:
    booth = sit(0)  # type: ignore[operator]
    booth.scan()
    booth.press(Qt.Key.Key_Return)

    assert booth.workspace is Workspace.PRIZE
    assert EntryKind.REDEEM not in booth.desk.counter.kinds()
    assert not booth.page.card.give_button.isEnabled()
    assert booth.page.card.later_button.text() == "Out of stock, another day"


def test_f9_gives_something_else_with_a_supervisor(sit: object) -> None:
    booth = sit(0)  # type: ignore[operator]
    booth.scan()
    booth.press(Qt.Key.Key_F9, Qt.Key.Key_1, Qt.Key.Key_1)
    assert booth.page.presenter.view.mode is HandingMode.PIN
    QTest.keyClicks(booth.desk.window, PIN)
    booth.press(Qt.Key.Key_Return)

    handed = booth.desk.counter.entries()[-1].fields()
    assert (handed["kind"], handed["item"], handed["supervisor"]) == ("hand_over", "plush-dog", BOSS)
    assert booth.page.presenter.view.pin_digits == 0


def test_a_wrong_pin_says_so_and_gives_nothing(sit: object) -> None:
    booth = sit(0)  # type: ignore[operator]
    booth.scan()
    booth.press(Qt.Key.Key_F9, Qt.Key.Key_1, Qt.Key.Key_1)
    QTest.keyClicks(booth.desk.window, "999999")
    booth.press(Qt.Key.Key_Return)

    assert booth.reason is Reason.PIN_WRONG
    assert EntryKind.HAND_OVER not in booth.desk.counter.kinds()


def test_esc_leads_one_question_back(sit: object) -> None:
    booth = sit(0)  # type: ignore[operator]
    booth.scan()
    booth.press(Qt.Key.Key_F9, Qt.Key.Key_1, Qt.Key.Key_1)
    seen = []
    for _ in range(3):
        booth.press(Qt.Key.Key_Escape)
        seen.append(booth.page.presenter.view.mode)

    assert seen == [HandingMode.WHO, HandingMode.OTHER, HandingMode.THING]
    assert booth.workspace is Workspace.PRIZE


def test_a_scan_in_the_middle_is_judged(booth: Booth) -> None:
    booth.scan()
    booth.scan("6901234567892")

    assert (booth.workspace, booth.reason) == (Workspace.HOME, Reason.PRODUCT)


def test_nothing_waits_is_said(booth: Booth) -> None:
    booth.press(Qt.Key.Key_F5)

    assert booth.page.empty.isVisible()
    assert booth.page.empty.words.text().startswith("Nothing waits")
    booth.press(Qt.Key.Key_F7)
    assert booth.workspace is Workspace.PROMOTER


def test_the_stock_stands_beside_on_a_wide_screen(sit: object) -> None:
    booth = sit(1, 1920, 1080)  # type: ignore[operator]
    booth.press(Qt.Key.Key_F5)

    assert booth.page.stock.isVisible()
    assert [(row.title, row.note) for row in booth.page.stock.stock.rows()] == [
        ("Plush cat", "bring more"),
        ("Plush dog", ""),
    ]


def test_it_stands_below_on_a_tall_one(sit: object) -> None:
    booth = sit(1, 1080, 1920)  # type: ignore[operator]
    booth.press(Qt.Key.Key_F5)
    page = booth.page

    assert page.stock.isVisible()
    assert page.stock.mapTo(page, page.stock.rect().topLeft()).y() > page.height() / 2
    assert page.stock.width() > page.width() * 0.9


def test_it_has_no_place_on_a_small_one(booth: Booth) -> None:
    booth.press(Qt.Key.Key_F5)

    assert not booth.page.stock.isVisible()


def test_a_photograph_is_shown_where_there_is_one(booth: Booth, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    photo = QImage(1600, 1200, QImage.Format.Format_RGB32)
    photo.fill(Qt.GlobalColor.darkGreen)
    photo.save(str(tmp_path / "pictures" / "plush-cat.png"))
    booth.scan()

    assert booth.page.card.picture.has_photo
    shown = booth.page.card.picture.grab().toImage()
    assert shown.pixelColor(shown.width() // 2, shown.height() // 2) == photo.pixelColor(0, 0)
    assert booth.page.card.picture.accessibleName() == "Plush cat"


def test_a_file_that_is_no_picture_is_a_drawing(booth: Booth, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "plush-cat.png").write_bytes(b"no picture")
    booth.scan()

    assert not booth.page.card.picture.has_photo
