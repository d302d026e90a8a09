"""A gun that is set up by its sheet: prefix, suffix, separators; and its Enter, which must never press anything."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos_client.config.settings import WedgeSettings
from pos_client.domain.scan import ScanSource
from pos_client.ui.scan.scan_view import Workspace
from script import screen_facts as facts

from .gun_desk import CODE, Desk

SCANNED = ("scan", CODE, ScanSource.WEDGE)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """Return a counter whose window is shown."""
    made = Desk(qtbot, tmp_path / "station.toml", WedgeSettings(prefix="F9"))
    yield made
    made.close()


@pytest.mark.parametrize("gap_ms", [0, 40, 200])
def test_stx_is_a_prefix_on_every_station(desk: Desk, gap_ms: int) -> None:
    desk.key(Qt.Key.Key_B, "\x02", held=Qt.KeyboardModifier.ControlModifier)
    desk.type(CODE, gap_ms)
    desk.key(Qt.Key.Key_Tab, "\t", gap_ms)
    desk.settle()

    assert desk.till.deeds == [SCANNED]


def test_inside_of_a_prefixed_scan_every_key_is_the_guns(desk: Desk) -> None:
    widget = desk.focus("promoter")
    desk.key(Qt.Key.Key_F9)
    desk.type("AB", 100)
    desk.key(Qt.Key.Key_Space, " ", 100)
    desk.key(Qt.Key.Key_Escape, "\x1b", 100)
    desk.key(Qt.Key.Key_BracketRight, "\x1d", 100, held=Qt.KeyboardModifier.ControlModifier)
    desk.type("12", 100)
    desk.key(Qt.Key.Key_Return, "\r", 100)
    desk.settle()

    assert desk.till.deeds == [("scan", "AB \x1d12", ScanSource.WEDGE)]
    assert (desk.pressed, desk.window.focusWidget(), desk.presenter.workspace) == ([], widget, Workspace.HOME)


def test_inside_of_a_prefixed_scan_no_key_is_a_command(desk: Desk) -> None:
    native = desk.window.windowHandle()
    desk.window.activateWindow()
    language = desk.window.page.language
    # These take the way of a real key, on which a shortcut is asked before anybody sees the key.
    QTest.keyClick(native, Qt.Key.Key_F9)
    QTest.keyClick(native, Qt.Key.Key_A)
    QTest.keyClick(native, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(native, Qt.Key.Key_F2)
    QTest.keyClick(native, Qt.Key.Key_Return)
    during = (desk.window.page.language, desk.presenter.workspace)
    QTest.keyClick(native, Qt.Key.Key_F2)

    assert during == (language, Workspace.HOME)
    assert desk.presenter.workspace is Workspace.CODE
    desk.qtbot.waitUntil(lambda: desk.till.deeds == [("scan", "a", ScanSource.WEDGE)])


def test_separators_of_a_gs1_code_are_kept(desk: Desk) -> None:
    desk.time_ms += 1_000
    desk.type("255695012345", 5)
    desk.key(Qt.Key.Key_BracketRight, "\x1d", held=Qt.KeyboardModifier.ControlModifier)
    desk.type("10AB", 5)
    desk.key(Qt.Key.Key_Return, "\r")
    desk.settle()

    assert desk.till.deeds == [("scan", "255695012345\x1d10AB", ScanSource.WEDGE)]


@pytest.mark.parametrize("late_ms", [1, 60, 150])
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_second_enter_of_the_gun_confirms_nothing(desk: Desk, key: Qt.Key, late_ms: int) -> None:
    desk.presenter.on_answer(facts.to_confirm())
    desk.shoot()
    desk.key(key, "\r", late_ms)
    by_gun = list(desk.till.deeds)
    desk.key(key, "\r", 700)

    assert by_gun == [SCANNED]
    assert desk.till.deeds == [SCANNED, ("confirm",)]


def test_an_enter_after_a_gun_without_suffix_was_heard_confirms_nothing(desk: Desk) -> None:
    desk.presenter.on_answer(facts.to_confirm())
    desk.shoot(suffix=None)
    desk.qtbot.waitUntil(lambda: desk.till.deeds == [SCANNED])
    desk.key(Qt.Key.Key_Return, "\r", 130)

    assert desk.till.deeds == [SCANNED]


def test_an_enter_that_hangs_confirms_once(desk: Desk) -> None:
    desk.presenter.on_answer(facts.to_confirm())
    desk.key(Qt.Key.Key_Return, "\r", 700)
    for _ in range(20):
        desk.key(Qt.Key.Key_Return, "\r", 30, repeats=True)

    assert desk.till.deeds == [("confirm",)]
