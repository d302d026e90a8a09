"""The plan: who looks at which view of a picture, in which order, and what it costs.

Apart from the cascade that walks the plan, so that another order or another stage is one line here. The order of the
search is by reads gained for each millisecond spent.
"""

from dataclasses import dataclass
from time import thread_time

from pos_client.scanner.symbology import LINEAR, RETAIL, Symbologies, Symbology
from pos_client.scanner.views import ViewName

V = ViewName

_PYZBAR_SEARCH: Symbologies = RETAIL - {Symbology.ITF}
"""zbar's ITF finds codes in the edges of other things; it may confirm one, not find it."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One decoder on one view.

    Attributes:
        view: the view it looks at.
        decoder: the decoder's name.
        kinds: the only kinds it is asked for, where they are in use at all.
        ms_per_megapixel: what it takes on a picture of a million pixels without a code, on the machine of SCANNING.
    """

    view: ViewName
    decoder: str
    kinds: Symbologies
    ms_per_megapixel: float


SEARCH: tuple[Stage, ...] = (
    Stage(V.FULL, "zxing", RETAIL, 30),
    Stage(V.HALF, "zxing", RETAIL, 8),
    Stage(V.TURNED, "zxing", LINEAR, 20),
    Stage(V.FULL, "pyzbar", _PYZBAR_SEARCH, 70),
    Stage(V.EVEN, "zxing", RETAIL, 35),
    Stage(V.EVEN, "pyzbar", _PYZBAR_SEARCH, 75),
    Stage(V.DOUBLE, "zxing", RETAIL, 120),
    Stage(V.SOFT, "zxing", LINEAR, 15),
    Stage(V.TURNED, "pyzbar", _PYZBAR_SEARCH & LINEAR, 120),
)
"""The whole picture, until something is found."""

CONFIRM: tuple[Stage, ...] = (
    Stage(V.SOFT, "zxing", LINEAR, 15),
    Stage(V.FULL, "pyzbar", LINEAR, 60),
    Stage(V.DOUBLE, "zxing", LINEAR, 40),
    Stage(V.EVEN, "zxing", LINEAR, 15),
    Stage(V.DOUBLE, "pyzbar", LINEAR, 240),
    Stage(V.EVEN, "pyzbar", LINEAR, 65),
    Stage(V.HALF, "zxing", LINEAR, 4),
)
"""The place of a code that was found and is not believed yet, on the view where it was found: other eyes, other pixels.

The softened view comes first because it contradicts a code whose bars were made uneven by careless resampling, which
both decoders read alike and wrongly.
"""


class TimeBudget:
    """CPU seconds that one picture may take; a stage that would not fit is left out.

    The thread's own time is measured, not the clock on the wall, so that a busy machine finds the same codes. The first
    stages tell how fast this machine is.

    Args:
        limit_s: CPU seconds from now.
    """

    def __init__(self, limit_s: float) -> None:
        self._start_s = thread_time()
        self._limit_s = limit_s
        self._slowness = 1.0

    def allows(self, stage: Stage, pixels: int) -> bool:
        """Tell whether a stage on a picture of so many pixels fits into what is left."""
        expected_s = stage.ms_per_megapixel * pixels / 1e9 * self._slowness
        return thread_time() - self._start_s + expected_s <= self._limit_s

    def learn(self, stage: Stage, pixels: int, spent_s: float) -> None:
        """Take note of what a stage really took; only larger pictures tell anything."""
        expected_s = stage.ms_per_megapixel * pixels / 1e9
        if expected_s >= 0.01:
            self._slowness = max(self._slowness, spent_s / expected_s)
