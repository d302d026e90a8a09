"""What a picture is made of, patch by patch: edges that run one way, edges that run all ways, or nothing.

Apart from ``line_places``, which lays rectangles around bars, because the same measure tells that there are bars only
and no matrix code need be looked for. It is the structure tensor: 2 ms for 640 x 480 pixels.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pos_client.scanner.frame import Pixels

CELL = 8
"""Pixels along each side of the smallest patch that has a direction of its own."""

PARALLEL = 0.6
"""Of a patch's edges, how much more along one direction than across it: bars 0.9, writing 0.4, noise 0.1."""

EDGY = 4.0
"""Mean squared step over two pixels that counts as edges at all."""

_MOST_PIXELS = 500_000
"""Larger pictures are halved before they are measured; bars of such a picture are wide enough."""

_OF_THE_EDGIEST = 0.1
_CROSSED = 0.4
"""Of all edges, those in patches without a direction: under a code's bars 0.4 at most, in a matrix code 0.65."""

_SOLID_CELLS = 100
"""Patches without a direction, all round: fewer are writing beside bars, more may be a code beside many bars."""

_EVEN = 0.75
_STRONG = 16.0
_WIDE_CELLS = 20
"""The calmest cells' step in parts of the edgiest ones'; its least size; cells each way: no room for a quiet zone."""

_ROOT = (255 * np.sqrt(np.arange(256) / 255)).astype(np.uint8)
"""Brings bars in a shadow nearer to those in the light."""

Field = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Texture:
    """How much happens in each cell, smoothed.

    Attributes:
        xx: mean squared step across, for each cell.
        yy: down.
        xy: both at once.
        scale: pixels of the picture for each pixel measured.
    """

    xx: Field
    yy: Field
    xy: Field
    scale: float

    def energy(self) -> Field:
        """Tell how much happens at all."""
        return np.asarray(self.xx + self.yy, np.float32)

    def directed(self) -> Field:
        """Tell how much more there is along one direction than across it."""
        return np.asarray(np.hypot(self.xx - self.yy, 2 * self.xy), np.float32)

    def is_all_bars(self) -> bool:
        """Tell whether nearly all edges run one way wherever they are, so that nothing can be a matrix code."""
        energy = self.energy()
        edgy = energy > max(_OF_THE_EDGIEST * float(energy.max()), 2 * EDGY)
        crossed = edgy & (self.directed() <= PARALLEL * energy)
        steps = np.sqrt(energy)
        if float(steps[crossed].sum()) >= _CROSSED * float(steps[edgy].sum()):
            return False
        solid = cv2.erode(crossed.astype(np.uint8), np.ones((3, 3), np.uint8), borderType=cv2.BORDER_CONSTANT)
        return int(solid.sum()) < _SOLID_CELLS

    def is_endless(self) -> bool:
        """Tell whether the same goes on from edge to edge: part of a code, a carpet, noise, but nothing with an end."""
        if min(self.xx.shape) < _WIDE_CELLS:
            return False
        steps = np.sqrt(self.energy()).ravel()
        places = len(steps) // 20, len(steps) - 1 - len(steps) // 20
        calmest, edgiest = np.partition(steps, places)[list(places)]
        return bool(calmest >= max(_STRONG, _EVEN * edgiest))


def texture_of(grey: Pixels) -> Texture:
    """Measure (height, width) pixels; a picture of less than two cells has none."""
    scale = 1.0
    while grey.size > _MOST_PIXELS * scale * scale:
        scale *= 2
    if scale > 1:
        grey = np.asarray(cv2.resize(grey, None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_AREA), np.uint8)
    if min(grey.shape) < 2 * CELL + 2:
        nothing = np.zeros((1, 1), np.float32)
        return Texture(nothing, nothing, nothing, scale)
    return Texture(*_tensor(grey), scale)


def _tensor(grey: Pixels) -> tuple[Field, Field, Field]:
    """Measure every second row: a bar is many rows long, and the slow part is the pixels."""
    even = cv2.LUT(grey, _ROOT)
    # Whole cells only: to shrink by a whole number takes a fifth of the time.
    wide, high = (grey.shape[1] - 2) // CELL, (grey.shape[0] - 2) // CELL
    even = even[: high * CELL + 2, : wide * CELL + 2]
    along_rows, along_columns = cv2.blur(even, (1, 3)), cv2.blur(even, (3, 1))  # noise away, never across a step
    across = cv2.subtract(along_rows[1:-1:2, 2:], along_rows[1:-1:2, :-2], dtype=cv2.CV_32F)
    down = cv2.subtract(along_columns[2::2, 1:-1], along_columns[:-2:2, 1:-1], dtype=cv2.CV_32F)
    size = (wide, high)
    box = (5, 5) if min(size) > 20 else (3, 3)

    def smoothed(product: cv2.typing.MatLike) -> Field:
        return np.asarray(cv2.blur(cv2.resize(product, size, interpolation=cv2.INTER_AREA), box), np.float32)

    return (
        smoothed(cv2.multiply(across, across)),
        smoothed(cv2.multiply(down, down)),
        smoothed(cv2.multiply(across, down)),
    )
