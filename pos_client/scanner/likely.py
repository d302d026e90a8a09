"""Where in a frame a code might be though none was read: a patch full of edges, how sharp it is, how much it glares.

Apart from the retries, which spend their costly looks there, and from the advice, which says what is wrong there.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pos_client.scanner.frame import Pixels
from pos_client.scanner.region import Region

_SHRUNK = 4
_BOX = 15
"""Pixels of the shrunk frame over which edges are counted: one edge of a table fills a small part of it, a code all."""

_BUSY = 16.0
"""Mean step between next-but-one pixels, in grey levels; a sensor's noise gives 4, a single strong edge 13."""

_MOST_OF_THE_FRAME = 0.7
"""A patch that large says nothing about where to look."""

_STEEP = 99.0
_GLARING = 250
_GLARE_BLOCK = 5
"""Pixels of the shrunk frame: whiter than white over more than any module is wide."""


@dataclass(frozen=True, slots=True)
class LikelyPlace:
    """A patch of edges.

    Attributes:
        region: in the frame.
        sharpness: how much of the way from dark to light its steepest edges go in one pixel of half the size: over
            0.5 in focus, 0.3 with a blur of sigma 3, 0.2 with one of 4.
        glare: how much of it is washed out, from 0 to 1.
    """

    region: Region
    sharpness: float
    glare: float


def likely_place(grey: Pixels) -> LikelyPlace | None:
    """Find the busiest patch of (height, width) pixels, those near the middle first (about 1 ms for 1280 x 720)."""
    height, width = grey.shape
    if min(height, width) < _SHRUNK * _BOX:
        return None
    size = (width // _SHRUNK, height // _SHRUNK)
    small = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
    found = _busiest(_busyness(small))
    if found is None:
        return None
    region = Region(*(edge * _SHRUNK for edge in found)).grown(0.0, height, width)
    inside = Region(*found).crop(small)
    return LikelyPlace(region, _sharpness(region.crop(grey)), _glare(inside))


def _busyness(small: Pixels) -> NDArray[np.float32]:
    """Count steps in both directions: how much happens around each pixel."""
    steps = np.zeros(small.shape, np.uint8)
    steps[:, 1:-1] = cv2.absdiff(small[:, 2:], small[:, :-2])
    down = cv2.absdiff(small[2:, :], small[:-2, :])
    steps[1:-1, :] = cv2.add(steps[1:-1, :], down)
    return np.asarray(cv2.boxFilter(steps, cv2.CV_32F, (_BOX, _BOX)), np.float32)


def _busiest(busyness: NDArray[np.float32]) -> tuple[int, int, int, int] | None:
    height, width = busyness.shape
    count, _, facts, middles = cv2.connectedComponentsWithStats((busyness > _BUSY).astype(np.uint8))
    if count < 2:
        return None
    areas = facts[1:, cv2.CC_STAT_AREA].astype(np.float64)
    away = np.hypot(middles[1:, 0] - width / 2, middles[1:, 1] - height / 2) / np.hypot(width / 2, height / 2)
    left, top, wide, high, area = facts[1 + int(np.argmax(areas * (1.2 - away)))]
    if area < _BOX * _BOX // 2 or wide * high > _MOST_OF_THE_FRAME * width * height:
        return None
    return int(left), int(top), int(left + wide), int(top + high)


def _sharpness(patch: Pixels) -> float:
    """Compare the steepest steps with the whole range from dark to light, at half the size, where noise is half."""
    height, width = patch.shape
    half = cv2.resize(patch, (max(2, width // 2), max(2, height // 2)), interpolation=cv2.INTER_AREA)
    across, down = cv2.absdiff(half[:, 1:], half[:, :-1]), cv2.absdiff(half[1:, :], half[:-1, :])
    steepest = max(float(np.percentile(across, _STEEP)), float(np.percentile(down, _STEEP)))
    dark, light = np.percentile(half, (5, 95))
    return steepest / max(1.0, float(light - dark))


def _glare(small: Pixels) -> float:
    washed = (small >= _GLARING).astype(np.uint8)
    broad = cv2.erode(washed, np.ones((_GLARE_BLOCK, _GLARE_BLOCK), np.uint8))
    return float(np.mean(broad))
