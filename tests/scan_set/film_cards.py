"""Patches that move through the synthetic films: phones and papers that carry a code, and things that carry none.

Apart from the films, which say what moves when; here is what it looks like, in grey, with the light that gets past it.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from pos_client.scanner.frame import Pixels
from tests.scan_set.codes import CleanCode

_DRAWN = 8
"""Pixels of a module before a card is scaled down to what a camera sees of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """Something flat that hides what is behind it.

    Attributes:
        light: (height, width), black where nothing is.
        cover: (height, width), 255 where it hides what is behind it.
        code: corners of the code with its quiet zone, (4, 2) in pixels from the patch's middle; none where it has none.
    """

    light: Pixels
    cover: Pixels
    code: np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def phone_card(code: CleanCode, width: float) -> Patch:
    """A phone with the code on its screen.

    Args:
        code: to show.
        width: of the code, quiet zone included, in pixels.
    """
    height_px, width_px = (side * _DRAWN for side in code.modules.shape)
    frame, inner = round(0.06 * width_px), round(0.04 * width_px)
    across = width_px + 2 * (frame + inner)
    body = np.full((max(2 * across, height_px + 6 * frame), across), 28, np.uint8)
    body[frame:-frame, frame:-frame] = 235
    top = (body.shape[0] - height_px) // 2
    _lines_of_text(body, frame + inner, 2 * frame, top - 3 * frame, width_px, 110)
    return _at_scale(body, code, (top, frame + inner), width / width_px)


def paper_card(code: CleanCode, width: float) -> Patch:
    """A paper coupon or a package's side with the code on it; arguments as for a phone."""
    height_px, width_px = (side * _DRAWN for side in code.modules.shape)
    margin = round(0.12 * width_px)
    body = np.full((height_px + 5 * margin, width_px + 2 * margin), 222, np.uint8)
    _lines_of_text(body, margin, margin // 2, 3 * margin, width_px, 70)
    return _at_scale(body, code, (4 * margin, margin), width / width_px)


def bare_thing(rng: np.random.Generator, height: float) -> Patch:
    """A hand, a striped bag or a box with print on it: no code."""
    tall = max(40, round(height))
    wide = max(40, round(tall * float(rng.uniform(0.5, 1.2))))
    kind = int(rng.integers(0, 3))
    light: Pixels = np.full((tall, wide), int(rng.integers(90, 190)), np.uint8)
    cover: Pixels = np.full((tall, wide), 255, np.uint8)
    if kind == 0:
        cover[:] = 0
        cv2.ellipse(cover, (wide // 2, tall // 2), (wide // 2 - 2, tall // 2 - 2), 0, 0, 360, (255,), -1)
    elif kind == 1:
        ends = np.cumsum(rng.integers(2, 14, 2 * wide // 8))
        for left, right in zip(ends[0::2], ends[1::2], strict=False):
            light[:, left:right] = 40
    else:
        _lines_of_text(light, wide // 10, tall // 8, tall - tall // 8, wide * 4 // 5, 50)
    return Patch(np.asarray(cv2.min(light, cover), np.uint8), cover, np.empty((0, 2)))


def _lines_of_text(body: Pixels, left: int, top: int, bottom: int, width: int, dark: int) -> None:
    height = max(6, width // 14)
    font, scale, thick = cv2.FONT_HERSHEY_SIMPLEX, height / 24, max(1, height // 10)
    for number, base in enumerate(range(top + height, bottom, round(1.6 * height))):
        words = "Coupon 12.50 off this week"[: 10 + 7 * (number % 3)]
        cv2.putText(body, words, (left, base), font, scale, (dark,), thick, cv2.LINE_AA)


def _at_scale(body: Pixels, code: CleanCode, at: tuple[int, int], scale: float) -> Patch:
    drawn = np.repeat(np.repeat(code.modules, _DRAWN, axis=0), _DRAWN, axis=1)
    top, left = at
    bottom, right = top + drawn.shape[0], left + drawn.shape[1]
    body[top:bottom, left:right] = np.minimum(drawn, np.uint8(240))
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float64)
    middle = np.array([body.shape[1] / 2, body.shape[0] / 2])
    size = (max(8, round(body.shape[1] * scale)), max(8, round(body.shape[0] * scale)))
    light = np.asarray(cv2.resize(body, size, interpolation=cv2.INTER_AREA), np.uint8)
    return Patch(light, np.full(light.shape, 255, np.uint8), (corners - middle) * scale)
