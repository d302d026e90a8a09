"""Who is at the counter: PINs, badges, waits, the quick switch, and what a locked window keeps to itself."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos_client.bootstrap.operators import who_acts
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.shift.idle_watch import LOCK_AFTER_MS
from pos_client.ui.shift.shift_steps import Note, Step
from pos_client.usecases.login import OPERATOR
from tests import builders as a
from tests.unit.usecases.counter import CLERK, COLLEAGUE, PROMOTER, Counter

from .booth import BOSS, PINS, Booth, a_book

COUPON = a.a_signed_coupon().text()


def logins(booth: Booth) -> list[tuple[str, str]]:
    """Return who logged in, and how it ended."""
    entries = [entry.fields() for entry in booth.counter.entries() if entry.kind is EntryKind.LOGIN]
    return [(fields["operator"], fields["outcome"]) for fields in entries]


def test_a_store_with_pins_opens_locked(booth: Booth) -> None:
    assert booth.presenter.workspace is Workspace.SHIFT
    assert booth.window.body.currentWidget() is booth.shift
    assert booth.session.operator == ""


def test_where_somebody_stands_already_it_opens_for_him_and_is_locked_by_f12(qtbot: QtBot, counter: Counter) -> None:
    booth = Booth(qtbot, counter, PINS, attended=True)
    opened = booth.presenter.workspace, booth.session.operator
    booth.press(Qt.Key.Key_F12)
    locked = booth.presenter.workspace, booth.shift.is_locked
    booth.close()

    assert opened == (Workspace.HOME, CLERK)
    assert locked == (Workspace.SHIFT, True)


def test_a_name_and_a_pin_open_the_counter(booth: Booth) -> None:
    booth.type("1")
    assert booth.seen.person is not None
    assert booth.seen.person.id == CLERK
    booth.type(PINS[CLERK])
    assert booth.seen.digits == 6
    booth.enter()

    assert booth.presenter.workspace is Workspace.HOME
    assert (booth.session.operator, booth.counter.journal.meta(OPERATOR)) == (CLERK, CLERK)
    assert logins(booth) == [(CLERK, "ok")]
    booth.qtbot.waitUntil(lambda: booth.window.top_bar.clerk.text() == "店员 小王")


@pytest.mark.parametrize(
    "key",
    [Qt.Key.Key_F1, Qt.Key.Key_F2, Qt.Key.Key_F6, Qt.Key.Key_F8, Qt.Key.Key_F10, Qt.Key.Key_F12, Qt.Key.Key_Escape],
)
def test_no_key_leads_past_a_locked_window(booth: Booth, key: Qt.Key) -> None:
    booth.press(key)

    assert booth.presenter.workspace is Workspace.SHIFT
    assert booth.window.body.currentWidget() is booth.shift


def test_nothing_is_taken_back_at_a_locked_window(open_booth: Booth) -> None:
    open_booth.show(COUPON)
    assert open_booth.presenter.undo_left_s() > 0
    open_booth.press(Qt.Key.Key_F12)
    open_booth.press(Qt.Key.Key_F8)
    open_booth.press(Qt.Key.Key_Delete)

    assert EntryKind.VOID not in open_booth.counter.kinds()
    assert not open_booth.window.function_bar.undo.isVisible()


def test_a_wrong_pin_opens_nothing_and_five_cost_a_minute(booth: Booth) -> None:
    booth.type("1")
    for _ in range(5):
        booth.type("482916")
        booth.enter()
        assert booth.presenter.workspace is Workspace.SHIFT
    assert booth.seen.refusal is not None
    assert booth.seen.refusal.reason is Reason.PIN_LOCKED
    assert booth.seen.wait_s == 60
    assert not booth.shift.pin.pad.keys.isEnabled()
    assert booth.shift.pin.line.text() == "密码错太多次，请等 60 秒。"

    booth.wait(30)
    booth.type(PINS[CLERK])
    booth.enter()
    assert (booth.seen.wait_s, booth.session.operator) == (30, "")

    booth.wait(31)
    booth.type(PINS[CLERK])
    booth.enter()
    assert booth.session.operator == CLERK
    assert logins(booth) == [(CLERK, "wrong-pin")] * 5 + [(CLERK, "ok")]


def test_one_who_waits_does_not_hold_up_the_others(booth: Booth) -> None:
    booth.type("1")
    for _ in range(5):
        booth.type("482916")
        booth.enter()
    booth.press(Qt.Key.Key_Escape)
    booth.log_in("2", PINS[COLLEAGUE])

    assert booth.session.operator == COLLEAGUE


def test_a_pin_is_never_shown_nor_spoken(booth: Booth) -> None:
    booth.type("1")
    booth.type("4829")
    pad = booth.shift.pin.pad

    assert pad.dots.text() == "● ● ● ● ○ ○"
    assert pad.dots.accessibleName() == "已输入 4 位"
    assert "4829" not in repr(booth.shift.steps.view()) + repr(booth.shift.steps._pin)


def test_half_a_pin_is_forgotten(booth: Booth) -> None:
    booth.type("1")
    booth.type("4829")
    booth.wait(61)

    assert booth.seen.digits == 0


@pytest.mark.parametrize("text", ["E02", "staff:E02", "STAFF:E02"])
def test_a_badge_chooses_who_still_gives_a_pin(booth: Booth, text: str) -> None:
    booth.show(text)
    assert booth.seen.person is not None
    assert (booth.seen.person.id, booth.session.operator) == (COLLEAGUE, "")
    booth.type(PINS[COLLEAGUE])
    booth.enter()

    assert booth.session.operator == COLLEAGUE


def test_the_gun_reads_a_badge(booth: Booth) -> None:
    booth.shoot("STAFF:E02")

    assert booth.seen.person is not None
    assert booth.seen.person.id == COLLEAGUE


def test_an_unknown_badge_is_named_and_not_kept(booth: Booth) -> None:
    booth.show("STAFF:E99")

    assert (booth.seen.note, booth.seen.kept) == (Note.BADGE_UNKNOWN, 0)
    assert booth.shift.message.text() == "本店没有这个工牌。"


def test_who_has_no_pin_is_believed_by_name(booth: Booth) -> None:
    booth.type("3")
    booth.settle()

    assert booth.session.operator == PROMOTER


def test_a_quick_switch_takes_less_than_two_seconds(open_booth: Booth) -> None:
    begun = time.monotonic()
    open_booth.press(Qt.Key.Key_F12)
    for sign in "2" + PINS[COLLEAGUE]:
        assert open_booth.shift.type_character(sign)
    assert open_booth.shift.enter()
    open_booth.settle()

    assert time.monotonic() - begun < 2
    assert open_booth.session.operator == COLLEAGUE
    assert open_booth.presenter.workspace is Workspace.HOME


def test_credit_goes_to_another_promoter(booth: Booth) -> None:
    booth.type("1")
    booth.type("p")
    assert booth.seen.step is Step.PROMOTER
    booth.type("2")
    assert booth.seen.person is not None
    assert booth.seen.person.id == CLERK
    booth.type(PINS[CLERK])
    booth.enter()

    assert (booth.session.operator, booth.session.promoter) == (CLERK, COLLEAGUE)


def test_arrows_and_enter_choose_a_tile(booth: Booth) -> None:
    booth.window.activateWindow()
    booth.shift.people.tiles[0].setFocus()
    QTest.keyClick(booth.shift.people.tiles[0], Qt.Key.Key_Right)
    assert booth.shift.people.tiles[1].hasFocus()
    booth.enter()

    assert booth.seen.person is not None
    assert booth.seen.person.id == COLLEAGUE


def test_f12_and_five_idle_minutes_hide_the_counter(open_booth: Booth) -> None:
    assert (open_booth.clerk.idle.timer.interval(), LOCK_AFTER_MS) == (LOCK_AFTER_MS, 300_000)
    open_booth.clerk.idle.timer.setInterval(200)
    open_booth.clerk.idle.heard()

    open_booth.qtbot.waitUntil(lambda: open_booth.presenter.workspace is Workspace.SHIFT)
    assert not open_booth.window.page.isVisible()
    assert open_booth.session.operator == CLERK


def test_a_key_keeps_the_counter_open(open_booth: Booth) -> None:
    open_booth.clerk.idle.timer.setInterval(400)
    open_booth.clerk.idle.heard()
    for _ in range(6):
        open_booth.qtbot.wait(100)
        open_booth.key(Qt.Key.Key_Shift)

    assert open_booth.presenter.workspace is Workspace.HOME


def test_language_and_size_come_back_with_the_clerk(open_booth: Booth) -> None:
    open_booth.window.step_text(1)
    open_booth.window._translations.use("en")
    open_booth.window.volume_asked.emit(0.25)
    open_booth.settle()
    open_booth.press(Qt.Key.Key_F12)
    open_booth.log_in("2", PINS[COLLEAGUE])
    open_booth.window._translations.use("zh")
    open_booth.window.step_text(0)
    open_booth.window.volume_asked.emit(0.9)
    open_booth.settle()
    assert open_booth.window.page.language == "zh"

    open_booth.press(Qt.Key.Key_F12)
    open_booth.log_in("1", PINS[CLERK])

    assert (open_booth.window.page.language, open_booth.window._theme.text_percent) == ("en", 125)
    assert open_booth.clerk._loudspeaker.volume == 0.25


def test_a_store_without_pins_goes_on_as_ever(booth_without_pins: Booth) -> None:
    booth = booth_without_pins
    assert booth.presenter.workspace is Workspace.HOME
    booth.press(Qt.Key.Key_F12)
    assert booth.window.body.currentWidget() is booth.shift
    booth.show(COUPON)

    assert booth.presenter.workspace is Workspace.HOME
    assert EntryKind.REDEEM in booth.counter.kinds()
    booth.press(Qt.Key.Key_F12)
    booth.press(Qt.Key.Key_Escape)
    assert booth.presenter.workspace is Workspace.HOME
    assert logins(booth) == []


def test_a_clock_that_is_off_needs_a_supervisor_once_a_day(booth: Booth) -> None:
    booth.counter.hear_the_server()
    booth.counter.clock.wall = a.NOON.replace(minute=(a.NOON.minute + 20) % 60)
    booth.log_in()
    assert (booth.seen.step, booth.seen.note, booth.session.operator) == (Step.SUPERVISOR, Note.CLOCK, "")
    booth.type("1")
    booth.type(PINS[BOSS])
    booth.enter()
    assert booth.session.operator == CLERK
    signed = [entry.fields().get("supervisor") for entry in booth.counter.entries()]
    assert signed == [BOSS]

    booth.press(Qt.Key.Key_F12)
    booth.log_in("2", PINS[COLLEAGUE])
    assert booth.session.operator == COLLEAGUE


def test_seven_days_without_a_network_are_no_hindrance(booth: Booth) -> None:
    booth.counter.unplug()
    booth.wait(6.9 * 86_400)
    booth.log_in()

    assert booth.session.operator == CLERK


def test_nobody_is_credited_by_guessing_where_there_are_pins(counter: Counter) -> None:
    assert who_acts(counter.desk) == CLERK
    counter.pins = a_book(PINS)
    assert who_acts(counter.desk) == ""
    counter.journal.remember(OPERATOR, COLLEAGUE)
    assert who_acts(counter.desk) == COLLEAGUE
