"""The costly looks of the plan, a slice for each frame: where something is that may be a code, and as time allows.

Apart from the frame's ordinary look, which is always taken; these wait for a hand that holds still and for saved time.
"""

from collections.abc import Callable, Sequence
from math import sqrt
from time import thread_time

from pos_client.scanner.cascade import look_at
from pos_client.scanner.decoders.port import Decoder
from pos_client.scanner.frame import Detection, Frame
from pos_client.scanner.likely import LikelyPlace, likely_place
from pos_client.scanner.region import Region
from pos_client.scanner.scenery import Scenery
from pos_client.scanner.stages import Stage
from pos_client.scanner.symbology import Symbologies
from pos_client.scanner.views import View, ViewName, Views

Found = tuple[Detection, View]
"""A detection, and the view of the picture or place on which it was made."""

_ATTENTIVE_S = 3.0
"""How long after something moved each frame gets its slice: whoever holds up a code moves."""

_SLICE_S = 0.02
"""CPU seconds of a frame's slice; with the ordinary look a camera's 30 pictures a second are all seen at 720p."""

_QUIET_SHARE = 0.25
"""Of the time of the ordinary looks, saved up for looks at the whole frame and while nothing moves."""

_MOST_SAVED_S = 0.1
_LONGEST_S = 0.06
"""A code that comes into view meanwhile must not wait longer: dearer stages look at a part of the picture."""

_MARGIN = 0.15
_BLURRED = 0.6
"""Of the sharpest lately: a frame in which the hand shook is not worth a costly look."""

_PATIENCE = 3
"""Frames in a row that may be passed over as smeared; some hands never come to rest."""

_FORGETS = 0.9


class _Walk:
    """Goes round a plan, as far as there is time, and later on from there."""

    def __init__(self, stages: Sequence[Stage], decoders: dict[str, Decoder], symbologies: Symbologies) -> None:
        self._stages = [stage for stage in stages if stage.decoder in decoders and stage.kinds & symbologies]
        self._decoders = decoders
        self._symbologies = symbologies
        self._next = 0

    def on(self, target: Callable[[Stage], Views], most_s: float) -> list[Found]:
        """Look until something is found, the plan is round once, or time is up; the last look may take longer."""
        start_s = thread_time()
        for _ in self._stages:
            if thread_time() - start_s >= most_s:
                break
            stage = self._stages[self._next]
            self._next = (self._next + 1) % len(self._stages)
            views = target(stage)
            found = look_at(views, stage, self._decoders, self._symbologies)
            if found:
                return [(detection, views[stage.view]) for detection in found]
        return []


class Retries:
    """Walks the plan on and on, a slice for each frame: at the place that stands out, and at the whole frame.

    Some codes do not stand out, and some things that stand out are no codes: the whole frame is looked at in any case,
    but seldom while there is a place, so that a code that comes into view does not wait for a costly look elsewhere.

    Args:
        stages: in the order of their worth; the first is the frame's ordinary look.
        decoders: by name, those that this machine has.
        scenery: tells whether something moves; the worker keeps it up to date.
        symbologies: kinds in use.
    """

    def __init__(
        self, stages: Sequence[Stage], decoders: dict[str, Decoder], scenery: Scenery, symbologies: Symbologies
    ) -> None:
        self._at_place = _Walk(stages, decoders, symbologies)
        self._at_whole = _Walk(stages[1:], decoders, symbologies)
        self._scenery = scenery
        self._slice_s = 0.0
        self._saved_s = 0.0
        self._passed_over = 0
        self._sharpest = 0.0

    def save(self, ordinary_s: float) -> None:
        """Put something by of the time that a frame's ordinary look took."""
        self._saved_s = min(_MOST_SAVED_S, self._saved_s + _QUIET_SHARE * ordinary_s)

    def look(self, frame: Frame, views: Views) -> list[Found]:
        """Take the next looks at a frame in which the ordinary one found nothing."""
        is_attentive = self._scenery.quiet_s(frame.monotonic_s) <= _ATTENTIVE_S
        self._slice_s = min(_SLICE_S, self._slice_s + _SLICE_S) if is_attentive else min(0.0, self._slice_s)
        if self._slice_s <= 0 and self._saved_s <= 0:
            return []
        start_s = thread_time()
        place = likely_place(frame.grey)
        is_smeared = is_attentive and self._is_smeared(place)
        self._pay(thread_time() - start_s)
        return [] if is_smeared else self._walk(views, place)

    def _walk(self, views: Views, place: LikelyPlace | None) -> list[Found]:
        """Look at the place first, at the whole frame with what was saved, or with all there is where no place is."""
        found: list[Found] = []
        if place is not None:
            cut = _cut(views, place.region)
            start_s = thread_time()
            found = self._at_place.on(lambda _: cut, self._slice_s if self._slice_s > 0 else self._saved_s)
            self._pay(thread_time() - start_s)
        most_s = self._saved_s if place is not None else max(self._slice_s, self._saved_s)
        if not found and most_s > 0:
            start_s = thread_time()
            found = self._at_whole.on(lambda stage: _affordable(views, stage), most_s)
            spent_s = thread_time() - start_s
            if place is None:
                self._pay(spent_s)
            else:
                self._saved_s -= spent_s
        return found

    def _pay(self, spent_s: float) -> None:
        """Take it from this frame's slice where there is one, else from what was saved."""
        if self._slice_s > 0:
            self._slice_s -= spent_s
        else:
            self._saved_s -= spent_s

    def _is_smeared(self, place: LikelyPlace | None) -> bool:
        """Tell whether a frame should be passed over because the next ones will be sharper."""
        sharpness = 0.0 if place is None else place.sharpness
        is_smeared = self._scenery.is_fast or sharpness < _BLURRED * self._sharpest
        self._sharpest = max(sharpness, _FORGETS * self._sharpest)
        self._passed_over = self._passed_over + 1 if is_smeared else 0
        if self._passed_over > _PATIENCE:
            self._passed_over = 0
            return False
        return is_smeared


def _cut(views: Views, region: Region) -> Views:
    corners = ((region.left, region.top), (region.right, region.top), (region.right, region.bottom))
    return views[ViewName.FULL].cut(corners, _MARGIN)


def _affordable(views: Views, stage: Stage) -> Views:
    """Give the whole frame, or as much of its middle as can be looked at in time."""
    height, width = views.grey.shape
    expected_s = stage.ms_per_megapixel * views.grey.size / 1e9
    if expected_s <= _LONGEST_S:
        return views
    kept = sqrt(_LONGEST_S / expected_s)
    aside_x, aside_y = int(width * (1 - kept) / 2), int(height * (1 - kept) / 2)
    return views[ViewName.FULL].cut(((aside_x, aside_y), (width - aside_x, height - aside_y)), 0.0)
