"""The set's table: ``python -m tests.scan_set.table [--kind KIND] [--write] [--failures FILE]``.

Counts for each kind and level what each library reads, what our cascade sees and believes, and wrong texts. ``--write``
puts the table into docs/scan-set.md; ``--failures`` lists the pictures that a library reads and we do not.
"""

import argparse
import os
import re
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2
from rich.console import Console
from rich.progress import track

from tests.scan_set.picture_set import KINDS, LEVELS, VERSION, SetPicture, pictures
from tests.scan_set.readers import READERS, Reading, read_all

PAPER = Path(__file__).parents[2] / "docs" / "scan-set.md"
_BEGIN, _END = "<!-- table: begin -->", "<!-- table: end -->"


@dataclass(frozen=True, slots=True)
class Row:
    """One picture and what everyone made of it."""

    picture: SetPicture
    expected: str | None
    readings: dict[str, Reading]

    def hits(self, reader: str) -> bool:
        """Whether a reader read the expected text."""
        return self.readings[reader].is_hit(self.expected)

    def is_wrong(self, reader: str) -> bool:
        """Whether a reader read a text that is not there."""
        return self.readings[reader].is_wrong(self.expected)


def measured(wanted: Iterable[SetPicture]) -> list[Row]:
    """Let every reader look at every picture, with every core."""
    chosen = list(wanted)
    with ProcessPoolExecutor(os.cpu_count(), initializer=cv2.setNumThreads, initargs=(1,)) as pool:
        rows = pool.map(_row, chosen, chunksize=4)
        return list(track(rows, "reading", len(chosen), console=Console(stderr=True)))


def _row(picture: SetPicture) -> Row:
    return Row(picture, picture.expected, read_all(picture))


def table(rows: Sequence[Row]) -> str:
    """The table in Markdown: hits of levels 1, 2 and 3, and how many pictures have a wrong text."""
    names = {
        "zxing": "zxing-cpp",
        "pyzbar": "pyzbar",
        "both": "both",
        "seen": "ours, seen",
        "believed": "ours, believed",
    }
    lines = [
        "| kind | pictures | " + " | ".join(names[reader] for reader in READERS) + " | wrong: both, seen, believed |",
        "|---|---|" + "---|" * (len(READERS) + 1),
    ]
    present = {row.picture.kind.name for row in rows}
    for name in (kind.name for kind in KINDS if kind.name in present):
        lines += [_line(name, [row for row in rows if row.picture.kind.name == name])]
    with_code = [row for row in rows if row.expected is not None]
    lines.append(_line("**all with a code**", with_code))
    lines.append(_share_line(with_code))
    lines.append(_line("**all without**", [row for row in rows if row.expected is None]))
    mean = {reader: sum(row.readings[reader].ms for row in rows) / max(1, len(rows)) for reader in READERS}
    told = ", ".join(f"{names[reader]} {mean[reader]:.0f}" for reader in READERS[:4])
    return "\n".join([*lines, "", f"Scan set {VERSION}. CPU time of a picture, mean in milliseconds: {told}."])


def _line(name: str, rows: Sequence[Row]) -> str:
    cells = [
        " · ".join(str(sum(row.hits(reader) for row in rows if row.picture.level == level)) for level in LEVELS)
        for reader in READERS
    ]
    if all(row.expected is None for row in rows):
        cells = ["-"] * len(READERS)
    each = " · ".join(str(sum(row.picture.level == level for row in rows)) for level in LEVELS)
    wrong = ", ".join(str(sum(row.is_wrong(reader) for row in rows)) for reader in ("both", "seen", "believed"))
    return f"| {name} | {each} | " + " | ".join(cells) + f" | {wrong} |"


def _share_line(rows: Sequence[Row]) -> str:
    by_level = {level: [row for row in rows if row.picture.level == level] for level in LEVELS}
    cells = [
        " · ".join(
            f"{100 * sum(row.hits(reader) for row in part) / max(1, len(part)):.0f}" for part in by_level.values()
        )
        + f" (**{100 * sum(row.hits(reader) for row in rows) / max(1, len(rows)):.1f}**)"
        for reader in READERS
    ]
    return "| in a hundred | | " + " | ".join(cells) + " | |"


def failures(rows: Sequence[Row]) -> str:
    """Pictures of which a library reads the text and our cascade does not, and every wrong text of ours."""
    lines = [f"# Scan set {VERSION}: where the cascade fails", "", "## Read by a library, not seen by us"]
    missed = [row for row in rows if row.hits("both") and not row.hits("seen")]
    lines += [_told(row, [reader for reader in READERS[:2] if row.hits(reader)]) for row in missed]
    lines += ["", "## Seen by us, not believed"]
    lines += [_told(row, []) for row in rows if row.hits("seen") and not row.hits("believed")]
    for reader in ("believed", "seen"):
        lines += ["", f"## Wrong texts {reader}"]
        lines += [_told(row, row.readings[reader].texts) for row in rows if row.is_wrong(reader)]
    return "\n".join(lines) + "\n"


def _told(row: Row, what: Sequence[str]) -> str:
    picture = row.picture
    return (
        f"- {picture.name} ({picture.symbology or 'no code'}, {(row.expected or '')[:24]!r}) {', '.join(what)}".rstrip()
    )


def put_into_paper(text: str, paper: Path = PAPER) -> None:
    """Replace what stands between the marks of the paper."""
    before = paper.read_text("utf-8")
    pattern = re.compile(f"{re.escape(_BEGIN)}.*{re.escape(_END)}", re.DOTALL)
    paper.write_text(pattern.sub(lambda _: f"{_BEGIN}\n{text}\n{_END}", before), "utf-8")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.scan_set.table", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kind", action="append", default=[], choices=[kind.name for kind in KINDS], metavar="KIND")
    parser.add_argument("--write", action="store_true", help="into docs/scan-set.md")
    parser.add_argument("--failures", type=Path)
    options = parser.parse_args()
    rows = measured(pictures(*options.kind))
    sys.stdout.write(table(rows) + "\n")
    if options.write and not options.kind:
        put_into_paper(table(rows))
    if options.failures:
        options.failures.write_text(failures(rows), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
