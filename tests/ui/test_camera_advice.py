"""What the camera's picture tells whoever holds a code: in words, in both languages, and never twice."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from pos_client.ui.bridges import CameraPicture, Sighting
from pos_client.usecases.camera_view import CameraAdvice, CameraState
from script.clerk_stage import Stage
from tests.ui.conftest import MakeStage

AMBER = QColor("#ffc233").rgb()
GREY = np.full((480, 640), 120, np.uint8)
CORNERS = ((200, 150), (400, 150), (400, 350), (200, 350))
WORDS = {
    CameraAdvice.NONE: ("", ""),
    CameraAdvice.TOO_DARK: ("太暗，请调亮手机或灯光", "Too dark: turn up the screen or the light"),
    CameraAdvice.GLARE: ("太亮或反光，请稍微倾斜", "Too bright: tilt the code a little"),
    CameraAdvice.OUT_OF_FOCUS: ("不清晰，请前后移动一点", "Blurred: move the code nearer or farther"),
    CameraAdvice.TOO_FAR: ("太远，请靠近一点", "Too far: bring the code closer"),
    CameraAdvice.HOLD_STILL: ("请拿稳", "Hold still"),
    CameraAdvice.CHANGING: ("码在变化，请只出示一个", "The code keeps changing: show one only"),
}


def amber_at_the_foot(stage: Stage) -> int:
    """Return how many pixels of the picture's lower quarter are amber."""
    image = stage.clerk.window.page.camera.viewfinder.grab().toImage()
    rows = range(3 * image.height() // 4, image.height())
    return sum(image.pixel(x, y) == AMBER for y in rows for x in range(image.width()))


@pytest.mark.parametrize("advice", CameraAdvice)
@pytest.mark.parametrize(("language", "place"), [("zh", 0), ("en", 1)])
def test_each_advice_has_its_words_over_the_picture(
    make_stage: MakeStage, advice: CameraAdvice, language: str, place: int
) -> None:
    stage = make_stage(language)
    viewfinder = stage.clerk.window.page.camera.viewfinder
    viewfinder.show_picture(CameraPicture(GREY, (), advice))
    stage.draw(1280, 800)

    assert viewfinder.advice() == WORDS[advice][place]
    assert viewfinder.accessibleDescription() == WORDS[advice][place]
    assert (amber_at_the_foot(stage) > 1000) == (advice is not CameraAdvice.NONE)


def test_hold_still_is_said_once_at_the_code_itself(stage: Stage) -> None:
    viewfinder = stage.clerk.window.page.camera.viewfinder
    viewfinder.show_picture(CameraPicture(GREY, (Sighting(CORNERS, False),), CameraAdvice.HOLD_STILL))
    stage.draw(1280, 800)

    assert viewfinder.advice() == ""
    assert amber_at_the_foot(stage) < 500


def test_a_lost_camera_takes_its_advice_along(stage: Stage) -> None:
    viewfinder = stage.clerk.window.page.camera.viewfinder
    viewfinder.show_picture(CameraPicture(GREY, (), CameraAdvice.TOO_DARK))
    stage.camera(CameraState.LOST)

    assert viewfinder.advice() == ""


def test_advice_fits_a_small_window_and_large_letters(make_stage: MakeStage) -> None:
    stage = make_stage("en", text_percent=200)
    viewfinder = stage.clerk.window.page.camera.viewfinder
    viewfinder.show_picture(CameraPicture(GREY, (), CameraAdvice.CHANGING))
    stage.draw(1280, 800)
    image = viewfinder.grab().toImage()
    foot = image.height() - 30
    across = [x for x in range(image.width()) if image.pixel(x, foot) == AMBER]

    assert across[0] > 0
    assert across[-1] < image.width() - 1
