"""What happens to a phone's screen: glare, reflections, cracks, fingers, the grid of its pixels.

Apart from the phone that is harmed. Sizes are in parts of the code's width, so that all codes suffer alike.
"""

from collections.abc import Callable
from math import cos, pi, sin

import cv2
import numpy as np

from tests.scan_set.surface import Light, Rng, Surface, soft_noise

Harm = Callable[[Surface], Surface]


def glare(rng: Rng, strength: float, spread: float) -> Harm:
    """A lamp's blob on the glass beside the middle of the code; ``strength`` beyond 1 washes everything out."""

    def harmed(surface: Surface) -> Surface:
        x, y = surface.grid()
        width = surface.code[2] - surface.code[0]
        angle, away = float(rng.uniform(0, 2 * pi)), float(rng.uniform(0.05, 0.35)) * width
        middle = surface.middle
        across, along = x - middle[0] - away * cos(angle), y - middle[1] - away * sin(angle)
        far = np.hypot(across, along * float(rng.uniform(0.6, 1.6))) / (spread * width)
        return surface.lit(lambda light: light + strength * np.exp(-(far**2)) + 0.15 * strength * np.exp(-far / 2))

    return harmed


def reflection(rng: Rng, strength: float) -> Harm:
    """A window with its bars, or a lamp's tubes, mirrored in the glass."""

    def harmed(surface: Surface) -> Surface:
        x, y = surface.grid()
        width = surface.code[2] - surface.code[0]
        angle = float(rng.uniform(0, pi))
        across = (x * cos(angle) + y * sin(angle)) / (width * float(rng.uniform(0.25, 0.6)))
        panes = np.clip(4 * np.sin(2 * pi * across + float(rng.uniform(0, 6))), -1, 1)
        return surface.lit(lambda light: light + strength * (0.5 + 0.5 * panes))

    return harmed


def veiled(strength: float) -> Harm:
    """The room's light on the glass: what was black no longer is."""
    return lambda surface: surface.lit(lambda light: light + strength)


def cracked(rng: Rng, rays: int, width: float, split: float) -> Harm:
    """Glass broken at one point.

    Args:
        rng: where and how.
        rays: cracks from the point of impact.
        width: of a crack, in modules.
        split: how far the pieces shift what is seen through them, in modules.
    """

    def harmed(surface: Surface) -> Surface:
        left, top, right, bottom = surface.code
        hit = (float(rng.uniform(left, right)), float(rng.uniform(top, bottom)))
        angles = np.sort(rng.uniform(0, 2 * pi, rays))
        x, y = surface.grid()
        piece = np.searchsorted(angles, np.arctan2(y - hit[1], x - hit[0]) % (2 * pi)) % rays
        shifts = rng.normal(0, split * surface.scale, (2, rays)).astype(np.float32)
        shifted = surface.warped(x + shifts[0][piece], y + shifts[1][piece])
        lines = _crack_lines(rng, surface, hit, angles, max(1, round(width * surface.scale)))
        return shifted.lit(lambda light: np.where(lines > 0, lines, light) if lines.any() else light)

    return harmed


def _crack_lines(
    rng: Rng,
    surface: Surface,
    hit: tuple[float, float],
    angles: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    px: int,
) -> Light:
    """Bright edges with a dark side along the rays and in rings around the point of impact."""
    lines: Light = np.zeros(surface.light.shape, np.float32)
    reach = max(surface.light.shape)
    steps = np.array([0.0, 0.08, 0.18, 0.32, 0.5, 0.75, 1.0]) * reach
    ways = [_way(rng, hit, float(angle), steps) for angle in angles]
    rings = [np.array([way[ring] for way in ways]) for ring in (1, 2) if rng.random() < 0.7]
    for way in [*ways, *rings]:
        points = np.round(way).astype(np.int32)
        cv2.polylines(lines, [points + px], False, (0.12,), px)
        cv2.polylines(lines, [points], False, (float(rng.uniform(0.5, 1.0)),), px, cv2.LINE_8)
    return lines


def _way(
    rng: Rng, hit: tuple[float, float], angle: float, steps: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    bent = angle + np.cumsum(rng.normal(0, 0.06, steps.size))
    return np.column_stack([hit[0] + steps * np.cos(bent), hit[1] + steps * np.sin(bent)])


def smudged(rng: Rng, strength: float) -> Harm:
    """Fingers were here: patches of haze, and the ridges of a few prints."""

    def harmed(surface: Surface) -> Surface:
        haze = np.clip(soft_noise(rng, surface.light.shape, 7) + 0.3, 0, 1) * strength
        width = surface.code[2] - surface.code[0]
        blurred = cv2.GaussianBlur(surface.light, (0, 0), 1.2 * surface.scale)
        light = surface.light * (1 - haze) + (0.75 * blurred + 0.2) * haze
        x, y = surface.grid()
        for _ in range(4):
            at = (rng.uniform(surface.code[0], surface.code[2]), rng.uniform(surface.code[1], surface.code[3]))
            far = np.hypot(x - at[0], (y - at[1]) * 0.8) / (0.16 * width)
            ridges = 0.5 + 0.5 * np.sin(far * 40 + 2 * np.sin(np.arctan2(y - at[1], x - at[0]) * 2))
            light = light + strength * 0.35 * ridges * np.exp(-(far**4))
        return surface.lit(lambda _: light)

    return harmed


def pixel_grid(strength: float, per_module: float) -> Harm:
    """Dark lines between the screen's own pixels, so many to a module, as on panels with few of them."""

    def harmed(surface: Surface) -> Surface:
        x, y = surface.grid()
        step = surface.scale / per_module
        gaps = np.maximum(np.cos(2 * pi * x / step), np.cos(2 * pi * y / step))
        return surface.lit(lambda light: light * (1 - strength * np.clip(3 * gaps - 2, 0, 1)))

    return harmed
