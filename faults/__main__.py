"""Runs rows of the fault matrix and prints a table; the last line is one JSON document."""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from faults import kill_loop
from faults.row import Order, Outcome, Row

ROWS: dict[str, Row] = {row.name: row for row in (kill_loop.ROW,)}
KILLS = 1_000
QUICK_KILLS = 100


def main(arguments: list[str] | None = None) -> int:
    """The exit code: 0 where every promise of every row held."""
    asked = _parser().parse_args(arguments)
    kills = asked.kills or (QUICK_KILLS if asked.quick else KILLS)
    results = [_ran(ROWS[name], kills, asked.seed, asked.keep) for name in asked.rows or ROWS]
    _print_table(results)
    print(json.dumps({"ok": all(one["ok"] for one in results), "seed": asked.seed, "rows": results}))
    return 0 if all(one["ok"] for one in results) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="faults", description=__doc__)
    parser.add_argument(
        "rows", nargs="*", choices=[*ROWS, []], metavar="ROW", help=f"of {', '.join(ROWS)}; all if none"
    )
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_KILLS} kills in place of {KILLS}")
    parser.add_argument("--kills", type=int, default=0, help="how many kills exactly")
    parser.add_argument("--seed", type=int, default=1, help="of all dice")
    parser.add_argument("--keep", type=Path, help="an empty folder to work in, and to leave everything in")
    return parser


def _ran(row: Row, kills: int, seed: int, keep: Path | None) -> dict[str, Any]:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix=f"faults-{row.name}-") as made:
        folder = (keep or Path(made)) / row.name
        folder.mkdir(parents=True)
        outcome = row.run(Order(kills, seed, folder, lambda text: print(f"{row.name}: {text}", file=sys.stderr)))
    return _document(row, outcome, time.monotonic() - began)


def _document(row: Row, outcome: Outcome, seconds: float) -> dict[str, Any]:
    return {
        "row": row.name,
        "what": row.what,
        "ok": outcome.holds,
        "seconds": round(seconds, 1),
        "figures": dict(outcome.figures),
        "broken": list(outcome.broken),
    }


def _print_table(results: list[dict[str, Any]]) -> None:
    for one in results:
        print(f"{one['row']}  {one['what']}  ({one['seconds']} s)  {'holds' if one['ok'] else 'BROKEN'}")
        for name, value in one["figures"].items():
            print(f"    {name:<18} {value:>10}")
        for sentence in one["broken"]:
            print(f"    ! {sentence}")


if __name__ == "__main__":
    sys.exit(main())
