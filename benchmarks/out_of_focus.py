"""EAN-13 out of focus, by how much: what each library reads, both, and we, seen and believed.

Run as ``script/bench out_of_focus``. Ten pictures a row, or sixty with ``--full``; modules of 3, 4 and 5 pixels, every
third code on bent paper (``tests/scan_set/out_of_focus``).
"""

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from benchmarks.scan_readers import BELIEVED, FOUND
from benchmarks.scan_samples import Group, Sample, measure
from tests.scan_set.out_of_focus import out_of_focus, text_of

RADII: Final = (0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2)


def run(*, quick: bool = True) -> dict[str, Any]:
    """Rows: one for each radius in modules; the floor is how many the two libraries read between them."""
    return {"rows": [_row(radius, measure(_samples(radius, 10 if quick else 60))["all"]) for radius in RADII]}


def _samples(radius: float, count: int) -> Iterator[Sample]:
    for number in range(count):
        grey = partial(out_of_focus, number, radius, 3.0 + number % 3, is_bent=number % 3 == number // 3 % 3)
        yield Sample(f"{number}", (), (text_of(number),), (), grey)


def _row(radius: float, group: Group) -> dict[str, Any]:
    readers = {name: tally.facts() for name, tally in group.tallies.items()}
    hits = {name: int(facts["hits"]) for name, facts in readers.items()}
    wrong = ", ".join(f"{name} {facts['wrong']:.0f}" for name, facts in readers.items() if facts["wrong"])
    return {
        "work": f"read {group.with_code} EAN-13 out of focus by {radius} modules",
        "measured": f"seen {hits[FOUND]}, believed {hits[BELIEVED]}{f'; wrong: {wrong}' if wrong else ''}",
        "floor": f"{hits['union']}",
        "ratio": f"{hits[FOUND] / group.with_code:.0%}",
        "goal": ">= 50%",
        "readers": readers,
    }
