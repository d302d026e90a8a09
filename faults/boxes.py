"""Opens a box for a row, and has it judged; apart so that rows which need one only say what happens in it."""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from faults.box.judging import Judged, judge
from faults.box.scenario import Scenario
from faults.box.timeline import Timeline
from faults.box.world import Plan, World
from faults.row import Order
from tests.integration.crm_server.clusters import Cluster, cluster

NO_POSTGRESQL = "no PostgreSQL programs on this machine: the store's server was tried on SQLite alone"


@contextmanager
def box(order: Order, name: str, plan: Plan) -> Iterator[World]:
    """An opened box in a folder of its own."""
    # A lane that is enrolled from this process keeps its key in a file, as the lane's own process does.
    os.environ["POS_CLIENT_KEYRING"] = "file"
    folder = order.folder / name
    folder.mkdir(parents=True)
    with World(folder, plan, Timeline(lambda line: order.say(f"{name} {line}"))) as world:
        yield world


def judged(world: World, broken: Sequence[str], most_excess: int = 0, coupon_minor: int = 1_000) -> Judged:
    """Heal everything and compare all books."""
    told = Scenario("row", "", lambda _: [], world.plan, most_excess, coupon_minor)
    return judge(world, told, list(broken))


def has_postgresql() -> bool:
    """Whether a cluster can be made here."""
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


@contextmanager
def own_cluster() -> Iterator[Cluster]:
    """A running PostgreSQL cluster of this row's own, with an empty database."""
    with ExitStack() as stack:
        made = stack.enter_context(cluster())
        made.make()
        made.start()
        made.ask("CREATE DATABASE pos")
        yield made


def agreed_by_themselves(world: World, within_s: float = 60.0) -> dict[str, list[str]]:
    """Let lanes sync until every close is agreed on; where the closes of each stand then. Nothing else is done."""
    ends = time.monotonic() + within_s
    while True:
        for lane in world.lanes:
            lane.do("sync")
        standings = {lane.name: lane.do("closes")["standings"] for lane in world.lanes}
        if all(set(one) <= {"agreed"} for one in standings.values()) or time.monotonic() > ends:
            return standings
        time.sleep(0.2)


def not_agreed(standings: dict[str, list[str]], expected: int) -> list[str]:
    """A sentence for each lane that has another number of closes than expected, or one that is not agreed on."""
    return [
        f"{name}: closes stand at {stands}, {expected} agreed ones expected"
        for name, stands in standings.items()
        if stands != ["agreed"] * expected
    ]
