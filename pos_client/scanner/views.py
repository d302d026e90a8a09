"""The same picture made easier to read: halved, doubled, turned, evened out, softened, cut; and the way back.

Apart from the plan of stages, which says who looks at which view and when.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from pos_client.scanner.bands import Bands, Lines, evened, refocused, sharpened, softened, untouched
from pos_client.scanner.frame import Corners, Pixels
from pos_client.scanner.line_places import line_places
from pos_client.scanner.region import Region, clockwise

cv2.setNumThreads(1)  # a scanner costs one core at most, the same on every machine

Matrix = NDArray[np.float64]
"""3x3, homogeneous: a position on a view to the position in the picture."""


class ViewName(StrEnum):
    """Which view; also the ``stage`` of a detection."""

    FULL = "full"
    HALF = "half"
    DOUBLE = "double"
    TRIPLE = "triple"
    EVEN = "even"
    SOFT = "soft"
    CRISP = "crisp"
    BLACK = "black"
    LOCAL = "local"
    FINE = "fine"
    BANDS = "bands"
    BANDS_SOFT = "bands-soft"
    BANDS_EVEN = "bands-even"
    BANDS_CRISP = "bands-crisp"
    BANDS_SHARP = "bands-sharp"
    BANDS_KEEN = "bands-keen"
    BANDS_NEAR = "bands-near"
    BANDS_NEARER = "bands-nearer"
    BANDS_CLOSE = "bands-close"
    BANDS_CLOSER = "bands-closer"
    BANDS_CLOSEST = "bands-closest"


SHARPENED: dict[ViewName, Callable[[Lines], Lines]] = {
    ViewName.BANDS: untouched,
    ViewName.BANDS_SOFT: softened,
    ViewName.BANDS_EVEN: evened,
    ViewName.BANDS_CRISP: sharpened(2.0),
    ViewName.BANDS_SHARP: sharpened(4.0),
    ViewName.BANDS_KEEN: sharpened(6.0),
    ViewName.BANDS_NEAR: refocused(8.0, 0.01),
    ViewName.BANDS_NEARER: refocused(11.0, 0.005),
    ViewName.BANDS_CLOSE: refocused(6.5, 0.01),
    ViewName.BANDS_CLOSER: refocused(9.5, 0.007),
    ViewName.BANDS_CLOSEST: refocused(13.0, 0.003),
}
"""Views that are no picture of the whole, but straightened bands of each place where bars are."""

_MOST_PLACES = 3


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One view of a picture and how its positions lead back."""

    grey: Pixels
    back: Matrix

    def in_picture(self, corners: Corners) -> Corners:
        """Give the positions in the picture of corners on this view."""
        return _moved(corners, self.back)

    def cut(self, corners: Corners, margin: float) -> "Views":
        """Return the views of one place alone.

        Args:
            corners: the place, as positions in the picture.
            margin: what to keep around it, in parts of its longer side.
        """
        height, width = self.grey.shape
        place = Region.around(_moved(corners, np.asarray(np.linalg.inv(self.back), np.float64))).grown(
            margin, height, width
        )
        return Views(place.crop(self.grey), self.back @ _shifted_back(place.left, place.top))


def _moved(corners: Corners, matrix: Matrix) -> Corners:
    (a, b, c), (d, e, f), _ = matrix.tolist()
    return clockwise((a * x + b * y + c, d * x + e * y + f) for x, y in corners)


def _shifted_back(left: int, top: int) -> Matrix:
    return np.array([[1.0, 0.0, left], [0.0, 1.0, top], [0.0, 0.0, 1.0]])


def _scaled(grey: Pixels, factor: float, how: int) -> View:
    height, width = grey.shape
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    return View(np.asarray(cv2.resize(grey, size, interpolation=how), np.uint8), np.diag([1 / factor, 1 / factor, 1.0]))


def _full(grey: Pixels) -> View:
    return View(grey, np.eye(3))


def _half(grey: Pixels) -> View:
    return _scaled(grey, 0.5, cv2.INTER_AREA)


def _double(grey: Pixels) -> View:
    return _scaled(grey, 2.0, cv2.INTER_CUBIC)


def _triple(grey: Pixels) -> View:
    return _scaled(grey, 3.0, cv2.INTER_CUBIC)


def _even(grey: Pixels) -> View:
    """Even out the contrast (CLAHE), for shadows, glare and dim displays."""
    even = cv2.createCLAHE(clipLimit=2.0, tileGridSize=(8, 8)).apply(grey)
    return View(np.asarray(even, np.uint8), np.eye(3))


def _soft(grey: Pixels) -> View:
    """Blur by one pixel: mends codes that were resampled without smoothing, whose bars are uneven but crisp."""
    return View(np.asarray(cv2.GaussianBlur(grey, (0, 0), 1.0), np.uint8), np.eye(3))


def _crisp(grey: Pixels) -> View:
    """Sharpen by a pixel, for lenses a little out of focus."""
    return View(_sharpened(grey, 1.0, 2.0), np.eye(3))


def _black(grey: Pixels) -> View:
    """Black or white by one threshold for all (Otsu): where a local one sees codes in every grain."""
    return View(np.asarray(cv2.threshold(grey, 0, 255, cv2.THRESH_OTSU)[1], np.uint8), np.eye(3))


def _local(grey: Pixels) -> View:
    """Black or white by what is around, for hard shadows and glare."""
    how = cv2.ADAPTIVE_THRESH_MEAN_C
    local = cv2.adaptiveThreshold(grey, 255, how, cv2.THRESH_BINARY, _AROUND, _DARKER)
    return View(np.asarray(local, np.uint8), np.eye(3))


def _fine(grey: Pixels) -> View:
    """Double and sharpen: modules of a pixel or two."""
    double = _double(grey)
    return View(_sharpened(double.grey, 3.0, 2.0), double.back)


def _sharpened(grey: Pixels, sigma: float, amount: float) -> Pixels:
    blurred = cv2.GaussianBlur(grey, (0, 0), sigma)
    return np.asarray(cv2.addWeighted(grey, 1 + amount, blurred, -amount, 0), np.uint8)


_AROUND = 31
_DARKER = 5
"""Pixels around, and grey levels that ink must be darker than their mean."""

_MAKERS: dict[ViewName, Callable[[Pixels], View]] = {
    ViewName.FULL: _full,
    ViewName.HALF: _half,
    ViewName.DOUBLE: _double,
    ViewName.TRIPLE: _triple,
    ViewName.EVEN: _even,
    ViewName.SOFT: _soft,
    ViewName.CRISP: _crisp,
    ViewName.BLACK: _black,
    ViewName.LOCAL: _local,
    ViewName.FINE: _fine,
}


class Views:
    """The views of one picture or of one place in it, each made once, when first asked for.

    Args:
        grey: (height, width) pixels.
        back: leads from ``grey`` to the picture that it was cut from; nothing for a whole picture.
    """

    def __init__(self, grey: Pixels, back: Matrix | None = None) -> None:
        self.grey = grey
        self._back = np.eye(3) if back is None else back
        self._made: dict[ViewName, View] = {}
        self._bands: list[Bands] | None = None

    def __getitem__(self, name: ViewName) -> View:
        if name not in self._made:
            made = _MAKERS.get(name, _full)(self.grey)
            self._made[name] = View(made.grey, self._back @ made.back)
        return self._made[name]

    def bands(self) -> list[Bands]:
        """Return the places where bars are, straightened; found once."""
        if self._bands is None:
            self._bands = [Bands(self.grey, place) for place in line_places(self.grey, _MOST_PLACES)]
        return self._bands
