"""Where a picture holds parallel bars, and at which angle: linear codes before anybody reads them.

Apart from reading (``bands``): a decoder looks along rows and columns of a whole picture and loses a code tilted by 20
degrees; whoever knows the place and the angle needs a fraction of the time and reads any tilt. The measure is the
structure tensor: many edges, nearly all in one direction.
"""

from dataclasses import dataclass
from math import atan2, cos, sin

import cv2
import numpy as np
from numpy.typing import NDArray

from pos_client.scanner.frame import Pixels

_CELL = 8
"""Pixels along each side of the smallest patch that has a direction of its own."""

_MOST_PIXELS = 500_000
"""Larger pictures are halved before they are searched; bars of such a picture are wide enough."""

_PARALLEL = 0.6
"""Of a patch's edges, how much more along one direction than across it: bars 0.9, writing 0.4, noise 0.1."""

_EDGY = 4.0
"""Mean squared step over two pixels that counts as edges at all."""

_OF_THE_STRONGEST = 0.06
_LEAST_CELLS = 4
_LEAST_LENGTH = 30.0
_OUTLIERS = 5.0
"""Per cent of a place's cells above and below that are no bars but what touches them."""

_ROOT = (255 * np.sqrt(np.arange(256) / 255)).astype(np.uint8)
"""Brings bars in a shadow nearer to those in the light."""

Field = NDArray[np.float32]


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


@dataclass(frozen=True, slots=True, eq=False)
class _Tensor:
    """How much happens in each cell, across (``xx``), down (``yy``) and both at once (``xy``), smoothed."""

    xx: Field
    yy: Field
    xy: Field

    def directed(self) -> Field:
        """Tell how much more there is along one direction than across it."""
        return np.asarray(np.hypot(self.xx - self.yy, 2 * self.xy), np.float32)


def line_places(grey: Pixels, most: int) -> list[LinePlace]:
    """Find up to ``most`` places with bars in (height, width) pixels, the strongest first (2 ms for 640 x 480)."""
    factor = 1.0
    while grey.size * factor * factor > _MOST_PIXELS:
        factor /= 2
    if factor < 1:
        grey = np.asarray(cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8)
    if min(grey.shape) < 2 * _CELL + 2:
        return []
    tensor = _tensor(grey)
    found = []
    for ys, xs in _patches(tensor, most):
        place = _rectangle(tensor, ys, xs, 1 / factor)
        if place.right - place.left >= _LEAST_LENGTH:
            found.append(place)
    return found


def _tensor(grey: Pixels) -> _Tensor:
    """Measure every second row: a bar is many rows long, and the slow part is the pixels."""
    even = cv2.LUT(grey, _ROOT)
    # Whole cells only: to shrink by a whole number takes a fifth of the time.
    wide, high = (grey.shape[1] - 2) // _CELL, (grey.shape[0] - 2) // _CELL
    even = even[: high * _CELL + 2, : wide * _CELL + 2]
    along_rows, along_columns = cv2.blur(even, (1, 3)), cv2.blur(even, (3, 1))  # noise away, never across a step
    across = cv2.subtract(along_rows[1:-1:2, 2:], along_rows[1:-1:2, :-2], dtype=cv2.CV_32F)
    down = cv2.subtract(along_columns[2::2, 1:-1], along_columns[:-2:2, 1:-1], dtype=cv2.CV_32F)
    size = (wide, high)
    box = (5, 5) if min(size) > 20 else (3, 3)

    def smoothed(product: cv2.typing.MatLike) -> Field:
        return np.asarray(cv2.blur(cv2.resize(product, size, interpolation=cv2.INTER_AREA), box), np.float32)

    return _Tensor(
        smoothed(cv2.multiply(across, across)),
        smoothed(cv2.multiply(down, down)),
        smoothed(cv2.multiply(across, down)),
    )


def _patches(tensor: _Tensor, most: int) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Give rows and columns of the cells of each connected patch of bars, the strongest patches first."""
    directed = tensor.directed()
    parallel = directed / (tensor.xx + tensor.yy + 1e-3)
    strength = directed * parallel
    enough = max(_OF_THE_STRONGEST * float(strength.max()), _EDGY)
    mask = ((parallel > _PARALLEL) & (strength > enough)).astype(np.uint8)
    _, labels = cv2.connectedComponents(mask, connectivity=8)
    flat = labels.ravel()
    sums = np.bincount(flat, strength.ravel())
    sums[np.bincount(flat) < _LEAST_CELLS] = 0.0
    sums[0] = 0.0
    strongest = np.argsort(-sums)[:most]
    cells = [np.nonzero(labels == label) for label in strongest if sums[label] > 0]
    return [(ys, xs) for ys, xs in cells]


def _rectangle(tensor: _Tensor, ys: NDArray[np.intp], xs: NDArray[np.intp], scale: float) -> LinePlace:
    """Lay a rectangle of the cells' common direction around them; one pixel measured is ``scale`` of the picture's."""
    xx, yy, xy = (float(part[ys, xs].sum()) for part in (tensor.xx, tensor.yy, tensor.xy))
    angle = 0.5 * atan2(2 * xy, xx - yy)
    cell = _CELL * scale
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
