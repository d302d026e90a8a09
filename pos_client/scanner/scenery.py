"""Whether anything moves before the camera, and how fast: costly looks are for that only, and not while it smears.

Apart from the cascade and the worker, which both ask.
"""

import cv2
import numpy as np

from pos_client.scanner.frame import Frame, Pixels

_MOVED = 4.0
"""Mean difference of two frames, in grey levels of 256, above a camera's noise (about 2 at an eighth of the size)."""

_FAST = 12.0
"""Mean difference with which a hand is still on its way: what it holds is a smear."""


class Scenery:
    """Compares each frame with the one before, at an eighth of the size (a quarter of a millisecond)."""

    def __init__(self) -> None:
        self.is_fast = False
        self._before: Pixels | None = None
        self._moved_s: float | None = None

    def watch(self, frame: Frame) -> None:
        """Take note of a frame."""
        height, width = frame.grey.shape
        size = (max(1, width // 8), max(1, height // 8))
        small = np.asarray(cv2.resize(frame.grey, size, interpolation=cv2.INTER_AREA), np.uint8)
        before, self._before = self._before, small
        is_comparable = before is not None and before.shape == small.shape
        difference = self._mean_difference(before, small) if is_comparable and before is not None else None
        self.is_fast = difference is not None and difference > _FAST
        if difference is None or difference > _MOVED:
            self._moved_s = frame.monotonic_s

    def wake(self, monotonic_s: float) -> None:
        """Count a code in view as movement: a still hand holds it."""
        self._moved_s = monotonic_s

    def quiet_s(self, now_s: float) -> float:
        """Give the seconds since something last moved or a code was seen."""
        return 0.0 if self._moved_s is None else now_s - self._moved_s

    @property
    def small(self) -> Pixels | None:
        """The last frame at an eighth of the size."""
        return self._before

    @property
    def brightness(self) -> float:
        """Mean grey level of the last frame."""
        return 0.0 if self._before is None else float(np.mean(self._before))

    @staticmethod
    def _mean_difference(before: Pixels, small: Pixels) -> float:
        return float(np.mean(cv2.absdiff(before, small)))
