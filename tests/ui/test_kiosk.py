"""A customer at the kiosk: keys, touches, scans, answers; and what is left of him on the screen, which is nothing."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos_client.domain.reasons import Reason
from pos_client.domain.scan import ScanSource
from pos_client.ui.kiosk.states import Event, Place
from pos_client.ui.kiosk.touch_button import TouchButton
from pos_client.usecases.till_view import Level
from script import kiosk_facts as kiosk
from script import screen_facts as facts
from script.kiosk_screens import SCREENS
from script.kiosk_stage import KioskStage

from .test_language import texts_of

_HIS = re.compile(r"王|满100|洗发|护发|M-1|¥|138|C-\d|231|RDM")


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[KioskStage]:
    """Return a kiosk, laid out in portrait."""
    del qtbot
    made = KioskStage()
    made.draw(1080, 1920)
    yield made
    made.close()


def click(button: TouchButton) -> None:
    """Touch a button."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def left_in(stage: KioskStage) -> list[str]:
    """Return what any widget, shown or hidden, still holds of a customer."""
    found = []
    for widget in stage.screen.findChildren(QWidget):
        texts = [*texts_of(widget), getattr(widget, "shown", ""), str(getattr(widget, "_beside", ""))]
        found += [text for text in texts if _HIS.search(text) and "12 号" not in text]
    return found


def test_a_touch_a_key_and_a_scan_wake_the_first_screen(stage: KioskStage) -> None:
    woken = []
    QTest.mouseClick(stage.screen.attract, Qt.MouseButton.LeftButton, pos=QPoint(500, 700))
    woken.append(stage.presenter.machine.top)
    stage.do(Event.BACK)
    QTest.keyClick(stage.screen, Qt.Key.Key_Space)
    woken.append(stage.presenter.machine.top)
    stage.do(Event.BACK)
    QTest.keyClick(stage.screen, Qt.Key.Key_Return)
    woken.append(stage.presenter.machine.top)
    stage.do(Event.BACK)
    stage.scan()
    woken.append(stage.presenter.machine.top)

    assert woken == [Place.GUIDE, Place.GUIDE, Place.GUIDE, Place.CHECKING]


def test_a_scan_of_any_source_goes_to_the_till(stage: KioskStage) -> None:
    for source in ScanSource:
        stage.scan("72001", source)

    assert [deed for deed in stage.till.deeds if deed[0] == "scan"] == [("scan", "72001", one) for one in ScanSource]


def test_all_coupons_are_used_with_one_touch(stage: KioskStage) -> None:
    stage.scan_and(kiosk.greeted(3))
    click(stage.screen.coupons.all)
    for place, value in enumerate((2000, 1000, 500)):
        stage.answer(kiosk.used(place=place, value=value, left=0, later=place == 1))
    card = stage.screen.result.card

    assert [deed for deed in stage.till.deeds if deed[0] == "choose"] == [
        ("choose", "C-1"),
        ("choose", "C-2"),
        ("choose", "C-3"),
    ]
    assert (stage.presenter.machine.top, card.level) == (Place.RESULT, Level.PENDING)
    assert (card.amount.text(), card.line.text(), stage.screen.result.hands.text()) == (
        "减 ¥35.00",
        "用了 3 张券",
        "部分优惠稍后到账",
    )


def test_a_touch_on_a_coupon_is_the_consent(stage: KioskStage) -> None:
    stage.scan_and(kiosk.greeted(3))
    click(stage.screen.coupons.cards[1])
    stage.answer(facts.to_confirm())
    stage.answer(kiosk.used(place=1))

    assert stage.till.deeds[-2:] == [("choose", "C-2"), ("confirm",)]
    assert stage.presenter.machine.top is Place.RESULT


def test_a_coupon_that_was_scanned_waits_for_a_touch(stage: KioskStage) -> None:
    stage.scan_and(facts.to_confirm())
    offered = stage.screen.result.on.text()
    click(stage.screen.result.on)

    assert offered == "现在使用"
    assert stage.till.deeds[-1] == ("confirm",)


def test_one_that_fails_does_not_hide_what_was_used(stage: KioskStage) -> None:
    stage.scan_and(kiosk.greeted(2))
    stage.presenter.use()
    stage.answer(kiosk.used())
    stage.answer(facts.refused(Reason.QUOTA_EXHAUSTED))

    assert stage.screen.result.card.level is Level.OK
    assert stage.screen.result.card.line.text() == "用了 1 张券"


def test_digits_open_the_pad_and_are_masked(stage: KioskStage) -> None:
    stage.do(Event.BEGUN)
    for digit in "13800138":
        QTest.keyClick(stage.screen, Qt.Key(ord(digit)))
    fresh = stage.screen.phone.number.shown
    stage.wait(1.5)
    later = stage.screen.phone.number.shown
    for digit in "000":
        QTest.keyClick(stage.screen, Qt.Key(ord(digit)))
    QTest.keyClick(stage.screen, Qt.Key.Key_Return)

    assert (fresh, later) == ("••• •013 8", "••• •••• •")
    assert stage.till.deeds[-1] == ("scan", "13800138000", ScanSource.TYPED)
    assert left_in(stage) == []


def test_an_answer_for_somebody_who_has_gone_is_shown_to_nobody(stage: KioskStage) -> None:
    stage.scan()
    number = len(stage.till.deeds)
    stage.wait(8 + 15)
    stage.presenter.on_answer(kiosk.used(number))

    assert stage.presenter.machine.top is Place.ATTRACT
    assert left_in(stage) == []


def test_a_late_answer_corrects_what_was_given_up(stage: KioskStage) -> None:
    stage.scan()
    stage.wait(9)
    given_up = stage.screen.result.card.level
    stage.answer(kiosk.used())

    assert (given_up, stage.screen.result.card.level) == (Level.SYSTEM, Level.OK)


@pytest.mark.parametrize("name", [name for name in SCREENS if not name.startswith("staff")])
def test_a_wipe_leaves_nothing_of_anybody(stage: KioskStage, name: str) -> None:
    SCREENS[name](stage)
    had = len(stage.till.deeds)
    is_session = stage.presenter.machine.top not in {Place.ATTRACT, Place.OUT_OF_ORDER}
    stage.wait(400, step=1)

    assert stage.presenter.machine.top in {Place.ATTRACT, Place.OUT_OF_ORDER}
    assert left_in(stage) == []
    assert stage.presenter.phone.take() == ""
    assert stage.presenter.coupons().cards == ()
    assert stage.presenter.dress.language == "zh"
    assert not stage.presenter.dress.is_large
    assert stage.calls.kept is None
    if is_session:
        assert ("detach",) in stage.till.deeds[had:]


def test_the_customer_is_there_to_be_wiped(stage: KioskStage) -> None:
    stage.scan_and(kiosk.greeted(3))

    assert left_in(stage) != []


def test_done_shows_nothing_of_him_and_wipes_within_five_seconds(stage: KioskStage) -> None:
    stage.scan_and(kiosk.used())
    click(stage.screen.result.done)
    stage.draw(1080, 1920)
    page = stage.screen.page
    seen = [text for widget in page.findChildren(QWidget) for text in texts_of(widget) if _HIS.search(text)]
    stage.wait(5)

    assert seen == []
    assert left_in(stage) == []
    assert stage.presenter.machine.top is Place.ATTRACT


def test_language_and_large_text_hold_for_one_customer(stage: KioskStage) -> None:
    click(stage.screen.bar.language)
    click(stage.screen.bar.large)
    click(stage.screen.bar.more)
    click(stage.screen.access.toggles["is_contrast"])
    worn = stage.presenter.dress
    english = stage.screen.access.ready.text()
    stage.wait(75 + 25)

    assert (worn.language, worn.is_large, worn.is_contrast, english) == ("en", True, True, "Ready")
    assert stage.presenter.dress.language == "zh"
    assert stage.screen.attract.start.text() == "点击开始"


def test_large_text_gives_more_time(stage: KioskStage) -> None:
    stage.do(Event.BEGUN)
    stage.wear(is_large=True)
    stage.wait(74)
    before = stage.presenter.machine.top
    stage.wait(1)

    assert (before, stage.presenter.machine.top) == (Place.GUIDE, Place.STILL_THERE)


def test_any_key_answers_still_there(stage: KioskStage) -> None:
    answers = []
    for key in (Qt.Key.Key_A, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Left):
        SCREENS["still-there"](stage)
        QTest.keyClick(stage.screen, key)
        answers.append(stage.presenter.machine.top)
        stage.do(Event.BACK)

    assert answers == [Place.GUIDE] * 4


def test_a_finger_holds_a_result(stage: KioskStage) -> None:
    stage.scan_and(kiosk.used())
    for kind, waits in ((QEvent.Type.MouseButtonPress, 20), (QEvent.Type.MouseButtonRelease, 0)):
        buttons = Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, QPoint(5, 5), QPoint(5, 5), buttons, buttons, Qt.KeyboardModifier.NoModifier)
        stage.screen.eventFilter(stage.screen, event)
        stage.wait(waits)
    held = stage.presenter.machine.top
    stage.wait(8)

    assert (held, stage.presenter.machine.top) == (Place.RESULT, Place.ATTRACT)


def test_the_reason_is_told_only_when_asked_for(stage: KioskStage) -> None:
    stage.scan_and(facts.repeat())
    before = stage.screen.result.hands.text()
    click(stage.screen.result.why)

    assert "使用过一次" not in before
    assert "使用过一次" in stage.screen.result.hands.text()


def test_help_hides_nothing_and_is_called_once(stage: KioskStage) -> None:
    stage.scan_and(facts.repeat())
    click(stage.screen.bar.help)
    call = stage.calls.kept
    click(stage.screen.help.go_on)
    back, words = stage.presenter.machine.top, stage.screen.bar.help.text()
    click(stage.screen.bar.help)
    click(stage.screen.help.cancel)

    assert call is not None
    assert (call.kiosk, call.place, call.reason, call.member) == (3, "result", "already-used", "")
    assert (back, words) == (Place.RESULT, "店员马上来")
    assert stage.calls.told == ["call", "withdraw"]
    assert stage.screen.bar.help.text() == "呼叫店员"


def test_what_a_clerk_is_told_holds_no_number(stage: KioskStage) -> None:
    stage.scan_and(kiosk.greeted(3))
    QTest.keyClick(stage.screen, Qt.Key.Key_H)

    assert stage.calls.kept is not None
    assert stage.calls.kept.member == "王**"


def test_nothing_of_a_kiosk_outlives_it(qtbot: QtBot) -> None:
    del qtbot
    made = KioskStage()
    made.draw(1080, 1920)
    made.close()

    assert [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, TouchButton)] == []
