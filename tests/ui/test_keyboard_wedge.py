"""A gun that types: heard with any widget focused, pressing nothing, leaving what a person half typed."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pos_client.config.settings import WedgeSettings
from pos_client.domain.scan import ScanSource
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.till_view import UndoReason
from script import screen_facts as facts

from .gun_desk import CODE, Desk

SCANNED = ("scan", CODE, ScanSource.WEDGE)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """Return a counter whose window is shown."""
    made = Desk(qtbot, tmp_path / "station.toml", WedgeSettings(prefix="F9"))
    yield made
    made.close()


@pytest.mark.parametrize("where", ["nowhere", "button", "tile", "promoter", "list"])
@pytest.mark.parametrize("gap_ms", [0, 5, 20, 35])
def test_a_scan_is_heard_whatever_has_the_focus(desk: Desk, where: str, gap_ms: int) -> None:
    desk.focus(where)
    before = desk.presenter.workspace
    desk.shoot(after_ms=gap_ms)

    assert desk.till.deeds == [SCANNED]
    assert desk.pressed == []
    assert desk.presenter.workspace is before
    assert desk.presenter.entries.code.text == ""


@pytest.mark.parametrize("suffix", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_enter_and_tab_both_end_a_scan(desk: Desk, suffix: Qt.Key) -> None:
    widget = desk.focus("button")
    desk.shoot(suffix=suffix)

    assert desk.till.deeds == [SCANNED]
    assert desk.window.focusWidget() is widget


def test_a_gun_without_a_suffix_ends_by_silence(desk: Desk) -> None:
    desk.shoot(suffix=None)

    desk.qtbot.waitUntil(lambda: desk.till.deeds == [SCANNED])


def test_a_prefix_needs_no_speed(desk: Desk) -> None:
    desk.key(Qt.Key.Key_F9)
    desk.type("R", 90)
    desk.type("1", 400)
    desk.key(Qt.Key.Key_Return, "\r", 400)
    desk.settle()

    assert desk.till.deeds == [("scan", "R1", ScanSource.WEDGE)]


@pytest.mark.parametrize("half", ["1", "13800", "138001380"])
def test_a_half_typed_number_is_kept(desk: Desk, half: str) -> None:
    desk.type(half, 150)
    desk.qtbot.waitUntil(lambda: desk.presenter.entries.code.text == half)
    desk.shoot()

    assert desk.till.deeds == [SCANNED]
    assert (desk.presenter.workspace, desk.presenter.entries.code.text) == (Workspace.CODE, half)


def test_the_digit_before_a_prefix_is_kept(desk: Desk) -> None:
    desk.presenter.open(Workspace.CODE)
    desk.type("138", 150)
    desk.shoot(prefix=Qt.Key.Key_F9, pause_ms=20)

    assert (desk.till.deeds, desk.presenter.entries.code.text) == ([SCANNED], "138")


def test_a_half_typed_amount_is_kept(desk: Desk) -> None:
    desk.presenter.open(Workspace.AMOUNT)
    desk.type("138", 150)
    desk.qtbot.waitUntil(lambda: desk.presenter.entries.amount.text == "138")
    desk.shoot()

    assert desk.till.deeds == [SCANNED]
    assert desk.presenter.entries.amount.text == "138"


def test_a_gun_chooses_no_reason_and_no_promoter(desk: Desk) -> None:
    for workspace in (Workspace.UNDO, Workspace.PROMOTER):
        desk.presenter.open(workspace)
        desk.shoot()

    assert desk.till.deeds == [SCANNED, SCANNED]


def test_a_person_chooses_a_reason(desk: Desk) -> None:
    desk.presenter.undo()
    desk.type("2", 150)

    desk.qtbot.waitUntil(lambda: desk.till.deeds == [("undo", 231, UndoReason.CUSTOMER_RETURN)])


@pytest.mark.parametrize("gap_ms", [60, 90, 120, 300])
def test_a_person_is_never_taken_for_a_gun(desk: Desk, gap_ms: int) -> None:
    desk.type("1380013", gap_ms)
    desk.key(Qt.Key.Key_Escape, "\x1b", gap_ms)

    assert desk.till.deeds == []
    assert desk.presenter.entries.code.text == "1380013"


def test_a_persons_digit_opens_the_phone_number_with_it(desk: Desk) -> None:
    desk.type("1", 150)

    desk.qtbot.waitUntil(lambda: desk.presenter.entries.code.text == "1")
    assert desk.window.page.stack.currentWidget() is desk.window.page.code_entry


def test_a_persons_eleven_digits_are_looked_up(desk: Desk) -> None:
    number = "138" + "00138" + "000"
    desk.type(number, 120)

    desk.qtbot.waitUntil(lambda: desk.till.deeds == [("scan", number, ScanSource.TYPED)])


def test_a_persons_enter_is_the_blue_button(desk: Desk) -> None:
    desk.presenter.on_answer(facts.to_confirm())
    desk.key(Qt.Key.Key_Return, "\r", 500)

    assert desk.till.deeds == [("confirm",)]


def test_a_persons_blank_presses_the_button_with_the_focus(desk: Desk) -> None:
    desk.focus("promoter")
    desk.key(Qt.Key.Key_Space, " ", 500)

    assert len(desk.pressed) == 1
    assert desk.presenter.workspace is Workspace.PROMOTER


def test_a_key_that_is_held_down_types_once(desk: Desk) -> None:
    desk.key(Qt.Key.Key_1, "1", 300)
    for _ in range(20):
        desk.key(Qt.Key.Key_1, "1", 30, repeats=True)
    desk.key(Qt.Key.Key_Escape, "\x1b", 300)

    assert (desk.till.deeds, desk.presenter.entries.code.text) == ([], "1")


def test_the_gun_that_was_heard_is_shown(desk: Desk) -> None:
    before = desk.window.top_bar.gun.accessibleName()
    desk.shoot()

    assert before == "还没有收到扫码枪"
    assert desk.window.top_bar.gun.accessibleName() == "扫码枪正常，最近 14:32"


def test_none_of_many_scans_is_lost(desk: Desk) -> None:
    chance = Random(2026)
    places = ["nowhere", "button", "tile", "promoter", "list"]
    expected = []
    for _ in range(300):
        text = "".join(chance.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=chance.randint(6, 40)))
        desk.focus(chance.choice(places))
        desk.shoot(text, chance.choice([0, 3, 8, 15, 30]), chance.choice([Qt.Key.Key_Return, Qt.Key.Key_Tab]))
        expected.append(("scan", text, ScanSource.WEDGE))

    assert desk.till.deeds == expected
    assert desk.pressed == []


def test_no_widget_lets_an_input_method_in(desk: Desk) -> None:
    widgets = [desk.window, *desk.window.findChildren(QWidget)]
    open_to_it = [
        type(widget).__name__
        for widget in widgets
        if widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]

    assert open_to_it == []


def test_one_code_twice_is_two_scans(desk: Desk) -> None:
    desk.shoot()
    desk.shoot()

    assert desk.till.deeds == [SCANNED, SCANNED]


def test_caps_lock_changes_letters_and_nothing_else(desk: Desk) -> None:
    desk.key(Qt.Key.Key_CapsLock)
    desk.type("m1r2d3", 5)
    desk.key(Qt.Key.Key_Return, "\r")
    desk.settle()

    assert desk.till.deeds == [("scan", "m1r2d3", ScanSource.WEDGE)]


def test_a_shift_key_between_the_letters_is_no_letter(desk: Desk) -> None:
    for sign in "R1M2D3":
        desk.key(Qt.Key.Key_Shift, "", 2)
        desk.key(Qt.Key(ord(sign)), sign, 2, held=Qt.KeyboardModifier.ShiftModifier)
    desk.key(Qt.Key.Key_Return, "\r", 2)
    desk.settle()

    assert desk.till.deeds == [("scan", "R1M2D3", ScanSource.WEDGE)]


def test_a_thousand_scans_among_a_persons_keys(desk: Desk) -> None:
    """A person types on and off, as people do; the gun comes in between, at any focus, with any suffix."""
    chance = Random(8)
    places, workspaces = ["nowhere", "button", "tile", "promoter"], [Workspace.HOME, Workspace.CODE, Workspace.AMOUNT]
    expected, half = [], ""
    for _ in range(1_000):
        if chance.random() < 0.4:
            desk.presenter.go_home()
            desk.presenter.clear_entry()
            half = "".join(chance.choices("0123456789", k=chance.randint(1, 8)))
            desk.time_ms += 1_000
            for digit in half:
                desk.type(digit, chance.randint(90, 400))
        elif chance.random() < 0.2:
            desk.presenter.open(chance.choice(workspaces))
        desk.focus(chance.choice(places))
        text = "".join(chance.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=chance.randint(6, 40)))
        suffix, prefix = chance.choice([Qt.Key.Key_Return, Qt.Key.Key_Tab]), chance.choice([None, Qt.Key.Key_F9])
        desk.shoot(text, chance.choice([0, 3, 8, 15, 30]), suffix, prefix, pause_ms=chance.randint(90, 2_000))
        expected.append(("scan", text, ScanSource.WEDGE))
        if half:
            assert desk.presenter.entries.code.text == half

    assert [deed for deed in desk.till.deeds if deed not in expected] == []
    assert desk.till.deeds == expected
    assert desk.pressed == []
