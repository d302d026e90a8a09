"""A picture of the receipt in a wide window: taken by key or finger, seen while F3 is typed, gone with the customer."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pos_client.ui.basket.set_page import SetPage
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.scan.viewfinder import as_image
from pos_client.usecases.camera_view import CameraState
from pos_client.usecases.till_view import Customer
from script import basket_facts as basket
from script import screen_facts as facts
from script.basket_screens import SCREENS
from script.clerk_stage import Stage

from .conftest import MakeStage


@pytest.fixture
def wide(make_stage: MakeStage, qtbot: QtBot) -> Stage:
    """Return a shown window of 1920 by 1080 with three coupons ticked, before the camera shows anything."""
    stage = make_stage("en")
    stage.draw(1920, 1080)
    stage.clerk.window.show()
    stage.clerk.window.activateWindow()
    qtbot.waitUntil(stage.clerk.window.isActiveWindow)
    SCREENS["set"](stage)
    return stage


def page_of(stage: Stage) -> SetPage:
    """The page."""
    page = stage.clerk.window.body.page(Workspace.BASKET)
    assert isinstance(page, SetPage)
    return page


def press(stage: Stage, key: Qt.Key, *, control: bool = False) -> None:
    """A person's key."""
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    focused: QWidget | None = stage.clerk.window.focusWidget()
    QTest.keyClick(stage.clerk.window if focused is None else focused, key, modifier)


def photograph(stage: Stage) -> QImage:
    """Show a receipt to the camera, and press the key."""
    picture = facts.receipt_picture()
    stage.clerk.window.body.show_picture(picture)
    press(stage, Qt.Key.Key_R, control=True)
    return as_image(picture.pixels)


def test_a_key_takes_it_and_it_stays_while_the_camera_goes_on(wide: Stage) -> None:
    taken = photograph(wide)
    wide.clerk.window.body.show_picture(facts.picture(code=False))
    receipt = page_of(wide).receipt

    assert receipt.still.isVisible()
    assert receipt.still.image == taken
    assert receipt.still.width() >= 360


def test_a_finger_takes_another_one(wide: Stage) -> None:
    photograph(wide)
    other = facts.picture(code=False)
    wide.clerk.window.body.show_picture(other)
    QTest.mouseClick(page_of(wide).receipt.button, Qt.MouseButton.LeftButton)

    assert page_of(wide).receipt.still.image == as_image(other.pixels)


def test_before_the_first_picture_the_key_waits_for_it(wide: Stage) -> None:
    press(wide, Qt.Key.Key_R, control=True)
    assert wide.clerk.window.page.photo.image is None

    wide.clerk.window.body.show_picture(facts.receipt_picture())
    assert wide.clerk.window.page.photo.image is not None


def test_it_stands_where_the_camera_was_while_the_amount_is_typed(wide: Stage) -> None:
    taken = photograph(wide)
    camera = wide.clerk.window.page.camera
    press(wide, Qt.Key.Key_F3)
    wide.draw(1920, 1080)

    assert (camera.still.isVisible(), camera.viewfinder.isVisible()) == (True, False)
    assert camera.still.image == taken
    assert camera.still.width() >= 500
    press(wide, Qt.Key.Key_Escape)
    assert (camera.still.isVisible(), camera.viewfinder.isVisible()) == (False, True)


GONE = {
    "nobody": Customer(),
    "another": facts.customer(member=replace(facts.member(), view=replace(facts.member().view, ref="M-2"))),
    "purchase over": facts.customer(amount_minor=None),
}


@pytest.mark.parametrize("name", GONE)
def test_it_goes_with_the_customer_and_with_the_purchase(wide: Stage, name: str) -> None:
    photograph(wide)
    wide.presenter.on_customer(GONE[name])

    assert wide.clerk.window.page.photo.image is None
    assert page_of(wide).receipt.still.image is None
    assert wide.clerk.window.page.camera.still.image is None


def test_another_amount_and_another_tick_keep_it(wide: Stage) -> None:
    taken = photograph(wide)
    wide.presenter.on_customer(facts.customer(amount_minor=9_900))
    wide.presenter.on_answer(basket.answer(basket.changed(), 3))

    assert wide.clerk.window.page.photo.image == taken


def test_a_frame_of_before_is_not_taken_when_the_page_is_opened_again(wide: Stage) -> None:
    wide.clerk.window.body.show_picture(facts.receipt_picture())
    press(wide, Qt.Key.Key_Escape)
    press(wide, Qt.Key.Key_B, control=True)
    press(wide, Qt.Key.Key_R, control=True)

    assert wide.clerk.window.page.photo.image is None


def test_without_a_camera_it_is_not_offered(wide: Stage) -> None:
    wide.camera(CameraState.NONE)
    assert not page_of(wide).receipt.isVisible()

    photograph(wide)
    assert wide.clerk.window.page.photo.image is None


def test_a_lost_camera_is_said_calmly_and_the_picture_stays(wide: Stage) -> None:
    taken = photograph(wide)
    wide.camera(CameraState.LOST)
    receipt = page_of(wide).receipt

    assert not receipt.button.isVisible()
    assert receipt.trouble.text() == "The camera shows nothing now. Type the amount as ever."
    assert receipt.still.image == taken


def test_a_small_window_has_no_picture(wide: Stage) -> None:
    wide.clerk.window.resize(1280, 800)
    photograph(wide)

    assert not page_of(wide).receipt.isVisible()
    assert wide.clerk.window.page.photo.image is None


def test_another_language_reaches_its_words(wide: Stage) -> None:
    photograph(wide)
    press(wide, Qt.Key.Key_L, control=True)

    assert page_of(wide).receipt.button.text() == "重拍小票"
    assert page_of(wide).receipt.still.accessibleName() == "小票照片"
