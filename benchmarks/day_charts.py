"""The figures of a day of 100,000 entries while the till works, beside a bare count of the same rows by SQLite.

The till's thread is held by what it does itself: asking which day, and putting names to the sums. All else is read
beside it. Measured is the refresh of every half minute, of which the first one counts the whole day; meanwhile a
redemption is added between two of them, as it is at a counter.
"""

import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from pos_client.domain.journal_entry import EntryDraft, wire_time
from pos_client.storage.connections import open_reader
from pos_client.storage.day_groups import DayGroups
from pos_client.storage.journal_file import open_for_reading
from pos_client.usecases.day_figures import figures_of
from pos_client.usecases.day_office import DayGroup
from pos_client.usecases.day_sums import asked_day, day_sums
from tests import builders as a
from tests.unit.usecases.counter import CLERK, PROMOTER, Counter, a_counter
from tests.unit.usecases.office import DeskOffice

ENTRIES: Final = 100_000
ROUNDS_QUICK: Final = 20
ROUNDS_FULL: Final = 200
_AT_ONCE: Final = 1_000
_COUNT: Final = "SELECT kind, COUNT(*) FROM entry INDEXED BY day WHERE business_date = :day GROUP BY kind"


@dataclass
class _Beside(DeskOffice):
    """Days counted beside the till's connection, as a window's office does."""

    path: Path = Path()
    counts: DayGroups = field(default_factory=DayGroups)

    def groups(self, days: Sequence[date]) -> Sequence[DayGroup]:
        """Counted entries."""
        with closing(open_for_reading(self.path)) as file:
            return self.counts.of(file, days)


def run(*, quick: bool = True) -> dict[str, Any]:
    """Rows: the first look at the day, each further one, how long the till is held, and a redemption meanwhile."""
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as folder:
        counter = a_counter(Path(folder))
        _fill(counter)
        floor_s = _bare_count(counter)
        rows = _measured(counter, floor_s, ROUNDS_QUICK if quick else ROUNDS_FULL)
        counter.journal.close()
        counter.cache.close()
    return {"rows": [row | {"size": f"{ENTRIES:,} entries of one day"} for row in rows]}


def _fill(counter: Counter) -> None:
    """A day of redemptions at all hours, of eight campaigns and six promoters."""
    for start in range(0, ENTRIES, _AT_ONCE):
        counter.journal.append_all([_draft(number) for number in range(start, start + _AT_ONCE)])


def _draft(number: int) -> EntryDraft:
    drafted = a.a_redemption(f"1001-{10_000_000 + number}", member_ref=f"m-{number % 5_000}")
    at = a.NOON + timedelta(milliseconds=number * 360)
    about = {"campaign": 1001 + number % 8, "promoter": f"P{number // 7 % 6:02d}"}
    return replace(drafted, fields={**drafted.fields, **about, "at": wire_time(at)})


def _bare_count(counter: Counter) -> float:
    with closing(open_reader(counter.folder / "journal.db")) as connection:
        asked = {"day": a.TODAY.isoformat()}
        return statistics.median(_seconds(lambda: connection.execute(_COUNT, asked).fetchall()) for _ in range(9))


def _measured(counter: Counter, floor_s: float, rounds: int) -> list[dict[str, Any]]:
    desk = replace(counter.desk, office=_Beside(counter.journal, path=counter.folder / "journal.db"))
    held: list[float] = []

    def refresh() -> None:
        begin = time.perf_counter()
        asked = asked_day(desk, a.TODAY)
        asked_s = time.perf_counter() - begin
        sums = day_sums(asked)
        begin = time.perf_counter()
        figures_of(desk, asked, sums, CLERK, PROMOTER)
        held.append(asked_s + time.perf_counter() - begin)

    alone = [_seconds(partial(counter.journal.append, _draft(ENTRIES + number))) for number in range(rounds)]
    meanwhile: list[float] = []
    first_s = _seconds(lambda: meanwhile.extend(_appends_during(counter, refresh)))
    again = []
    for number in range(rounds):
        counter.journal.append(_draft(3 * ENTRIES + number))
        again.append(_seconds(refresh))
    return [
        _row("first look at a day", [first_s], floor_s, "a bare count"),
        _row("each refresh", again, floor_s, "a bare count"),
        _row("the till's thread in it", held, floor_s, "a bare count"),
        _row("an entry while the day is first counted", meanwhile, statistics.median(alone), "an entry alone"),
    ]


def _appends_during(counter: Counter, refresh: Callable[[], None]) -> list[float]:
    """What the till takes for its entries as long as somebody counts."""
    thread, times = threading.Thread(target=refresh), []
    thread.start()
    number = 2 * ENTRIES
    while thread.is_alive():
        number += 1
        times.append(_seconds(partial(counter.journal.append, _draft(number))))
        time.sleep(0.01)
    thread.join()
    return times


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _row(work: str, times: list[float], floor_s: float, floor: str) -> dict[str, Any]:
    ours = statistics.median(times)
    return {
        "work": f"figures of a long day: {work}",
        "measured": f"p50 {ours * 1e3:.2f} ms, most {max(times) * 1e3:.2f} ms",
        "floor": f"{floor}: {floor_s * 1e3:.2f} ms",
        "ratio": round(ours / floor_s, 2),
        "goal": "printed only",
        "rounds": len(times),
    }
