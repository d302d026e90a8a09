"""What the scanner finds and believes on photographs with known texts, beside what its libraries find alone.

Run as ``python -m benchmarks.scan_samples FOLDER [--json]``; says so and ends well where the folder is absent. Beside
each picture ``NAME.EXT`` stands ``NAME.txt`` with its text, or ``NAME.expected.json`` with ``any`` (one of these must
be read) and ``also`` (these may be read too); a picture without either holds no code.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import numpy as np
import zxingcpp
from pyzbar import pyzbar

from pos_client.scanner.frame import Pixels
from pos_client.scanner.picture_file import load_grey, pictures_in
from pos_client.scanner.still import decode_picture
from pos_client.scanner.symbology import expand_upce

_F = zxingcpp.BarcodeFormat
_ZXING_RETAIL = zxingcpp.BarcodeFormats(
    [
        *(_F.QRCode, _F.EANUPC, _F.Code128, _F.Code39, _F.Code93, _F.Codabar, _F.ITF),
        *(_F.DataBar, _F.DataMatrix, _F.PDF417, _F.Aztec),
    ]
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One photograph: one of ``expected`` must be read, ``allowed`` may be; both empty where there is no code."""

    path: Path
    expected: tuple[str, ...]
    allowed: tuple[str, ...]

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

    def add(self, sample: Sample, texts: list[str], ms: float) -> None:
        """Count one picture."""
        self.found += sample.is_hit(texts)
        self.wrong += sample.is_wrong(texts)
        self.ms.append(ms)


def samples_in(folder: Path) -> Iterator[Sample]:
    """Every photograph below a folder with what it should say."""
    for path in pictures_in(folder):
        listed, plain = path.with_suffix(".expected.json"), path.with_suffix(".txt")
        if listed.exists():
            texts = json.loads(listed.read_text("utf-8"))
            yield Sample(path, tuple(texts["any"]), tuple(texts["also"]))
        elif plain.exists():
            yield Sample(path, (plain.read_bytes().decode("utf-8"),), ())
        else:
            yield Sample(path, (), ())


def is_same(text: str, wanted: str) -> bool:
    """Whether two texts mean the same: GS1 brackets and separators aside, article numbers in any length."""
    return bool(_forms(text) & _forms(wanted))


def _forms(text: str) -> set[str]:
    forms = {text, re.sub(r"[()\x1d]", "", text)}
    if text.isascii() and text.isdigit():
        forms |= {12: {"0" + text}, 14: {"01" + text}}.get(len(text), set())
        if len(text) == 8 and text[0] in "01":
            forms.add(expand_upce(text))
    return forms


def read_by_zxing(grey: Pixels) -> list[str]:
    """zxing-cpp's single call."""
    found = zxingcpp.read_barcode(grey, formats=_ZXING_RETAIL, text_mode=zxingcpp.TextMode.Plain)
    return [found.text] if found else []


def read_by_pyzbar(grey: Pixels) -> list[str]:
    """pyzbar with all its symbols."""
    try:
        return [found.data.decode("utf-8", "replace") for found in pyzbar.decode(np.ascontiguousarray(grey))]
    except ValueError:  # structured append, pyzbar issue 139
        return []


def read_by_both(grey: Pixels) -> list[str]:
    """What the two find between them."""
    return read_by_zxing(grey) + read_by_pyzbar(grey)


READERS: dict[str, Callable[[Pixels], list[str]]] = {
    "pyzbar": read_by_pyzbar,
    "zxing single": read_by_zxing,
    "union": read_by_both,
}


def measure(folder: Path) -> dict[str, dict[str, object]]:
    """Counts by group: the folder's first level, and ``all``."""
    groups: dict[str, dict[str, Tally]] = {}
    sizes: dict[str, int] = {}
    for sample in samples_in(folder):
        seen = seen_in(sample)
        for group in (sample.path.relative_to(folder).parts[0], "all"):
            sizes[group] = sizes.get(group, 0) + bool(sample.expected)
            tallies = groups.setdefault(group, {})
            for reader, (texts, ms) in seen.items():
                tallies.setdefault(reader, Tally()).add(sample, texts, ms)
    return {group: _row(sizes[group], tallies) for group, tallies in sorted(groups.items())}


def seen_in(sample: Sample) -> dict[str, tuple[list[str], float]]:
    """Texts and milliseconds of every reader on one photograph."""
    grey = load_grey(sample.path).grey
    seen = {}
    for reader, read in READERS.items():
        begun = perf_counter()
        texts = read(grey)
        seen[reader] = (texts, (perf_counter() - begun) * 1000)
    result = decode_picture(sample.path)
    seen["found"] = ([code.text for code in result.codes], result.ms)
    seen["believed"] = ([code.text for code in result.codes if code.believed], result.ms)
    return seen


def _row(with_code: int, tallies: dict[str, Tally]) -> dict[str, object]:
    row: dict[str, object] = {"with_code": with_code, "pictures": len(tallies["found"].ms)}
    for reader, tally in tallies.items():
        row[reader] = {
            "hits": tally.found,
            "wrong": tally.wrong,
            "ms_mean": round(float(np.mean(tally.ms)), 1),
            "ms_p95": round(float(np.percentile(tally.ms, 95)), 1),
        }
    return row


def print_table(measured: dict[str, dict[str, object]]) -> None:
    """The counts for people."""
    print(f"{'group':<12}{'n':>5}  " + "".join(f"{reader:>26}" for reader in [*READERS, "found", "believed"]))
    for group, row in measured.items():
        cells = [row[reader] for reader in [*READERS, "found", "believed"]]
        told = "".join(f"{_cell(cell, int(str(row['with_code']))):>26}" for cell in cells)
        print(f"{group:<12}{row['with_code']:>5}  {told}")
    print("each: hits, share, pictures with a wrong text, mean ms")


def _cell(cell: object, with_code: int) -> str:
    counts = cell if isinstance(cell, dict) else {}
    share = 100 * counts["hits"] / max(1, with_code)
    return f"{counts['hits']} {share:.1f}% {counts['wrong']}w {counts['ms_mean']}ms"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not options.folder.is_dir():
        print(f"no sample photographs at {options.folder}: nothing measured", file=sys.stderr)
        return 0
    measured = measure(options.folder)
    if options.json:
        print(json.dumps(measured))
    else:
        print_table(measured)
    return 0


if __name__ == "__main__":
    sys.exit(main())
