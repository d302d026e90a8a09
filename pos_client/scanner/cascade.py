"""Walks the plan of stages over a still picture, and asks after each look whether that is enough.

Apart from the plan (``stages``), from what counts as proof (``agreement``) and from the camera's walk
(``live_cascade``), which spreads the same looks over frames.
"""

from time import thread_time

from pos_client.scanner.agreement import Agreement
from pos_client.scanner.decoders.port import Decoder
from pos_client.scanner.frame import Detection, Pixels
from pos_client.scanner.stages import CONFIRM, SEARCH, Stage, TimeBudget
from pos_client.scanner.symbology import Symbologies
from pos_client.scanner.views import View, ViewName, Views

_MARGIN = 0.25
"""Of a code's longer side, kept around it when only its place is looked at: decoders want the quiet zone."""


def look_at(
    views: Views, stage: Stage, decoders: dict[str, Decoder], symbologies: Symbologies, base: str = ""
) -> list[Detection]:
    """Let one stage look at one picture or place.

    Args:
        views: the views to choose from.
        stage: who looks at which view; a missing decoder sees nothing.
        decoders: by name.
        symbologies: kinds in use.
        base: stage that found the place which ``views`` are of, for the detections' names.

    Returns:
        Detections with corners in the whole picture, none of them believed yet.
    """
    decoder = decoders.get(stage.decoder)
    kinds = stage.kinds & symbologies
    if decoder is None or not kinds:
        return []
    view = views[stage.view]
    name = stage_name(base, stage.view)
    return [
        Detection(
            reading.text,
            reading.symbology,
            view.in_picture(reading.corners),
            decoder.name,
            name,
            guessed=reading.guessed,
        )
        for reading in decoder.read(view.grey, kinds)
    ]


def stage_name(base: str, view: ViewName) -> str:
    """Name a view of a view: ``turned+soft``; a view of the whole picture goes by its own name."""
    parts = [part for part in (base, str(view)) if part and part != ViewName.FULL]
    return "+".join(parts) or str(ViewName.FULL)


def place_of(view: View, found: Detection) -> Views:
    """Cut the place of a detection out of the view on which it was found."""
    return view.cut(found.corners, _MARGIN)


def confirming(found: Detection) -> list[Stage]:
    """Give the stages that can confirm a detection; a view of the same view again would show hardly other pixels."""
    return [stage for stage in CONFIRM if stage.view == ViewName.FULL or stage.view not in found.stage.split("+")]


class StillCascade:
    """Looks at one still picture with every stage until what was found is believed.

    Args:
        decoders: by name, those that this machine has.
        symbologies: kinds in use.
        limit_s: CPU seconds that one picture may take.
    """

    def __init__(self, decoders: dict[str, Decoder], symbologies: Symbologies, limit_s: float) -> None:
        self._decoders = decoders
        self._symbologies = symbologies
        self._limit_s = limit_s

    def read(self, grey: Pixels) -> list[Detection]:
        """Return every code found in (height, width) pixels, believed or not."""
        budget = TimeBudget(self._limit_s)
        agreement = Agreement()
        views = Views(grey)
        confirmed: set[str] = set()
        for stage in SEARCH:
            found = self._look(views, stage, budget)
            agreement.add(0, 0.0, found)
            for detection in found:
                if detection.text not in confirmed and not agreement.believes(detection.text):
                    confirmed.add(detection.text)
                    self._confirm(views[stage.view], detection, agreement, budget)
            codes = agreement.codes()
            if any(code.believed for code in codes):
                return codes
        return agreement.codes()

    def _confirm(self, view: View, found: Detection, agreement: Agreement, budget: TimeBudget) -> None:
        """Look at one code's place with other eyes until it is believed or no stage is left."""
        place = place_of(view, found)
        for stage in confirming(found):
            agreement.add(0, 0.0, self._look(place, stage, budget, found.stage))
            if agreement.believes(found.text):
                return

    def _look(self, views: Views, stage: Stage, budget: TimeBudget, base: str = "") -> list[Detection]:
        pixels = views.grey.size
        if not budget.allows(stage, pixels):
            return []
        start_s = thread_time()
        found = look_at(views, stage, self._decoders, self._symbologies, base)
        budget.learn(stage, pixels, thread_time() - start_s)
        return found
