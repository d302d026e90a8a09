"""A linear code laid straight, averaged along its bars and sharpened across them: few rows, quickly read, many times.

Apart from ``line_places``, which says where bars are. Averaging some rows takes the noise away without touching the
bars' edges, and what is left is a single line, on which undoing a lens's blur costs nothing. Upper and lower rows are
kept apart, because a text that both give was not made up by one scratch.
"""

from collections.abc import Callable
from functools import lru_cache
from math import ceil, cos, sin

import cv2
import numpy as np
from numpy import fft  # else it is loaded with the first code that needs it
from numpy.typing import NDArray

from pos_client.scanner.frame import Corners, Pixels
from pos_client.scanner.line_places import LinePlace
from pos_client.scanner.region import clockwise

Lines = NDArray[np.float32]
"""(bands, positions): grey levels along the code, one row for each band."""

UPPER, LOWER = "upper", "lower"

_BANDS = 10
_THICK = 6
_REPEATED = 3
"""Times that each band is drawn: a decoder wants a linear code on more than one row."""

_MARGIN_PIXELS, _MARGIN = 8.0, 0.05
"""Added at both ends, in pixels and in parts of the length: quiet zones, and a little more where the code is large."""

_MOST_POSITIONS = 1600
_MEAN, _SPREAD = 127.0, 55.0
"""Of the grey levels, so that sharpened edges are not cut off at black and white."""

_DARK = 107.0
"""Levelled grey of a quiet zone below which bars may be light on dark; that of a code in ink is near 180."""

_PADDING = 64
_BACK = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP


class Bands:
    """One place of bars, straightened.

    Args:
        grey: (height, width) pixels of the picture.
        place: where in it.

    Attributes:
        is_dark_beside: it is dark before the bars or behind them, as it is beside light bars on a dark display.
    """

    def __init__(self, grey: Pixels, place: LinePlace) -> None:
        length = place.length
        margin = length * _MARGIN + _MARGIN_PIXELS
        self._place = place
        self._left = place.left - margin
        self._enlarged = min(_enlargement(length), _MOST_POSITIONS / (length + 2 * margin))
        self._lines = _levelled(self._averaged(grey, length + 2 * margin))
        self.is_dark_beside = _is_dark_beside(self._lines, margin * self._enlarged)

    @property
    def outline(self) -> Corners:
        """Corners of the place in the picture."""
        place = self._place
        ends = (
            (place.left, place.top),
            (place.right, place.top),
            (place.right, place.bottom),
            (place.left, place.bottom),
        )
        return clockwise(place.point(along, down) for along, down in ends)

    def drawn(self, sharpening: Callable[[Lines], Lines]) -> list[tuple[str, Pixels]]:
        """Return the upper and the lower bands, sharpened, as two small pictures with their names."""
        sharp = np.clip(sharpening(self._lines), 0, 255).astype(np.uint8)
        rows = np.repeat(sharp, _REPEATED, axis=0)
        middle = len(rows) // 2
        return [(UPPER, rows[:middle]), (LOWER, rows[middle:])]

    def in_picture(self, corners: Corners) -> Corners:
        """Give the picture's positions of a code that was read on a drawn picture: its whole height."""
        xs = [x for x, _ in corners]
        first, last = (self._left + x / self._enlarged for x in (min(xs), max(xs)))
        place = self._place
        ends = ((first, place.top), (last, place.top), (last, place.bottom), (first, place.bottom))
        return clockwise(place.point(along, down) for along, down in ends)

    def _averaged(self, grey: Pixels, length: float) -> Lines:
        """Take the mean of a few rows in the middle of each band; more would smear bars that are not quite parallel."""
        place, step = self._place, 1 / self._enlarged
        width, height = max(1, round(length * self._enlarged)), max(_BANDS, round(place.height))
        down = place.height / height
        thick = max(1, min(_THICK, height // _BANDS))
        turn_x, turn_y = cos(place.angle), sin(place.angle)
        means = np.empty((_BANDS, width), np.float32)
        for band in range(_BANDS):
            first = int((band + 0.5) * height / _BANDS - thick / 2)
            x, y = place.point(self._left, place.top + first * down)
            back = np.array([[turn_x * step, -turn_y * down, x], [turn_y * step, turn_x * down, y]])
            rows = cv2.warpAffine(grey, back, (width, thick), flags=_BACK, borderMode=cv2.BORDER_REPLICATE)
            cv2.reduce(rows, 0, cv2.REDUCE_AVG, dst=means[band : band + 1], dtype=cv2.CV_32F)
        return means


def _enlargement(length: float) -> float:
    """Give more positions to a small code, whose bars are a pixel or two wide."""
    if length > 240:
        return 2.0
    return 3.0 if length > 120 else 4.0


def _levelled(lines: Lines) -> Lines:
    mean, spread = lines.mean(axis=1, keepdims=True), lines.std(axis=1, keepdims=True)
    return np.asarray((lines - mean) * (_SPREAD / np.maximum(spread, 1.0)) + _MEAN, np.float32)


def _is_dark_beside(lines: Lines, margin: float) -> bool:
    """Look at the half of each margin that is next to the bars; one of them may show something else."""
    near, far = max(1, int(margin / 2)), max(2, int(margin))
    return bool(min(lines[:, near:far].mean(), lines[:, -far:-near].mean()) < _DARK)


def untouched(lines: Lines) -> Lines:
    """Leave the lines as they are."""
    return lines


def inverted(sharpening: Callable[[Lines], Lines]) -> Callable[[Lines], Lines]:
    """Sharpen, and then make light what is dark: neither decoder reads light bars on dark."""
    return lambda lines: 255.0 - sharpening(lines)


def softened(lines: Lines) -> Lines:
    """Blur by a pixel: contradicts codes whose bars were made uneven by careless resampling."""
    return _blurred(lines, 2.0)


def sharpened(sigma: float) -> Callable[[Lines], Lines]:
    """Add twice the difference to a blur of ``sigma`` positions."""
    return lambda lines: lines + 2.0 * (lines - _blurred(lines, sigma))


def evened(lines: Lines) -> Lines:
    """Level each stretch of a fifth of the length by itself, for shadows and glare across the code."""
    stretch = (lines.shape[1] // 5 | 1, 1)
    mean = cv2.blur(lines, stretch)
    spread = np.sqrt(np.maximum(cv2.blur(lines * lines, stretch) - mean * mean, 9.0))
    return np.asarray(_MEAN + _SPREAD * (lines - mean) / spread, np.float32)


def refocused(radius: float, noise: float) -> Callable[[Lines], Lines]:
    """Undo (Wiener) the blur of a lens out of focus.

    Args:
        radius: of the disk that a point became, in positions.
        noise: its power in parts of the signal's; the less, the sharper and the noisier.
    """

    def refocus(lines: Lines) -> Lines:
        length = lines.shape[1]
        size = cv2.getOptimalDFTSize(length + 2 * _PADDING)
        padded = np.pad(lines, ((0, 0), (_PADDING, size - length - _PADDING)), mode="edge")
        sharp = fft.irfft(fft.rfft(padded, axis=1) * _wiener(size, radius, noise), size, axis=1)
        return np.asarray(sharp[:, _PADDING : _PADDING + length], np.float32)

    return refocus


@lru_cache(maxsize=64)
def _wiener(size: int, radius: float, noise: float) -> NDArray[np.complex128]:
    reach = ceil(radius)
    at = np.arange(-reach, reach + 1)
    disk = np.sqrt(np.maximum(radius * radius - at * at, 0.0))
    spread = np.zeros(size)
    spread[at] = disk / disk.sum()
    transfer = fft.rfft(spread)
    inverse = np.conj(transfer) / (np.abs(transfer) ** 2 + noise)
    inverse[0] = 1.0
    return np.asarray(inverse, np.complex128)


def _blurred(lines: Lines, sigma: float) -> Lines:
    return np.asarray(cv2.GaussianBlur(lines, (0, 0), sigmaX=sigma, sigmaY=0.01), np.float32)
