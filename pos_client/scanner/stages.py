"""The plan: who looks at which view of a picture, in which order, and what it costs.

Apart from the cascade that walks the plan, so that another order or another stage is one line here. The order of the
search is by reads gained for each millisecond spent.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter, thread_time

from pos_client.scanner.decoders.port import Manner
from pos_client.scanner.symbology import (
    DATABAR_FAMILY,
    FRAIL_MATRIX,
    GTIN,
    LINEAR,
    MATRIX,
    RETAIL,
    Symbologies,
    Symbology,
)
from pos_client.scanner.views import ViewName

V = ViewName

_PLAIN_LINEAR: Symbologies = GTIN | {Symbology.CODE128, Symbology.CODE39}
"""zbar's ITF, Codabar and Code 93 find codes in the edges of other things; they may confirm one, not find it."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One decoder on one view.

    Attributes:
        view: the view it looks at.
        decoder: the decoder's name.
        kinds: the only kinds it is asked for, where they are in use at all.
        ms_per_megapixel: what it takes on a picture of a million pixels without a code, on the machine of SCANNING.
        manner: how hard the decoder looks.
        most_pixels: it is of no use on a larger picture.
        most_places: of bars, the likeliest first; only where bands are looked at.
    """

    view: ViewName
    decoder: str
    kinds: Symbologies
    ms_per_megapixel: float
    manner: Manner = Manner.ALL
    most_pixels: int = 1_000_000_000
    most_places: int = 3


_QR: Symbologies = frozenset({Symbology.QR_CODE})
_OTHER_MATRIX: Symbologies = (MATRIX | FRAIL_MATRIX) - _QR
_BANDS = (
    *(V.BANDS, V.BANDS_SHARP, V.BANDS_EVEN, V.BANDS_CRISP, V.BANDS_KEEN),
    *(V.BANDS_NEAR, V.BANDS_NEARER),
)
_INVERTED = (V.BANDS_INVERTED, V.BANDS_INVERTED_CRISP, V.BANDS_INVERTED_SHARP)
_SMALL = 250_000
_MEDIUM = 200_000
_TINY = 90_000

_FITTED = Stage(V.BANDS, "fitted", frozenset({Symbology.EAN13, Symbology.UPCA}), 20, Manner.HALVES, most_places=2)
"""Out of focus: what no library sees, and dearer than all other looks at bands together."""

_RETRIES: tuple[Stage, ...] = (
    *(Stage(view, "zxing", LINEAR, 4, Manner.ROWS) for view in (*_BANDS, *_INVERTED)),
    Stage(V.BANDS, "pyzbar", _PLAIN_LINEAR, 4),
    Stage(V.BLACK, "zxing", _QR, 2, Manner.DARK),
    Stage(V.HALF, "zxing", RETAIL, 5, Manner.DARK),
    Stage(V.LOCAL, "zxing", _PLAIN_LINEAR, 5, Manner.DARK),
    _FITTED,
    Stage(V.CRISP, "zxing", _QR, 3, Manner.DARK),
    Stage(V.EVEN, "zxing", _QR, 4, Manner.DARK),
    Stage(V.EVEN, "pyzbar", _QR, 30),
    Stage(V.NEGATIVE, "zxing", DATABAR_FAMILY | {Symbology.PDF417}, 8, Manner.DARK),
    Stage(V.CRISP, "zxing", _OTHER_MATRIX, 12, Manner.DARK),
    Stage(V.SOFT, "zxing", _QR, 6, Manner.ALL, _SMALL),
    Stage(V.FINE, "zxing", _QR, 25, Manner.ALL, _SMALL),
    Stage(V.TRIPLE, "zxing", _QR, 60, Manner.ALL, _TINY),
    Stage(V.FINE, "zxing", _OTHER_MATRIX, 60, Manner.DARK, _TINY),
    Stage(V.FULL, "pyzbar", _PLAIN_LINEAR, 45, most_pixels=_MEDIUM),
)

STILL: tuple[Stage, ...] = (
    Stage(V.FULL, "zxing", RETAIL, 25, Manner.FIRST),
    *_RETRIES,
)
"""A picture file, until something is found."""

ALL_CODES = Stage(V.FULL, "zxing", RETAIL, 18, Manner.DARK)
"""The whole picture again, where more than the first code may be found."""

SEARCH: tuple[Stage, ...] = (Stage(V.FULL, "zxing", RETAIL, 30), *_RETRIES)
"""A camera's frames, until something is found: the first look at each of them, the others in turn."""

_CONFIRM_DATABAR: tuple[Stage, ...] = (
    Stage(V.SOFT, "zxing", LINEAR, 3, Manner.ROWS),
    Stage(V.EVEN, "zxing", LINEAR, 6, Manner.DARK),
    Stage(V.DOUBLE, "zxing", LINEAR, 20, Manner.DARK),
    Stage(V.BANDS, "zxing", LINEAR, 4, Manner.ROWS),
)

_CONFIRM_FRAIL: tuple[Stage, ...] = (
    Stage(V.CRISP, "zxing", FRAIL_MATRIX, 8, Manner.DARK),
    Stage(V.SOFT, "zxing", FRAIL_MATRIX, 8, Manner.DARK),
    Stage(V.FULL, "zxing", FRAIL_MATRIX, 8, Manner.DARK),
    Stage(V.EVEN, "zxing", FRAIL_MATRIX, 8, Manner.DARK),
    Stage(V.DOUBLE, "zxing", FRAIL_MATRIX, 25, Manner.DARK),
)

CONFIRM: tuple[Stage, ...] = (
    Stage(V.BANDS, "zxing", LINEAR, 4, Manner.ROWS),
    Stage(V.BANDS_SOFT, "zxing", LINEAR, 4, Manner.ROWS),
    Stage(V.BANDS_CRISP, "zxing", LINEAR, 4, Manner.ROWS),
    Stage(V.BANDS_SHARP, "zxing", LINEAR, 4, Manner.ROWS),
    Stage(V.SOFT, "zxing", LINEAR, 8, Manner.DARK),
    Stage(V.BANDS, "pyzbar", LINEAR, 6),
    Stage(V.BANDS_SHARP, "pyzbar", LINEAR, 6),
    Stage(V.EVEN, "zxing", LINEAR, 8, Manner.DARK),
    Stage(V.DOUBLE, "zxing", LINEAR, 25, Manner.DARK),
    Stage(V.FULL, "pyzbar", LINEAR, 60),
    Stage(V.EVEN, "pyzbar", LINEAR, 65),
)
"""The place of a code that was found and is not believed yet, on the view where it was found: other eyes, other pixels.

Bands first, which cost least. The softened one contradicts a code whose bars were made uneven by careless resampling,
which both decoders read alike and wrongly.
"""


CONFIRM_BANDS: tuple[Stage, ...] = tuple(
    Stage(view, "zxing", LINEAR, 4, Manner.ROWS)
    for view in (V.BANDS_SOFT, V.BANDS_CLOSER, V.BANDS_CLOSE, V.BANDS_CLOSEST)
)
"""A code that was found in its bands: the same bands, refocused by other amounts."""

CONFIRM_INVERTED: tuple[Stage, ...] = (
    Stage(V.BANDS_INVERTED_SOFT, "zxing", LINEAR, 4, Manner.ROWS),
    Stage(V.BANDS_INVERTED, "pyzbar", LINEAR, 6),
    Stage(V.BANDS_INVERTED_NEAR, "zxing", LINEAR, 4, Manner.ROWS),
    Stage(V.BANDS_INVERTED_SHARP, "pyzbar", LINEAR, 6),
    *(Stage(view, "zxing", LINEAR, 4, Manner.ROWS) for view in _INVERTED),
)
"""A code that was found light on dark: no view of the picture as it is shows it to any decoder."""


def confirming_stages(symbology: Symbology) -> tuple[Stage, ...]:
    """Give the stages that can confirm a kind, in the order of their worth; stacked rows are no bands."""
    if symbology in FRAIL_MATRIX:
        return _CONFIRM_FRAIL
    return _CONFIRM_DATABAR if symbology in DATABAR_FAMILY else CONFIRM


class TimeBudget:
    """CPU seconds that one picture may take; a stage that would not fit is left out.

    The thread's own time counts, not the clock on the wall, so that a busy machine finds the same codes. The first
    stages tell how fast this machine is.

    Args:
        limit_s: CPU seconds from now.
    """

    def __init__(self, limit_s: float) -> None:
        self._start_s = thread_time()
        self._start_wall_s = perf_counter()
        self._limit_s = limit_s
        self._slowness = 1.0

    def allows(self, stage: Stage, pixels: int) -> bool:
        """Tell whether a stage on a picture of so many pixels fits into what is left."""
        allowed_s = self._limit_s - _expected_s(stage, pixels) * self._slowness
        # To ask for the thread's time costs as much as a look at a small picture; it is never more than the wall's.
        return perf_counter() - self._start_wall_s <= allowed_s or thread_time() - self._start_s <= allowed_s

    @contextmanager
    def learning(self, stage: Stage, pixels: int) -> Iterator[None]:
        """Take note of what the stage within really takes."""
        if _expected_s(stage, pixels) < _TELLING_S:
            yield
            return
        start_s = thread_time()
        yield
        self.learn(stage, pixels, thread_time() - start_s)

    def learn(self, stage: Stage, pixels: int, spent_s: float) -> None:
        """Take note of what a stage took; only larger pictures tell anything."""
        expected_s = _expected_s(stage, pixels)
        if expected_s >= _TELLING_S:
            self._slowness = max(self._slowness, spent_s / expected_s)


_TELLING_S = 0.01


def _expected_s(stage: Stage, pixels: int) -> float:
    return stage.ms_per_megapixel * pixels / 1e9
