"""Turned on its side, cut to the counter, seen in a mirror."""

from datetime import UTC, datetime

import numpy as np
import pytest

from pos_client.scanner.frame import Frame, Pixels
from pos_client.scanner.mounting import Mounting

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
NUMBERED: Pixels = np.arange(24, dtype=np.uint8).reshape(4, 6)


def frame(grey: Pixels = NUMBERED) -> Frame:
    return Frame(grey, NOON, 1.0, 7, np.dstack([grey] * 3))


def test_a_camera_that_hangs_upright_costs_nothing() -> None:
    given = frame()
    assert Mounting().applied(given) is given


@pytest.mark.parametrize(("rotation", "turns"), [(0, 0), (90, -1), (180, 2), (270, 1)])
def test_the_picture_is_turned_clockwise_in_grey_and_colour(rotation: int, turns: int) -> None:
    applied = Mounting(rotation).applied(frame())
    assert applied.grey.tolist() == np.rot90(NUMBERED, turns).tolist()
    assert applied.bgr is not None
    assert applied.bgr[..., 1].tolist() == np.rot90(NUMBERED, turns).tolist()
    assert (applied.taken_at, applied.monotonic_s, applied.number) == (NOON, 1.0, 7)


def test_the_part_that_counts_is_of_the_turned_picture() -> None:
    applied = Mounting(90, (0, 0, 50, 100)).applied(frame())
    assert applied.grey.tolist() == np.rot90(NUMBERED, -1)[:, :2].tolist()


def test_the_smallest_part_is_a_pixel() -> None:
    assert Mounting(0, (99, 99, 100, 100)).applied(frame()).grey.shape == (1, 1)


def test_people_see_themselves_as_in_a_mirror_and_the_outline_with_them() -> None:
    mounting = Mounting(is_mirrored=True)
    corners = ((1, 0), (3, 0), (3, 2), (1, 2))
    assert mounting.applied(frame()).grey.tolist() == NUMBERED.tolist()
    assert mounting.for_people(NUMBERED).tolist() == NUMBERED[:, ::-1].tolist()
    assert mounting.corners_for_people(corners, 6) == ((3, 0), (5, 0), (5, 2), (3, 2))
    assert Mounting().corners_for_people(corners, 6) == corners


@pytest.mark.parametrize(
    ("rotation", "crop"), [(45, (0, 0, 100, 100)), (0, (50, 0, 50, 100)), (0, (0, 60, 100, 40)), (0, (-1, 0, 100, 100))]
)
def test_what_is_no_mounting_is_refused(rotation: int, crop: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"rotation is|crop is"):
        Mounting(rotation, crop)
