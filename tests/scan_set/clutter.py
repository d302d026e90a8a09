"""What is behind a code, and what tempts a decoder where there is none: stripes, keys, words, shelf labels, noise.

Apart from the codes: nothing drawn here may be one, which the set's own test asks of every decoder.
"""

import cv2
import numpy as np

from tests.scan_set.surface import Light, Rng, printed, soft_noise, text_lines

_WORDS = "SALE 2 for 1 - fresh every day - 4711 - ask us for the price - thank you - "


def counter(rng: Rng, size: tuple[int, int], brightness: float = 0.5) -> Light:
    """A counter out of focus, with the edges of a few things."""
    width, height = size
    light = np.asarray(brightness * (1 + 0.5 * soft_noise(rng, (height, width), 8)), np.float32)
    for _ in range(int(rng.integers(2, 6))):
        x, y = int(rng.integers(0, width)), int(rng.integers(0, height))
        far = (x + int(rng.integers(20, width // 2)), y + int(rng.integers(20, height // 2)))
        cv2.rectangle(light, (x, y), far, (float(rng.uniform(0.1, 0.9)) * 2 * brightness,), -1)
    return np.asarray(np.clip(cv2.GaussianBlur(light, (0, 0), width / 160), 0, 1), np.float32)


def stripes(rng: Rng, size: tuple[int, int]) -> Light:
    """A striped cloth, a blind, a radiator: bars of chance, or of one width, at any angle, and not a code's."""
    width, height = size
    reach = width + height
    widths = rng.integers(2, 12, reach) if rng.random() < 0.5 else np.full(reach, int(rng.integers(3, 14)))
    row = np.repeat(np.arange(widths.size) % 2, widths)[:reach].astype(np.float32)
    cloth = np.repeat(row[np.newaxis], reach, axis=0) * float(rng.uniform(0.3, 0.8)) + 0.1
    turn = cv2.getRotationMatrix2D((reach / 2, reach / 2), float(rng.uniform(0, 360)), 1.0)
    turn[0, 2] -= (reach - width) / 2
    turn[1, 2] -= (reach - height) / 2
    return np.asarray(cv2.warpAffine(cloth, turn, size, flags=cv2.INTER_LINEAR), np.float32)


def keyboard(rng: Rng, size: tuple[int, int]) -> Light:
    """Rows of keys with letters, as a till's keyboard before the camera."""
    light = counter(rng, size, 0.3)
    width, height = size
    key = int(rng.integers(width // 24, width // 10))
    gap, is_dark = max(2, key // 8), rng.random() < 0.5
    face, ink = (0.15, 0.85) if is_dark else (0.85, 0.15)
    letters = []
    for row, top in enumerate(range(height // 8, height - key, key)):
        for left in range((row % 3) * key // 3, width - key, key):
            cv2.rectangle(light, (left + gap, top + gap), (left + key - gap, top + key - gap), (face,), -1)
            letters.append((chr(65 + int(rng.integers(0, 26))), (left + key // 3, top + 2 * key // 3)))
    printed(light, letters, max(5, key // 3), ink)
    return light


def words(rng: Rng, size: tuple[int, int]) -> Light:
    """A page of print."""
    light: Light = np.full((size[1], size[0]), float(rng.uniform(0.75, 0.95)), np.float32)
    letter = int(rng.integers(8, 26))
    box = (letter, letter, size[0] - letter, size[1] - letter)
    text_lines(light, box, letter, float(rng.uniform(0.0, 0.4)), _WORDS * 4)
    return light


def shelf(rng: Rng, size: tuple[int, int]) -> Light:
    """Shelf labels with prices, and where a barcode would be a few bars or digits that are none."""
    light = counter(rng, size, 0.4)
    width, height = size
    for _ in range(int(rng.integers(3, 7))):
        wide = int(rng.integers(width // 5, width // 3))
        high = wide // 2
        x, y = int(rng.integers(0, width - wide)), int(rng.integers(0, height - high))
        cv2.rectangle(light, (x, y), (x + wide, y + high), (0.92,), -1)
        price = f"{int(rng.integers(1, 99))}.{int(rng.integers(10, 99))}"
        printed(light, [(price, (x + wide // 12, y + high // 2))], max(6, wide // 6), 0.1)
        _bars(rng, light, (x + wide // 2, y + 2 * high // 3), (wide // 3, high // 4))
    return light


def checks(rng: Rng, size: tuple[int, int]) -> Light:
    """Tiles, a chessboard, or squares by chance: a matrix code's texture without its finders."""
    width, height = size
    cell = int(rng.integers(4, 24))
    shape = (height // cell + 1, width // cell + 1)
    squares = np.indices(shape).sum(axis=0) % 2 if rng.random() < 0.4 else rng.integers(0, 2, shape)
    light = np.kron(squares, np.ones((cell, cell)))[:height, :width]
    return np.asarray(light * float(rng.uniform(0.4, 0.8)) + 0.1, np.float32)


def noise(rng: Rng, size: tuple[int, int]) -> Light:
    """Nothing but noise, coarse or fine, as of a sensor in the dark."""
    grain = int(rng.integers(1, 5))
    small = rng.uniform(0, 1, (size[1] // grain + 1, size[0] // grain + 1)).astype(np.float32)
    return np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_NEAREST), np.float32)


def _bars(rng: Rng, light: Light, at: tuple[int, int], size: tuple[int, int]) -> None:
    x = at[0]
    while x < at[0] + size[0]:
        wide = int(rng.integers(1, 6))
        cv2.rectangle(light, (x, at[1]), (x + wide, at[1] + size[1]), (0.1,), -1)
        x += wide + int(rng.integers(2, 7))
