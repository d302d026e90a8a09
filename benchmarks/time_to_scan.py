"""From a code coming into view to its ``Scan``: synthetic film at 30 pictures a second, in real time, on a real thread.

Each film is one customer's hand with one code (``tests/scan_set``): it comes in smeared, comes to rest, trembles. Two
beginnings are told: *whole*, the first frame with the whole code in it, still moving; and *readable*, the first frame
that zxing-cpp alone reads with all the time it wants. The floor is that one call on that one frame.
"""

import statistics
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from threading import Event, Thread
from typing import Any, Final

import cv2
import numpy as np

from pos_client.domain.scan import Scan
from pos_client.scanner.decoders.opened import open_decoders
from pos_client.scanner.decoders.port import Decoder
from pos_client.scanner.frame import Frame, Pixels
from pos_client.scanner.symbology import LIVE, Symbology
from pos_client.scanner.worker import ScannerHabits, ScannerListener, ScannerWorker
from tests.scan_set.film_scripts import busy_film

FPS: Final = 30.0
SIZES: Final = ((1280, 720), (1920, 1080))
KINDS: Final = (Symbology.QR_CODE, Symbology.EAN13, Symbology.CODE128, Symbology.DATA_MATRIX)
SHOWINGS_QUICK: Final = 5
SHOWINGS_FULL: Final = 40
GOAL_MS: Final = 250.0
_LEAD_S: Final = 0.4
_AFTER_S: Final = 1.2


@dataclass(frozen=True, slots=True, eq=False)
class Reel:
    """A film made before it is shown, from shortly before the hand comes until shortly after it rests.

    Attributes:
        frames: grey. whole: number of the first one with the whole code. text: what the code says.
    """

    frames: list[Pixels]
    whole: int
    text: str


@dataclass(slots=True)
class Timing:
    """Milliseconds of each showing; a code that was not told while the film ran is missing here."""

    whole: list[float] = field(default_factory=list)
    readable: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    missed: int = 0

    def add(self, other: "Timing") -> None:
        """Take the other's showings in."""
        self.whole += other.whole
        self.readable += other.readable
        self.floor += other.floor
        self.missed += other.missed


class ReelSource:
    """Shows one reel in real time, newest frame only, and ends."""

    name = "file:reel"

    def __init__(self, reel: Reel) -> None:
        self.has_ended = False
        self._frames = reel.frames
        self._begin_s = 0.0
        self._shown = -1

    def open(self) -> None:
        self._begin_s = time.monotonic()

    def read(self, timeout_s: float) -> Frame | None:
        wait_s = self.time_of(self._shown + 1) - time.monotonic()
        if wait_s > timeout_s:
            time.sleep(timeout_s)
            return None
        time.sleep(max(0.0, wait_s))
        self._shown = int((time.monotonic() - self._begin_s) * FPS + 1e-6)
        if self._shown >= len(self._frames):
            self.has_ended = True
            return None
        return Frame(self._frames[self._shown], datetime.now(UTC), time.monotonic(), self._shown)

    def close(self) -> None:
        self.has_ended = True

    def time_of(self, number: int) -> float:
        """When a frame is exposed."""
        return self._begin_s + number / FPS


def run(*, quick: bool = True) -> dict[str, Any]:
    """Rows in milliseconds, one for each size and symbology and one for all of a size."""
    showings = SHOWINGS_QUICK if quick else SHOWINGS_FULL
    zxing = open_decoders().opened["zxing"]
    rows = []
    for size in SIZES:
        total = Timing()
        for kind in KINDS:
            timing = Timing()
            for seed in range(showings):
                _watch(_reel(seed, size, kind), zxing, timing)
            rows.append(_row(f"{size[1]}p, {kind}", timing))
            total.add(timing)
        rows.append(_row(f"{size[1]}p, all", total))
    return {"rows": rows}


def _reel(seed: int, size: tuple[int, int], kind: Symbology) -> Reel:
    film = busy_film(20_261_122 + seed, 1, size, FPS, (kind,))
    showing = film.showings()[0]
    begin_s, end_s = showing.appears_s - _LEAD_S, min(showing.last_s, showing.steady_s + _AFTER_S)
    frames = []
    whole = 0
    for frame in film:
        if frame.t_s > end_s:
            break
        if frame.t_s >= begin_s:
            whole += frame.t_s < showing.whole_s
            frames.append(np.asarray(cv2.cvtColor(frame.bgr, cv2.COLOR_BGR2GRAY), np.uint8))
    return Reel(frames, whole, showing.texts[0])


def _watch(reel: Reel, zxing: Decoder, timing: Timing) -> None:
    """Show one reel to a fresh worker and note when its scan came."""
    source, stop, told = ReelSource(reel), Event(), list[float]()
    listener = ScannerListener(partial(_told, reel.text, told, stop), lambda _: None, lambda *_: None)
    worker = ScannerWorker(source, listener, ScannerHabits())
    thread = Thread(target=worker.run, args=(stop,))
    thread.start()
    thread.join()
    if not told:
        timing.missed += 1
        return
    timing.whole.append(1000 * (told[0] - source.time_of(reel.whole)))
    readable = _first_readable(reel, zxing)
    if readable is not None:
        timing.readable.append(1000 * (told[0] - source.time_of(readable)))
        began = time.perf_counter()
        zxing.read(reel.frames[readable], LIVE)
        timing.floor.append(1000 * (time.perf_counter() - began))


def _told(text: str, told: list[float], stop: Event, scan: Scan) -> None:
    if scan.text == text:
        told.append(time.monotonic())
        stop.set()


def _first_readable(reel: Reel, zxing: Decoder) -> int | None:
    for number in range(reel.whole, len(reel.frames)):
        if any(reading.text == reel.text for reading in zxing.read(reel.frames[number], LIVE)):
            return number
    return None


def _row(work: str, timing: Timing) -> dict[str, Any]:
    count = len(timing.whole) + timing.missed
    readable = f"{_at(timing.readable, 50):.0f} / {_at(timing.readable, 95):.0f}"
    floor = statistics.median(timing.floor or [0.0])
    return {
        "work": f"{work}: p50 / p95 of {count} from whole [from readable], missed",
        "measured": f"{_at(timing.whole, 50):.0f} / {_at(timing.whole, 95):.0f} ms [{readable}], {timing.missed}",
        "floor": f"{floor:.1f} ms",
        "ratio": round(_at(timing.readable, 50) / floor, 1) if floor else "",
        "goal": f"p95 <= {GOAL_MS:.0f} ms",
    }


def _at(sample: list[float], percent: int) -> float:
    return float(np.percentile(sample, percent)) if sample else 0.0
