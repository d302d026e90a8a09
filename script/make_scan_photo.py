"""Renders the photograph of the kiosk's scan guide: a hand that holds a phone with a code over a reader's red light.

    script/make_scan_photo.py [--size 1200]

A picture of ours rather than somebody's photograph, so that it needs no licence and can be made again. Signed distances
are marched in numpy; light comes from a soft window, from the ceiling, and from the reader. Takes a minute or two.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import segno
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

FILE = Path(__file__).resolve().parents[1] / "resources" / "pictures" / "scan-guide.jpg"
STEPS, FAR = 96, 80.0

Field = NDArray[np.float32]
Points = NDArray[np.float32]  # (n, 3), centimetres: x right, y up, z towards the eye


def unit(vector: tuple[float, float, float]) -> NDArray[np.float32]:
    """A direction."""
    return np.array(vector, np.float32) / np.float32(np.linalg.norm(vector))


EYE, AIM = np.array([1.5, 17.5, 38.0], np.float32), np.array([1.0, 9.6, 0.0], np.float32)
WINDOW, CEILING = unit((-0.75, 0.85, 0.55)), unit((0.5, 1.0, -0.15))
LIGHTS = ((WINDOW, 1.55, (1.0, 0.97, 0.92), 0.30), (CEILING, 0.75, (1.0, 0.95, 0.88), 0.50))
PHONE_AT = np.array([0.2, 14.3, 1.4], np.float32)
# The screen looks down at the reader and a little towards the eye.
_Z = unit((-0.10, -0.36, 0.93))
_X = np.cross(unit((0.06, 1.0, 0.0)), _Z).astype(np.float32)
_X /= np.linalg.norm(_X)
PHONE_AXES = np.stack([_X, np.cross(_Z, _X), _Z]).astype(np.float32)
HALF_PHONE = np.array([3.75, 7.6, 0.42], np.float32)


def box(p: Points, half: NDArray[np.float32], rounding: float) -> Field:
    """Distance to a box with round edges."""
    q = np.abs(p) - (half - rounding)
    outside = np.sqrt((np.maximum(q, 0) ** 2).sum(-1))
    return outside + np.minimum(q.max(-1), 0) - rounding


def bone(p: Points, a: tuple[float, ...], b: tuple[float, ...], ra: float, rb: float) -> Field:
    """Distance to a finger's bone: round, thicker at one end."""
    start, end = np.array(a, np.float32), np.array(b, np.float32)
    along = end - start
    t = np.clip(((p - start) @ along) / (along @ along), 0, 1)
    return np.sqrt(((p - start - t[:, None] * along) ** 2).sum(-1)) - (ra + (rb - ra) * t)


def melt(one: Field, other: Field, k: float) -> Field:
    """Two shapes grown together."""
    h = np.clip(0.5 + 0.5 * (other - one) / k, 0, 1)
    return other + (one - other) * h - k * h * (1 - h)


def local(p: Points) -> Points:
    """Points in the phone's own frame."""
    return (p - PHONE_AT) @ PHONE_AXES.T


def hand(p: Points) -> Field:
    """Four fingers behind the phone, their tips around its left edge; the thumb on its right edge."""
    q = local(p)
    shape = box(q - np.array([2.2, -1.2, -2.0], np.float32), np.array([2.6, 3.9, 1.0], np.float32), 0.95)
    for y, reach, thick in ((2.6, -4.25, 0.80), (0.9, -4.4, 0.84), (-0.85, -4.3, 0.82), (-2.5, -4.1, 0.72)):
        knuckle = bone(q, (3.2, y - 0.9, -2.2), (-2.6, y, -1.55), thick + 0.16, thick)
        tip = bone(q, (-2.6, y, -1.55), (reach, y + 0.2, 0.0), thick, thick - 0.10)
        end = bone(q, (reach, y + 0.2, 0.0), (reach + 0.75, y + 0.25, 0.75), thick - 0.12, thick - 0.24)
        shape = melt(shape, melt(melt(knuckle, tip, 0.35), end, 0.3), 0.45)
    ball = bone(q, (4.1, -3.2, -2.0), (4.75, -0.4, -0.4), 1.25, 0.98)
    thumb = melt(ball, bone(q, (4.75, -0.4, -0.4), (4.1, 2.2, 0.72), 0.96, 0.74), 0.4)
    wrist = bone(q, (3.0, -2.8, -2.2), (9.0, -6.6, -4.6), 1.9, 2.1)
    return melt(melt(shape, thumb, 0.8), wrist, 1.2)


def sleeve(p: Points) -> Field:
    """The cuff of a jacket."""
    q = local(p)
    return bone(q, (8.4, -6.2, -4.2), (34.0, -13.5, -10.5), 2.7, 4.4)


def phone(p: Points) -> Field:
    """The phone."""
    return box(local(p), HALF_PHONE, 0.40)


def reader(p: Points) -> Field:
    """A black case on the counter whose glass looks up."""
    case = box(p - np.array([0, 1.5, 0], np.float32), np.array([6.4, 1.5, 4.6], np.float32), 0.7)
    dish = box(p - np.array([0, 3.25, 0], np.float32), np.array([4.9, 0.55, 3.2], np.float32), 0.3)
    return np.maximum(case, -dish)


def glass(p: Points) -> Field:
    """The reader's window."""
    return box(p - np.array([0, 2.62, 0], np.float32), np.array([4.9, 0.12, 3.2], np.float32), 0.05)


PARTS: tuple[Callable[[Points], Field], ...] = (lambda p: p[:, 1], reader, glass, phone, hand, sleeve)
COUNTER, READER, GLASS, PHONE, HAND, SLEEVE = range(6)


def distance(p: Points) -> Field:
    """To whatever is nearest."""
    return np.minimum.reduce([part(p) for part in PARTS])


def march(start: Points, way: Points, far: float = FAR) -> Field:
    """How far each ray goes until it meets something; more than ``far`` where it meets nothing."""
    gone = np.zeros(len(way), np.float32)
    alive = np.arange(len(way))
    for _ in range(STEPS):
        step = distance(start[alive] + gone[alive, None] * way[alive])
        gone[alive] += step
        alive = alive[(step > 0.004) & (gone[alive] < far)]
        if not alive.size:
            break
    return gone


def normal(p: Points) -> Points:
    """The way a surface looks."""
    found = np.zeros_like(p)
    for corner in ((1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)):
        e = np.array(corner, np.float32)
        found += e * distance(p + 0.004 * e)[:, None]
    return found / (np.linalg.norm(found, axis=-1, keepdims=True) + 1e-9)


def shadow(p: Points, n: Points, light: NDArray[np.float32], softness: float) -> Field:
    """How much of a wide light reaches a point."""
    lit = np.ones(len(p), np.float32)
    gone = np.full(len(p), 0.12, np.float32)
    start = p + 0.05 * n
    for _ in range(26):
        near = distance(start + gone[:, None] * light)
        lit = np.minimum(lit, np.clip(0.5 + 0.5 * near / (gone * softness + 0.02), 0, 1))
        gone += np.clip(near, 0.16, 2.2)
    return lit * lit * (3 - 2 * lit)


def nearness(p: Points, n: Points) -> Field:
    """How open a point is to the room."""
    closed = np.zeros(len(p), np.float32)
    for step in (0.25, 0.7, 1.5, 2.8):
        closed += (step - distance(p + step * n)) * (0.42 / (0.5 + step))
    return np.clip(1 - closed, 0.12, 1)


def screen_colour(q: Points) -> Points:
    """What the phone shows: a heading and a member code."""
    u, v = q[:, 0] / 3.5, q[:, 1] / 7.35
    colour = np.tile(np.array([0.97, 0.97, 0.98], np.float32), (len(q), 1))
    colour[v > 0.62] = (0.84, 0.16, 0.13)
    colour[(v > 0.74) & (v < 0.80) & (np.abs(u) < 0.42)] = (1, 1, 1)
    colour[(v < -0.62) & (v > -0.67) & (np.abs(u) < 0.5)] = (0.62, 0.65, 0.7)
    colour[(v < -0.74) & (v > -0.78) & (np.abs(u) < 0.34)] = (0.78, 0.8, 0.84)
    rows = np.array([list(row) for row in segno.make("72 DEMO PICTURE ONLY", error="m").matrix])
    side = 5.4
    x = np.floor((q[:, 0] / side + 0.5) * len(rows)).astype(int)
    y = np.floor((0.5 - (q[:, 1] + 0.1) / side) * len(rows)).astype(int)
    inside = (x >= 0) & (x < len(rows)) & (y >= 0) & (y < len(rows))
    dark = np.zeros(len(q), bool)
    dark[inside] = rows[y[inside], x[inside]] == 1
    colour[dark] = (0.03, 0.03, 0.05)
    return colour


def surface(p: Points, part: NDArray[np.int64]) -> tuple[Points, Field, Points]:
    """Colour, gloss and own light of what is seen at each point."""
    colour, gloss = np.zeros_like(p), np.full(len(p), 0.05, np.float32)
    glow = np.zeros_like(p)
    x, z = p[:, 0], p[:, 2]
    grain = (
        np.sin(z * 3.1 + 1.4 * np.sin(x * 0.16) + 0.5 * np.sin(x * 0.9 + z * 0.3)) * 0.5
        + np.sin(z * 11 + x * 0.35) * 0.22
    )
    wood = np.array([0.40, 0.25, 0.145], np.float32) * (1 + 0.10 * grain[:, None])
    for number, plain, shine in ((READER, (0.035, 0.037, 0.042), 0.4), (PHONE, (0.03, 0.03, 0.035), 0.8)):
        colour[part == number], gloss[part == number] = plain, shine
    colour[part == COUNTER], gloss[part == COUNTER] = wood[part == COUNTER], 0.16
    colour[part == HAND], gloss[part == HAND] = (0.78, 0.50, 0.375), 0.12
    colour[part == SLEEVE], gloss[part == SLEEVE] = (0.075, 0.13, 0.27), 0.02
    lens = part == GLASS
    colour[lens], gloss[lens] = (0.16, 0.01, 0.01), 0.9
    line = np.exp(-((z[lens] / 0.55) ** 2)) + 0.35 * np.exp(-((z[lens] / 1.9) ** 2))
    glow[lens] = line[:, None] * np.array([2.4, 0.16, 0.10], np.float32)
    q = local(p)
    is_screen = (part == PHONE) & (q[:, 2] > 0.38) & (np.abs(q[:, 0]) < 3.5) & (np.abs(q[:, 1]) < 7.35)
    shown = screen_colour(q[is_screen])
    colour[is_screen], glow[is_screen], gloss[is_screen] = shown * 0.06, shown * 0.80, 0.22
    return colour, gloss, glow


def room(way: Points) -> Points:
    """What stands behind, far out of focus: shelves and lamps of a shop."""
    across, up = way[:, 0] / -way[:, 2], way[:, 1] / -way[:, 2]
    base = np.array([0.34, 0.30, 0.27], np.float32) + np.clip(up[:, None] + 0.2, 0, 1) * np.array(
        [0.38, 0.37, 0.36], np.float32
    )
    chance = np.random.default_rng(7)
    for _ in range(150):
        middle, height = (
            chance.uniform(-0.9, 0.9),
            chance.choice([-0.34, -0.24, -0.13, -0.02, 0.10, 0.22]) + chance.normal(0, 0.012),
        )
        size = chance.uniform(0.025, 0.055)
        blob = 1 / (1 + np.exp((np.hypot(across - middle, (up - height) * 1.15) - size) / 0.007))
        hue = chance.uniform(0.15, 1.0, 3).astype(np.float32) ** 1.3
        strength = 0.55 * blob * chance.uniform(0.35, 1)
        base = base * (1 - strength[:, None]) + strength[:, None] * hue
    return base


def shade(p: Points, way: Points, gone: Field) -> Points:
    """The light that comes back along each ray."""
    hit = gone < FAR
    light = room(way)
    at = (p + gone[:, None] * way)[hit]
    part = np.argmin(np.stack([shape(at) for shape in PARTS]), axis=0)
    n, towards = normal(at), way[hit]
    colour, gloss, glow = surface(at, part)
    lit = np.zeros_like(at)
    for source, strength, tint, softness in LIGHTS:
        facing = np.clip(n @ source, 0, 1)
        # Light goes a little way into skin.
        facing = np.where(part == HAND, np.clip((n @ source + 0.25) / 1.25, 0, 1), facing)
        seen = shadow(at, n, source, softness)
        lit += (strength * facing * seen)[:, None] * np.array(tint, np.float32)
        half = source - towards
        half /= np.linalg.norm(half, axis=-1, keepdims=True)
        glow += (gloss * seen * np.clip((n * half).sum(-1), 0, 1) ** 60 * 1.6)[:, None]
    open_ = nearness(at, n)
    lit += (open_ * (0.42 + 0.25 * n[:, 1]))[:, None] * np.array([0.92, 0.97, 1.05], np.float32)
    beam = np.array([0, 2.8, 0], np.float32) - at
    away = np.linalg.norm(beam, axis=-1)
    red = np.clip((n * beam).sum(-1) / away, 0, 1) * 22 / (4 + away**2)
    lit += red[:, None] * np.array([1.5, 0.10, 0.06], np.float32)
    mirrored = towards - 2 * (towards * n).sum(-1, keepdims=True) * n
    bright = np.clip(mirrored[:, 1:2] * 0.5 + 0.5, 0, 1) ** 2
    edge = 0.04 + 0.96 * (1 - np.clip(-(towards * n).sum(-1), 0, 1)) ** 5
    found = colour * lit + glow + (edge * gloss * open_)[:, None] * bright * 0.9
    haze = np.clip((gone[hit] - 42) / 36, 0, 1)[:, None]
    light[hit] = found * (1 - haze) + light[hit] * haze
    return light


def render(width: int, height: int) -> NDArray[np.uint8]:
    """The picture, (height, width, 3)."""
    ahead = unit(tuple(float(part) for part in AIM - EYE))  # type: ignore[arg-type]
    right = np.cross(ahead, np.array([0, 1, 0], np.float32))
    right /= np.linalg.norm(right)
    up = np.cross(right, ahead)
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    u, v = (columns - width / 2) / height, (height / 2 - rows) / height
    ways = ahead + 0.78 * (u[..., None] * right + v[..., None] * up)
    ways = (ways / np.linalg.norm(ways, axis=-1, keepdims=True)).reshape(-1, 3).astype(np.float32)
    light = np.concatenate(
        [
            shade(np.broadcast_to(EYE, part.shape), part, march(np.broadcast_to(EYE, part.shape), part))
            for part in np.array_split(ways, max(1, len(ways) // 120_000))
        ]
    )
    light = 0.80 * light
    light = light * (2.51 * light + 0.03) / (light * (2.43 * light + 0.59) + 0.14)
    away = np.hypot(u, v).reshape(-1, 1)
    light = np.clip(light, 0, 1) ** (1 / 1.9) * (1 - 0.22 * away**2)
    return (
        (np.clip(light + np.random.default_rng(3).normal(0, 0.008, light.shape), 0, 1) * 255)
        .astype(np.uint8)
        .reshape(height, width, 3)
    )


def main() -> int:
    """Render, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1200)
    width = parser.parse_args().size
    height = width * 5 // 6
    pixels = render(width * 3 // 2, height * 3 // 2)
    image = QImage(pixels.tobytes(), pixels.shape[1], pixels.shape[0], pixels.shape[1] * 3, QImage.Format.Format_RGB888)
    small = image.scaled(
        width, height, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    FILE.parent.mkdir(parents=True, exist_ok=True)
    return 0 if small.save(str(FILE), "JPG", 88) else 1


if __name__ == "__main__":
    sys.exit(main())
