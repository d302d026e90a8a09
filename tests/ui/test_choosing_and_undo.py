"""Which of several members, and what an undo brings back: by number key, by touch, and put aside by a scan."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from pos_client.domain.scan import Scan, ScanSource
from pos_client.ui.member.pick_page import PickPage
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.till_view import Customer
from script import basket_facts as basket
from script import screen_facts as facts
from script.basket_screens import SCREENS
from script.clerk_stage import Stage


@pytest.fixture
def choice(shown: Stage) -> PickPage:
    """Return the page with three members."""
    SCREENS["member-choice"](shown)
    page = shown.clerk.window.body.page(Workspace.PICK)
    assert isinstance(page, PickPage)
    return page


def keys(stage: Stage, text: str) -> None:
    """A person's keys."""
    widget: QWidget | None = stage.clerk.window.focusWidget()
    QTest.keyClicks(stage.clerk.window if widget is None else widget, text)


def told(stage: Stage) -> str:
    """What stands on the undo's panel."""
    panel = stage.clerk.window.page.undo_panel
    return " ".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def test_several_members_open_the_choice_by_themselves(shown: Stage, choice: PickPage) -> None:
    assert shown.presenter.workspace is Workspace.PICK
    assert [row.note for row in choice.members.rows()] == [
        "华联超市 · 最近来店 2026年11月20日",
        "华联超市 · 最近来店 2026年10月2日",
        "城西店 · 2025年1月15日 入会",
    ]


def test_a_number_key_chooses(shown: Stage, choice: PickPage) -> None:
    keys(shown, "2")

    assert (shown.till.deeds[-1], shown.presenter.workspace) == (("member", "M-2"), Workspace.HOME)


def test_enter_takes_the_row_under_the_arrows(shown: Stage, choice: PickPage) -> None:
    QTest.keyClick(choice.members, Qt.Key.Key_Down)
    QTest.keyClick(choice.members, Qt.Key.Key_Return)

    assert shown.till.deeds[-1] == ("member", "M-2")


def test_a_number_that_nobody_has_chooses_nobody(shown: Stage, choice: PickPage) -> None:
    before = len(shown.till.deeds)
    keys(shown, "790")

    assert (len(shown.till.deeds), shown.presenter.workspace) == (before, Workspace.PICK)


def test_the_choice_goes_when_somebody_shows_a_code(shown: Stage, choice: PickPage) -> None:
    shown.clerk.guns.take(Scan("C0DE", ScanSource.CAMERA, facts.NOW))
    shown.presenter.on_customer(Customer())

    assert (shown.presenter.workspace, choice.members.rows()) == (Workspace.HOME, ())


def test_four_digits_and_enter_look_by_the_tail(shown: Stage) -> None:
    keys(shown, "1234")
    QTest.keyClick(shown.clerk.window, Qt.Key.Key_Return)

    assert shown.till.deeds[-1] == ("scan", "1234", ScanSource.TYPED)


def test_an_undo_says_what_comes_back_before_a_reason_is_chosen(shown: Stage) -> None:
    SCREENS["undo-effects"](shown)

    for words in ("满100减20 恢复可用，有效期至 2026年11月30日", "收回 20 积分", "¥20.00 收回"):
        assert words in told(shown)
    keys(shown, "1")
    assert shown.till.deeds[-1] == ("undo", 231, "wrong-coupon")


def test_a_coupon_of_a_purchase_stands_for_all_of_it(shown: Stage) -> None:
    SCREENS["undo-purchase"](shown)

    assert "撤销整单：3 张券" in told(shown)
    assert "收回新发的 1 张券" in told(shown)


def test_what_only_a_supervisor_may_take_back_asks_why_and_leads_to_him(shown: Stage) -> None:
    SCREENS["undo-too-late"](shown)
    panel = shown.clerk.window.page.undo_panel

    assert len([button for button in panel.choices if button.isVisible()]) == 5
    assert "主管" in panel.line.text()
    assert "F10" in panel.line.text()


def test_another_reason_is_typed_in_place(shown: Stage) -> None:
    SCREENS["undo-note"](shown)
    panel = shown.clerk.window.page.undo_panel

    assert (panel.field.isVisible(), panel.note.text(), panel.enter_button.isEnabled()) == (True, "wet box", True)
    shown.type(" 138-0013-8000")
    assert not panel.enter_button.isEnabled()
    assert "手机号" in panel.line.text()


def test_a_scan_puts_the_undo_aside_and_f8_leads_back(shown: Stage) -> None:
    SCREENS["undo-effects"](shown)
    shown.clerk.guns.take(Scan("C0DE", ScanSource.CAMERA, facts.NOW))
    places = [shown.presenter.workspace]
    shown.presenter.undo()

    assert [*places, shown.presenter.workspace] == [Workspace.HOME, Workspace.UNDO]
    assert "满100减20" in shown.clerk.window.page.undo_panel.title.text()


def test_the_effects_of_another_line_are_not_shown(shown: Stage) -> None:
    SCREENS["undo-effects"](shown)
    shown.clerk.window.page.undo_panel.show_effects(facts.recent()[1], basket.effects_of_purchase())

    assert "整单" not in told(shown)
