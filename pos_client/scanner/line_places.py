"""Where a picture holds parallel bars, and at which angle: linear codes before anybody reads them.

Apart from reading (``bands``): a decoder looks along rows and columns of a whole picture and loses a code tilted by 20
degrees; whoever knows the place and the angle needs a fraction of the time and reads any tilt. The measure is the
structure tensor: many edges, nearly all in one direction.
"""

from dataclasses import dataclass
from itertools import combinations
from math import atan2, cos, pi, sin

import cv2
import numpy as np
from numpy.typing import NDArray

from pos_client.scanner.texture import CELL, EDGY, PARALLEL, Texture

_OF_THE_STRONGEST = 0.06
_LEAST_CELLS = 4
_LEAST_LENGTH = 30.0
_SAME_DIRECTION, _GAP, _BESIDE, _PART, _LONGER = 0.15, 0.5, 0.6, 0.4, 1.3
"""Halves of a code: radians between them; the gap (or what they overlap) in parts of the longer one; how much of their
height they share; the shorter one's length, and that of both together, in parts of the longer one's."""

_OUTLIERS = 5.0
"""Per cent of a place's cells above and below that are no bars but what touches them."""


@dataclass(frozen=True, slots=True)
class LinePlace:
    """A rectangle, turned by an angle, full of bars.

    Attributes:
        angle: of the direction across the bars, in radians, x to the right and y down.
        left: first position along that direction, in pixels, as ``x cos + y sin`` of the angle.
        right: last one.
        top: first position along the bars, as ``y cos - x sin``.
        bottom: last one.
    """

    angle: float
    left: float
    right: float
    top: float
    bottom: float

    def point(self, along: float, down: float) -> tuple[float, float]:
        """Give the picture's x and y of a position across and along the bars."""
        return along * cos(self.angle) - down * sin(self.angle), along * sin(self.angle) + down * cos(self.angle)

    @property
    def length(self) -> float:
        """Pixels across the bars."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Pixels along the bars."""
        return self.bottom - self.top

    def seen_from(self, angle: float) -> "LinePlace":
        """Lay a rectangle of another, similar angle around this one's ends and through its middle height."""
        corners = [self.point(along, down) for along in (self.left, self.right) for down in (self.top, self.bottom)]
        along = [x * cos(angle) + y * sin(angle) for x, y in corners]
        x, y = self.point((self.left + self.right) / 2, (self.top + self.bottom) / 2)
        middle = y * cos(angle) - x * sin(angle)
        return LinePlace(angle, min(along), max(along), middle - self.height / 2, middle + self.height / 2)


def line_places(texture: Texture, most: int) -> list[LinePlace]:
    """Find up to ``most`` places with bars, the strongest first.

    Out of focus the guard bars in the middle of a code are a grey stretch without edges: where two places may be
    halves of one, the whole comes before both.
    """
    places = [_rectangle(texture, ys, xs) for ys, xs in _patches(texture, most)]
    places = [place for place in places if place.length >= _LEAST_LENGTH]
    whole = next((joined for pair in combinations(places, 2) if (joined := _joined(*pair)) is not None), None)
    return places if whole is None else [whole, *places][:most]


def _joined(one: LinePlace, other: LinePlace) -> LinePlace | None:
    """Lay one place around two that follow each other across the bars with a small gap; None where they do not."""
    turn = (other.angle - one.angle + pi / 2) % pi - pi / 2
    if abs(turn) > _SAME_DIRECTION:
        return None
    larger, smaller = sorted((one, other), key=lambda place: place.length, reverse=True)
    smaller = smaller.seen_from(larger.angle)
    gap = max(larger.left, smaller.left) - min(larger.right, smaller.right)
    top, bottom = max(larger.top, smaller.top), min(larger.bottom, smaller.bottom)
    beside = bottom - top >= _BESIDE * max(larger.height, smaller.height)
    if not beside or abs(gap) > _GAP * larger.length or smaller.length < _PART * larger.length:
        return None
    left, right = min(larger.left, smaller.left), max(larger.right, smaller.right)
    return LinePlace(larger.angle, left, right, top, bottom) if right - left > _LONGER * larger.length else None


def _patches(texture: Texture, most: int) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Give rows and columns of the cells of each connected patch of bars, the strongest patches first."""
    directed = texture.directed()
    parallel = directed / (texture.energy() + 1e-3)
    strength = directed * parallel
    enough = max(_OF_THE_STRONGEST * float(strength.max(initial=0.0)), EDGY)
    mask = ((parallel > PARALLEL) & (strength > enough)).astype(np.uint8)
    _, labels = cv2.connectedComponents(mask, connectivity=8)
    flat = labels.ravel()
    sums = np.bincount(flat, strength.ravel())
    sums[np.bincount(flat) < _LEAST_CELLS] = 0.0
    sums[0] = 0.0
    strongest = np.argsort(-sums)[:most]
    cells = [np.nonzero(labels == label) for label in strongest if sums[label] > 0]
    return [(ys, xs) for ys, xs in cells]


def _rectangle(texture: Texture, ys: NDArray[np.intp], xs: NDArray[np.intp]) -> LinePlace:
    """Lay a rectangle of the cells' common direction around them."""
    xx, yy, xy = (float(part[ys, xs].sum()) for part in (texture.xx, texture.yy, texture.xy))
    angle = 0.5 * atan2(2 * xy, xx - yy)
    scale = texture.scale
    cell = CELL * scale
    x, y = (xs + 0.5) * cell + scale, (ys + 0.5) * cell + scale
    along, down = x * cos(angle) + y * sin(angle), y * cos(angle) - x * sin(angle)
    ordered = np.sort(down)
    outliers = int(len(ordered) * _OUTLIERS / 100)
    return LinePlace(
        angle,
        float(along.min()) - cell,
        float(along.max()) + cell,
        float(ordered[outliers]) - cell / 2,
        float(ordered[-1 - outliers]) + cell / 2,
    )
