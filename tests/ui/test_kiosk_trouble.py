"""What a kiosk does when things are in the way: a customer who wants out, a camera, a printer, a till that is gone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos_client.domain.reasons import Reason
from pos_client.ui.kiosk.states import Event, Place
from pos_client.usecases.camera_view import CameraState
from pos_client.usecases.slip_out import SlipState
from pos_client.usecases.till_view import Customer, Level, TillFault
from script import kiosk_facts as kiosk
from script import screen_facts as facts
from script.kiosk_stage import KioskStage


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[KioskStage]:
    """Return a kiosk, laid out in portrait."""
    del qtbot
    made = KioskStage()
    made.draw(1080, 1920)
    yield made
    made.close()


def test_five_taps_in_the_corner_open_the_door_and_four_do_not(stage: KioskStage) -> None:
    for _ in range(4):
        QTest.mouseClick(stage.screen.corner, Qt.MouseButton.LeftButton)
    four = stage.presenter.machine.top
    stage.wait(4)
    for _ in range(5):
        QTest.mouseClick(stage.screen.corner, Qt.MouseButton.LeftButton)

    assert (four, stage.presenter.machine.top) == (Place.ATTRACT, Place.STAFF)


def test_a_customer_closes_nothing(stage: KioskStage) -> None:
    stage.screen.show()
    stage.screen.close()
    QTest.keyClick(stage.screen, Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier)

    assert stage.screen.isVisible()


def test_trouble_that_passes_closes_and_opens(stage: KioskStage) -> None:
    stage.presenter.on_fault(TillFault("disk-full", 0))
    closed = stage.presenter.machine.top
    words = stage.screen.page.spoken()
    stage.presenter.on_status(facts.status())

    assert (closed, stage.presenter.machine.top) == (Place.OUT_OF_ORDER, Place.ATTRACT)
    assert words == "本机暂停使用 请到12号柜台"


@pytest.mark.parametrize("reason", ["device-revoked", ""])
def test_a_dead_till_stays_closed(stage: KioskStage, reason: str) -> None:
    if reason:
        stage.presenter.on_fault(TillFault(reason, 0))
    else:
        stage.presenter.on_worker_died("till")
    stage.presenter.on_status(facts.status())
    stage.scan()

    assert stage.presenter.machine.top is Place.OUT_OF_ORDER


def test_without_a_camera_there_is_still_a_scanner(stage: KioskStage) -> None:
    stage.presenter.on_camera(CameraState.STARTING)
    stage.do(Event.BEGUN)
    hoped = stage.screen.guide.line.text()
    stage.wait(11)

    assert (hoped, stage.screen.guide.line.text()) == ("把会员码放在下方红光处", "把码放到扫码枪前")


def test_the_guide_helps_more_the_longer_it_takes(stage: KioskStage) -> None:
    stage.do(Event.BEGUN)
    said = [stage.screen.guide.seen.text()]
    for _ in range(3):
        stage.wait(7)
        said.append(stage.screen.guide.seen.text())

    assert len(set(said)) == 4


def test_slides_change_and_stand_still_between(stage: KioskStage) -> None:
    places = []
    for _ in range(4):
        places.append(stage.screen.attract.slide.place)
        stage.wait(8)

    assert places == [0, 1, 2, 0]


def test_a_customer_who_is_no_member_is_told_so_gently(stage: KioskStage) -> None:
    stage.scan()
    stage.presenter.on_customer(Customer())

    assert stage.screen.result.card.level is Level.SYSTEM
    assert stage.screen.result.on.text() == "再试一次"


def test_a_printer_that_is_silent_gives_a_code_to_photograph(stage: KioskStage) -> None:
    stage.printer.has_printer = True
    stage.scan_and(kiosk.used())
    printing = stage.screen.result.hands.text()
    stage.wait(11)
    page = stage.screen.result
    hands, keepsake = page.hands.text(), page.keepsake.text
    stage.wait(16)

    assert stage.printer.begun == [231]
    assert printing == "小票马上出来"
    assert (hands, keepsake) == ("请用手机拍下二维码作凭证", "RDM 1-231 9f3a61c07be2")
    assert page.keepsake.text == ""


def test_paper_that_came_is_to_be_taken_and_a_wipe_stops_the_rest(stage: KioskStage) -> None:
    stage.printer.has_printer = True
    stage.scan_and(kiosk.used())
    stage.presenter.on_slip(SlipState.PRINTED)
    hands = stage.screen.result.hands.text()
    before = stage.printer.cancelled
    stage.wait(8)

    assert hands == "请取走小票"
    assert stage.printer.cancelled == before + 1
    assert stage.presenter.machine.top is Place.ATTRACT


def test_a_member_by_phone_alone_is_asked_for_his_code(stage: KioskStage) -> None:
    stage.scan_and(kiosk.greeted(3, proof="phone"))
    stage.presenter.use()
    for _ in range(3):
        stage.answer(facts.refused(Reason.PROOF_NEEDED))

    assert stage.screen.result.card.line.text() == "请扫会员码再用券"
    assert stage.screen.result.on.text() == "再试一次"
