"""Spreads the looks of the plan over a camera's frames; an empty frame costs hardly more than the cheapest look.

Apart from the still picture's walk, which may take its time over one picture; here time is short and pictures are many.
"""

from dataclasses import replace
from itertools import cycle, islice
from time import thread_time

from pos_client.scanner.agreement import Agreement
from pos_client.scanner.cascade import confirming, look_at, place_of
from pos_client.scanner.decoders.port import Decoder
from pos_client.scanner.frame import Corners, Detection, Frame
from pos_client.scanner.region import distance_from_centre
from pos_client.scanner.retries import Found, Retries
from pos_client.scanner.scenery import Scenery
from pos_client.scanner.stages import SEARCH
from pos_client.scanner.symbology import LIVE, SLOW, Symbologies
from pos_client.scanner.views import View, ViewName, Views

_FULL_ZXING = SEARCH[0]
_HALF_ZXING = replace(_FULL_ZXING, view=ViewName.HALF)
_LARGE = 1_300_000
"""Pixels of a frame whose half shows an easy code as well, at a quarter of the time."""

_PLACE_MARGIN = 0.5
_PLACE_LASTS_S = 1.0
_EVERY = 3
"""Every third frame is looked at as a whole although a code is being followed, and for the slow kinds too."""

_CONFIRMING_LOOKS = 2
_CONFIRMING_S = 0.03
"""CPU seconds in one frame after which no further code's confirmation is begun."""

_PATIENCE = 16
"""Looks that one code is given before the next one's turn."""

_MOST_CODES = 24
"""Nearest the middle of the picture: whoever shows a sheet of 200 codes means one of them."""

_TEXTS_REMEMBERED = 64


class LiveCascade:
    """Looks at the frames of one source, one after the other.

    Args:
        decoders: by name, those that this machine has.
        scenery: tells whether something moves; the worker keeps it up to date.
        symbologies: kinds in use.
    """

    def __init__(self, decoders: dict[str, Decoder], scenery: Scenery, symbologies: Symbologies = LIVE) -> None:
        self._decoders = decoders
        self._symbologies = symbologies
        self._turn = -1
        self._retries = Retries(SEARCH, decoders, scenery, symbologies)
        self._place: Corners = ()
        self._place_s = 0.0
        self._confirming_turn: dict[str, int] = {}

    def look(self, frame: Frame, agreement: Agreement) -> None:
        """Look at one frame as far as its time allows, and hand every reading to ``agreement``."""
        self._turn += 1
        views = Views(frame.grey)
        found = self._ordinary(frame, views)
        if not found:
            found = self._retries.look(frame, views)
        found = _nearest(found, frame)
        detections = [detection for detection, _ in found]
        agreement.add(frame.number, frame.monotonic_s, detections)
        if found:
            self._place = tuple(corner for detection in detections for corner in detection.corners)
            self._place_s = frame.monotonic_s
        self._confirm_all(frame, found, agreement)

    def _ordinary(self, frame: Frame, views: Views) -> list[Found]:
        """Look for the last code's place first, then at the whole frame; save up for the retries."""
        start_s = thread_time()
        whole = views[ViewName.FULL]
        if self._turn % _EVERY == 0:
            found = self._beside(frame, views) if self._follows(frame) else self._thorough(views)
        else:
            found = self._where_it_was(frame, whole) or self._quick(views)
        self._retries.save(thread_time() - start_s)
        return [(detection, whole) for detection in found]

    def _follows(self, frame: Frame) -> bool:
        return bool(self._place) and frame.monotonic_s - self._place_s <= _PLACE_LASTS_S

    def _beside(self, frame: Frame, views: Views) -> list[Detection]:
        """Look whether another code came in beside the one that is followed: mostly at half size."""
        if self._turn // _EVERY % _EVERY == 0:
            return self._thorough(views)
        found = look_at(views, _HALF_ZXING, self._decoders, self._symbologies)
        return found or self._where_it_was(frame, views[ViewName.FULL])

    def _quick(self, views: Views) -> list[Detection]:
        stage = _HALF_ZXING if views.grey.size > _LARGE else _FULL_ZXING
        return look_at(views, stage, self._decoders, self._symbologies - SLOW)

    def _thorough(self, views: Views) -> list[Detection]:
        """Look for every kind; in a large frame for the slow ones at half its size, where they are large enough."""
        if views.grey.size <= _LARGE:
            return look_at(views, _FULL_ZXING, self._decoders, self._symbologies)
        found = look_at(views, _FULL_ZXING, self._decoders, self._symbologies - SLOW)
        return found or look_at(views, _HALF_ZXING, self._decoders, self._symbologies & SLOW)

    def _where_it_was(self, frame: Frame, whole: View) -> list[Detection]:
        if not self._follows(frame):
            return []
        place = whole.cut(self._place, _PLACE_MARGIN)
        return look_at(place, _FULL_ZXING, self._decoders, self._symbologies)

    def _confirm_all(self, frame: Frame, found: list[Found], agreement: Agreement) -> None:
        """Confirm what is not believed yet, nearest the middle first; what proves stubborn makes way for others."""
        start_s = thread_time()
        waiting = [pair for pair in found if not agreement.believes(pair[0].text)]
        for detection, view in sorted(
            waiting, key=lambda pair: self._confirming_turn.get(pair[0].text, 0) // _PATIENCE
        ):
            if thread_time() - start_s > _CONFIRMING_S:
                return
            self._confirm(frame, view, detection, agreement)

    def _confirm(self, frame: Frame, view: View, found: Detection, agreement: Agreement) -> None:
        """Give one code's place a few other looks; the next frames give it the others."""
        place = place_of(view, found)
        # What was found at half size is confirmed on all of the frame's pixels.
        base = "" if found.stage == ViewName.HALF else found.stage
        stages = confirming(found)
        turn = self._confirming_turn.pop(found.text, 0)
        for stage in islice(cycle(stages), turn % len(stages), turn % len(stages) + _CONFIRMING_LOOKS):
            seen = look_at(place, stage, self._decoders, self._symbologies, base)
            agreement.add(frame.number, frame.monotonic_s, seen)
        if len(self._confirming_turn) >= _TEXTS_REMEMBERED:
            self._confirming_turn.clear()
        self._confirming_turn[found.text] = turn + _CONFIRMING_LOOKS


def _nearest(found: list[Found], frame: Frame) -> list[Found]:
    height, width = frame.grey.shape
    ordered = sorted(found, key=lambda pair: distance_from_centre(pair[0].corners, height, width))
    return ordered[:_MOST_CODES]
