"""Walks the plan of stages over a still picture, and asks after each look whether that is enough.

Apart from the plan (``stages``), from what counts as proof (``agreement``) and from the camera's walk
(``live_cascade``), which spreads the same looks over frames.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from time import perf_counter

import numpy as np

from pos_client.scanner.agreement import HALF_MARK, Agreement
from pos_client.scanner.bands import Bands
from pos_client.scanner.decoders.port import Decoder, Manner, Reading
from pos_client.scanner.frame import Corners, Detection, Pixels
from pos_client.scanner.region import within
from pos_client.scanner.remainder import where_more
from pos_client.scanner.stages import (
    ALL_CODES,
    CONFIRM_BANDS,
    CONFIRM_INVERTED,
    STILL,
    Stage,
    TimeBudget,
    confirming_stages,
)
from pos_client.scanner.symbology import DATABAR_FAMILY, FRAIL_MATRIX, LINEAR, MATRIX, RETAIL, Symbologies, family_of
from pos_client.scanner.views import INVERTED, SHARPENED, View, ViewName, Views

_MARGIN = 0.25
"""Of a code's longer side, kept around it when only its place is looked at: decoders want the quiet zone."""

_STACK_MARGIN = 1.0
"""Of stacked rows only a part is outlined."""


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
    if decoder is None or not kinds or views.grey.size > stage.most_pixels:
        return []
    name = stage_name(base, stage.view)
    if stage.view in SHARPENED:
        return list(_look_at_bands(views, stage, decoder, kinds, name))
    view = views[stage.view]
    readings = decoder.read(view.grey, kinds, stage.manner)
    return [_detection(reading, view.in_picture(reading.corners), decoder, name) for reading in readings]


def _look_at_bands(views: Views, stage: Stage, decoder: Decoder, kinds: Symbologies, name: str) -> Iterator[Detection]:
    whole = views[ViewName.FULL]
    for bands in views.bands()[: stage.most_places]:
        if stage.view in INVERTED and not bands.is_dark_beside:
            continue
        for half, reading in _halves_read(bands, stage, decoder, kinds):
            corners = whole.in_picture(bands.in_picture(reading.corners))
            yield _detection(reading, corners, decoder, f"{name}{HALF_MARK}{half}")


def _halves_read(bands: Bands, stage: Stage, decoder: Decoder, kinds: Symbologies) -> Iterator[tuple[str, Reading]]:
    """Give what is read with the half that it was read in; some decoders want both halves at once."""
    drawn = bands.drawn(SHARPENED[stage.view])
    if stage.manner is not Manner.HALVES:
        yield from ((half, reading) for half, rows in drawn for reading in decoder.read(rows, kinds, stage.manner))
        return
    (upper, rows), (lower, _) = drawn
    for reading in decoder.read(np.vstack([rows for _, rows in drawn]), kinds, stage.manner):
        yield upper if reading.corners[0][1] < len(rows) else lower, reading


def _detection(reading: Reading, corners: Corners, decoder: Decoder, stage: str) -> Detection:
    return Detection(
        reading.text,
        reading.symbology,
        corners,
        decoder.name,
        stage,
        guessed=reading.guessed,
        doubtful=reading.doubtful,
    )


def stage_name(base: str, view: ViewName) -> str:
    """Name a view of a view: ``half+soft``; a view of the whole picture goes by its own name, and so do bands."""
    base = "" if base.startswith(ViewName.BANDS) else base
    parts = [part for part in (base, str(view)) if part and part != ViewName.FULL]
    return "+".join(parts) or str(ViewName.FULL)


def place_of(view: View, found: Detection) -> Views:
    """Cut the place of a detection out of the view on which it was found."""
    return view.cut(found.corners, _STACK_MARGIN if found.symbology in DATABAR_FAMILY else _MARGIN)


def confirming(found: Detection) -> list[Stage]:
    """Give the stages that can confirm a detection; a view of the same view again would show hardly other pixels."""
    stages = confirming_stages(found.symbology)
    if found.stage.startswith(ViewName.BANDS_INVERTED):
        return list(CONFIRM_INVERTED)
    if found.stage.startswith(ViewName.BANDS):
        return [*CONFIRM_BANDS, *(stage for stage in stages if not _is_of_bands(stage))]
    return [stage for stage in stages if stage.view == ViewName.FULL or stage.view not in found.stage.split("+")]


def _is_of_bands(stage: Stage) -> bool:
    return stage.view in SHARPENED


def _looks_in(stages: list[Stage]) -> int:
    """Count the looks that stages can give at one code: bands have an upper and a lower half."""
    return sum(2 if _is_of_bands(stage) else 1 for stage in stages)


class _Promise:
    """What a picture's texture promises to the retries; asked for when the first look was not enough."""

    def __init__(self, views: Views) -> None:
        texture = views.texture()
        self._bars = bool(views.bands())
        self._endless = texture.is_endless()
        self._dark = views.is_dark()
        self._all_bars = self._bars and texture.is_all_bars()

    def is_kept_by(self, stage: Stage) -> bool:
        """Tell whether the stage may find something: not where there are no bars, or nothing but bars, or no end.

        Nor where all is light, if the stage wants to see dark for light.
        """
        if _is_of_bands(stage):
            return self._bars
        if stage.view == ViewName.NEGATIVE and not self._dark:
            return False
        if self._endless or (stage.kinds <= LINEAR and not self._bars):
            return False
        return not (self._all_bars and stage.kinds <= MATRIX | FRAIL_MATRIX)


class _Walk:
    """What one picture has given so far.

    Args:
        agreement: of the looks.
        views: of the whole picture.
        budget: what is left of its time.
    """

    def __init__(self, agreement: Agreement, views: Views, budget: TimeBudget) -> None:
        self.agreement = agreement
        self.views = views
        self.budget = budget
        self.found_any = False
        self.is_contested = False
        self._confirmed: set[str] = set()
        self._waiting: dict[str, tuple[View, Detection]] = {}

    def take(self, stage: Stage, found: list[Detection]) -> None:
        """Note what a stage found on the whole picture."""
        self.agreement.add(0, 0.0, found)
        self.found_any = self.found_any or bool(found)
        for detection in found:
            if detection.text not in self._confirmed:
                self._waiting[detection.text] = (self.views[stage.view], detection)

    def unconfirmed(self) -> list[tuple[View, Detection]]:
        """Return what was found and not confirmed yet, each text once, with the view that it was found on."""
        waiting = list(self._waiting.values())
        self._confirmed |= self._waiting.keys()
        self._waiting.clear()
        return waiting

    def believed(self) -> list[Detection]:
        """Return the codes that need no further look."""
        return [code for code in self.agreement.codes() if code.believed] if self.found_any else []


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
        self._spent_s: dict[str, float] = {}

    @property
    def spent_ms(self) -> tuple[tuple[str, float], ...]:
        """Milliseconds of each ``decoder:stage`` so far, in the order in which they were first taken."""
        return tuple((name, seconds * 1000) for name, seconds in self._spent_s.items())

    def read(self, grey: Pixels) -> list[Detection]:
        """Return every code found in (height, width) pixels, believed or not."""
        walk = _Walk(Agreement(), Views(grey), TimeBudget(self._limit_s))
        walk.take(STILL[0], self._look(walk.views, STILL[0], walk.budget))
        self._confirm_all(walk)
        believed = walk.believed() or self._retried(walk)
        if believed and (rest := where_more(grey, believed)) is not None:
            walk.views = walk.views[ViewName.FULL].part(rest)
            walk.take(ALL_CODES, self._look(walk.views, ALL_CODES, walk.budget))
            self._confirm_all(walk)
        return [replace(code, corners=within(code.corners, *grey.shape)) for code in walk.agreement.codes()]

    def _retried(self, walk: "_Walk") -> list[Detection]:
        """Look with every promising stage until something is believed; return that."""
        promise = _Promise(walk.views)
        stages = [stage for stage in STILL[1:] if promise.is_kept_by(stage)]
        for stage, following in zip_longest(stages, stages[1:]):
            if walk.is_contested:
                break
            target = walk.views.bars() if stage.kinds <= LINEAR and not _is_of_bands(stage) else walk.views
            walk.take(stage, self._look(target, stage, walk.budget))
            # The bands of one place confirm one another, and cost less than any other look at it.
            if following is None or not _is_of_bands(following):
                self._confirm_all(walk)
            if believed := walk.believed():
                return believed
        return []

    def _confirm_all(self, walk: "_Walk") -> None:
        for view, found in walk.unconfirmed():
            if not walk.is_contested:
                self._confirm(view, found, walk)

    def _confirm(self, view: View, found: Detection, walk: "_Walk") -> None:
        """Look at one code's place with other eyes until it is believed or no stage is left."""
        place = place_of(view, found)
        kinds = family_of(found.symbology)
        stages = confirming(found)
        for taken, stage in enumerate(stages):
            if walk.agreement.believes(found.text):
                return
            if not walk.agreement.may_yet_believe(found.text, _looks_in(stages[taken:])):
                # Other texts stand against it. To look on for one that may be believed would be to choose by luck.
                walk.is_contested = not walk.believed()
                return
            # Bands that were straightened once are not looked for again.
            target = walk.views if found.stage.startswith(ViewName.BANDS) and _is_of_bands(stage) else place
            walk.agreement.add(0, 0.0, self._look(target, stage, walk.budget, found.stage, kinds))

    def _look(
        self, views: Views, stage: Stage, budget: TimeBudget, base: str = "", kinds: Symbologies = RETAIL
    ) -> list[Detection]:
        pixels = views.grey.size
        if not budget.allows(stage, pixels):
            return []
        start_s = perf_counter()
        with budget.learning(stage, pixels):
            found = look_at(views, stage, self._decoders, self._symbologies & kinds, base)
        spent_s = perf_counter() - start_s
        name = f"{'confirm ' if kinds is not RETAIL else ''}{stage.decoder}:{stage.view}"
        self._spent_s[name] = self._spent_s.get(name, 0.0) + spent_s
        return found
