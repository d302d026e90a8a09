"""A flat thing with a code on it, before a camera has seen it: light, outline, and where the code is.

Apart from what draws surfaces (phone, paper) and from what looks at them (lens), which meet here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.scan_set.codes import CleanCode

Light = NDArray[np.float32]
"""(height, width), 0 black to 1 white as the camera shows it; reflections go beyond 1."""

Rng = np.random.Generator

NEUTRAL = (1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """A flat thing.

    Attributes:
        light: of the surface.
        cover: 1 where the thing is, 0 where one sees past it; same shape.
        scale: pixels of one module.
        code: left, top, right, bottom of the code without quiet zone, in pixels.
        tint: factors for blue, green and red.
    """

    light: Light
    cover: Light
    scale: float
    code: tuple[int, int, int, int]
    tint: tuple[float, float, float] = NEUTRAL

    @property
    def middle(self) -> tuple[float, float]:
        """(x, y) of the code's middle."""
        left, top, right, bottom = self.code
        return (left + right) / 2, (top + bottom) / 2

    def lit(self, change: Callable[[Light], Light]) -> "Surface":
        """The surface with its light changed."""
        return replace(self, light=np.asarray(change(self.light), np.float32))

    def warped(self, x: Light, y: Light) -> "Surface":
        """The surface with each point taken from (x, y): crumpled, bent, split."""
        light, cover = (
            np.asarray(cv2.remap(layer, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT), np.float32)
            for layer in (self.light, self.cover)
        )
        return replace(self, light=light, cover=cover)

    def grid(self) -> tuple[Light, Light]:
        """x and y of every pixel."""
        height, width = self.light.shape
        x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
        return np.asarray(x, np.float32), np.asarray(y, np.float32)


def enlarged(code: CleanCode, scale: int, trimmed: int = 0) -> Light:
    """The code's modules as light, ``scale`` pixels each, with so many modules of quiet zone trimmed off all around."""
    modules = code.modules[trimmed:-trimmed, trimmed:-trimmed] if trimmed else code.modules
    return np.asarray(np.kron(modules.astype(np.float32) / 255, np.ones((scale, scale), np.float32)), np.float32)


def laid(body: Light, drawn: Light, at: tuple[int, int]) -> None:
    """Lay a drawing on a body with its left top corner at (x, y)."""
    x, y = at
    body[y : y + drawn.shape[0], x : x + drawn.shape[1]] = drawn


def code_box(code: CleanCode, scale: int, at: tuple[int, int], trimmed: int = 0) -> tuple[int, int, int, int]:
    """Where the code without quiet zone is when its drawing lies at (x, y)."""
    rows, columns = np.nonzero(code.modules == 0)
    x, y = at[0] - trimmed * scale, at[1] - trimmed * scale
    return (
        x + int(columns.min()) * scale,
        y + int(rows.min()) * scale,
        x + (int(columns.max()) + 1) * scale,
        y + (int(rows.max()) + 1) * scale,
    )


def printed(light: Light, words: Iterable[tuple[str, tuple[int, int]]], height: int, ink: float) -> None:
    """Print words into the light, each with its left foot at (x, y), letters ``height`` pixels high."""
    letters = np.zeros(light.shape, np.uint8)
    scale, thick = height / 22, max(1, height // 9)
    for word, at in words:
        cv2.putText(letters, word, at, cv2.FONT_HERSHEY_SIMPLEX, scale, (255,), thick, cv2.LINE_AA)
    light += (ink - light) * (letters.astype(np.float32) / 255)


def text_lines(body: Light, box: tuple[int, int, int, int], height: int, ink: float, words: str) -> None:
    """Print lines of words into a box (left, top, right, bottom), letters ``height`` pixels high."""
    left, top, right, bottom = box
    room = max(1, int((right - left) / (0.8 * height)))
    bases = range(top + height, bottom, max(2, round(1.7 * height)))
    starts = [(7 * number) % max(1, len(words) // 2) for number in range(len(bases))]
    lines = [(words[start:][:room], (left, base)) for start, base in zip(starts, bases, strict=True)]
    printed(body, lines, height, ink)


def soft_noise(rng: Rng, shape: tuple[int, int], cells: int) -> Light:
    """Smooth chance between -1 and 1, with about so many hills along the longer side."""
    height, width = shape
    longer = max(height, width)
    coarse = (max(2, round(cells * height / longer)), max(2, round(cells * width / longer)))
    hills = rng.uniform(-1, 1, coarse).astype(np.float32)
    return np.asarray(cv2.resize(hills, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)
