"""What a person could do so that the code before the camera can be read.

Apart from the cascade, because none of it helps to read; and from the window, which only has the words.
"""

from enum import StrEnum
from math import hypot

import cv2
import numpy as np
from numpy.typing import NDArray

from pos_client.scanner.frame import Detection, Frame, Pixels
from pos_client.scanner.likely import LikelyPlace, likely_place
from pos_client.scanner.region import Region
from pos_client.scanner.scenery import Scenery

_DARK = 35.0
"""Mean grey level of a picture in which a camera's noise drowns the bars."""

_BRIGHT = 235.0
_BLURRED = 0.3
_SMALL = 0.25
"""Of the frame's shorter side: a code with fewer pixels has modules of one or two."""

_GLARING = 0.3
"""Of a place: a label's white margins make up to a quarter of it."""

_HELD_UP_S = 4.0
"""After something moved; whatever has not moved for longer is the counter, and nobody wants to hear of it."""

_UNREAD_S = 0.7
"""A code that is read at all is read sooner: nobody is told what to do about it."""

_STAYS_S = 1.2
"""Words that change faster cannot be read."""

_LOOK_GAP_S = 0.2
_RESTING = 0.08
"""Of the frame's shorter side: a hand that holds something moves it less from one look to the next."""

_STRANGE = 20.0
"""Grey levels by which a tenth of a place differs from the counter as it mostly looks, where something is held up."""

_LEARNS = 0.04
"""Of each look: what lies there for some ten seconds belongs to the counter."""


class Advice(StrEnum):
    """What is in the way; ``NONE`` while nothing is."""

    NONE = "none"
    TOO_DARK = "too-dark"
    GLARE = "glare"
    OUT_OF_FOCUS = "out-of-focus"
    TOO_FAR = "too-far"
    HOLD_STILL = "hold-still"
    CHANGING = "changing"


class Adviser:
    """Watches one source's frames and says one thing at a time, slowly enough to be read."""

    def __init__(self) -> None:
        self._said = Advice.NONE
        self._changed_s = float("-inf")
        self._wrong_since_s: float | None = None
        self._looked_s = float("-inf")
        self._seen = Advice.NONE
        self._backdrop = _Backdrop()
        self._place: LikelyPlace | None = None

    def advise(self, frame: Frame, codes: list[Detection], scenery: Scenery, *, flickers: bool) -> Advice:
        """Return what to tell now.

        Args:
            frame: as decoders saw it.
            codes: what was seen in it, believed or not.
            scenery: has watched this frame.
            flickers: one place shows now this text, now that.
        """
        now_s = frame.monotonic_s
        if flickers or any(code.believed for code in codes):
            self._wrong_since_s = None
            return self._say(Advice.CHANGING if flickers else Advice.NONE, now_s)
        wanted = self._lasting(Advice.HOLD_STILL if codes else self._in_the_way(frame, scenery), now_s)
        return self._say(wanted, now_s) if now_s - self._changed_s >= _STAYS_S else self._said

    def _lasting(self, advice: Advice, now_s: float) -> Advice:
        """Pass on only what has been in the way for a while."""
        if advice is Advice.NONE:
            self._wrong_since_s = None
        elif self._wrong_since_s is None:
            self._wrong_since_s = now_s
        is_lasting = self._wrong_since_s is not None and now_s - self._wrong_since_s >= _UNREAD_S
        return advice if is_lasting else Advice.NONE

    def _say(self, advice: Advice, now_s: float) -> Advice:
        if advice is not self._said:
            self._said, self._changed_s = advice, now_s
        return advice

    def _in_the_way(self, frame: Frame, scenery: Scenery) -> Advice:
        """Look again a few times a second only: this costs as much as a decoder's cheapest look."""
        if frame.monotonic_s - self._looked_s >= _LOOK_GAP_S:
            self._looked_s = frame.monotonic_s
            self._seen = self._exposure(scenery) or self._held_up(frame, scenery)
        return self._seen

    @staticmethod
    def _exposure(scenery: Scenery) -> Advice | None:
        if scenery.brightness < _DARK:
            return Advice.TOO_DARK
        return Advice.GLARE if scenery.brightness > _BRIGHT else None

    def _held_up(self, frame: Frame, scenery: Scenery) -> Advice:
        """Say what is wrong with something that was brought before the camera and has come to rest there."""
        strange = self._backdrop.strangeness(scenery.small)
        before, self._place = self._place, None
        if scenery.is_fast or strange is None or scenery.quiet_s(frame.monotonic_s) > _HELD_UP_S:
            return Advice.NONE
        self._place = place = likely_place(frame.grey)
        shorter_side = min(frame.grey.shape)
        if place is None or before is None or _way_between(before.region, place.region) > _RESTING * shorter_side:
            return Advice.NONE
        if float(np.percentile(_at_an_eighth(place.region).crop(strange), 90)) < _STRANGE:
            return Advice.NONE
        return _wrong_with(place, shorter_side)


class _Backdrop:
    """The counter as it mostly looks: its mat and its edges are nobody's code, however blurred."""

    def __init__(self) -> None:
        self._mean: NDArray[np.float32] | None = None

    def strangeness(self, small: Pixels | None) -> Pixels | None:
        """Return how far each pixel is from its usual self, and take the picture into the usual."""
        if small is None:
            return None
        if self._mean is None or self._mean.shape != small.shape:
            self._mean = small.astype(np.float32)
        usual = cv2.convertScaleAbs(self._mean)
        cv2.accumulateWeighted(small, self._mean, _LEARNS)
        return np.asarray(cv2.absdiff(small, usual), np.uint8)


def _at_an_eighth(region: Region) -> Region:
    return Region(region.left // 8, region.top // 8, region.right // 8 + 1, region.bottom // 8 + 1)


def _way_between(one: Region, other: Region) -> float:
    across = (one.left + one.right - other.left - other.right) / 2
    down = (one.top + one.bottom - other.top - other.bottom) / 2
    return hypot(across, down)


def _wrong_with(place: LikelyPlace, shorter_side: int) -> Advice:
    region = place.region
    if max(region.right - region.left, region.bottom - region.top) < _SMALL * shorter_side:
        return Advice.TOO_FAR
    if place.sharpness < _BLURRED:
        return Advice.OUT_OF_FOCUS
    return Advice.GLARE if place.glare > _GLARING else Advice.NONE
