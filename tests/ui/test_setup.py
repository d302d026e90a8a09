"""C12's changes: the printer's strip is chosen by a number, a supervisor's PIN stands before every change."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos_client.bootstrap.station_choices import ChoicesFile
from pos_client.bootstrap.station_printer import StationPrinter
from pos_client.config import settings
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.scan import Scan, ScanSource
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.scan.sound import Sound
from pos_client.ui.settings.settings_page import SettingsPage
from pos_client.ui.settings.setup_steps import SetupStep
from pos_client.usecases.counter_tools import CounterTools
from pos_client.usecases.machine_checks import Finding, Light
from script.receipt_facts import PAPER_OUT
from tests.fakes.network_printer import NO_PAPER, NetworkPrinter
from tests.ui.day_stage import DayStage
from tests.unit.usecases.day_shop import BOSS, BOSS_PIN, WRONG


class Well:
    """Parts of which nothing is wrong."""

    def names(self) -> tuple[str, ...]:
        """Four of them, two in a row."""
        return ("network", "camera", "gun", "printer")

    def look(self, name: str) -> Finding:
        """In order."""
        return Finding(Light.GOOD, name)


@pytest.fixture
def paper() -> Iterator[NetworkPrinter]:
    made = NetworkPrinter()
    yield made
    made.close()


@pytest.fixture
def station(tmp_path: Path, paper: NetworkPrinter) -> Path:
    file = tmp_path / "station.toml"
    file.write_text(f'# kept\n[printer]\nto = "{paper.place}"\n', "utf-8")
    return file


@pytest.fixture
def day(qapp: object, tmp_path: Path, station: Path) -> Iterator[DayStage]:
    """Return a window in a store with PINs, with a real printer's bench."""
    del qapp
    printer = StationPrinter(station, settings.load(station).printer)
    made = DayStage(tmp_path, tools=CounterTools(checks=Well(), bench=printer, choices=ChoicesFile(station)))
    yield made
    made.close()


@pytest.fixture
def page(day: DayStage) -> SettingsPage:
    made = day.stage.open(Workspace.SETTINGS, SettingsPage)
    day.settle()
    return made


def kept(station: Path) -> str:
    return settings.load(station).printer.encoding


def strip_is_out(day: DayStage, page: SettingsPage, qtbot: QtBot) -> None:
    day.type("p")
    qtbot.waitUntil(lambda: not page.setup.steps.view("").is_asking, timeout=10_000)


def hint(page: SettingsPage) -> str:
    return page.setup.panel.hint.text()


def test_the_part_that_can_be_read_is_kept_after_a_pin(
    day: DayStage, page: SettingsPage, station: Path, paper: NetworkPrinter, qtbot: QtBot
) -> None:
    strip_is_out(day, page, qtbot)
    asked = hint(page)
    day.type("3")
    before = kept(station)
    day.type(f"1{BOSS_PIN}\n")
    qtbot.waitUntil(lambda: kept(station) == "UTF-8")
    qtbot.waitUntil(lambda: "已保存" in hint(page))

    assert "哪一段看得清" in asked
    assert before == "GBK"
    assert len(paper.pages) == 4
    assert "UTF-8 · 正在使用" in [button.text() for button in page.setup.panel.choices.buttons]
    assert station.read_text("utf-8").startswith("# kept\n")


def test_a_wrong_pin_changes_nothing_and_says_what_to_do(
    day: DayStage, page: SettingsPage, station: Path, qtbot: QtBot
) -> None:
    strip_is_out(day, page, qtbot)
    day.type(f"31{WRONG}\n")

    assert kept(station) == "GBK"
    assert "密码不对" in hint(page)
    assert "重新输入" in hint(page)
    assert day.shop.kinds().count(EntryKind.LOGIN) >= 1


def test_five_wrong_pins_wait(day: DayStage, page: SettingsPage, station: Path) -> None:
    day.type("s1")
    for _ in range(5):
        day.type(f"{WRONG}\n")
    day.type(f"{BOSS_PIN}\n")

    assert "请等" in hint(page)
    assert page.setup.steps.step is SetupStep.PIN
    assert kept(station) == "GBK"


def test_no_setting_is_shown_before_the_pin(day: DayStage, page: SettingsPage, qtbot: QtBot) -> None:
    day.type("s")
    before = [button.text() for button in page.setup.panel.choices.buttons if button.isVisibleTo(page)]
    day.type(f"1{BOSS_PIN}\n")
    qtbot.waitUntil(lambda: len(page.setup.steps.view("").choices) == 5)

    assert before == ["赵姐"]
    assert page.setup.panel.choices.buttons[0].text() == "纸宽：80 毫米"


def test_a_number_changes_a_setting_and_says_when_it_counts(
    day: DayStage, page: SettingsPage, station: Path, qtbot: QtBot
) -> None:
    day.type(f"s1{BOSS_PIN}\n")
    qtbot.waitUntil(lambda: len(page.setup.steps.view("").choices) == 5)
    day.type("1")
    qtbot.waitUntil(lambda: page.setup.panel.choices.buttons[0].text() == "纸宽：58 毫米")

    assert settings.load(station).printer.paper_mm == 58
    assert "重新打开窗口" in page.setup.panel.when.text()


def test_leaving_locks_again(day: DayStage, page: SettingsPage, qtbot: QtBot) -> None:
    day.type(f"s1{BOSS_PIN}\n")
    qtbot.waitUntil(lambda: len(page.setup.steps.view("").choices) == 5)
    day.stage.presenter.go_home()
    day.settle()
    day.stage.open(Workspace.SETTINGS, SettingsPage)
    day.type("s")

    assert page.setup.steps.step is SetupStep.WHO
    assert page.setup.steps.view("").choices == ()


def test_two_minutes_without_a_key_lock_again(day: DayStage, page: SettingsPage, qtbot: QtBot) -> None:
    day.type(f"s1{BOSS_PIN}\n")
    qtbot.waitUntil(lambda: len(page.setup.steps.view("").choices) == 5)
    day.stage.wait(121)
    page.on_tick()

    assert page.setup.steps.step is SetupStep.CLOSED
    assert page.side.currentWidget() is page.detail


def test_a_badge_says_who_and_proves_nothing(day: DayStage, page: SettingsPage) -> None:
    day.type("s")
    took = page.take_scan(Scan(f"STAFF:{BOSS}", ScanSource.WEDGE, day.stage.time))

    assert took
    assert page.setup.steps.step is SetupStep.PIN
    assert page.setup.steps.view("").choices == ()


def test_a_printer_without_paper_says_so_on_the_bench(
    day: DayStage, page: SettingsPage, paper: NetworkPrinter, qtbot: QtBot
) -> None:
    paper.paper = NO_PAPER
    strip_is_out(day, page, qtbot)

    assert "换一卷纸" in hint(page)
    assert paper.pages == []


def test_a_printer_that_runs_out_of_paper_is_seen_without_a_test(
    day: DayStage, page: SettingsPage, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: page.tiles["printer"].finding.light is Light.GOOD)
    day.stage.clerk.printer.bridge.on_report(PAPER_OUT)
    day.settle()

    assert page.tiles["printer"].finding.light is Light.WARN
    assert "printer-paper-out" in page.tiles["printer"].finding.detail


def test_esc_leads_back_step_by_step(day: DayStage, page: SettingsPage, qtbot: QtBot) -> None:
    strip_is_out(day, page, qtbot)
    day.type("31")
    steps = []
    for _ in range(3):
        steps.append(page.setup.steps.step)
        assert page.escape()

    assert steps == [SetupStep.PIN, SetupStep.WHO, SetupStep.STRIP]
    assert not page.escape()


def test_every_test_is_reached_by_keys(day: DayStage, page: SettingsPage, qtbot: QtBot) -> None:
    window, heard = day.stage.clerk.window, day.heard
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    order = [page.chosen]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Down):
        QTest.keyClick(window, key)
        order.append(page.chosen)
    day.type("2")
    sound = heard[-1:]
    QTest.keyClick(window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    day.settle()

    assert order == ["network", "camera", "printer", "gun", "sound"]
    assert sound == [list(Sound)[1]]
    assert day.stage.presenter.workspace is Workspace.GUN
