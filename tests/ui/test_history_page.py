"""C11 at a real desk whose journal holds a hundred thousand deeds, driven by real keys."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos_client.domain.errors import StorageUnavailable
from pos_client.domain.scan import Scan, ScanSource
from pos_client.ui.history.history_page import HistoryPage
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.counter_tools import CounterTools
from pos_client.usecases.desk import Desk
from tests import a_long_day as long
from tests.unit.usecases.counter import Counter, a_counter

from .counter_desk import CounterDesk, KeptFiles

# One process has its hundred thousand rows, not each.
pytestmark = pytest.mark.xdist_group("history-page")
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Counter:
    made = a_counter(tmp_path_factory.mktemp("counter"))
    long.fill(made.journal)
    return made


class Sitting:
    """Somebody at the page."""

    def __init__(self, desk: CounterDesk, files: KeptFiles, printed: list[int]) -> None:
        self.desk, self.files, self.printed = desk, files, printed
        page = desk.window.body.page(Workspace.HISTORY)
        assert isinstance(page, HistoryPage)
        self.page = page

    def focused(self) -> QWidget:
        found: QWidget | None = QApplication.focusWidget()
        return self.desk.window if found is None else found

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focused(), key, modifier)
        self.desk.settle()

    def type(self, text: str) -> None:
        for character in text:
            QTest.keyClicks(self.focused(), character)
        self.desk.settle()

    def seqs(self) -> list[int]:
        lines = [self.page.model.line(row) for row in range(self.page.model.rowCount())]
        return [line.seq for line in lines if line]


@pytest.fixture
def sitting(counter: Counter, qtbot: QtBot, tmp_path: Path) -> Iterator[Sitting]:
    files, printed = KeptFiles(tmp_path), []

    def reprint(_desk: Desk, seq: int) -> None:
        printed.append(seq)

    desk = CounterDesk(counter, CounterTools(files, reprint=reprint))
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    made = Sitting(desk, files, printed)
    made.press(Qt.Key.Key_F6)
    yield made
    desk.close()


def test_f6_shows_today_and_the_newest_first(sitting: Sitting) -> None:
    assert sitting.page.isVisible()
    assert sitting.seqs()[:3] == [100_000, 99_999, 99_998]
    assert sitting.page.count.text() == "278 lines"


def test_the_end_of_a_code_finds_its_deed_among_all_days(sitting: Sitting) -> None:
    sitting.press(Qt.Key.Key_1, ALT)
    sitting.type(long.coupon_id(54_320)[-6:])

    assert sitting.seqs() == [54_321]
    sitting.press(Qt.Key.Key_Backspace)
    assert {*range(54_321, 54_331)} < {*sitting.seqs()}


def test_a_receipt_s_number_typed_key_by_key_finds_its_deed(sitting: Sitting) -> None:
    sitting.press(Qt.Key.Key_1, ALT)
    sitting.type("r00054321")

    assert sitting.seqs() == [54_322]


def test_the_arrows_walk_the_list_again_after_a_search_that_found_nothing(sitting: Sitting) -> None:
    sitting.type("zzz")
    assert sitting.page.table.isHidden()
    assert sitting.focused() is sitting.desk.window
    for _ in "zzz":
        sitting.press(Qt.Key.Key_Backspace)

    sitting.press(Qt.Key.Key_Down)

    assert sitting.page.table.currentIndex().row() == 1


def test_no_button_has_the_keyboard_when_scanning_goes_on(sitting: Sitting) -> None:
    sitting.press(Qt.Key.Key_Escape)

    assert not sitting.page.isVisible()
    assert sitting.focused() is sitting.desk.window


def test_mine_waiting_and_taken_back_are_chips(sitting: Sitting) -> None:
    sitting.press(Qt.Key.Key_2, ALT)
    assert {line.operator for row in range(50) if (line := sitting.page.model.line(row))} == {"小王"}
    sitting.press(Qt.Key.Key_2, ALT)
    sitting.press(Qt.Key.Key_4, ALT)

    assert sitting.seqs() == []
    assert sitting.page.nothing.words.isVisible()
    assert sitting.page.nothing.widen.isVisible()


def test_scrolling_to_the_end_brings_the_next_page(sitting: Sitting) -> None:
    assert len(sitting.seqs()) == 100
    sitting.page.table.scrollToBottom()
    sitting.desk.settle()

    assert len(sitting.seqs()) >= 200
    assert sitting.seqs() == sorted(sitting.seqs(), reverse=True)


def test_arrows_choose_and_enter_opens_the_deed_in_place(sitting: Sitting) -> None:
    sitting.press(Qt.Key.Key_Down)
    sitting.press(Qt.Key.Key_Return)

    assert sitting.page.detail.isVisible()
    assert sitting.page.detail.line == sitting.page.model.line(1)


def test_why_a_coupon_was_refused_is_a_whole_sentence(sitting: Sitting) -> None:
    row = next(row for row in range(50) if (line := sitting.page.model.line(row)) and line.reason == "expired")
    sitting.page.table.setCurrentIndex(sitting.page.model.index(row, 0))
    sitting.desk.settle()

    # The day is not written down with a refusal.
    assert sitting.page.detail.why.text().replace("\n", " ").startswith("Expired. Nothing was redeemed")


def test_f8_undoes_what_is_mine_and_says_why_not_elsewhere(sitting: Sitting) -> None:
    assert sitting.page.chosen_item() is not None
    chosen = next(row for row in range(50) if (line := sitting.page.model.line(row)) and line.item.can_undo)
    other = next(row for row in range(50) if (line := sitting.page.model.line(row)) and not line.item.can_undo)
    sitting.page.table.setCurrentIndex(sitting.page.model.index(other, 0))
    sitting.press(Qt.Key.Key_F8)
    assert sitting.page.isVisible()
    assert sitting.page.news.text()

    sitting.page.table.setCurrentIndex(sitting.page.model.index(chosen, 0))
    sitting.press(Qt.Key.Key_F8)
    assert sitting.desk.window.presenter.workspace is Workspace.UNDO
    sitting.press(Qt.Key.Key_1)
    line = sitting.page.model.line(chosen)
    assert line is not None
    assert sitting.desk.till.deeds[-1][:2] == ("undo", line.seq)


def test_f9_prints_the_chosen_deed_again(sitting: Sitting) -> None:
    row = next(row for row in range(50) if (line := sitting.page.model.line(row)) and line.has_slip)
    sitting.page.table.setCurrentIndex(sitting.page.model.index(row, 0))
    sitting.press(Qt.Key.Key_F9)

    line = sitting.page.model.line(row)
    assert line is not None
    assert sitting.printed == [line.seq]


def test_the_next_scan_is_taken_and_esc_keeps_what_was_typed(sitting: Sitting) -> None:
    sitting.type("4321")
    sitting.press(Qt.Key.Key_Escape)
    assert sitting.desk.window.presenter.workspace is Workspace.HOME
    sitting.press(Qt.Key.Key_F6)
    assert sitting.page.box.text.text() == "4321"

    sitting.desk.window.presenter.on_scanned(Scan("any", ScanSource.WEDGE, sitting.desk.counter.clock.wall))
    assert sitting.desk.window.presenter.workspace is Workspace.HOME
    assert sitting.desk.till.deeds[-1][0] == "scan"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_ctrl_e_saves_what_was_found_masked(sitting: Sitting, qtbot: QtBot, ending: str) -> None:
    if ending == "csv":
        sitting.press(Qt.Key.Key_E, CTRL)
    else:
        QTest.mouseClick(sitting.page.xlsx, Qt.MouseButton.LeftButton)
    # The file is there a moment before the page hears of it.
    qtbot.waitUntil(lambda: bool(sitting.files.names) and sitting.files.names[0] in sitting.page.news.text())
    content = (sitting.files.folder / sitting.files.names[0]).read_bytes()

    assert sitting.files.names[0].endswith(ending)
    if ending == "csv":
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert len(rows) == 279
        assert not re.search(r"(?<!\d)1\d{10}(?!\d)", content.decode("utf-8-sig"))
    else:
        assert content[:2] == b"PK"


def test_a_disk_that_is_full_is_said(sitting: Sitting, qtbot: QtBot) -> None:
    sitting.files.is_full = True
    sitting.press(Qt.Key.Key_E, CTRL)
    qtbot.waitUntil(lambda: bool(sitting.page.news.text()) and not sitting.page.exports.is_busy)  # type: ignore[union-attr]

    assert "Saved" not in sitting.page.news.text()


def test_a_busy_book_leaves_what_stands_there_and_is_asked_again(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sitting.seqs()

    def busy(*_: object) -> None:
        raise StorageUnavailable("busy")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(type(sitting.desk.counter.journal.history), "page", busy)
        sitting.type("4")
        assert sitting.seqs() == before
        assert "busy" in sitting.page.count.text()
    sitting.desk.counter.clock.pass_by(timedelta(seconds=3))
    sitting.desk.window.tick()
    sitting.desk.settle()

    assert sitting.seqs() != before
    assert "lines" in sitting.page.count.text()
