"""The same picture made easier to read: halved, doubled, turned, evened out, softened; and the way back.

Apart from the plan of stages, which says who looks at which view and when.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from pos_client.scanner.frame import Corners, Pixels
from pos_client.scanner.region import clockwise

cv2.setNumThreads(1)  # one scanner costs one core at most, the same one on every machine

Matrix = NDArray[np.float64]
"""2x3: a position on the view to the position in the picture."""


class ViewName(StrEnum):
    """Which view; also the ``stage`` of a detection."""

    FULL = "full"
    HALF = "half"
    DOUBLE = "double"
    TURNED = "turned"
    EVEN = "even"
    SOFT = "soft"


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One view of a picture and how its positions lead back."""

    grey: Pixels
    back: Matrix

    def in_picture(self, corners: Corners) -> Corners:
        """Give the corners' positions in the picture that the view was made of."""
        points = np.array([(x, y, 1.0) for x, y in corners]) @ self.back.T
        return clockwise((float(x), float(y)) for x, y in points)


def _scaled_back(factor: float) -> Matrix:
    return np.array([[factor, 0.0, 0.0], [0.0, factor, 0.0]])


def _full(grey: Pixels) -> View:
    return View(grey, _scaled_back(1.0))


def _half(grey: Pixels) -> View:
    return View(_resized(grey, 0.5, cv2.INTER_AREA), _scaled_back(2.0))


def _double(grey: Pixels) -> View:
    return View(_resized(grey, 2.0, cv2.INTER_CUBIC), _scaled_back(0.5))


def _resized(grey: Pixels, factor: float, how: int) -> Pixels:
    height, width = grey.shape
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    return np.asarray(cv2.resize(grey, size, interpolation=how), dtype=np.uint8)


def _turned(grey: Pixels) -> View:
    """Turn by 45 degrees: both decoders look along rows and columns, and lose linear codes tilted by more than 20."""
    height, width = grey.shape
    side = int(np.ceil((height + width) / np.sqrt(2.0)))
    forth = cv2.getRotationMatrix2D((width / 2, height / 2), 45, 1.0)
    forth[:, 2] += (side - width) / 2, (side - height) / 2
    turned = cv2.warpAffine(grey, forth, (side, side), flags=cv2.INTER_LINEAR, borderValue=(255,))
    return View(np.asarray(turned, dtype=np.uint8), np.asarray(cv2.invertAffineTransform(forth)))


def _even(grey: Pixels) -> View:
    """Even out the contrast (CLAHE), for shadows, glare and dim displays."""
    even = cv2.createCLAHE(clipLimit=2.0, tileGridSize=(8, 8)).apply(grey)
    return View(np.asarray(even, dtype=np.uint8), _scaled_back(1.0))


def _soft(grey: Pixels) -> View:
    """Blur by one pixel: mends codes that were resampled without smoothing, whose bars are uneven but crisp."""
    return View(np.asarray(cv2.GaussianBlur(grey, (0, 0), 1.0), dtype=np.uint8), _scaled_back(1.0))


_MAKERS: dict[ViewName, Callable[[Pixels], View]] = {
    ViewName.FULL: _full,
    ViewName.HALF: _half,
    ViewName.DOUBLE: _double,
    ViewName.TURNED: _turned,
    ViewName.EVEN: _even,
    ViewName.SOFT: _soft,
}


class Views:
    """The views of one picture, each made once, when first asked for."""

    def __init__(self, grey: Pixels) -> None:
        self.grey = grey
        self._made: dict[ViewName, View] = {}

    def __getitem__(self, name: ViewName) -> View:
        if name not in self._made:
            self._made[name] = _MAKERS[name](self.grey)
        return self._made[name]
