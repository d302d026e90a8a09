"""Where a picture in which a code was found may hold another one: as much going on elsewhere as on that code.

Apart from reading, because to look for all codes takes two to three times as long as to look for one, and nearly every
picture holds one.
"""

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from pos_client.scanner.frame import Detection, Pixels
from pos_client.scanner.region import Region
from pos_client.scanner.symbology import DATABAR_FAMILY

_CELL = 16
_SPACING = 4
"""Rows and columns looked at, one of so many."""

_AS_BUSY = 0.6
_AS_LARGE = 0.3
"""Of the found code's steps from dark to light, and of its size; a second code is printed like the first."""

_LEAST_CELLS = 6
_MARGIN = 0.25


def where_more(grey: Pixels, found: Iterable[Detection]) -> Region | None:
    """Give the part of (height, width) pixels where other codes may lie beside those found, if there is one."""
    height, width = grey.shape
    if min(height, width) < 2 * _CELL + 2:
        return None
    codes = [_whole(detection) for detection in found]
    if not any(_has_room_beside(code, height, width) for code in codes):
        return None
    busy = _busyness(grey)
    levels, sizes = [], []
    for code in codes:
        inside = _cells(code).crop(busy)
        levels.append(float(inside.mean()) if inside.size else 0.0)
        sizes.append(inside.size)
        _cells(code.grown(_MARGIN, height, width)).crop(busy)[:] = 0
    likely = (busy > _AS_BUSY * min(levels)).astype(np.uint8)
    _, _, facts, _ = cv2.connectedComponentsWithStats(likely, connectivity=4)
    large = facts[1:][facts[1:, cv2.CC_STAT_AREA] >= max(_LEAST_CELLS, _AS_LARGE * min(sizes))]
    return _around(large).grown(_MARGIN, height, width) if len(large) else None


def _has_room_beside(code: Region, height: int, width: int) -> bool:
    """Tell whether a code of the least size fits in above, below, left or right of one that was found."""
    taken = code.grown(_MARGIN, height, width)
    aside, above = max(taken.left, width - taken.right), max(taken.top, height - taken.bottom)
    return max(aside * height, above * width) >= max(_LEAST_CELLS * _CELL * _CELL, _AS_LARGE * code.area)


def _around(patches: cv2.typing.MatLike) -> Region:
    """Lay one region around patches of cells, given as OpenCV's facts."""
    left, top, wide, high = patches[:, :4].T * _CELL
    return Region(int(left.min()), int(top.min()), int((left + wide).max()), int((top + high).max()))


def _whole(detection: Detection) -> Region:
    """Of stacked rows only some are outlined; the others lie within a square."""
    outlined = Region.around(detection.corners)
    if detection.symbology not in DATABAR_FAMILY:
        return outlined
    wide, high = outlined.right - outlined.left, outlined.bottom - outlined.top
    aside_x, aside_y = max(0, high - wide) // 2, max(0, wide - high) // 2
    return Region(
        max(0, outlined.left - aside_x),
        max(0, outlined.top - aside_y),
        outlined.right + aside_x,
        outlined.bottom + aside_y,
    )


def _busyness(grey: Pixels) -> NDArray[np.uint8]:
    """Give the mean step between next-but-one pixels in each cell, across and down."""
    wide, high = (grey.shape[1] - 2) // _CELL, (grey.shape[0] - 2) // _CELL
    # Whole cells only: to shrink by a whole number takes a fifth of the time.
    width, height = wide * _CELL, high * _CELL
    rows, columns = grey[:height:_SPACING, : width + 2], np.ascontiguousarray(grey[: height + 2, :width:_SPACING])
    across = cv2.resize(cv2.absdiff(rows[:, 2:], rows[:, :-2]), (wide, high), interpolation=cv2.INTER_AREA)
    down = cv2.resize(cv2.absdiff(columns[2:], columns[:-2]), (wide, high), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.add(across, down), np.uint8)


def _cells(region: Region) -> Region:
    left, top = max(0, region.left // _CELL), max(0, region.top // _CELL)
    return Region(left, top, max(0, region.right // _CELL) + 1, max(0, region.bottom // _CELL) + 1)
