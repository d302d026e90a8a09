"""Synthetic films of a counter with the truth: which code is in view when. Any size, rate and length, from a seed.

Apart from the pictures, which are harder; a film asks whether each showing of a readable code is told once, and soon.
A frame of 1280 x 720 takes some 3 ms to make, so that an hour of film is a matter of minutes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, exp, hypot
from typing import NamedTuple

import cv2
import numpy as np

from pos_client.scanner.frame import Pixels
from pos_client.scanner.symbology import Symbology
from tests.scan_set.film_cards import Patch
from tests.scan_set.film_moves import Move

_SHUTTER = 0.4
"""Of a frame's time the sensor is exposed: what moves is smeared over so much of its way."""

_NOISE_SIGMA = 3.5
_SETTLING_S = 0.25


class FilmFrame(NamedTuple):
    """One frame.

    Attributes:
        bgr: (height, width, 3).
        t_s: seconds from the film's beginning.
        in_view: texts of the codes that are whole in the frame, quiet zone included, sharp or not.
    """

    bgr: Pixels
    t_s: float
    in_view: frozenset[str]


@dataclass(frozen=True, slots=True)
class Showing:
    """One code held before the camera once: exactly one scan is due (one for each text, where there are two).

    Attributes:
        texts: what it says; two where it flickers between two texts.
        symbology: what kind it is.
        appears_s: the card sets out from outside the frame.
        whole_s: time of the first frame with the whole code in it.
        steady_s: the hand has arrived; until then the code is smeared by its movement.
        leaving_s: the hand sets out again.
        last_s: time of the last frame with the whole code in it.
    """

    texts: tuple[str, ...]
    symbology: Symbology
    appears_s: float
    whole_s: float
    steady_s: float
    leaving_s: float
    last_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Actor:
    """Something that moves through a film.

    Attributes:
        move: where it is when.
        patches: what it looks like; several take turns.
        texts: what each patch says; empty without a code.
        symbology: of its codes.
        exposure: factor on the light when it appears; the camera settles to 1 in half a second.
        turn_s: how long each patch is shown.
    """

    move: Move
    patches: tuple[Patch, ...]
    texts: tuple[str, ...] = ()
    symbology: Symbology = Symbology.QR_CODE
    exposure: float = 1.0
    turn_s: float = 0.2

    def turn(self, t_s: float) -> int:
        """Which patch is shown."""
        return int((t_s - self.move.appears_s) / self.turn_s) % len(self.patches)


@dataclass(frozen=True, slots=True, eq=False)
class Film:
    """A film that is made while it is watched.

    Attributes:
        width: in pixels.
        height: in pixels.
        fps: frames a second.
        duration_s: how long it is.
        seed: of its background and noise.
        actors: what moves, in the order of appearance.
    """

    width: int
    height: int
    fps: float
    duration_s: float
    seed: int
    actors: tuple[Actor, ...]

    @property
    def frame_count(self) -> int:
        """How many frames there are."""
        return int(self.duration_s * self.fps)

    def showings(self) -> tuple[Showing, ...]:
        """Every showing of a code whose whole is in at least one frame, in the order of appearance."""
        shown = (self._showing(actor) for actor in self.actors if actor.texts)
        return tuple(showing for showing in shown if showing is not None)

    def __iter__(self) -> Iterator[FilmFrame]:
        """Make the frames, the same on every run."""
        camera = _Camera(self)
        coming = sorted(self.actors, key=lambda actor: actor.move.appears_s)
        present: list[Actor] = []
        for number in range(self.frame_count):
            t_s = number / self.fps
            while coming and coming[0].move.appears_s <= t_s:
                present.append(coming.pop(0))
            present = [actor for actor in present if actor.move.is_there(t_s)]
            texts = (actor.texts[actor.turn(t_s)] for actor in present if self._whole(actor, t_s))
            yield FilmFrame(camera.take(present, t_s), t_s, frozenset(texts))

    def _whole(self, actor: Actor, t_s: float) -> bool:
        corners = actor.move.placed(actor.patches[0].code, t_s)
        inside = (corners >= 0) & (corners <= np.array([self.width, self.height]))
        return bool(actor.texts) and bool(inside.all())

    def _showing(self, actor: Actor) -> Showing | None:
        first, last = ceil(actor.move.appears_s * self.fps), ceil(actor.move.gone_s * self.fps)
        times = [number / self.fps for number in range(first, min(last, self.frame_count))]
        whole = [t_s for t_s in times if self._whole(actor, t_s)]
        if not whole:
            return None
        texts, move = tuple(dict.fromkeys(actor.texts)), actor.move
        return Showing(texts, actor.symbology, move.appears_s, whole[0], move.steady_s, move.leaving_s, whole[-1])


class _Camera:
    """A counter's background, what is before it, the exposure and the sensor's noise."""

    def __init__(self, film: Film) -> None:
        self._rng = np.random.default_rng(film.seed)
        self._shape = (film.height, film.width)
        self._exposed_s = _SHUTTER / film.fps
        self._counter = _counter(self._rng, film.width, film.height)
        noise = self._rng.standard_normal((film.height + 64, film.width + 64), np.float32) * _NOISE_SIGMA + 128
        self._noise = np.clip(noise, 0, 255).astype(np.uint8)
        levels = np.arange(256, dtype=np.float32)
        self._tint = [np.clip(levels * part, 0, 255).astype(np.uint8) for part in (0.94, 1.0, 1.03)]

    def take(self, present: list[Actor], t_s: float) -> Pixels:
        grey = self._counter.copy()
        gain = 1.0
        for actor in present:
            self._paste(grey, actor, t_s)
            gain *= 1 + (actor.exposure - 1) * exp(-(t_s - actor.move.appears_s) / _SETTLING_S)
        top, left = (int(number) for number in self._rng.integers(0, 64, 2))
        height, width = self._shape
        noise = self._noise[top : top + height, left : left + width]
        seen = cv2.addWeighted(grey, gain, noise, 1.0, -128.0)
        return np.asarray(cv2.merge([cv2.LUT(seen, tint) for tint in self._tint]), np.uint8)

    def _paste(self, grey: Pixels, actor: Actor, t_s: float) -> None:
        patch = actor.patches[actor.turn(t_s)]
        speed = actor.move.speed(t_s)
        smear = hypot(*speed) * self._exposed_s
        high, wide = patch.light.shape
        reach = hypot(high, wide) / 2 + smear + 2
        (x, y), (rows, columns) = actor.move.middle(t_s), self._shape
        left, right = max(0, int(x - reach)), min(columns, int(x + reach))
        top, bottom = max(0, int(y - reach)), min(rows, int(y + reach))
        if left >= right or top >= bottom:
            return
        matrix = np.asarray(cv2.getRotationMatrix2D((wide / 2, high / 2), -actor.move.degrees, 1.0), np.float64)
        matrix[:, 2] += np.array([x - wide / 2 - left, y - high / 2 - top])
        layers = [
            _smeared(cv2.warpAffine(layer, matrix, (right - left, bottom - top)), speed, smear)
            for layer in (patch.light, patch.cover)
        ]
        place = grey[top:bottom, left:right]
        behind = cv2.multiply(place, cv2.bitwise_not(layers[1]), scale=1 / 255)
        cv2.add(behind, layers[0], dst=place)


def _smeared(layer: cv2.typing.MatLike, speed: tuple[float, float], smear: float) -> cv2.typing.MatLike:
    if smear < 1.5:
        return layer
    side = min(121, 2 * ceil(smear / 2) + 1)
    kernel = np.zeros((side, side), np.uint8)
    middle, share = side // 2, min(smear, side - 1) / 2 / hypot(*speed)
    reach = (round(speed[0] * share), round(speed[1] * share))
    cv2.line(kernel, (middle - reach[0], middle - reach[1]), (middle + reach[0], middle + reach[1]), (255,), 1)
    weights = kernel.astype(np.float32)
    return cv2.filter2D(layer, -1, weights / weights.sum(), borderType=cv2.BORDER_REPLICATE)


def _counter(rng: np.random.Generator, width: int, height: int) -> Pixels:
    """A counter out of focus, with an edge and a mat on it."""
    coarse = rng.integers(70, 170, (max(2, height // 60), max(2, width // 60)), dtype=np.uint8)
    broad = np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)
    cv2.rectangle(broad, (width // 8, height // 3), (width // 3, height), (60,), -1)
    cv2.line(broad, (0, height // 5), (width, height // 4), (200,), max(2, height // 90))
    return np.asarray(cv2.GaussianBlur(broad, (0, 0), height / 240), np.uint8)
