"""The kinds of pictures without a code, which tempt decoders to read one.

Apart from the others: nothing may be read here at all. The grade is the strength of the temptation: noise and blur.
"""

from collections.abc import Callable

import cv2
import numpy as np

from pos_client.scanner.symbology import Symbology
from tests.scan_set.clutter import checks, counter, keyboard, noise, shelf, stripes, words
from tests.scan_set.codes import random_code
from tests.scan_set.lens import Optics, Pose, drawing_scale, homography
from tests.scan_set.paper import paper
from tests.scan_set.scenes import SIZES, Scene, graded
from tests.scan_set.surface import Light, Rng

Backdrop = Callable[[Rng, tuple[int, int]], Light]

S = Symbology
_HALVED = (S.EAN13, S.ITF, S.CODE128, S.CODE39, S.UPCA, S.ITF, S.CODABAR, S.CODE93)


def half_code(rng: Rng, size: tuple[int, int]) -> Light:
    """A linear code of which a part is covered or outside the picture: whatever is read from the rest is wrong."""
    kind = _HALVED[int(rng.integers(0, len(_HALVED)))]
    code = random_code(kind, int(rng.integers(0, 2**31)))
    pose = Pose(size, 0.8 * size[0] / code.width, float(rng.uniform(-12, 12)), at=(0.5, float(rng.uniform(0.35, 0.65))))
    surface = paper(code, drawing_scale(pose))
    left, _, right, _ = surface.code
    part, from_left = float(rng.uniform(0.3, 0.7)), rng.random() < 0.5
    edge = round(left + (right - left) * part)
    hidden = surface.light.copy()
    hidden[:, slice(edge) if from_left else slice(edge, None)] = float(rng.choice((0.02, 0.3, 0.88)))
    fine = cv2.warpPerspective(hidden, homography(surface, pose), size, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(fine, np.float32)


BACKDROPS: dict[str, Backdrop] = {
    "empty-counter": counter,
    "empty-stripes": stripes,
    "empty-keyboard": keyboard,
    "empty-words": words,
    "empty-shelf": shelf,
    "empty-checks": checks,
    "empty-noise": noise,
    "empty-half-code": half_code,
}


def empty(rng: Rng, backdrop: Backdrop, level: int) -> Scene:
    """A scene without a code."""
    size = SIZES[int(rng.integers(0, len(SIZES)))]
    light = backdrop(rng, size)
    if rng.random() < 0.5 and level > 1:
        light = _slanted(rng, light)
    blur = float(rng.uniform(0, graded(level, 0.6, 1.2, 2.0)))
    optics = Optics(defocus=blur, noise=graded(level, 2.0, 5.0, 9.0), jpeg=graded(level, 92, 70, 45))
    return Scene((), light, optics)


def _slanted(rng: Rng, light: Light) -> Light:
    """Seen at a slant, so that bars and squares come in all widths."""
    height, width = light.shape
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    moved = corners + rng.uniform(-0.25, 0.25, (4, 2)).astype(np.float32) * np.array([width, height], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    return np.asarray(cv2.warpPerspective(light, matrix, (width, height), borderMode=cv2.BORDER_REFLECT), np.float32)
