"""A supervisor at the counter: he allows what the lane leaves to a person, and the clerk stays logged in."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.pins import telephone_answer
from pos_client.domain.reasons import Reason
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.shift.override_view import OverrideStep
from pos_client.usecases.till_view import UndoReason
from tests import builders as a
from tests.unit.usecases.counter import CLERK

from .booth import BOSS, PEPPER, PINS, Booth

COUPON, OTHER = a.a_signed_coupon().text(), a.a_signed_coupon(2).text()


@pytest.fixture
def left_to_him(open_booth: Booth) -> Booth:
    """Return a lane alone that may give nothing away by itself, and a coupon that was shown there."""
    open_booth.counter.unplug()
    open_booth.counter.limits = replace(open_booth.counter.limits, floor_value_minor=0, override_count=3)
    open_booth.show(COUPON)
    assert open_booth.presenter.answer is not None
    assert open_booth.presenter.answer.verdict.reason is Reason.OVER_FLOOR_VALUE
    return open_booth


@pytest.fixture
def asked(left_to_him: Booth) -> Booth:
    """Return the same, with the panel open."""
    left_to_him.press(Qt.Key.Key_F10)
    return left_to_him


def overrides(booth: Booth) -> list[tuple[str, str, str]]:
    """Return who allowed, why, and how he was believed."""
    entries = [entry.fields() for entry in booth.counter.entries() if entry.kind is EntryKind.OVERRIDE]
    return [(fields["supervisor"], fields["reason"], fields["proof"]) for fields in entries]


def shown(booth: Booth) -> Reason | None:
    """Return the reason of the verdict that is shown."""
    return booth.presenter.answer.verdict.reason if booth.presenter.answer else None


def test_the_panel_says_what_is_asked_and_what_is_left(asked: Booth) -> None:
    panel = asked.override.panel

    assert asked.window.page.isVisible()
    assert "¥10.00" in panel.what.text()
    assert panel.quota.text() == "今日剩余 3 次，¥500.00"
    assert panel.choices.buttons[0].text() == "断网"


def test_reason_and_pin_redeem_and_the_clerk_stays(asked: Booth) -> None:
    asked.type("1")
    assert asked.asked.step is OverrideStep.PIN
    assert asked.asked.person is not None
    assert asked.asked.person.id == BOSS
    asked.type(PINS[BOSS])
    asked.enter()
    asked.settle()

    assert overrides(asked) == [(BOSS, "network-down", "pin")]
    assert shown(asked) is Reason.ACCEPTED_OVERRIDE
    assert (asked.presenter.workspace, asked.session.operator) == (Workspace.HOME, CLERK)
    redeemed = [entry.fields() for entry in asked.counter.entries() if entry.kind is EntryKind.REDEEM]
    assert [fields["operator"] for fields in redeemed] == [CLERK]


def test_what_he_allowed_can_be_taken_back_for_eight_seconds(asked: Booth) -> None:
    asked.type("1")
    asked.type(PINS[BOSS])
    asked.enter()
    asked.settle()
    asked.press(Qt.Key.Key_F8)

    assert EntryKind.VOID in asked.counter.kinds()


def test_a_wrong_pin_leaves_the_question_and_the_verdict(asked: Booth) -> None:
    asked.type("2")
    for wrong in range(5):
        asked.type("615039")
        asked.enter()
        assert shown(asked) is Reason.OVER_FLOOR_VALUE, wrong
    assert asked.asked.wait_s == 60
    assert not asked.override.panel.pad.keys.isEnabled()
    asked.wait(61)
    asked.type(PINS[BOSS])
    asked.enter()
    asked.settle()

    assert overrides(asked) == [(BOSS, "known-customer", "pin")]


def test_the_next_scan_puts_it_aside_and_f10_brings_it_back(asked: Booth) -> None:
    asked.type("3")
    asked.type("615")
    asked.counter.limits = replace(asked.counter.limits, floor_value_minor=5_000)
    asked.shoot(OTHER)
    assert (asked.presenter.workspace, shown(asked)) == (Workspace.HOME, Reason.ACCEPTED_OFFLINE)
    asked.counter.limits = replace(asked.counter.limits, floor_value_minor=0)

    asked.press(Qt.Key.Key_F10)
    assert (asked.asked.step, asked.asked.digits) == (OverrideStep.PIN, 0)
    asked.type(PINS[BOSS])
    asked.enter()
    asked.settle()
    coupons = [entry.fields()["coupon_id"] for entry in asked.counter.entries() if entry.kind is EntryKind.OVERRIDE]
    assert coupons == ["1001-1"]


def test_a_badge_names_the_supervisor(asked: Booth) -> None:
    asked.shoot("STAFF:S01")
    assert (asked.presenter.workspace, asked.asked.step) == (Workspace.OVERRIDE, OverrideStep.REASON)
    asked.type("1")
    asked.type(PINS[BOSS])
    asked.enter()
    asked.settle()

    assert overrides(asked) == [(BOSS, "network-down", "pin")]


@pytest.mark.parametrize("gap_ms", [0, 5, 20])
def test_a_burst_into_the_pin_pad_is_a_scan(asked: Booth, gap_ms: int) -> None:
    asked.type("1")
    asked.type("615")
    asked.shoot(OTHER, gap_ms)

    assert asked.presenter.workspace is Workspace.HOME
    assert overrides(asked) == []
    assert asked.counter.kinds().count(EntryKind.REJECT) == 2


def test_head_office_answers_by_telephone(asked: Booth) -> None:
    asked.type("6")
    asked.press(Qt.Key.Key_Escape)
    asked.type("0")
    asked.settle()
    challenge = asked.asked.challenge
    assert (asked.asked.step, len(challenge)) == (OverrideStep.PHONE, 8)
    asked.type(telephone_answer(PEPPER, asked.asked.device, challenge))
    asked.enter()
    asked.settle()

    assert overrides(asked) == [("HQ", "head-office-agreed", "telephone")]
    assert shown(asked) is Reason.ACCEPTED_OVERRIDE


def test_a_wrong_answer_uses_the_challenge_up(asked: Booth) -> None:
    asked.type("6")
    asked.press(Qt.Key.Key_Escape)
    asked.type("0")
    asked.settle()
    first = asked.asked.challenge
    asked.type("AAAA1111")
    asked.enter()
    asked.settle()

    assert asked.asked.challenge not in {"", first}
    assert (overrides(asked), shown(asked)) == ([], Reason.OVER_FLOOR_VALUE)


def test_the_days_limit_ends_it(asked: Booth) -> None:
    asked.counter.limits = replace(asked.counter.limits, override_count=0)
    asked.type("1")
    asked.type(PINS[BOSS])
    asked.enter()
    asked.settle()

    assert (shown(asked), overrides(asked)) == (Reason.OVERRIDE_COUNT_LIMIT, [])
    assert asked.presenter.workspace is Workspace.HOME


def test_nothing_waits_for_a_supervisor(open_booth: Booth) -> None:
    open_booth.press(Qt.Key.Key_F10)

    assert open_booth.asked.step is OverrideStep.NOTHING
    assert open_booth.override.panel.what.text() == "现在没有要主管放行的。"
    open_booth.press(Qt.Key.Key_Escape)
    assert open_booth.presenter.workspace is Workspace.HOME


def test_a_customer_who_has_gone_is_not_served(asked: Booth) -> None:
    asked.wait(601)
    assert asked.asked.step is OverrideStep.NOTHING


def test_a_locked_counter_keeps_the_question(asked: Booth) -> None:
    asked.type("1")
    asked.press(Qt.Key.Key_F12)
    asked.log_in()
    asked.press(Qt.Key.Key_F10)

    assert asked.asked.step is OverrideStep.PIN


def test_the_verdict_offers_it_as_its_next_step(left_to_him: Booth) -> None:
    left_to_him.window.page.verdict.deed_button.click()

    assert left_to_him.presenter.workspace is Workspace.OVERRIDE
    assert left_to_him.asked.step is OverrideStep.REASON


def test_a_late_undo_is_signed_by_f10_and_asks_no_second_reason(open_booth: Booth) -> None:
    open_booth.show(COUPON)
    open_booth.counter.clock.pass_by(timedelta(hours=2))
    assert open_booth.presenter.answer is not None
    seq = open_booth.presenter.answer.undo_seq
    open_booth.presenter.expect(open_booth.till.undo(seq, UndoReason.WRONG_COUPON))
    open_booth.settle()
    assert shown(open_booth) is Reason.VOID_TOO_LATE

    open_booth.press(Qt.Key.Key_F10)
    open_booth.settle()
    assert open_booth.asked.step is OverrideStep.PIN
    open_booth.type(PINS[BOSS])
    open_booth.enter()
    open_booth.settle()

    assert shown(open_booth) is Reason.VOIDED
    assert open_booth.counter.entries()[-1].fields()["supervisor"] == BOSS
    assert open_booth.session.operator == CLERK
