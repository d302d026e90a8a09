"""``python -m benchmarks [NAME…] [--full]``: a table, and one JSON line last.

``scan [FOLDER]`` is the scanner as a whole: pictures (of that folder), frames of a camera, time from code to scan.
"""

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

NAMES: Final = (
    "offline_lookup",
    "durable_redeem",
    "long_journal",
    "day_charts",
    "redeem_over_http",
    "store_claims",
    "push_entries",
    "close_day",
    "pull_changes",
    "window_start",
    "painted_verdict",
    "verdict_paint",
    "history_search",
    "scan",
    "out_of_focus",
    "damaged_lines",
    "decode_frames",
    "time_to_scan",
    "one_scan_each",
    "route_codes",
    "offers",
)
WHOLE_SCANNER: Final = ("scan", "decode_frames", "time_to_scan")


def main() -> int:
    """Run the named benchmarks, all where none is named."""
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--full", action="store_true", help="the sizes of a chain; takes long")
    options = parser.parse_args()
    # What is no benchmark may be the folder of pictures that "scan" is to read.
    folders = [Path(name) for name in options.names if name not in NAMES and "scan" in options.names]
    unknown = sorted(set(options.names) - set(NAMES) - {str(name) for name in options.names if Path(name).is_dir()})
    if unknown or len(folders) > 1:
        parser.error(f"no such benchmark or folder: {', '.join(unknown) or 'one folder at a time'}")
    named = [name for name in options.names if name in NAMES]
    names = WHOLE_SCANNER if named == ["scan"] else named or NAMES
    rows = [row for name in names for row in _run(name, full=options.full, folder=folders[0] if folders else None)]
    _print(rows)
    print(json.dumps({"rows": rows}, ensure_ascii=False))
    return 0


def _run(name: str, *, full: bool, folder: Path | None) -> list[dict[str, Any]]:
    """The rows of one benchmark: ``work``, ``measured``, ``floor``, ``ratio``, ``goal`` and whatever else it knows."""
    print(f"… {name}", file=sys.stderr, flush=True)
    given = {} if folder is None or name != "scan" else {"folder": folder}
    result = importlib.import_module(f"benchmarks.{name}").run(quick=not full, **given)
    rows: list[dict[str, Any]] = result.get("rows", [result])
    return [{"benchmark": name, **row} for row in rows]


def _print(rows: list[dict[str, Any]]) -> None:
    fields = ("benchmark", "work", "measured", "floor", "ratio", "goal")
    table = Table(*fields)
    for row in rows:
        table.add_row(*(escape(str(row.get(field, ""))) for field in fields))
    Console(width=160).print(table)


if __name__ == "__main__":
    sys.exit(main())
