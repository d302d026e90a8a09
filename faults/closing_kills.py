"""Machines are killed in the middle of a close, one after the other: it resumes and agrees.

Apart from the cases because these need real processes: lanes, the store's server that carries their way, the centre.
"""

import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from typing import Final

from faults.box.lane_handle import LaneHandle
from faults.box.programs import ProgramFailed, ServerProgram
from faults.box.world import Plan, World
from faults.boxes import agreed_by_themselves, box, judged, own_cluster
from faults.row import Order
from faults.stage import Promises
from tests.integration.crm_server.clusters import Cluster

LONGEST_WAIT_S: Final = 0.4
REDEEMED: Final = 4
Kill = Callable[[], None]


def killed_while_closing(order: Order, engine: str, times: int, counts: Counter[str], promises: Promises) -> None:
    """Lane, store server and centre, ``times`` each; the store server on SQLite or PostgreSQL."""
    with ExitStack() as stack:
        held = stack.enter_context(own_cluster()) if engine == "postgresql" else None
        plan = Plan(lanes=2, seed=order.seed, store_database_url=held.url() if held else "")
        world = stack.enter_context(box(order, f"kills-{engine}", plan))
        victims: dict[str, Kill] = {"lane": lambda: _back(world.lanes[0]), "centre": lambda: _again(world.centre)}
        store = world.store
        if held is not None:
            victims = {"store_server": lambda: _crash(held)}
        elif store is not None:
            victims["store_server"] = lambda: _again(store)
        dice = random.Random(order.seed)
        for victim, kill in victims.items():
            for _ in range(times):
                _one(world, victim, kill, dice, promises)
                counts[f"kills_{victim}_{engine}"] += 1
        _agree(world, engine, counts, promises)


def _one(world: World, victim: str, kill: Kill, dice: random.Random, promises: Promises) -> None:
    """Close with the direct way cut, so that the store's server carries all; somebody dies meanwhile."""
    world.heal()
    for code in world.mint(REDEEMED):
        world.lanes[0].do("redeem", codes=[code])
    world.cut(world.wan)
    lane = world.lanes[0]
    lane.tell("close")
    lane.tell("sync")
    time.sleep(dice.uniform(0, LONGEST_WAIT_S))
    kill()
    world.note(victim, "was killed and is back")
    if victim != "lane":
        said = lane.hear()
        lane.hear()
    else:
        # Whoever closed sees that the program is gone, opens it and closes again; what was closed stays closed.
        said = lane.do("close")
    promises.hold(said["state"] == "closed", f"{victim}: the day is {said['state']}")


def _agree(world: World, engine: str, counts: Counter[str], promises: Promises) -> None:
    world.heal()
    standings = agreed_by_themselves(world)
    of_lane = standings[world.lanes[0].name]
    counts["closes_agreed_after_kills"] += of_lane.count("agreed")
    promises.hold(bool(of_lane) and set(of_lane) == {"agreed"}, f"{engine}: closes stand at {of_lane} after the kills")
    promises.broken += [f"{engine}: {sentence}" for sentence in judged(world, ()).broken]


def _back(lane: LaneHandle) -> None:
    lane.kill()
    lane.start()
    if not lane.runs:
        raise ProgramFailed(f"{lane.name} did not come back")


def _crash(held: Cluster) -> None:
    held.stop("immediate")
    held.start()


def _again(server: ServerProgram) -> None:
    server.kill()
    server.start()
