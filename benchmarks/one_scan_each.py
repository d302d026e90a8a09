"""Hours of synthetic film through the camera's line: no scan without a showing, one scan for each showing.

The films are those of ``tests/scan_set``: a counter where hands, bags and boxes pass, and customers one after the other
with one code each, some shown twice, some on phones whose light upsets the camera. Frames are fed as fast as they are
looked at, with the film's own times; what a real camera's pace does to it is ``time_to_scan``'s question. An hour of
either, at 720 rows and 30 frames a second, is ``--full`` and takes two hours.
"""

import statistics
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

import cv2
import numpy as np

from pos_client.scanner.decoders.opened import open_decoders
from pos_client.scanner.frame import Frame
from pos_client.scanner.live_line import LiveLine
from tests.scan_set.film_scripts import busy_film, empty_film, flicker_film, twin_film
from tests.scan_set.films import Film, Showing

Shape = tuple[tuple[int, int], float]
QUICK: Final[Shape] = ((640, 480), 15.0)
FULL: Final[Shape] = ((1280, 720), 30.0)
"""Pixels and frames a second."""

_REEL_SHOWINGS: Final = 20
_REEL_EMPTY_S: Final = 60.0
_LATE_S: Final = 0.3


@dataclass(slots=True)
class Count:
    """What was due and what came.

    Attributes:
        film_s: how much film was watched. frames: how many. spent_ms: CPU time of each look.
        due: scans that the showings ask for. right: those that came once, in their showing's time.
        doubled: further scans of a showing. phantom: scans of a text that nobody showed then.
    """

    film_s: float = 0.0
    spent_ms: list[float] = field(default_factory=list)
    due: int = 0
    right: int = 0
    doubled: int = 0
    phantom: int = 0


def run(*, quick: bool = True) -> dict[str, Any]:
    """Rows: phantom scans of empty and busy film, scans against showings, twins and flickering codes."""
    minutes, showings = (1, 20) if quick else (60, 1000)
    shape = size, fps = QUICK if quick else FULL
    empty = (empty_film(seed, _REEL_EMPTY_S, size, fps) for seed in range(minutes))
    busy = (busy_film(seed, _REEL_SHOWINGS, size, fps) for seed in range(showings // _REEL_SHOWINGS))
    twins = (twin_film(seed, 5, size, fps) for seed in range(1 if quick else 10))
    flickers = (flicker_film(seed, 5.0, turn_s, size, fps) for seed, turn_s in enumerate((0.07, 0.2, 0.4)))
    return {
        "rows": [
            _row("empty film", _watched("empty", empty), shape),
            _row("busy film, one code at a time", _watched("busy", busy), shape),
            _row("two codes at a time", _watched("twins", twins), shape),
            _row("a code that flickers between two texts", _watched("flicker", flickers, one_each=True), shape),
        ]
    }


def _watched(name: str, films: Iterable[Film], *, one_each: bool = False) -> Count:
    count = Count()
    for number, film in enumerate(films, 1):
        scans = _scans(film, count)
        for showing in film.showings():
            _settle(showing, scans, count, one_each=one_each)
        count.phantom += len(scans)
        told = f"{name} {number}: {count.film_s / 60:.0f} min, {count.right} of {count.due}"
        print(f"{told}, {count.doubled} doubled, {count.phantom} phantoms", file=sys.stderr, flush=True)
    return count


def _scans(film: Film, count: Count) -> list[tuple[float, str]]:
    line = LiveLine(open_decoders().opened)
    scans = []
    for number, shot in enumerate(film):
        grey = np.asarray(cv2.cvtColor(shot.bgr, cv2.COLOR_BGR2GRAY), np.uint8)
        began_s = time.thread_time()
        looked = line.take(Frame(grey, datetime.now(UTC), shot.t_s, number))
        count.spent_ms.append(1000 * (time.thread_time() - began_s))
        scans += [(shot.t_s, code.text) for code in (looked.news if looked else ())]
    count.film_s += film.duration_s
    return scans


def _settle(showing: Showing, scans: list[tuple[float, str]], count: Count, *, one_each: bool) -> None:
    """Take a showing's scans out of the list; what remains in the end belongs to nobody."""
    end_s = showing.last_s + _LATE_S
    own = [scan for scan in scans if scan[1] in showing.texts and showing.appears_s <= scan[0] <= end_s]
    for scan in own:
        scans.remove(scan)
    due = 1 if one_each else len(showing.texts)
    came = len(own) if one_each else len({text for _, text in own})
    count.due += due
    count.right += min(due, came)
    count.doubled += max(0, len(own) - due)
    if came < due:
        missed = f"{showing.symbology} shown at {showing.whole_s:.1f} s for {showing.last_s - showing.whole_s:.1f} s"
        print(f"not scanned: {missed}", file=sys.stderr, flush=True)


def _row(work: str, count: Count, shape: Shape) -> dict[str, Any]:
    size, fps = shape
    scans = f"{count.right} right of {count.due}, {count.doubled} doubled, {count.phantom} phantoms"
    return {
        "work": f"{work}, {count.film_s / 60:.0f} min at {size[0]} x {size[1]}, {fps:.0f} a second",
        "measured": scans,
        "floor": f"{statistics.mean(count.spent_ms):.1f} ms a frame",
        "ratio": "",
        "goal": f"{count.due}, 0, 0",
    }
