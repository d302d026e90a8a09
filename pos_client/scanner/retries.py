"""The costly looks of the plan, a slice for each frame: where something is that may be a code, and as time allows.

Apart from the frame's ordinary look, which is always taken; these wait for a hand that holds still and for saved time.
"""

from collections.abc import Sequence
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

_SLICE_S = 0.025
"""CPU seconds of a frame's slice; with the ordinary look a camera's 30 pictures a second are all seen at 720p."""

_QUIET_SHARE = 0.25
"""Of the time of the ordinary looks, saved up while nothing moves."""

_MOST_SAVED_S = 0.1
_LONGEST_S = 0.12
"""A code that comes into view meanwhile must not wait longer: dearer stages look at a part of the picture."""

_MARGIN = 0.15
_BLURRED = 0.6
"""Of the sharpest lately: a frame in which the hand shook is not worth a costly look."""

_PATIENCE = 3
"""Frames in a row that may be passed over as smeared; some hands never come to rest."""

_FORGETS = 0.9


class Retries:
    """Walks the plan's later stages, on and on, a slice for each frame.

    Args:
        stages: in the order of their worth.
        decoders: by name, those that this machine has.
        scenery: tells whether something moves; the worker keeps it up to date.
        symbologies: kinds in use.
    """

    def __init__(
        self, stages: Sequence[Stage], decoders: dict[str, Decoder], scenery: Scenery, symbologies: Symbologies
    ) -> None:
        usable = [stage for stage in stages if stage.decoder in decoders and stage.kinds & symbologies]
        # First all looks at the likely place, which are cheap; then at the whole frame, since some codes do not stand
        # out and some things that stand out are no codes.
        self._plan = [(stage, True) for stage in usable] + [(stage, False) for stage in usable]
        self._decoders = decoders
        self._scenery = scenery
        self._symbologies = symbologies
        self._next = 0
        self._saved_s = 0.0
        self._passed_over = 0
        self._sharpest = 0.0

    def save(self, ordinary_s: float) -> None:
        """Put something by of the time that a frame's ordinary look took."""
        self._saved_s = min(_MOST_SAVED_S, self._saved_s + _QUIET_SHARE * ordinary_s)

    def look(self, frame: Frame, views: Views) -> list[Found]:
        """Take the next looks at a frame in which the ordinary one found nothing, until one does or time is up."""
        is_attentive = self._scenery.quiet_s(frame.monotonic_s) <= _ATTENTIVE_S
        if is_attentive:
            self._saved_s = min(_MOST_SAVED_S, self._saved_s + _SLICE_S)
        if not self._plan or self._saved_s <= 0:
            return []
        start_s = thread_time()
        place = likely_place(frame.grey)
        found = [] if is_attentive and self._is_smeared(place) else self._slice(views, place, start_s)
        self._saved_s -= thread_time() - start_s
        return found

    def _slice(self, views: Views, place: LikelyPlace | None, start_s: float) -> list[Found]:
        """Go on with the plan where the last frame left off; the last look may take more than was saved."""
        cut = None if place is None else _cut(views, place.region)
        for _ in range(len(self._plan)):
            stage, is_for_place = self._plan[self._next]
            self._next = (self._next + 1) % len(self._plan)
            if is_for_place and cut is None:
                continue
            target = cut if is_for_place and cut is not None else _affordable(views, stage)
            found = look_at(target, stage, self._decoders, self._symbologies)
            if found or thread_time() - start_s >= self._saved_s:
                return [(detection, target[stage.view]) for detection in found]
        return []

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
