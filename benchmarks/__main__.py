"""``python -m benchmarks [NAME…] [--full]``: a table, and one JSON line last."""

import argparse
import importlib
import json
import sys
from typing import Any, Final

from rich.console import Console
from rich.table import Table

NAMES: Final = (
    "offline_lookup",
    "durable_redeem",
    "redeem_over_http",
    "push_entries",
    "window_start",
    "painted_verdict",
    "decode_frames",
    "time_to_scan",
    "one_scan_each",
    "route_codes",
)


def main() -> int:
    """Run the named benchmarks, all where none is named."""
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--full", action="store_true", help="the sizes of a chain; takes long")
    options = parser.parse_args()
    unknown = sorted(set(options.names) - set(NAMES))
    if unknown:
        parser.error(f"no such benchmark: {', '.join(unknown)}")
    rows = [row for name in options.names or NAMES for row in _run(name, full=options.full)]
    _print(rows)
    print(json.dumps({"rows": rows}, ensure_ascii=False))
    return 0


def _run(name: str, *, full: bool) -> list[dict[str, Any]]:
    """The rows of one benchmark: ``work``, ``measured``, ``floor``, ``ratio``, ``goal`` and whatever else it knows."""
    print(f"… {name}", file=sys.stderr, flush=True)
    result = importlib.import_module(f"benchmarks.{name}").run(quick=not full)
    rows: list[dict[str, Any]] = result.get("rows", [result])
    return [{"benchmark": name, **row} for row in rows]


def _print(rows: list[dict[str, Any]]) -> None:
    table = Table("benchmark", "work", "measured", "floor", "ratio", "goal")
    for row in rows:
        table.add_row(
            *(str(row.get(field, "")) for field in ("benchmark", "work", "measured", "floor", "ratio", "goal"))
        )
    Console(width=160).print(table)


if __name__ == "__main__":
    sys.exit(main())
