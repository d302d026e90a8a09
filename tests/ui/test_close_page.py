"""The end of the day on a real window before a real journal: blind, by the keys, and gone on with after Esc."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pos_client.ui.close.close_page import ClosePage
from pos_client.ui.close.close_view import Field
from pos_client.ui.scan.rows import RowList
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.scan.sound import Sound
from pos_client.usecases.day_end_state import Step
from tests.ui.day_stage import DayStage
from tests.ui.walk import seen
from tests.unit.usecases.day_shop import BOSS_PIN, CATS, CLERK_PIN, TEAS, WRONG

COUNT = f"{CATS}\n{TEAS}\n\n"
# A log-in, two coupons and what they gave.
WAITING = 5


@pytest.fixture
def day(qapp: object, tmp_path: Path) -> Iterator[DayStage]:
    """Return a window on a day with two redemptions, without a network."""
    del qapp
    made = DayStage(tmp_path)
    made.shop.redeem(1, 2)
    yield made
    made.close()


def opened(day: DayStage) -> ClosePage:
    page = day.stage.open(Workspace.CLOSE, ClosePage)
    day.settle()
    return page


def step_of(page: ClosePage) -> Step:
    return page.presenter.step


def read(day: DayStage) -> str:
    """Return every word that can be seen, of labels and lists."""
    widgets = seen(day.stage.clerk.window)
    words = [one.text() for one in widgets if isinstance(one, QLabel)]
    rows = [row for one in widgets if isinstance(one, RowList) for row in one.rows()]
    return "\n".join([*words, *(f"{row.title} {row.note} {row.trailing}" for row in rows)])


def test_the_count_is_blind_until_it_is_done(day: DayStage) -> None:
    opened(day)
    day.stage.draw(1920, 1080)
    before = read(day)
    day.type(f"1\n{TEAS - 1}\n")
    typed = read(day)
    day.type("\n\n\n")
    day.stage.draw(1920, 1080)

    assert f"{TEAS}" not in before + typed
    assert "¥" not in before + typed
    assert f"{TEAS}" in read(day)


def test_a_day_is_closed_by_keys_alone(day: DayStage) -> None:
    page = opened(day)

    day.type(COUNT)
    assert step_of(page) is Step.UPLOAD
    day.type("\n\n\n")
    assert step_of(page) is Step.SIGN
    day.type(f"{CLERK_PIN}\n1{BOSS_PIN}\n")

    assert day.shop.closes() == 1
    assert Sound.DONE in day.heard
    assert "核销 2" in read(day)
    assert {name.rpartition(".")[2] for name in day.shop.office.files} == {"pdf", "xlsx", "json"}
    pdf = next(content for name, content in day.shop.office.files.items() if name.endswith("pdf"))
    assert pdf.startswith(b"%PDF")
    day.type("\n")
    assert day.stage.presenter.workspace is Workspace.HOME


def test_esc_costs_nothing_and_no_pin_stays(day: DayStage) -> None:
    page = opened(day)
    day.type(f"{COUNT}\n\n\n591")
    day.stage.presenter.go_home()
    day.settle()

    again = opened(day)

    assert again is page
    assert step_of(page) is Step.SIGN
    assert page.presenter.typing.clerk_pin == ""
    assert page.presenter.typing.place is Field.CLERK_PIN


def test_the_delivery_is_paused_and_goes_on(day: DayStage) -> None:
    page = opened(day)
    day.shop.office.has_contact = True
    day.type(COUNT)
    assert page.upload.bar.value() == 0
    assert page.upload.bar.maximum() == WAITING

    day.type("p")
    assert day.shop.office.is_held
    assert "已暂停" in read(day)
    day.type("p")
    day.shop.deliver()
    day.stage.wait(1)
    for _ in range(4):
        day.stage.clerk.window.tick()
    day.settle()

    assert not day.shop.office.is_held
    assert page.upload.bar.value() == page.upload.bar.maximum() == WAITING


def test_without_a_network_a_file_is_written(day: DayStage) -> None:
    page = opened(day)
    day.type(COUNT + "u")

    assert any(name.endswith(".bundle") for name in day.shop.office.files)
    assert f" {WAITING} " in page.upload.carried.text()


def test_enter_decides_no_conflict(day: DayStage) -> None:
    seqs = [entry.seq for entry in day.shop.counter.entries() if entry.kind.value == "redeem"]
    day.shop.deliver(**{f"e{seq}": "conflict" for seq in seqs})
    page = opened(day)
    day.type(COUNT + "\n")
    assert step_of(page) is Step.CONFLICTS

    day.type("\n\n\n")
    assert step_of(page) is Step.CONFLICTS
    assert [one.decision for one in page.presenter.facts.conflicts] == [None, None]  # type: ignore[union-attr]
    day.type("13\n")

    assert step_of(page) is Step.DIFFERENCES
    day.type("\n")
    assert step_of(page) is Step.DIFFERENCES
    day.type("5n2 wet\n\n")
    assert step_of(page) is Step.SIGN
    assert page.presenter.facts.state.note == "2 wet"  # type: ignore[union-attr]


def test_five_wrong_pins_lock_and_say_so(day: DayStage) -> None:
    opened(day)
    day.type(f"{COUNT}\n\n\n")

    for _ in range(5):
        day.type(f"{WRONG}\n1{BOSS_PIN}\n")

    assert "E-STF-05" in read(day)
    assert day.heard.count(Sound.NO) == 5
    assert day.shop.closes() == 0


def test_page_up_leads_back_and_arrows_choose(day: DayStage, qtbot: QtBot) -> None:
    page = opened(day)
    window = day.stage.clerk.window
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_Down)
    assert page.presenter.typing.row == 1
    day.type(f"{TEAS}\n{CATS}\n\n")
    QTest.keyClick(window, Qt.Key.Key_PageUp)
    day.settle()

    assert step_of(page) is Step.COUNT
    assert page.presenter.facts.state.is_counted  # type: ignore[union-attr]


def test_a_scan_leaves_the_page_and_the_step_is_kept(day: DayStage) -> None:
    from pos_client.domain.scan import Scan, ScanSource  # noqa: PLC0415

    page = opened(day)
    day.type(COUNT)
    day.stage.presenter.on_scanned(Scan("72 X", ScanSource.WEDGE, day.stage.time))
    day.settle()
    assert day.stage.presenter.workspace is Workspace.HOME

    opened(day)

    assert step_of(page) is Step.UPLOAD
