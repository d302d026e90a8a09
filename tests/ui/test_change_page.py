"""Another phone number at a real desk with a centre: by slot, by one-time code, by a supervisor, refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos_client.domain.errors import SealKeyMissing
from pos_client.domain.reasons import Reason
from pos_client.domain.scan import Scan, ScanSource
from pos_client.storage.lookup_book import LookupBook
from pos_client.ui.member.change_view import ChangeStep
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.scan.sound import Sound
from pos_client.usecases.bind_port import nobody_binds
from pos_client.usecases.choosing import Choosing
from pos_client.usecases.till_session import PURCHASE_ENDS_AFTER
from pos_client.usecases.till_view import Customer
from tests import builders as a
from tests.unit.usecases.bind_desk import NEW_PHONE, OTHER_PHONE, Binder
from tests.unit.usecases.counter import OpenCounter

from .change_counter import NEW, SLOT, ChangeDesk, assert_changed
from .shift.booth import BOSS, PINS, a_book, people


@pytest.fixture
def at(open_counter: OpenCounter, qtbot: QtBot, tmp_path: Path) -> Iterator[ChangeDesk]:
    """A counter with people, PINs and a centre."""

    binder = Binder.at(open_counter, people)
    made = ChangeDesk(binder, tmp_path, (1280, 800))
    # After the window was made: the clerk is there already.
    binder.counter.pins = a_book(PINS)
    made.desk.window.activateWindow()
    qtbot.waitUntil(made.desk.window.isActiveWindow)
    yield made
    made.desk.close()


def test_with_his_own_code_the_number_is_enough(at: ChangeDesk) -> None:
    at.comes(SLOT)
    at.open()
    at.type(NEW[:10])
    assert (at.seen.number.shown, at.hint) == ("137 0013 700", "1 more digit")
    at.enter()
    assert at.bindings() == []
    at.type(NEW[10:] + "5")
    at.enter()

    assert_changed(at, "slot")


def test_the_key_opens_it_and_the_pad_types(at: ChangeDesk) -> None:
    at.comes(SLOT)
    QTest.keyClick(at.desk.window, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    at.desk.settle()
    for digit in NEW:
        at.screen.panel.keypad.pressed.emit(digit)
    QTest.mouseClick(at.screen.panel.enter_button, Qt.MouseButton.LeftButton)
    at.desk.settle()

    assert_changed(at, "slot")


def test_a_one_time_code_goes_to_the_old_number(at: ChangeDesk) -> None:
    at.comes(a.PHONE)
    at.open()
    at.type(NEW)
    at.enter()
    assert (at.seen.step, at.binder.centre.sent) == (ChangeStep.TOLD, [a.PHONE])
    at.type("999999")
    at.enter()
    assert at.bindings() == []
    assert (at.seen.told, at.seen.number.text) == ("", NEW)
    assert at.seen.refusal is not None
    assert at.seen.refusal.reason is Reason.PHONE_CODE_WRONG
    at.type("123456")
    at.enter()

    assert_changed(at, "code")


def test_offline_a_supervisor_signs_with_his_pin(at: ChangeDesk) -> None:
    at.online(is_online=False)
    at.comes(a.PHONE)
    at.open()
    at.type(NEW)
    at.enter()
    assert (at.seen.step, at.binder.centre.sent) == (ChangeStep.PIN, [])
    at.type("000000")
    at.enter()
    assert at.bindings() == []
    assert at.seen.refusal is not None
    assert (at.seen.refusal.reason, at.seen.step, at.seen.digits) == (Reason.PIN_WRONG, ChangeStep.PIN, 0)
    at.type(PINS[BOSS])
    at.enter()

    assert_changed(at, "supervisor", BOSS)


def test_a_centre_that_falls_silent_leaves_it_to_the_supervisor(at: ChangeDesk) -> None:
    at.comes(a.PHONE)
    at.open()
    at.type(NEW)
    at.binder.centre.is_reachable = False
    at.enter()
    assert (at.seen.step, at.seen.is_cut_off) == (ChangeStep.PIN, True)
    at.press(Qt.Key.Key_Escape)
    assert (at.seen.step, at.seen.number.text) == (ChangeStep.NUMBER, NEW)


def test_f10_leaves_a_code_that_does_not_come(at: ChangeDesk) -> None:
    at.comes(a.PHONE)
    at.open()
    at.type(NEW)
    at.enter()
    at.press(Qt.Key.Key_F10)
    assert at.seen.step is ChangeStep.PIN
    at.type(PINS[BOSS])
    at.enter()

    assert_changed(at, "supervisor", BOSS)


def test_a_badge_names_the_supervisor_and_no_other_scan_is_kept_from_the_till(at: ChangeDesk) -> None:
    at.online(is_online=False)
    at.comes(a.PHONE)
    at.open()
    at.type(NEW)
    assert not at.screen.take_scan(Scan(BOSS, ScanSource.WEDGE, at.binder.counter.clock.wall))
    at.enter()
    assert at.screen.take_scan(Scan(BOSS, ScanSource.WEDGE, at.binder.counter.clock.wall))
    assert not at.screen.take_scan(Scan(SLOT, ScanSource.WEDGE, at.binder.counter.clock.wall))


@pytest.mark.parametrize("typed", ["23700137000", "12700137000"])
def test_no_mobile_number_begins_like_this(at: ChangeDesk, typed: str) -> None:
    at.comes(SLOT)
    at.open()
    at.type(typed)
    at.enter()

    assert (at.bindings(), at.hint) == ([], "No mobile number begins like this.")


def test_a_number_of_somebody_else_is_refused_and_kept(at: ChangeDesk) -> None:
    at.binder.bind(OTHER_PHONE)
    heard = len(at.heard)
    at.comes(SLOT)
    at.open()
    at.type(NEW)
    at.enter()

    assert [fields["action"] for fields in at.bindings()] == ["new"]
    assert (at.seen.step, at.seen.number.text) == (ChangeStep.NUMBER, NEW)
    assert at.hint.startswith("The new number belongs to member")
    assert at.heard[heard:][-1] is Sound.NO


def test_his_own_code_scanned_meanwhile_is_proof(at: ChangeDesk) -> None:
    at.comes(a.PHONE)
    at.open()
    at.type(NEW)
    at.enter()
    assert at.seen.step is ChangeStep.TOLD
    at.comes(SLOT)
    assert (at.workspace, at.seen.step, at.seen.number.text) == (Workspace.PHONE, ChangeStep.NUMBER, NEW)
    at.enter()

    assert_changed(at, "slot")


def test_what_was_typed_goes_with_the_member(at: ChangeDesk) -> None:
    at.comes(SLOT)
    at.open()
    at.type(NEW)
    at.desk.session.detach_member()
    at.desk.window.presenter.on_customer(Customer())
    at.desk.settle()

    assert (at.seen.step, at.seen.number.text) == (ChangeStep.NOBODY, "")


def test_who_has_gone_gets_no_other_number(at: ChangeDesk) -> None:
    at.comes(SLOT)
    at.open()
    at.type(NEW)
    at.binder.counter.clock.pass_by(PURCHASE_ENDS_AFTER + timedelta(seconds=1))
    at.enter()

    assert (at.bindings(), at.seen.step) == ([], ChangeStep.NOBODY)
    assert at.hint.startswith("No member stands here.")


def test_put_aside_it_keeps_the_number_and_no_digit_that_proves(at: ChangeDesk) -> None:
    at.online(is_online=False)
    at.comes(a.PHONE)
    at.open()
    at.type(NEW)
    at.enter()
    at.type("6150")
    at.desk.window.presenter.go_home()
    at.open()

    assert (at.seen.step, at.seen.digits, at.seen.number.text) == (ChangeStep.PIN, 0, NEW)


def test_typed_digits_are_in_no_trace_of_the_program(at: ChangeDesk) -> None:
    at.comes(SLOT)
    at.open()
    at.type(NEW)

    assert NEW not in repr(at.seen)


def test_four_digits_of_a_number_are_no_number_to_send_a_code_to(at: ChangeDesk) -> None:
    looks = LookupBook(at.binder.counter.folder / "lookups.json")
    at.desk.session._choosing = Choosing(replace(at.binder.counter.desk, lookups=looks))
    at.desk.session.scan(Scan(a.PHONE[-4:], ScanSource.TYPED, at.binder.counter.clock.wall), 1)
    chosen = at.desk.session.choose_member("m7", 2)
    assert chosen is not None
    at.desk.window.presenter.on_own_answer(chosen)
    at.open()
    at.type(NEW)
    at.enter()

    assert (at.seen.step, at.binder.centre.sent) == (ChangeStep.PIN, [])


def test_in_a_store_without_pins_whoever_is_named_has_signed(at: ChangeDesk) -> None:
    at.binder.counter.pins = a_book({})
    at.online(is_online=False)
    at.comes(a.PHONE)
    at.open()
    at.type(NEW)
    at.enter()
    assert (at.seen.step, at.bindings()) == (ChangeStep.WHO, [])
    at.type("1")

    assert_changed(at, "supervisor", BOSS)


def test_without_the_centres_key_nothing_is_lost(at: ChangeDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    at.comes(SLOT)
    at.open()
    at.type(NEW)
    monkeypatch.setattr(at.screen, "_ports", nobody_binds())
    at.enter()

    assert (at.bindings(), at.seen.number.text, at.seen.is_asking) == ([], NEW, False)
    assert at.hint == at.screen.around.wording.of_fault(SealKeyMissing(""))[0].en
    assert at.heard[-1] is Sound.NO


def test_a_number_that_was_typed_for_one_is_never_given_to_another(at: ChangeDesk) -> None:
    at.binder.bind(NEW_PHONE)
    at.comes(SLOT)
    at.open()
    at.type(NEW)
    # The other one is at the desk already, and the window has not heard of him yet.
    at.desk.session.scan(Scan(NEW_PHONE, ScanSource.WEDGE, at.binder.counter.clock.wall), 2)
    at.enter()

    assert [fields["action"] for fields in at.bindings()] == ["new"]
    assert at.seen.number.text == ""
