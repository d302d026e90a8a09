"""What a person could do so that the code before the camera can be read.

Apart from the cascade, because none of it helps to read; and from the window, which only has the words.
"""

from enum import StrEnum

from pos_client.scanner.frame import Detection, Frame
from pos_client.scanner.likely import LikelyPlace, likely_place
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
            self._seen = _in_the_way(frame, scenery)
        return self._seen


def _in_the_way(frame: Frame, scenery: Scenery) -> Advice:
    if scenery.brightness < _DARK:
        return Advice.TOO_DARK
    if scenery.brightness > _BRIGHT:
        return Advice.GLARE
    if scenery.quiet_s(frame.monotonic_s) > _HELD_UP_S:
        return Advice.NONE
    place = likely_place(frame.grey)
    if place is None:
        return Advice.NONE
    return Advice.HOLD_STILL if scenery.is_fast else _wrong_with(place, min(frame.grey.shape))


def _wrong_with(place: LikelyPlace, shorter_side: int) -> Advice:
    region = place.region
    if max(region.right - region.left, region.bottom - region.top) < _SMALL * shorter_side:
        return Advice.TOO_FAR
    if place.sharpness < _BLURRED:
        return Advice.OUT_OF_FOCUS
    return Advice.GLARE if place.glare > _GLARING else Advice.NONE
