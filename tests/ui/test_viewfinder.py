"""The camera's picture with the code outlined, from the pixels that a camera really gives."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from pos_client.ui.bridges import CameraPicture, Sighting
from pos_client.ui.scan.viewfinder import as_image
from pos_client.usecases.camera_view import CameraState
from script.clerk_stage import Stage

GREEN, AMBER = "#2ee6c5", "#ffc233"


def colours(image: QImage) -> set[str]:
    """Return the colours of a picture."""
    return {QColor(image.pixel(x, y)).name() for x in range(image.width()) for y in range(image.height())}


def shown(stage: Stage, picture: CameraPicture) -> set[str]:
    """Return what stands in the viewfinder for a picture."""
    stage.camera(CameraState.WATCHING)
    stage.clerk.window.page.camera.viewfinder.show_picture(picture)
    stage.draw(1280, 800)
    return colours(stage.clerk.window.page.camera.viewfinder.grab().toImage())


@pytest.mark.parametrize("shape", [(480, 640), (480, 641), (481, 643)])
def test_grey_pixels_stay_grey(qtbot: QtBot, shape: tuple[int, int]) -> None:
    pixels = np.arange(shape[0] * shape[1], dtype=np.uint32).reshape(shape).astype(np.uint8)
    image = as_image(pixels)

    assert (image.width(), image.height()) == (shape[1], shape[0])
    assert QColor(image.pixel(7, 3)).red() == pixels[3, 7]
    assert QColor(image.pixel(shape[1] - 1, shape[0] - 1)).green() == pixels[-1, -1]


def test_blue_comes_first(qtbot: QtBot) -> None:
    pixels = np.zeros((3, 5, 3), np.uint8)
    pixels[..., 0] = 200

    assert QColor(as_image(pixels).pixel(4, 2)).name() == "#0000c8"


def test_a_part_of_a_picture_can_be_shown(qtbot: QtBot) -> None:
    pixels = np.zeros((10, 10, 3), np.uint8)
    pixels[5:, 5:] = (0, 0, 255)

    assert QColor(as_image(pixels[5:, 5:]).pixel(0, 0)).name() == "#ff0000"


def test_the_camera_may_reuse_its_memory(qtbot: QtBot) -> None:
    pixels = np.full((4, 4), 9, np.uint8)
    image = as_image(pixels)
    pixels[:] = 200

    assert QColor(image.pixel(0, 0)).red() == 9


@pytest.mark.parametrize(("believed", "colour", "other"), [(True, GREEN, AMBER), (False, AMBER, GREEN)])
def test_a_code_is_outlined(stage: Stage, believed: bool, colour: str, other: str) -> None:
    corners = ((200, 150), (400, 150), (400, 350), (200, 350))
    picture = CameraPicture(np.full((480, 640), 120, np.uint8), (Sighting(corners, believed),))
    seen = shown(stage, picture)

    assert colour in seen
    assert other not in seen


def test_a_code_without_a_place_is_not_outlined(stage: Stage) -> None:
    picture = CameraPicture(np.full((480, 640), 120, np.uint8), (Sighting((), True),))

    assert shown(stage, picture) & {GREEN, AMBER} == set()


def test_a_lost_camera_leaves_no_picture_standing(stage: Stage) -> None:
    before = shown(stage, CameraPicture(np.full((480, 640), 201, np.uint8)))
    stage.camera(CameraState.LOST)
    stage.draw(1280, 800)
    after = colours(stage.clerk.window.page.camera.viewfinder.grab().toImage())

    assert ("#c9c9c9" in before, "#c9c9c9" in after) == (True, False)
