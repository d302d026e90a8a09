"""Coupons offered together, with real keys and a real finger: ticks, sets, a step back, Enter; a scan is taken."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from pos_client.domain.scan import Scan, ScanSource
from pos_client.ui.basket.set_page import SetPage
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.scan.sound import Sound
from script import basket_facts as basket
from script import screen_facts as facts
from script.basket_screens import SCREENS
from script.clerk_stage import Stage

from .conftest import MakeStage
from .walk import seen


@pytest.fixture
def page(shown: Stage) -> SetPage:
    """Return the page with three coupons ticked."""
    SCREENS["set"](shown)
    page = shown.clerk.window.body.page(Workspace.BASKET)
    assert isinstance(page, SetPage)
    return page


def press(stage: Stage, *keys: Qt.Key, control: bool = False) -> None:
    """A person's keys, to whoever has the keyboard."""
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    for key in keys:
        widget: QWidget | None = stage.clerk.window.focusWidget()
        QTest.keyClick(stage.clerk.window if widget is None else widget, key, modifier)


def test_an_amount_leads_to_the_best_set(shown: Stage) -> None:
    shown.presenter.on_answer(facts.member_found())
    press(shown, Qt.Key.Key_F3)
    for digit in "138":
        QTest.keyClicks(shown.clerk.window, digit)
    press(shown, Qt.Key.Key_Return)

    assert shown.presenter.workspace is Workspace.BASKET
    assert shown.till.deeds[-2:] == [("amount", 13_800), ("set", "open", "", 0)]


def test_space_ticks_the_row_under_the_arrows(shown: Stage, page: SetPage) -> None:
    press(shown, Qt.Key.Key_Down, Qt.Key.Key_Space)

    assert shown.till.deeds[-1] == ("set", "toggle", "C-2", 0)


def test_a_finger_ticks_a_row(shown: Stage, page: SetPage) -> None:
    row = page.coupons.visualItemRect(page.coupons.item(2)).center()
    QTest.mouseClick(page.coupons.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(row))

    assert shown.till.deeds[-1] == ("set", "toggle", "C-6", 0)


def test_what_cannot_be_used_is_not_ticked(shown: Stage, page: SetPage) -> None:
    before = len(shown.till.deeds)
    press(shown, *[Qt.Key.Key_Down] * 4, Qt.Key.Key_Space)

    assert len(shown.till.deeds) == before
    assert "62.00" in page.coupons.rows()[4].note


def test_a_number_chooses_a_set_and_no_other_digit_does_anything(shown: Stage, page: SetPage) -> None:
    press(shown, Qt.Key.Key_2, Qt.Key.Key_9)

    assert shown.till.deeds[-1] == ("set", "choose", "", 1)
    assert shown.presenter.workspace is Workspace.BASKET


def test_a_step_back_is_there_only_after_a_change(shown: Stage, page: SetPage) -> None:
    before = len(shown.till.deeds)
    press(shown, Qt.Key.Key_Z, control=True)
    assert (len(shown.till.deeds), page.undo_button.isEnabled()) == (before, False)

    shown.presenter.on_answer(basket.answer(basket.changed(), 3))
    press(shown, Qt.Key.Key_Z, control=True)
    assert shown.till.deeds[-1] == ("set", "undo", "", 0)


def test_enter_is_the_one_blue_button_and_says_how_many(shown: Stage, page: SetPage) -> None:
    button = shown.clerk.window.page.verdict.confirm_button
    blue = [
        one
        for one in seen(shown.clerk.window)
        if isinstance(one, KeyButton) and one.property("kind") == "primary" and one.isVisible()
    ]

    assert (blue, button.text()) == ([button], "确认核销 3 张")
    press(shown, Qt.Key.Key_Return)
    assert shown.till.deeds[-1] == ("confirm",)


def test_a_tick_makes_no_sound_and_a_redemption_does(shown: Stage, page: SetPage) -> None:
    heard: list[Sound] = []
    shown.clerk.window.page.sounded.connect(heard.append)

    shown.presenter.on_answer(basket.answer(basket.changed(), 3))
    assert heard == []
    shown.presenter.on_answer(basket.redeemed())
    assert heard == [Sound.OK]


def test_a_coupon_used_meanwhile_is_marked_and_the_row_under_the_arrows_stays(shown: Stage, page: SetPage) -> None:
    press(shown, Qt.Key.Key_Down)
    shown.presenter.on_answer(basket.repeat())

    gone = page.coupons.rows()[0]
    assert (gone.icon, gone.is_struck, "城西店" in gone.note) == ("verdict-repeat", True, True)
    assert (page.coupons.current_key(), page.saving.text()) == ("C-2", "省 ¥15.00")
    assert (page.coupons.hasFocus(), shown.presenter.workspace) == (True, Workspace.BASKET)


def test_a_scan_is_judged_and_the_page_stays(shown: Stage, page: SetPage) -> None:
    shown.clerk.guns.take(Scan("C0DE", ScanSource.CAMERA, facts.NOW))

    assert shown.till.deeds[-1][0] == "scan"
    assert shown.presenter.workspace is Workspace.BASKET


def test_redeemed_leads_home(shown: Stage, page: SetPage) -> None:
    shown.presenter.on_answer(basket.redeemed())

    assert shown.presenter.workspace is Workspace.HOME


def test_esc_leads_home_and_the_set_is_still_offered(shown: Stage, page: SetPage) -> None:
    press(shown, Qt.Key.Key_Escape)
    assert shown.presenter.workspace is Workspace.HOME

    press(shown, Qt.Key.Key_B, control=True)
    assert (shown.presenter.workspace, page.saving.text()) == (Workspace.BASKET, "省 ¥35.00")


def test_rows_keep_their_places_while_ticks_change(shown: Stage, page: SetPage) -> None:
    before = [row.title for row in page.coupons.rows()]
    shown.presenter.on_answer(basket.answer(basket.changed(), 3))

    assert [row.title for row in page.coupons.rows()] == before


def test_the_next_tier_is_told_in_words_and_figures(shown: Stage, page: SetPage) -> None:
    assert page.tier.words.text() == "再买 ¥62.00 可用 满200减50，多省 ¥15.00"
    assert page.tier.figures.text() == "¥138.00 / ¥200.00"


@pytest.mark.long
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", SCREENS)
def test_large_text_loses_nothing(make_stage: MakeStage, name: str, language: str) -> None:
    stage = make_stage(language, text_percent=200)
    stage.draw(1280, 800)
    SCREENS[name](stage)
    stage.draw(1280, 800)
    widgets = seen(stage.clerk.window)

    cut = [widget.text() for widget in widgets if isinstance(widget, FittedLabel | KeyButton) and widget.is_cut()]

    assert cut == []
