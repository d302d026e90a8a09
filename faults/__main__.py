"""Runs rows of the fault matrix and prints a table; the last line is one JSON document.

Exit codes: 0 every promise of every row held (with --weak: every weakness was caught), 1 one did not, 2 usage.
"""

import argparse
import json
import os
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Any, NoReturn

from faults import tidy
from faults.registry import all_rows
from faults.report import page, print_row, print_table
from faults.row import Order, Outcome, Row, Size
from faults.side_by_side import run_side_by_side


def main(arguments: list[str] | None = None) -> int:
    """Run what is asked for; the exit code."""
    asked = _parser().parse_args(arguments)
    tidy.adopt_orphans()
    signal.signal(signal.SIGTERM, _interrupted)
    try:
        if asked.weak is not None:
            from faults.weak.trial import try_switches  # noqa: PLC0415 - loads the weak build, which is never wanted else

            return try_switches(asked.weak, asked.rows, asked.seed)
        return _run_rows(asked)
    except KeyboardInterrupt:
        print("faults: interrupted", file=sys.stderr)
        return 130
    finally:
        tidy.end_descendants()


def _run_rows(asked: argparse.Namespace) -> int:
    size = Size.CI if asked.ci else Size.QUICK if asked.quick else Size.FULL
    began = time.monotonic()
    rows = [row for row in all_rows().values() if row.name in asked.rows or (not asked.rows and row.amounts.at(size))]
    if asked.jobs > 1 and len(rows) > 1:
        results = run_side_by_side(rows, asked.jobs, _options(asked), print_row)
    else:
        results = []
        for row in rows:
            amount = row.amounts.at(size) if asked.amount is None else asked.amount
            results.append(_ran(row, Order(amount, asked.seed, Path(), _sayer(row), size), asked.keep))
            print_row(results[-1])
    whole = {
        "ok": bool(results) and all(one["ok"] for one in results),
        "seed": asked.seed,
        "size": size.value,
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "seconds": round(time.monotonic() - began, 1),
        "rows": results,
    }
    print_table(results)
    if asked.write:
        asked.write.write_text(page(whole), encoding="utf-8")
    print(json.dumps(whole, ensure_ascii=False))
    return 0 if whole["ok"] else 1


def _options(asked: argparse.Namespace) -> list[str]:
    """What each row's own process is told."""
    size = ["--ci"] * asked.ci + ["--quick"] * (asked.quick and not asked.ci)
    amount = [] if asked.amount is None else ["--amount", str(asked.amount)]
    return [*size, "--seed", str(asked.seed), *amount, *(["--keep", str(asked.keep)] if asked.keep else [])]


def _parser() -> argparse.ArgumentParser:
    names = list(all_rows())
    listed = "".join(f"\n  {row.name:<4} {row.what}" for row in all_rows().values())
    parser = argparse.ArgumentParser(
        prog="faults",
        description=f"{__doc__}\nrows:{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("rows", nargs="*", choices=[*names, []], metavar="ROW", help="F1, F2 ...; all if none is named")
    parser.add_argument("--quick", action="store_true", help="smaller amounts: all rows within 12 minutes on two cores")
    parser.add_argument("--ci", action="store_true", help="the least amounts, for every change")
    parser.add_argument("--amount", type=int, help="how often exactly, in the unit of the row")
    parser.add_argument("--seed", type=int, default=1, help="of all dice")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="rows at a time; as many as processors")
    parser.add_argument("--keep", type=Path, help="a folder to work in, and to leave everything in")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the results as a page (docs/faults.md)")
    parser.add_argument(
        "--weak",
        nargs="*",
        metavar="SWITCH",
        help="make the programs weak, one switch after the other, and see that a row fails for each; all if none",
    )
    return parser


def _ran(row: Row, order: Order, keep: Path | None) -> dict[str, Any]:
    began = time.monotonic()
    with tidy.clean_folder(row.name, keep) as folder:
        try:
            outcome = row.run(Order(order.amount, order.seed, folder, order.say, order.size))
        except Exception as error:  # noqa: BLE001 - a row that breaks must not take the others with it
            traceback.print_exc()
            outcome = Outcome({"harness_failed": 1}, (f"the harness itself failed: {error!r:.300}",))
    return {
        "row": row.name,
        "what": row.what,
        "method": row.method,
        "reach": row.reach,
        "ok": outcome.holds,
        "amount": order.amount,
        "unit": row.unit,
        "seconds": round(time.monotonic() - began, 1),
        "figures": dict(outcome.figures),
        "broken": list(outcome.broken),
        "notes": list(outcome.notes),
    }


def _sayer(row: Row) -> Any:
    return lambda text: print(f"{row.name}: {text}", file=sys.stderr, flush=True)


def _interrupted(_signal: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
