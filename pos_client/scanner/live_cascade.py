"""Spreads the looks of the plan over a camera's frames; an empty frame costs hardly more than the cheapest look.

Apart from the still picture's walk, which may take its time over one picture; here time is short and pictures are many.
"""

from itertools import cycle, islice
from time import thread_time

from pos_client.scanner.agreement import Agreement
from pos_client.scanner.cascade import confirming, look_at, place_of
from pos_client.scanner.decoders.port import Decoder
from pos_client.scanner.frame import Corners, Detection, Frame
from pos_client.scanner.scenery import Scenery
from pos_client.scanner.stages import SEARCH, Stage
from pos_client.scanner.symbology import LIVE, SLOW, Symbologies
from pos_client.scanner.views import View, ViewName, Views

_FULL_ZXING, *_RETRIES = SEARCH
_PLACE_MARGIN = 0.5
_PLACE_LASTS_S = 1.0
_EVERY = 3
"""Every third frame is looked at as a whole although a code is being followed, and for the slow kinds too."""

_CONFIRMING_LOOKS = 2
_TEXTS_REMEMBERED = 64
_ATTENTIVE_S = 3.0
"""How long after something moved each frame gets a retry stage: whoever holds up a code moves."""

_RETRY_SHARE = 0.25
"""Of the time of the ordinary looks, saved up for retries while nothing moves."""


class LiveCascade:
    """Looks at the frames of one source, one after the other.

    Args:
        decoders: by name, those that this machine has.
        scenery: tells whether something moves; the worker keeps it up to date.
        symbologies: kinds in use.
    """

    def __init__(self, decoders: dict[str, Decoder], scenery: Scenery, symbologies: Symbologies = LIVE) -> None:
        self._decoders = decoders
        self._scenery = scenery
        self._symbologies = symbologies
        self._turn = -1
        self._retries = cycle(_RETRIES)
        self._saved_s = 0.0
        self._place: Corners = ()
        self._place_s = 0.0
        self._confirming_turn: dict[str, int] = {}

    def look(self, frame: Frame, agreement: Agreement) -> None:
        """Look at one frame as far as its time allows, and hand every reading to ``agreement``."""
        self._turn += 1
        views = Views(frame.grey)
        found, stage = self._ordinary(frame, views), _FULL_ZXING
        if not found and (retry := self._affordable_retry(frame)) is not None:
            found, stage = look_at(views, retry, self._decoders, self._symbologies), retry
        agreement.add(frame.number, frame.monotonic_s, found)
        if found:
            self._place = tuple(corner for detection in found for corner in detection.corners)
            self._place_s = frame.monotonic_s
        for detection in found:
            if not agreement.believes(detection.text):
                self._confirm(frame, views[stage.view], detection, agreement)

    def _ordinary(self, frame: Frame, views: Views) -> list[Detection]:
        """Look for the last code's place first, then at the whole frame; save up for the retries."""
        start_s = thread_time()
        whole_turn = self._turn % _EVERY == 0
        found = [] if whole_turn else self._where_it_was(frame, views[ViewName.FULL])
        if not found:
            kinds = self._symbologies if whole_turn else self._symbologies - SLOW
            found = look_at(views, _FULL_ZXING, self._decoders, kinds)
        self._saved_s += _RETRY_SHARE * (thread_time() - start_s)
        return found

    def _where_it_was(self, frame: Frame, whole: View) -> list[Detection]:
        if not self._place or frame.monotonic_s - self._place_s > _PLACE_LASTS_S:
            return []
        place = whole.cut(self._place, _PLACE_MARGIN)
        return look_at(place, _FULL_ZXING, self._decoders, self._symbologies)

    def _affordable_retry(self, frame: Frame) -> Stage | None:
        retry = next(self._retries)
        if self._scenery.quiet_s(frame.monotonic_s) <= _ATTENTIVE_S:
            return retry
        expected_s = retry.ms_per_megapixel * frame.grey.size / 1e9
        if expected_s > self._saved_s:
            return None
        self._saved_s -= expected_s
        return retry

    def _confirm(self, frame: Frame, view: View, found: Detection, agreement: Agreement) -> None:
        """Give one code's place a few other looks; the next frames give it the others."""
        place = place_of(view, found)
        stages = confirming(found)
        turn = self._confirming_turn.pop(found.text, 0)
        for stage in islice(cycle(stages), turn % len(stages), turn % len(stages) + _CONFIRMING_LOOKS):
            seen = look_at(place, stage, self._decoders, self._symbologies, found.stage)
            agreement.add(frame.number, frame.monotonic_s, seen)
        if len(self._confirming_turn) >= _TEXTS_REMEMBERED:
            self._confirming_turn.clear()
        self._confirming_turn[found.text] = turn + _CONFIRMING_LOOKS
