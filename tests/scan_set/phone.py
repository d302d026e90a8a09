"""A phone with a code on its screen: bezel, status bar, notch, dark mode.

Apart from what happens to the screen afterwards (``screen``).
"""

from dataclasses import dataclass

import cv2
import numpy as np

from tests.scan_set.codes import CleanCode
from tests.scan_set.surface import Light, Surface, code_box, enlarged, laid, text_lines

_GLASS_EDGE = 0.05


@dataclass(frozen=True, slots=True)
class PhoneLook:
    """What the screen shows.

    Attributes:
        trimmed: modules of quiet zone that the app leaves out on each side.
        dark: the app's background is dark.
        inverted: the code itself is light on dark.
        notch: modules that a notch reaches in from the edge of the drawing, quiet zone included; 0 without one.
        brightness: of white.
        tint: of white, in blue, green and red.
    """

    trimmed: int = 0
    dark: bool = False
    inverted: bool = False
    notch: float = 0.0
    brightness: float = 0.95
    tint: tuple[float, float, float] = (1.03, 1.0, 0.97)


def phone(code: CleanCode, scale: int, look: PhoneLook) -> Surface:
    """Draw a phone, ``scale`` pixels to the module."""
    drawn = enlarged(code, scale, look.trimmed)
    if look.inverted:
        drawn = np.asarray(1 - drawn, np.float32)
    high, wide = drawn.shape
    margin = max(2, round(0.06 * wide))
    screen_wide, screen_high = wide + 2 * margin, max(round(1.9 * wide), high + 8 * margin)
    ground = 0.07 if look.dark or look.inverted else 0.94
    screen: Light = np.full((screen_high, screen_wide), ground, np.float32)
    at = (margin, (screen_high - high) // 2)
    if look.notch:
        at = (margin, margin // 2)
    _write(screen, at[1] + high, ground, margin, clear=at[1] if not look.notch else 0)
    laid(screen, drawn, at)
    if look.notch:
        _cut_notch(screen, at, drawn.shape, look.notch * scale)
    lit = 0.02 + screen * (look.brightness - 0.02)
    edge = max(2, round(_GLASS_EDGE * screen_wide))
    body = np.pad(lit, edge, constant_values=0.03)
    box = code_box(code, scale, (at[0] + edge, at[1] + edge), look.trimmed)
    return Surface(np.asarray(body, np.float32), _rounded(body.shape, edge), scale, box, look.tint)


def _write(screen: Light, below: int, ground: float, margin: int, clear: int) -> None:
    """A clock, a battery and a few words, as coupon apps have them."""
    ink = 0.85 if ground < 0.5 else 0.15
    wide = screen.shape[1]
    letter = max(5, wide // 26)
    if clear > 4 * letter:
        text_lines(screen, (margin, letter // 2, wide // 3, letter + letter // 2), letter, ink, "12:45")
        cv2.rectangle(screen, (wide - 4 * letter, letter), (wide - 2 * letter, 2 * letter), (ink,), -1)
        text_lines(screen, (margin, 4 * letter, wide - margin, clear - letter), letter, ink, "Your coupon 12.50 off")
    low = screen.shape[0] - 5 * letter
    text_lines(screen, (margin, below + 2 * letter, wide - margin, low), letter, ink, "Show this code at the counter")
    if low > below + 2 * letter:
        cv2.rectangle(screen, (2 * margin, low + letter), (wide - 2 * margin, low + 4 * letter), (0.45,), -1)


def _cut_notch(screen: Light, at: tuple[int, int], shape: tuple[int, ...], reach: float) -> None:
    """A pill that hides the top middle of the drawing, as a camera's does; on long codes it comes from the left."""
    high, wide = shape[0], shape[1]
    if wide > 1.6 * high:
        half, x, y = round(0.6 * high), at[0] + round(reach), at[1] + high // 2
        cv2.rectangle(screen, (0, y - half), (x, y + half), (0.0,), -1)
        return
    half, x, y = round(0.18 * wide), at[0] + wide // 2, at[1] + round(reach)
    cv2.rectangle(screen, (x - half, 0), (x + half, y - half // 4), (0.0,), -1)
    cv2.ellipse(screen, (x, y - half // 4), (half, max(1, half // 4)), 0, 0, 180, (0.0,), -1)


def _rounded(shape: tuple[int, ...], radius: int) -> Light:
    cover: Light = np.zeros((shape[0], shape[1]), np.float32)
    high, wide = shape[0], shape[1]
    cv2.rectangle(cover, (radius, 0), (wide - radius, high), (1.0,), -1)
    cv2.rectangle(cover, (0, radius), (wide, high - radius), (1.0,), -1)
    for x in (radius, wide - radius):
        for y in (radius, high - radius):
            cv2.circle(cover, (x, y), radius, (1.0,), -1)
    return cover
