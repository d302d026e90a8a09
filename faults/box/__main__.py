"""Plays scenarios in a box: prints a timeline, then the judge's word; the last line is one JSON document."""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from faults.tidy import adopt_orphans, clean_folder

from .judging import Judged, judge
from .scenario import Scenario
from .scenarios import SCENARIOS
from .timeline import Timeline
from .world import World


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 where every scenario kept its promises."""
    asked = _parser().parse_args(arguments)
    if not (asked.scenarios or asked.all):
        print("\n".join(f"{one.name:<24} {one.story}" for one in SCENARIOS.values()))
        return 0
    adopt_orphans()
    played = [_played(SCENARIOS[name], asked.keep) for name in asked.scenarios or SCENARIOS]
    print(json.dumps({"ok": all(one["ok"] for one in played), "scenarios": played}))
    return 0 if all(one["ok"] for one in played) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="store-in-a-box", description=__doc__)
    parser.add_argument("scenarios", nargs="*", choices=[*SCENARIOS, []], metavar="SCENARIO", help="none lists them")
    parser.add_argument("--all", action="store_true", help="one after the other")
    parser.add_argument("--keep", type=Path, help="a folder in which everything is left")
    return parser


def _played(scenario: Scenario, keep: Path | None) -> dict[str, Any]:
    print(f"\n{scenario.name}: {scenario.story}")
    began = time.monotonic()
    with clean_folder(scenario.name, keep) as folder:
        timeline = Timeline(lambda line: print(f"  {line}", flush=True))
        with World(folder, scenario.plan, timeline) as world:
            broken = scenario.play(world)
            judged = judge(world, scenario, broken)
    return _told(scenario, judged, time.monotonic() - began)


def _told(scenario: Scenario, judged: Judged, seconds: float) -> dict[str, Any]:
    for name, value in judged.figures.items():
        print(f"    {name:<22} {value:>8}")
    for sentence in judged.broken:
        print(f"    ! {sentence}")
    print(f"  {'HOLDS' if not judged.broken else 'BROKEN'} after {seconds:.0f} s")
    return {
        "scenario": scenario.name,
        "ok": not judged.broken,
        "seconds": round(seconds, 1),
        "figures": dict(judged.figures),
        "broken": list(judged.broken),
    }


if __name__ == "__main__":
    sys.exit(main())
