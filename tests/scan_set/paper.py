"""Paper and labels with a code: printed, bent, crumpled, faded, torn, in the shade.

Apart from screens, which suffer from other things. Sizes are in modules or in parts of the code's width.
"""

from math import cos, pi, sin

import cv2
import numpy as np

from tests.scan_set.codes import CleanCode
from tests.scan_set.screen import Harm
from tests.scan_set.surface import Light, Rng, Surface, code_box, enlarged, laid, soft_noise, text_lines

_INK = 0.08


def paper(code: CleanCode, scale: int, white: float = 0.88, around: float = 0.35) -> Surface:
    """Draw a coupon or label, ``around`` parts of the code's width of paper on each side, with a few words."""
    drawn = enlarged(code, scale) * (white - _INK) + _INK
    high, wide = drawn.shape
    margin = max(4, round(around * wide))
    body: Light = np.full((high + 2 * margin, wide + 2 * margin), white, np.float32)
    letter = max(5, min(margin // 4, wide // 20))
    across = (margin // 2, margin + wide + margin // 2)
    text_lines(body, (across[0], letter, across[1], margin - letter), letter, 0.2, "Coupon: 12.50 off this week")
    text_lines(
        body, (across[0], high + margin + letter, across[1], body.shape[0]), letter, 0.2, "No. 4711 valid in May"
    )
    laid(body, np.asarray(drawn, np.float32), (margin, margin))
    cover: Light = np.ones(body.shape, np.float32)
    return Surface(body, cover, scale, code_box(code, scale, (margin, margin)), (0.95, 1.0, 1.02))


def wrapped(radius: float, *, upright: bool, shine: float = 0.0) -> Harm:
    """Around a bottle or can of so many code widths of radius, with a stripe of light along it."""

    def harmed(surface: Surface) -> Surface:
        x, y = surface.grid()
        run, middle = (x, surface.middle[0]) if upright else (y, surface.middle[1])
        size = surface.code[2] - surface.code[0] if upright else surface.code[3] - surface.code[1]
        from_middle = (run - middle) / (radius * size)
        inside = np.abs(from_middle) < 0.98
        bent = np.where(inside, np.arcsin(np.clip(from_middle, -0.98, 0.98)), 9.0) * radius * size + middle
        moved = np.asarray(bent, np.float32)
        turned = surface.warped(moved, y) if upright else surface.warped(x, moved)
        shade = np.sqrt(np.clip(1 - from_middle**2, 0.03, 1))
        stripe = shine * np.exp(-(((from_middle - 0.25) / 0.08) ** 2))
        return turned.lit(lambda light: light * shade + stripe)

    return harmed


def crumpled(rng: Rng, depth: float, folds: int = 6) -> Harm:
    """Dents that shift the print by up to ``depth`` modules and shade it."""

    def harmed(surface: Surface) -> Surface:
        x, y = surface.grid()
        shape = surface.light.shape
        across, along = (soft_noise(rng, shape, folds) * depth * surface.scale for _ in range(2))
        shade = 1 + np.clip(soft_noise(rng, shape, 2 * folds), -1, 1) * min(0.45, 0.18 * depth)
        moved = surface.warped(np.asarray(x + across, np.float32), np.asarray(y + along, np.float32))
        return moved.lit(lambda light: light * shade)

    return harmed


def shaded(rng: Rng, left: float, softness: float, stripes: int = 1) -> Harm:
    """A shadow's edge, or a blind's, across the code.

    Args:
        rng: where it falls.
        left: light that is left in the shade, 0 to 1.
        softness: of the edge, in parts of the code's width.
        stripes: shadows side by side.
    """

    def harmed(surface: Surface) -> Surface:
        x, y = surface.grid()
        width = surface.code[2] - surface.code[0]
        angle = float(rng.uniform(0, 2 * pi))
        along = ((x - surface.middle[0]) * cos(angle) + (y - surface.middle[1]) * sin(angle)) / width
        edge = along - float(rng.uniform(-0.2, 0.2))
        if stripes > 1:
            edge = np.sin(2 * pi * edge * stripes / 2) / (pi * stripes)
        light_left = left + (1 - left) * (0.5 + 0.5 * np.tanh(2 * edge / softness))
        return surface.lit(lambda light: np.asarray(light * light_left, np.float32))

    return harmed


def faded(rng: Rng, ink: float, missing: float) -> Harm:
    """A thermal print after a summer: ``ink`` of its darkness is left, and some of the printer's dots are dead.

    Args:
        rng: which.
        ink: 1 new, 0 blank.
        missing: share of the width where a dot of the head prints nothing.
    """

    def harmed(surface: Surface) -> Surface:
        patchy = np.clip(ink * (1 + 0.35 * soft_noise(rng, surface.light.shape, 4)), 0, 1)
        white = float(surface.light.max())
        columns = surface.light.shape[1]
        dot = max(1, surface.scale // 3)
        dead = np.repeat(rng.random(int(columns // dot) + 1) < missing, int(dot))[:columns]
        return surface.lit(lambda light: white - (white - light) * np.where(dead[np.newaxis], 0.0, patchy))

    return harmed


def speckled(rng: Rng, share: float) -> Harm:
    """Low ink and dirt: specks of a third of a module, light where it is dark and the other way round."""

    def harmed(surface: Surface) -> Surface:
        height, width = surface.light.shape
        dot = max(1, round(surface.scale / 2.5))
        coarse = rng.random((height // dot + 1, width // dot + 1)) < share
        specks = np.kron(coarse, np.ones((dot, dot), np.bool_))[:height, :width]
        return surface.lit(lambda light: np.where(specks, 0.95 - light, light))

    return harmed


def torn(rng: Rng, share: float, *, linear: bool) -> Harm:
    """A corner of a matrix code is gone; of a linear code only a strip of the bars is left, ``1 - share`` of them."""

    def harmed(surface: Surface) -> Surface:
        left, top, right, bottom = surface.code
        hole = np.zeros(surface.light.shape, np.float32)
        if linear:
            strip = round((bottom - top) * (1 - share))
            first = int(rng.integers(top, max(top + 1, bottom - strip)))
            lean = round(0.05 * (bottom - top) * float(rng.uniform(-1, 1)))
            for edge, outer in ((first, -2 * bottom), (first + strip, 3 * bottom)):
                ends = [
                    (left - right, edge - lean),
                    (2 * right, edge + lean),
                    (2 * right, outer),
                    (left - right, outer),
                ]
                cv2.fillPoly(hole, [np.array(ends, np.int32)], (1.0,))
        else:
            # Only the corner without a finder pattern can go: no decoder finds a QR code without its finders.
            side = (share * 2) ** 0.5
            cut = [
                (right + 2, bottom + 2),
                (right - side * (right - left), bottom + 2),
                (right + 2, bottom - side * (bottom - top)),
            ]
            cv2.fillPoly(hole, [np.round(np.array(cut)).astype(np.int32)], (1.0,))
        return surface.lit(lambda light: np.where(hole > 0, float(rng.uniform(0.75, 0.95)), light))

    return harmed
