"""A camera's frame with and without a code, beside one zxing-cpp call on the same pixels and symbologies.

Frames are synthetic, 1280 x 720 (and 1920 x 1080): a noisy scene, with or without a coupon's QR turned a little. The
empty frame is measured while something moves, when each frame also gets a retry, and in the steady scene of a counter
that waits.
"""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

import cv2
import numpy as np
import segno
import zxingcpp

from pos_client.scanner.decoders.opened import open_decoders
from pos_client.scanner.frame import Frame, Pixels
from pos_client.scanner.live_line import LiveLine

SIZES: Final = ((1280, 720), (1920, 1080))
TURNS_QUICK: Final = 40
TURNS_FULL: Final = 400
QUIET_S: Final = 10.0
_FORMATS: Final = (
    zxingcpp.BarcodeFormat.QRCode
    | zxingcpp.BarcodeFormat.EAN13
    | zxingcpp.BarcodeFormat.EAN8
    | zxingcpp.BarcodeFormat.UPCA
    | zxingcpp.BarcodeFormat.UPCE
    | zxingcpp.BarcodeFormat.Code128
    | zxingcpp.BarcodeFormat.DataMatrix
)


def run(*, quick: bool = True) -> dict[str, Any]:
    """Rows in CPU milliseconds, p50 and mean; the floor is zxing-cpp's single call in the same turn.

    The mean counts: the costly retries fall into few frames, and a median would not see them.
    """
    turns = TURNS_QUICK if quick else TURNS_FULL
    rows = []
    for width, height in SIZES:
        random = np.random.default_rng(20261122)
        empty, held = _scene(random, width, height), _with_code(random, width, height)
        rows.append(_row(f"{height}p, a code in view", _measure(held, turns, gap_s=0.033), goal="<= 4"))
        rows.append(_row(f"{height}p, empty, steady", _measure(empty, turns, gap_s=QUIET_S), goal="<= 1.3"))
        rows.append(_row(f"{height}p, empty, just moved", _measure(empty, turns, gap_s=0.001), goal=""))
    return {"rows": rows}


def _row(work: str, spent: tuple[list[float], list[float]], goal: str) -> dict[str, Any]:
    ours, floor = spent
    return {
        "work": work,
        "measured": f"{statistics.median(ours):.2f} / {statistics.fmean(ours):.2f} ms",
        "floor": f"{statistics.median(floor):.2f} / {statistics.fmean(floor):.2f} ms",
        "ratio": f"{statistics.median(ours) / statistics.median(floor):.2f} / {_mean_ratio(ours, floor):.2f}",
        "goal": goal,
    }


def _mean_ratio(ours: list[float], floor: list[float]) -> float:
    return statistics.fmean(ours) / statistics.fmean(floor)


def _measure(grey: Pixels, turns: int, gap_s: float) -> tuple[list[float], list[float]]:
    """Milliseconds of our look and of the library alone, in turns; ``gap_s`` passes between two frames."""
    line = LiveLine(open_decoders().opened, idle_after_s=float("inf"))
    ours, floor = [], []
    for number in range(turns):
        frame = Frame(grey, datetime.now(UTC), number * gap_s, number)

        ours.append(_ms(partial(line.take, frame)))
        floor.append(_ms(lambda: zxingcpp.read_barcode(grey, formats=_FORMATS)))
    return ours, floor


def _ms(work: Callable[[], object]) -> float:
    began_s = time.thread_time()
    work()
    return 1000 * (time.thread_time() - began_s)


def _scene(random: np.random.Generator, width: int, height: int) -> Pixels:
    """A counter out of focus: broad shapes and a sensor's noise (sigma 6)."""
    coarse = random.integers(60, 200, (height // 40, width // 40), dtype=np.uint8)
    broad = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    return np.clip(broad + random.normal(0, 6, (height, width)), 0, 255).astype(np.uint8)


def _with_code(random: np.random.Generator, width: int, height: int) -> Pixels:
    """The scene with a code of 60 digits held into it, a third of the picture's height, turned by 15 degrees."""
    modules = np.array([list(row) for row in segno.make_qr("1" * 60).matrix], dtype=np.uint8)
    card = np.pad(255 - modules * 255, 4, constant_values=255).astype(np.uint8)
    side = height // 3
    card = np.asarray(cv2.resize(card, (side, side), interpolation=cv2.INTER_NEAREST), np.uint8)
    turn = np.asarray(cv2.getRotationMatrix2D((side / 2, side / 2), 15, 1), np.float64)
    turn[:, 2] += np.array((width / 2 - side / 2, height / 2 - side / 2))
    scene = _scene(random, width, height)
    cv2.warpAffine(card, turn, (width, height), dst=scene, borderMode=cv2.BORDER_TRANSPARENT)
    return scene
