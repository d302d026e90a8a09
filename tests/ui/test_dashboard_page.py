"""The figures on a real window: what a chart shows is what its table, its clipboard and the journal say."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos_client.ui.dashboard.chart_panel import ChartPanel
from pos_client.ui.dashboard.dashboard_page import DashboardPage
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.counter_tools import CounterTools
from script import dashboard_facts
from script.clerk_stage import Stage
from tests.ui.day_stage import DayStage


@pytest.fixture
def day(qapp: object, tmp_path: Path) -> Iterator[DayStage]:
    """Return a window on a day with five redemptions, of which two were taken back."""
    del qapp
    made = DayStage(tmp_path)
    for seq in made.shop.redeem(1, 2, 3, 4, 5)[:2]:
        made.shop.counter.void(seq)
    yield made
    made.close()


@pytest.fixture
def drawn(qapp: object) -> Iterator[DashboardPage]:
    """Return the screen with fixed figures."""
    del qapp
    stage = Stage()
    stage.draw(1280, 800)
    page = stage.open(Workspace.DASHBOARD, DashboardPage)
    page.show_figures(dashboard_facts.figures())
    yield page
    stage.close()


def opened(day: DayStage) -> DashboardPage:
    page = day.stage.open(Workspace.DASHBOARD, DashboardPage)
    day.settle()
    return page


def table_of(panel: ChartPanel) -> list[list[str]]:
    table = panel.table
    cells = [[table.item(row, column) for column in range(table.columnCount())] for row in range(table.rowCount())]
    return [[cell.text() if cell else "" for cell in row] for row in cells]


def test_the_tiles_are_the_journals_figures(day: DayStage) -> None:
    page = opened(day)

    assert [tile.figure.text() for tile in page.tiles.tiles][:3] == ["3", "0", "0"]
    assert "2" in page.tiles.tiles[0].note.text()
    assert page.tiles.tiles[4].figure.text() == f"{len(day.shop.counter.entries())}"


class LongRead:
    """A reading thread on which a long day is counted."""

    def __init__(self) -> None:
        self.asked: list[Callable[[], None]] = []

    def do(self, errand: Callable[[], None]) -> None:
        """Not yet."""
        self.asked.append(errand)


def test_the_till_goes_on_while_a_long_day_is_counted(qapp: object, tmp_path: Path) -> None:
    del qapp
    reading = LongRead()
    day = DayStage(tmp_path, tools=CounterTools(reading=reading))
    page = opened(day)
    assert page.figures is None

    day.shop.redeem(1, 2)
    reading.asked.pop(0)()
    day.settle()

    assert page.figures is not None
    assert page.figures.redeemed == 2
    day.close()


def test_each_table_says_what_its_chart_draws(drawn: DashboardPage) -> None:
    for panel in drawn.panels:
        rows = table_of(panel)

        assert [row[:2] for row in rows] == [[bar.label, bar.text] for bar in panel.bars.chart.bars]
        drawn_values = [bar.value for bar in panel.bars.chart.bars if bar.text != "–"]
        assert drawn_values == [int(row[1]) for row in rows if row[1] != "–"]
        assert panel.bars.accessibleDescription().count(":") >= len(rows)


def test_a_longer_bar_is_more(drawn: DashboardPage) -> None:
    for panel in drawn.panels:
        bars = panel.bars._boxes()
        sizes = [box.height() if panel.bars.chart.upright else box.width() for _, box in bars]
        for (one, _), size in zip(bars, sizes, strict=True):
            for (other, _), other_size in zip(bars, sizes, strict=True):
                assert not (one.value > other.value and size < other_size)


def test_keys_choose_charts_tables_and_copies(drawn: DashboardPage) -> None:
    assert drawn.type_character("2")
    assert [panel.isVisibleTo(drawn) for panel in drawn.panels] == [False, True, False, False]
    drawn.type_character("T")
    assert drawn.panels[1].stack.currentWidget() is drawn.panels[1].table
    drawn.type_character("c")

    copied = list(csv.reader(io.StringIO(QGuiApplication.clipboard().text()), delimiter="\t"))
    assert copied[1:] == table_of(drawn.panels[1])


def test_figures_are_saved_as_both_files(day: DayStage) -> None:
    opened(day)
    day.type("2s")

    files = day.shop.office.files
    assert {name.rpartition(".")[2] for name in files} == {"csv", "xlsx"}
    csv_file = next(content for name, content in files.items() if name.endswith("csv")).decode("utf-8-sig")
    assert csv_file.splitlines()[1].split(",")[1] == "3"


def test_days_are_stepped_and_never_beyond_today(day: DayStage, qtbot: QtBot) -> None:
    page = opened(day)
    window = day.stage.clerk.window
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    today = page.figures.today  # type: ignore[union-attr]

    QTest.keyClick(window, Qt.Key.Key_Left)
    day.settle()
    assert (today - page.figures.day).days == 1  # type: ignore[union-attr]
    assert page.middle.currentWidget() is page.empty
    for _ in range(3):
        QTest.keyClick(window, Qt.Key.Key_Right)
        day.settle()

    assert page.figures.day == today  # type: ignore[union-attr]


def test_it_counts_again_every_half_minute_and_says_how_old_it_is(day: DayStage) -> None:
    page = opened(day)
    day.shop.redeem(6)
    day.stage.wait(29)
    day.settle()
    assert page.tiles.tiles[0].figure.text() == "3"

    day.stage.wait(2)
    day.settle()

    assert page.tiles.tiles[0].figure.text() == "4"


def test_nothing_on_it_names_a_customer(drawn: DashboardPage) -> None:
    said = " ".join(cell for panel in drawn.panels for row in table_of(panel) for cell in row)

    assert "*" not in said
