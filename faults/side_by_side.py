"""Several rows at a time, each in a process of its own: most rows wait for disks, lines and other processes.

Apart from the command so that a row itself never knows. A row whose figures are times of a few milliseconds is
``alone``: it runs when the others have ended.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any

from faults.row import Row


def run_side_by_side(
    rows: Sequence[Row], jobs: int, options: Sequence[str], ended: Callable[[dict[str, Any]], None]
) -> list[dict[str, Any]]:
    """Run each row once.

    Args:
        rows: which. jobs: how many at a time. options: of each row's own command.
        ended: told each result as it comes.

    Returns:
        The results, in the order of the rows.
    """
    results: dict[str, dict[str, Any]] = {}
    for group, at_once in (([row for row in rows if not row.alone], jobs), ([row for row in rows if row.alone], 1)):
        for result in _run(group, at_once, options):
            results[result["row"]] = result
            ended(result)
    return [results[row.name] for row in rows]


def _run(rows: Sequence[Row], jobs: int, options: Sequence[str]) -> Iterator[dict[str, Any]]:
    with ThreadPoolExecutor(jobs) as pool:
        # The long ones first: what is begun last decides when all have ended.
        longest_first = sorted(rows, key=lambda row: row.quick_s, reverse=True)
        for done in as_completed([pool.submit(_run_one, row, options) for row in longest_first]):
            yield done.result()


def _run_one(row: Row, options: Sequence[str]) -> dict[str, Any]:
    line = [sys.executable, "-m", "faults", row.name, "--jobs", "1", *options]
    done = subprocess.run(line, stdout=subprocess.PIPE, text=True, check=False)
    last = done.stdout.strip().rpartition("\n")[2]
    if done.returncode not in {0, 1} or not last.startswith("{"):
        raise RuntimeError(f"row {row.name} ended with {done.returncode}: {done.stdout[-500:]}")
    (result,) = json.loads(last)["rows"]
    return dict(result)
