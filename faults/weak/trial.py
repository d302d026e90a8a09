"""Tries every switch of the weak build: the rows that must notice are run with it, and have to fail.

Each run is a process of its own, so that a patch cannot stay behind. A row that fails also without the switch proves
nothing; so it is run once more as it is, with the same amount.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from faults.weak.switch import ENVIRONMENT, Switch, all_switches

ROOT = Path(__file__).resolve().parents[2]
INJECT = Path(__file__).parent / "inject"
_LONGEST_S = 600


def try_switches(names: Sequence[str], only_rows: Sequence[str], seed: int) -> int:
    """Try these switches, or all; 0 where each was caught."""
    known = all_switches()
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"faults: no such switch: {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    controls: dict[tuple[str, int], bool] = {}
    results = []
    print(f"{'switch':<24} {'caught by':<10} figure", flush=True)
    for name in names or known:
        results.append(_tried(known[name], only_rows, seed, controls))
        _print_lines(results[-1])
    ok = all(one["caught"] for one in results)
    print(json.dumps({"ok": ok, "seed": seed, "switches": results}, ensure_ascii=False))
    return 0 if ok else 1


def _tried(
    switch: Switch, only_rows: Sequence[str], seed: int, controls: dict[tuple[str, int], bool]
) -> dict[str, Any]:
    began = time.monotonic()
    rows = []
    for row, amount in switch.caught_by.items():
        if only_rows and row not in only_rows:
            continue
        if (row, amount) not in controls:
            _say(f"{row} as it is ({amount})")
            controls[row, amount] = bool(_run(row, amount, seed, "").get("ok"))
        _say(f"{row} with {switch.name} ({amount})")
        rows.append(_judged(switch, _run(row, amount, seed, switch.name), row, control_holds=controls[row, amount]))
    return {
        "switch": switch.name,
        "what": switch.what,
        "caught": bool(rows) and all(row["caught"] for row in rows),
        "seconds": round(time.monotonic() - began, 1),
        "rows": rows,
    }


def _judged(switch: Switch, ran: dict[str, Any], row: str, *, control_holds: bool) -> dict[str, Any]:
    """Caught is a row that fails for the reason the switch gives, and holds without it."""
    broken: list[str] = next((one["broken"] for one in ran.get("rows", []) if one["row"] == row), [])
    named = [text for text in broken if "harness itself" not in text]
    because = [text for text in named if not switch.because or any(part in text for part in switch.because)]
    return {
        "row": row,
        "caught": control_holds and bool(because),
        "holds_without": control_holds,
        "figure": (because or broken or ["nothing was noticed"])[0],
    }


def _run(row: str, amount: int, seed: int, switch: str) -> dict[str, Any]:
    """Run one row in a process of its own; the JSON document of its last line, empty where there is none."""
    path = [str(INJECT), str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path), ENVIRONMENT: switch}
    line = [sys.executable, "-m", "faults", row, "--quick", "--amount", str(amount), "--seed", str(seed)]
    done = subprocess.run(
        line, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False, timeout=_LONGEST_S
    )
    lines = done.stdout.strip().splitlines()
    try:
        document: dict[str, Any] = json.loads(lines[-1])
    except (IndexError, json.JSONDecodeError):
        return {}
    return document


def _print_lines(one: dict[str, Any]) -> None:
    for row in one["rows"]:
        mark = row["row"] if row["caught"] else f"{row['row']} NOT"
        without = "" if row["holds_without"] else " (the row fails without it as well)"
        print(f"{one['switch']:<24} {mark:<10} {row['figure']:.150}{without}", flush=True)
    if not one["rows"]:
        print(f"{one['switch']:<24} {'NOT':<10} no row was run", flush=True)


def _say(text: str) -> None:
    print(f"weak: {text}", file=sys.stderr, flush=True)
