"""The code router on every published vector, beside a SHA-256 of the same text: what is a text, once it has been read?

The corpus is ``docs/vectors/codes.json``, hostile and very long texts included, so that the slowest text is seen as
well as the usual ones. Each text takes turns with its own hash; the median of the turns counts.
"""

import hashlib
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from pos_client.domain.codes import gs1
from pos_client.domain.codes.router import CodeKind, route

VECTORS: Final = Path(__file__).resolve().parent.parent / "docs" / "vectors" / "codes.json"
GOAL_US: Final = 1_000.0
TURNS_QUICK: Final = 200
TURNS_FULL: Final = 5_000
_ROUTES_A_TURN: Final = 5
_USUAL: Final = (
    CodeKind.SIGNED_COUPON,
    CodeKind.OPAQUE_COUPON,
    CodeKind.MEMBER_SLOT,
    CodeKind.PHONE,
    CodeKind.GTIN,
    CodeKind.GS1_8110,
    CodeKind.GS1_255,
    CodeKind.PARAMETRIC,
    CodeKind.RECEIPT,
    CodeKind.UNKNOWN,
)


def run(*, quick: bool = True) -> dict[str, Any]:
    """Rows: the slowest text of all, and the median text of the usual kinds. Microseconds."""
    turns = TURNS_QUICK if quick else TURNS_FULL
    gs1.load()
    measured = [(*_measure(text, turns), route(text).kind, len(text)) for text in _corpus()]
    slowest = max(measured)
    rows = [_row(f"slowest of {len(measured)} texts ({slowest[2]}, {slowest[3]} characters)", slowest[0], slowest[1])]
    for kind in _USUAL:
        of_kind = sorted(line for line in measured if line[2] is kind)
        middle = of_kind[len(of_kind) // 2]
        rows.append(_row(f"{kind}, {middle[3]} characters", middle[0], middle[1]))
    return {"rows": rows}


def _corpus() -> list[str]:
    cases = json.loads(VECTORS.read_text("ascii"))["cases"]
    return [_text(case) for case in cases]


def _text(case: dict[str, str]) -> str:
    if "text" in case:
        return case["text"]
    return bytes.fromhex(case["text_utf16be"]).decode("utf-16-be", "surrogatepass")


def _measure(text: str, turns: int) -> tuple[float, float]:
    """Microseconds of a routing and of a hash, in turns."""
    routed, hashed = [], []
    for _ in range(turns):
        routed.append(_microseconds(lambda: route(text)))
        hashed.append(_microseconds(lambda: hashlib.sha256(text.encode(errors="surrogatepass")).digest()))
    return statistics.median(routed), statistics.median(hashed)


def _microseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter_ns()
    for _ in range(_ROUTES_A_TURN):
        work()
    return (time.perf_counter_ns() - began) / 1_000 / _ROUTES_A_TURN


def _row(what: str, measured: float, floor: float) -> dict[str, Any]:
    return {
        "work": f"tell what a text is: {what}",
        "measured": f"{measured:.1f} µs",
        "floor": f"{floor:.1f} µs (SHA-256)",
        "ratio": round(measured / floor, 1),
        "goal": f"≤ {GOAL_US:.0f} µs",
    }
