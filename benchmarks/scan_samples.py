"""Pictures with known texts, from a folder or generated, and the counts of every reader on them.

Beside each picture ``NAME.EXT`` of a folder stands ``NAME.txt`` with its text, or ``NAME.expected.json`` with ``any``
(one of these must be read) and ``also`` (these may be read too); a picture without either holds no code. Sets are the
folder's first level, kinds the names of the folders below without their number.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.scan_readers import NAMES, Seen, seen_on
from pos_client.scanner.frame import Pixels
from pos_client.scanner.picture_file import load_grey, pictures_in
from pos_client.scanner.symbology import expand_upce


@dataclass(frozen=True, slots=True)
class Sample:
    """One picture.

    Attributes:
        name: for reports.
        groups: set, and set with kind.
        expected: one of these must be read; empty where there is no code.
        allowed: these may be read too.
        grey: makes its pixels.
    """

    name: str
    groups: tuple[str, ...]
    expected: tuple[str, ...]
    allowed: tuple[str, ...]
    grey: Callable[[], Pixels]

    def is_hit(self, texts: list[str]) -> bool:
        """Whether one of the texts is the expected one."""
        return any(is_same(text, wanted) for text in texts for wanted in self.expected)

    def is_wrong(self, texts: list[str]) -> bool:
        """Whether one of the texts is none of this picture's."""
        fair = (*self.expected, *self.allowed)
        return any(not any(is_same(text, wanted) for wanted in fair) for text in texts)


@dataclass(slots=True)
class Tally:
    """Counts of one reader on one group."""

    found: int = 0
    wrong: int = 0
    ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    def add(self, sample: Sample, seen: Seen) -> None:
        """Count one picture."""
        self.found += sample.is_hit(seen.texts)
        self.wrong += sample.is_wrong(seen.texts)
        self.ms.append(seen.ms)
        self.cpu_ms.append(seen.cpu_ms)

    def facts(self) -> dict[str, float]:
        """Hits, pictures with a wrong text, and milliseconds: mean, median, 95 of 100, and of CPU time the mean."""
        return {
            "hits": self.found,
            "wrong": self.wrong,
            "ms_mean": round(float(np.mean(self.ms)), 2),
            "ms_p50": round(float(np.median(self.ms)), 2),
            "ms_p95": round(float(np.percentile(self.ms, 95)), 2),
            "cpu_ms_mean": round(float(np.mean(self.cpu_ms)), 2),
        }


@dataclass(slots=True)
class Group:
    """The counts of every reader on the pictures of one set or kind."""

    with_code: int = 0
    tallies: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in NAMES})

    @property
    def pictures(self) -> int:
        """How many there are, with and without a code."""
        return len(self.tallies[NAMES[0]].ms)

    def add(self, sample: Sample, seen: dict[str, Seen]) -> None:
        """Count one picture."""
        self.with_code += bool(sample.expected)
        for name, tally in self.tallies.items():
            tally.add(sample, seen[name])


def samples_in(folder: Path) -> Iterator[Sample]:
    """Every picture below a folder with what it should say."""
    for path in pictures_in(folder):
        expected, allowed = _texts_beside(path)
        yield Sample(path.name, _groups_of(path.relative_to(folder)), expected, allowed, _loader(path))


def measure(samples: Iterable[Sample]) -> dict[str, Group]:
    """Counts by set, by kind, and of ``all``."""
    groups: dict[str, Group] = {}
    for sample in samples:
        seen = seen_on(sample.grey())
        for name in (*sample.groups, "all"):
            groups.setdefault(name, Group()).add(sample, seen)
    return dict(sorted(groups.items()))


def is_same(text: str, wanted: str) -> bool:
    """Whether two texts mean the same: GS1 brackets and separators aside, article numbers in any length."""
    return bool(_forms(text) & _forms(wanted))


def _texts_beside(path: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    listed, plain = path.with_suffix(".expected.json"), path.with_suffix(".txt")
    if listed.exists():
        texts = json.loads(listed.read_text("utf-8"))
        return tuple(texts["any"]), tuple(texts["also"])
    if plain.exists():
        return (plain.read_bytes().decode("utf-8"),), ()
    return (), ()


def _groups_of(inside: Path) -> tuple[str, ...]:
    folders = inside.parts[:-1]
    if not folders:
        return ("pictures",)
    kind = re.sub(r"-\w+$", "", folders[-1])
    return (folders[0],) if len(folders) == 1 else (folders[0], f"{folders[0]}/{kind}")


def _loader(path: Path) -> Callable[[], Pixels]:
    return lambda: load_grey(path).grey


def _forms(text: str) -> set[str]:
    forms = {text, re.sub(r"[()\x1d]", "", text)}
    if text.isascii() and text.isdigit():
        forms |= {12: {"0" + text}, 14: {"01" + text}}.get(len(text), set())
        if len(text) == 8 and text[0] in "01":
            forms.add(expand_upce(text))
    return forms
