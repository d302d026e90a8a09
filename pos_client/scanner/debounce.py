"""One scan for one showing of a code, however many frames saw it; one place never tells two texts at a time.

Apart from ``agreement``, which asks whether a text is right; this asks whether it is news.
"""

from dataclasses import dataclass
from math import hypot

import cv2
import numpy as np

from pos_client.scanner.frame import Corners, Detection
from pos_client.scanner.region import distance_from_centre

_NEAR_PX = 8.0
_NEAR = 0.2
"""Of the shorter side: two readings of one code do not have quite the same corners."""

_THIN = 0.08
_NEAR_THIN = 0.25
"""Of the longest side, around an outline that is one scan line: part of a tilted code is read at its very edge, where
no scan line crosses all of it, and the whole code's outline ends before."""


@dataclass(slots=True)
class _Showing:
    code: Detection
    begun_s: float
    seen_s: float
    told_s: float | None = None


class Debounce:
    """Tells each showing of a code once.

    Args:
        gone_s: a code out of sight for so long is shown anew when it comes back.
        again_s: the same text is told at most once in this time; one that is back sooner is told when it is over, if
            it is still held up then (UX 1.5, rule 10).
        swap_s: in the place of a code that was told, another one is told only after the first was not seen for so
            long: a display that flickers between two codes is one showing of the first.
    """

    def __init__(self, gone_s: float = 1.5, again_s: float = 2.0, swap_s: float = 0.6) -> None:
        self._gone_s = gone_s
        self._again_s = again_s
        self._swap_s = swap_s
        self._showings: dict[str, _Showing] = {}
        self._told_s: dict[str, float] = {}
        self.flickers = False

    def news(self, monotonic_s: float, codes: list[Detection], height: int, width: int) -> list[Detection]:
        """Return the believed codes that were not told yet, nearest the middle of the picture first.

        ``flickers`` tells afterwards whether a believed code was held back because it takes turns with another one.

        Args:
            monotonic_s: when the frame was taken.
            codes: what is in view, believed or not; an unbelieved sighting keeps a showing alive all the same.
            height: of the frame, in pixels.
            width: of the frame, in pixels.
        """
        self._forget(monotonic_s)
        self.flickers = False
        for code in codes:
            showing = self._showings.setdefault(code.text, _Showing(code, monotonic_s, monotonic_s))
            showing.code, showing.seen_s = code, monotonic_s
        fresh = []
        for code in sorted(codes, key=lambda code: distance_from_centre(code.corners, height, width)):
            if code.believed and self._is_news(monotonic_s, code):
                self._showings[code.text].told_s = self._told_s[code.text] = monotonic_s
                fresh.append(code)
        return fresh

    def shown_s(self, text: str, now_s: float) -> float:
        """Give the seconds since this showing of a text began; 0 for one that is not in view."""
        showing = self._showings.get(text)
        return 0.0 if showing is None else now_s - showing.begun_s

    def _is_news(self, now_s: float, code: Detection) -> bool:
        if self._showings[code.text].told_s is not None or code.text in self._told_s:
            return False
        occupants = [showing for showing in self._showings.values() if self._occupies(showing, code, now_s)]
        begun_s = self._showings[code.text].begun_s
        self.flickers |= any(begun_s < occupant.seen_s for occupant in occupants)
        return not occupants

    def _occupies(self, showing: _Showing, code: Detection, now_s: float) -> bool:
        """Tell whether another code was told in this place and is not gone from it yet."""
        is_there = showing.told_s is not None and now_s - showing.seen_s <= self._swap_s
        return is_there and showing.code.text != code.text and share_a_place(showing.code.corners, code.corners)

    def _forget(self, now_s: float) -> None:
        for text, showing in list(self._showings.items()):
            if now_s - showing.seen_s > self._gone_s:
                del self._showings[text]
        for text, told_s in list(self._told_s.items()):
            if now_s - told_s > self._again_s:
                del self._told_s[text]


def share_a_place(one: Corners, other: Corners) -> bool:
    """Tell whether two outlines are of one code: the middle of either lies in the other, or hardly outside."""
    sides = [_sides(one), _sides(other)]
    near_px = max(_NEAR_PX, _NEAR * min(shorter for shorter, _ in sides))
    if any(shorter < _THIN * longer for shorter, longer in sides):
        near_px = max(near_px, _NEAR_THIN * max(longer for _, longer in sides))
    return _holds(one, other, near_px) or _holds(other, one, near_px)


def _holds(outline: Corners, other: Corners, near_px: float) -> bool:
    middle_x = sum(x for x, _ in other) / len(other)
    middle_y = sum(y for _, y in other) / len(other)
    polygon = np.array(outline, np.float32)
    return cv2.pointPolygonTest(polygon, (middle_x, middle_y), measureDist=True) >= -near_px


def _sides(corners: Corners) -> tuple[float, float]:
    """Give the shortest and the longest side in pixels."""
    following = (*corners[1:], corners[0])
    lengths = [hypot(to_x - x, to_y - y) for (x, y), (to_x, to_y) in zip(corners, following, strict=True)]
    return min(lengths), max(lengths)
