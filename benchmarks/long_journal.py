"""A verdict and a redemption by a lane whose journal is a month of a busy till long, beside the same with a new one.

The floor is the same program, so the ratio is what 200,000 entries cost (F44: at most a fifth). Both take turns on one
disk; the centre is away, as it would be for such a journal to matter.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from pos_client.domain.business_time import from_ms, to_ms
from pos_client.domain.journal_entry import EntryDraft, wire_time
from pos_client.usecases.lane_status import Contact, lane_status
from tests import builders as a
from tests.unit.usecases.counter import CLERK, PROMOTER, Counter, a_counter

GOAL: Final = 1.2
ENTRIES: Final = 200_000
DAYS: Final = 30
ROUNDS_QUICK: Final = 400
ROUNDS_FULL: Final = 4_000
WARM_UP: Final = 50
_AT_ONCE: Final = 500


def run(*, quick: bool = True) -> dict[str, Any]:
    """Rows: a verdict (``check``), a redemption alone, and what the window asks after each deed and each second."""
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as folder:
        new, old = (lone_counter(Path(folder) / name) for name in ("new", "old"))
        began = time.perf_counter()
        fill(old, ENTRIES)
        filled_s = time.perf_counter() - began
        rounds = WARM_UP + (ROUNDS_QUICK if quick else ROUNDS_FULL)
        times = [(_turn(new, number), _turn(old, number)) for number in range(rounds)][WARM_UP:]
        size_mb = (old.folder / "journal.db").stat().st_size / 1e6
        for counter in (new, old):
            counter.journal.close()
            counter.cache.close()
    works = ("check", "redeem alone", "a look around")
    rows = [_row(work, [old[at] for _, old in times], [new[at] for new, _ in times]) for at, work in enumerate(works)]
    size = f"{ENTRIES:,} entries over {DAYS} days, {size_mb:.0f} MB, written in {filled_s:.0f} s"
    return {"rows": [row | {"size": size} for row in rows]}


def lone_counter(folder: Path) -> Counter:
    """A lane that nobody can reach and whose own limits are never in the way."""
    folder.mkdir()
    counter = a_counter(folder)
    counter.unplug()
    counter.limits = replace(counter.limits, lane_count_hard=1 << 40, lane_value_hard_minor=1 << 50)
    return counter


def fill(counter: Counter, entries: int) -> None:
    """A month of redemptions, as evenly spread as a till's day never is; ``entries`` is a multiple of 500."""
    first, step = to_ms(a.NOON - timedelta(days=DAYS)), DAYS * 86_400_000 // entries
    for start in range(0, entries, _AT_ONCE):
        counter.journal.append_all([_draft(number, first + number * step) for number in range(start, start + _AT_ONCE)])


def _draft(number: int, at_ms: int) -> EntryDraft:
    drafted = a.a_redemption(f"1001-{10_000_000 + number}", member_ref=f"m-{number % 5_000}")
    at = from_ms(at_ms)
    fields = {**drafted.fields, "at": wire_time(at), "business_date": at.date().isoformat()}
    return replace(drafted, fields=fields)


def _turn(counter: Counter, number: int) -> tuple[float, float, float]:
    code = a.a_signed_coupon(number + 1).text()
    return (
        _seconds(lambda: counter.check(code)),
        _seconds(lambda: counter.redeem(code)),
        _seconds(lambda: lane_status(counter.desk, CLERK, PROMOTER, Contact())),
    )


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _row(work: str, old: list[float], new: list[float]) -> dict[str, Any]:
    ours, floor = statistics.median(old), statistics.median(new)
    return {
        "work": f"{work}, with a month's journal",
        "measured": f"p50 {ours * 1e3:.2f} ms, p99 {_p99(old) * 1e3:.2f} ms",
        "floor": f"with a new one: p50 {floor * 1e3:.2f} ms, p99 {_p99(new) * 1e3:.2f} ms",
        "ratio": round(ours / floor, 2),
        "goal": f"<= {GOAL}",
        "rounds": len(old),
    }


def _p99(times: list[float]) -> float:
    return sorted(times)[len(times) * 99 // 100]
