"""The same picture made easier to read: halved, doubled, turned, evened out, softened, cut; and the way back.

Apart from the plan of stages, which says who looks at which view and when.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np

from pos_client.scanner.bands import Bands, Lines, evened, inverted, refocused, sharpened, softened, untouched
from pos_client.scanner.frame import Corners, Pixels
from pos_client.scanner.line_places import line_places
from pos_client.scanner.region import Region, clockwise
from pos_client.scanner.texture import Texture, texture_of

cv2.setNumThreads(1)  # a scanner costs one core at most, the same on every machine


@dataclass(frozen=True, slots=True)
class WayBack:
    """Leads from a position on a view to the position in the picture.

    Attributes:
        step: pixels of the picture for each pixel of the view.
        left: of the view's first column, in the picture.
        top: of its first row.
    """

    step: float = 1.0
    left: float = 0.0
    top: float = 0.0

    def then(self, further: "WayBack") -> "WayBack":
        """Return this way and then another one."""
        return WayBack(
            self.step * further.step,
            self.left * further.step + further.left,
            self.top * further.step + further.top,
        )


_SAME = WayBack()


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
    NEGATIVE = "negative"
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
    BANDS_INVERTED = "bands-inverted"
    BANDS_INVERTED_SOFT = "bands-inverted-soft"
    BANDS_INVERTED_CRISP = "bands-inverted-crisp"
    BANDS_INVERTED_SHARP = "bands-inverted-sharp"
    BANDS_INVERTED_NEAR = "bands-inverted-near"


INVERTED: dict[ViewName, Callable[[Lines], Lines]] = {
    ViewName.BANDS_INVERTED: inverted(untouched),
    ViewName.BANDS_INVERTED_SOFT: inverted(softened),
    ViewName.BANDS_INVERTED_CRISP: inverted(sharpened(2.0)),
    ViewName.BANDS_INVERTED_SHARP: inverted(sharpened(4.0)),
    ViewName.BANDS_INVERTED_NEAR: inverted(refocused(8.0, 0.01)),
}
"""Bands of places that are dark beside the bars, light for dark; of no other place."""

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
    **INVERTED,
}
"""Views that are no picture of the whole, but straightened bands of each place where bars are."""

_MOST_PLACES = 3
_SPARSE, _DARK = 7, 120.0
"""One pixel of so many each way is asked; and the mean grey of a dark picture."""

_BARS_MARGIN = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One view of a picture and how its positions lead back."""

    grey: Pixels
    back: WayBack

    def in_picture(self, corners: Corners) -> Corners:
        """Give the positions in the picture of corners on this view."""
        back = self.back
        return clockwise((back.step * x + back.left, back.step * y + back.top) for x, y in corners)

    def cut(self, corners: Corners, margin: float) -> "Views":
        """Return the views of one place alone.

        Args:
            corners: the place, as positions in the picture.
            margin: what to keep around it, in parts of its longer side.
        """
        height, width = self.grey.shape
        back = self.back
        here = tuple((round((x - back.left) / back.step), round((y - back.top) / back.step)) for x, y in corners)
        return self.part(Region.around(here).grown(margin, height, width))

    def part(self, place: Region) -> "Views":
        """Return the views of one part of this one."""
        return Views(place.crop(self.grey), WayBack(1.0, place.left, place.top).then(self.back))


def _scaled(grey: Pixels, factor: float, how: int) -> View:
    height, width = grey.shape
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    return View(np.asarray(cv2.resize(grey, size, interpolation=how), np.uint8), WayBack(1 / factor))


def _full(grey: Pixels) -> View:
    return View(grey, _SAME)


def _half(grey: Pixels) -> View:
    return _scaled(grey, 0.5, cv2.INTER_AREA)


def _double(grey: Pixels) -> View:
    return _scaled(grey, 2.0, cv2.INTER_CUBIC)


def _triple(grey: Pixels) -> View:
    return _scaled(grey, 3.0, cv2.INTER_CUBIC)


def _even(grey: Pixels) -> View:
    """Even out the contrast (CLAHE), for shadows, glare and dim displays."""
    even = cv2.createCLAHE(clipLimit=2.0, tileGridSize=(8, 8)).apply(grey)
    return View(np.asarray(even, np.uint8), _SAME)


def _soft(grey: Pixels) -> View:
    """Blur by one pixel: mends codes that were resampled without smoothing, whose bars are uneven but crisp."""
    return View(np.asarray(cv2.GaussianBlur(grey, (0, 0), 1.0), np.uint8), _SAME)


def _crisp(grey: Pixels) -> View:
    """Sharpen by a pixel, for lenses a little out of focus."""
    return View(_sharpened(grey, 1.0, 2.0), _SAME)


def _black(grey: Pixels) -> View:
    """Black or white by one threshold for all (Otsu): where a local one sees codes in every grain."""
    return View(np.asarray(cv2.threshold(grey, 0, 255, cv2.THRESH_OTSU)[1], np.uint8), _SAME)


def _local(grey: Pixels) -> View:
    """Black or white by what is around, for hard shadows and glare."""
    how = cv2.ADAPTIVE_THRESH_MEAN_C
    local = cv2.adaptiveThreshold(grey, 255, how, cv2.THRESH_BINARY, _AROUND, _DARKER)
    return View(np.asarray(local, np.uint8), _SAME)


def _fine(grey: Pixels) -> View:
    """Double and sharpen: modules of a pixel or two."""
    double = _double(grey)
    return View(_sharpened(double.grey, 3.0, 2.0), double.back)


def _negative(grey: Pixels) -> View:
    """Make light what is dark, for kinds that no library reads light on dark."""
    return View(np.asarray(cv2.bitwise_not(grey), np.uint8), _SAME)


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
    ViewName.NEGATIVE: _negative,
}


class Views:
    """The views of one picture or of one place in it, each made once, when first asked for.

    Args:
        grey: (height, width) pixels.
        back: leads from ``grey`` to the picture that it was cut from; nothing for a whole picture.
    """

    def __init__(self, grey: Pixels, back: WayBack = _SAME) -> None:
        self.grey = grey
        self._back = back
        self._made: dict[ViewName, View] = {}
        self._bands: list[Bands] | None = None
        self._texture: Texture | None = None

    def __getitem__(self, name: ViewName) -> View:
        if name not in self._made:
            made = _MAKERS.get(name, _full)(self.grey)
            self._made[name] = View(made.grey, made.back.then(self._back))
        return self._made[name]

    def bands(self) -> list[Bands]:
        """Return the places where bars are, straightened; found once."""
        if self._bands is None:
            self._bands = [Bands(self.grey, place) for place in line_places(self.texture(), _MOST_PLACES)]
        return self._bands

    def bars(self) -> "Views":
        """Return the views of the part where bars are; of everything where there are none."""
        outlines = [corner for bands in self.bands() for corner in bands.outline]
        if not outlines:
            return self
        height, width = self.grey.shape
        return self[ViewName.FULL].part(Region.around(tuple(outlines)).grown(_BARS_MARGIN, height, width))

    def is_dark(self) -> bool:
        """Tell whether most of the picture is dark, as on a display in dark mode."""
        return bool(self.grey.size) and float(self.grey[::_SPARSE, ::_SPARSE].mean()) < _DARK

    def texture(self) -> Texture:
        """Return what the picture is made of; measured once."""
        if self._texture is None:
            self._texture = texture_of(self.grey)
        return self._texture
