"""Pictures of codes, read by pyzbar alone, zxing-cpp alone, both, and by us: read rate, wrong texts and milliseconds.

Run as ``script/bench scan [FOLDER]``. The folder is laid out like the photographs in the regression sets of the
libraries (``scan_samples``); where none is named, the generated set of ``tests/scan_set`` is read, one picture in ten
unless ``--full``. Every reader gets the same pixels in memory, one after the other in the same turn, on one thread.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from benchmarks.scan_readers import NAMES
from benchmarks.scan_samples import Group, Sample, measure, samples_in
from tests.scan_set.picture_set import pictures

_ONE_IN: Final = 10
_GOAL: Final = "<= 4"


def run(*, quick: bool = True, folder: Path | None = None) -> dict[str, Any]:
    """Rows: one for each set and kind; the floor is zxing-cpp's single call in the same turn."""
    groups = measure(generated(one_in=_ONE_IN if quick else 1) if folder is None else samples_in(folder))
    print_table(groups)
    return {"rows": [_row(name, group) for name, group in groups.items()]}


def generated(one_in: int) -> Iterator[Sample]:
    """The generated set, or one picture in so many of it."""
    for picture in islice(pictures(), 0, None, one_in):
        expected = () if picture.expected is None else (picture.expected,)
        groups = ("generated", f"generated/{picture.symbology or 'none'}", f"generated/{picture.kind.name}")
        yield Sample(picture.name, groups, expected, (), picture.grey)


def print_table(groups: dict[str, Group]) -> None:
    """The counts for people."""
    table = Table("set and kind", "n", *NAMES, title="hits, share; pictures with a wrong text; ms mean, p50, p95")
    for name, group in groups.items():
        table.add_row(name, str(group.with_code), *(_cell(group, reader) for reader in NAMES))
    Console(width=170).print(table)


def _cell(group: Group, reader: str) -> str:
    facts = group.tallies[reader].facts()
    share = 100 * facts["hits"] / max(1, group.with_code)
    times = f"{facts['ms_mean']:.1f} {facts['ms_p50']:.1f} {facts['ms_p95']:.1f}"
    return f"{facts['hits']} {share:.1f}%; {facts['wrong']}; {times}"


def _row(name: str, group: Group) -> dict[str, Any]:
    readers = {reader: tally.facts() for reader, tally in group.tallies.items()}
    ours, floor = readers["believed"]["ms_mean"], readers["zxing single"]["ms_mean"]
    return {
        "work": f"read {name}: {group.with_code} with a code, {group.pictures - group.with_code} without",
        "measured": f"{ours:.2f} ms",
        "floor": f"{floor:.2f} ms",
        "ratio": round(ours / max(floor, 0.001), 2),
        "goal": _GOAL if name == "all" else "",
        "readers": readers,
    }
