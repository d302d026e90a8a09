"""What the judge of the fault matrix says of a box once everything was healed.

Apart from the scenarios because the promises are the same for all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from faults.oracle import Allowed, check

from .scenario import Scenario
from .world import World

DATABASE: Final = "crm.db"


@dataclass(frozen=True, slots=True)
class Judged:
    """What was counted, and each promise that did not hold."""

    figures: Mapping[str, int | float]
    broken: tuple[str, ...]


def judge(world: World, scenario: Scenario, broken: list[str]) -> Judged:
    """Heal everything, compare all books, and add what the scenario itself saw."""
    waiting = world.settle()
    store = _database(world.store.data, world.plan.store_database_url) if world.store else None
    found = check(
        [lane.facts() for lane in world.lanes],
        _database(world.centre.data, world.plan.database_url),
        store,
        Allowed(scenario.most_excess, scenario.most_excess * scenario.coupon_minor),
    )
    died = [f"a traceback in {lane.errors.name}" for lane in world.lanes if _has_traceback(lane.errors)]
    servers = [server for server in (world.centre, world.store) if server is not None]
    died += [f"a traceback in the log of {server.data.name}" for server in servers if server.tracebacks()]
    undelivered = [f"{waiting} entries still wait"] if waiting else []
    figures = {"lanes": len(world.lanes), "most_excess": scenario.most_excess, **found.figures()}
    return Judged(figures, (*broken, *undelivered, *died, *found.broken()))


def _database(data: Path, url: str) -> Path | str:
    return url or data / DATABASE


def _has_traceback(log: Path) -> bool:
    return log.exists() and "Traceback" in log.read_text()
