"""Corners and rectangles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.scanner.region import Region, clockwise, distance_from_centre, within

SQUARE = ((10, 20), (50, 22), (48, 60), (9, 58))


@given(st.permutations(SQUARE))
def test_corners_are_clockwise_from_the_top_left_whatever_their_order(corners: list[tuple[int, int]]) -> None:
    assert clockwise(corners) == SQUARE


def test_a_region_holds_its_corners_and_grows_inside_the_picture() -> None:
    region = Region.around(SQUARE)
    assert region == Region(9, 20, 51, 61)
    assert region.grown(0.5, height=70, width=55) == Region(0, 0, 55, 70)
    assert region.crop(np.zeros((70, 55), np.uint8)).shape == (41, 42)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Region(50, 60, 90, 90), True),
        (Region(51, 20, 90, 61), False),
        (Region(0, 0, 100, 100), True),
        (Region(9, 61, 51, 70), False),
    ],
)
def test_regions_overlap_when_they_share_a_pixel(other: Region, expected: bool) -> None:
    assert Region.around(SQUARE).overlaps(other) is expected
    assert other.overlaps(Region.around(SQUARE)) is expected


def test_distance_is_measured_between_the_middles() -> None:
    assert distance_from_centre(((0, 0), (60, 0), (60, 80), (0, 80)), height=0, width=0) == 50.0


def test_corners_beside_the_picture_are_moved_to_its_border() -> None:
    assert within(((-37, 5), (700, -1), (640, 480), (3, 479)), height=480, width=640) == (
        (0, 5),
        (639, 0),
        (639, 479),
        (3, 479),
    )
