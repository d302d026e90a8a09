"""F18: the store's server dies in the middle of sales and comes back from a dump that has forgotten what it granted.

The line out is cut all the while, so that nobody but the lanes can tell it.
"""

import shutil
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final, Protocol

from pysqlite3 import dbapi2

from faults.box.lane_handle import LaneHandle
from faults.box.world import Plan, World, greens
from faults.boxes import NO_POSTGRESQL, box, has_postgresql, judged, own_cluster
from faults.row import Amounts, Order, Outcome, Row, Size
from faults.stage import Promises
from faults.tables import rows
from tests.integration.crm_server.clusters import Cluster
from tests.integration.crm_server.clusters import run as run_postgresql

LANES: Final = {Size.FULL: 4, Size.QUICK: 3, Size.CI: 2}
ALONE_WITHIN_S: Final = 1.0
OPENS_WITHIN_S: Final = 60.0
STAYS_SHUT_S: Final = 3.0


class Tables(Protocol):
    """Where the server's tables are, as this row treats them."""

    url: str

    def dump(self) -> None: ...
    def crash(self) -> None: ...
    def restore(self) -> None: ...


class SqliteTables:
    """A file: killed with its server."""

    url = ""

    def __init__(self, world: World, folder: Path) -> None:
        self._world, self._file, self._dump = world, folder / "store" / "crm.db", folder / "dump.db"

    def dump(self) -> None:
        """As the manual says: by the library, while the server runs."""
        of, to = dbapi2.connect(self._file), dbapi2.connect(self._dump)
        of.backup(to)
        of.close()
        to.close()

    def crash(self) -> None:
        """``kill -9``."""
        if self._world.store is not None:
            self._world.store.kill()

    def restore(self) -> None:
        """The file of the dump in its place."""
        for name in ("crm.db-wal", "crm.db-shm"):
            self._file.with_name(name).unlink(missing_ok=True)
        shutil.copyfile(self._dump, self._file)


class PostgresqlTables:
    """A cluster of its own, which crashes below a server that goes on."""

    def __init__(self, held: Cluster) -> None:
        self.url, self._cluster, self._dump = held.url(), held, held.folder / "dump"

    def dump(self) -> None:
        """``pg_dump``."""
        self._dump.unlink(missing_ok=True)
        run_postgresql("pg_dump", "-Fc", "-f", str(self._dump), "-d", self.url)

    def crash(self) -> None:
        """``pg_ctl -m immediate``; nothing is told to the server."""
        self._cluster.stop("immediate")

    def restore(self) -> None:
        """A new database of the dump."""
        self._cluster.start()
        self._cluster.ask("DROP DATABASE pos WITH (FORCE)")
        self._cluster.ask("CREATE DATABASE pos")
        run_postgresql("pg_restore", "-d", self.url, str(self._dump))


def run(order: Order) -> Outcome:
    """Both engines, as often as asked."""
    promises, counts = Promises(), Counter[str]()
    plan = Plan(lanes=LANES[order.size], seed=order.seed)
    with box(order, "sqlite", plan) as world:
        _play(world, SqliteTables(world, world.folder), "sqlite", order.amount, counts, promises)
    if order.size is Size.CI or not has_postgresql():
        return Outcome(dict(counts), tuple(promises.broken), () if order.size is Size.CI else (NO_POSTGRESQL,))
    with ExitStack() as stack:
        tables = PostgresqlTables(stack.enter_context(own_cluster()))
        plan = Plan(lanes=LANES[order.size], seed=order.seed + 1, store_database_url=tables.url)
        world = stack.enter_context(box(order, "postgresql", plan))
        _play(world, tables, "postgresql", order.amount, counts, promises)
    return Outcome(dict(counts), tuple(promises.broken))


def _play(world: World, tables: Tables, engine: str, times: int, counts: Counter[str], promises: Promises) -> None:
    mine = Promises()
    for _ in range(times):
        _one(world, tables, counts, mine)
    mine.broken += judged(world, ()).broken
    promises.broken += [f"{engine}: {sentence}" for sentence in mine.broken]


def _one(world: World, tables: Tables, counts: Counter[str], promises: Promises) -> None:
    """Sell, dump, sell, crash, sell alone, restore, and show every coupon again."""
    lanes, codes = world.lanes, iter(world.mint(7 * len(world.lanes), "--store", "1"))
    shown = [next(codes) for _ in range(4 * len(lanes))]
    parts = [shown[place::4] for place in range(4)]
    world.cut(world.wan, world.uplink)
    _redeem(lanes, parts[0], "B", "before the dump", promises)
    tables.dump()
    _redeem(lanes, parts[1], "B", "after the dump", promises)
    tables.crash()
    world.note("store", "its server crashed")
    alone = _redeem(lanes, parts[2], "C", "after the crash", promises)
    slowest = max(one["took_s"] for one in alone)
    counts["slowest_alone_ms"] = max(counts["slowest_alone_ms"], round(slowest * 1000))
    promises.hold(slowest <= ALONE_WITHIN_S, f"a lane went on alone after {slowest:.2f} s")
    missing = lanes[-1]
    world.lan.cut(missing.device)
    _restored(world, tables)
    _stays_shut(world, tables, lanes[:-1], parts[3], promises)
    world.lan.heal(missing.device)
    promises.hold(_opens(world, tables, OPENS_WITHIN_S), "it did not open although all lanes were there")
    _redeem(lanes, [next(codes) for _ in lanes], "B", "after it opened", promises)
    again = [lane.do("redeem", codes=[code]) for code in _used(parts) for lane in lanes]
    counts["shown_again"] += len(again)
    counts["second_greens"] += greens(again)
    promises.hold(greens(again) == 0, f"{greens(again)} coupons were given again after it opened")
    counts["restores"] += 1
    promises.hold(world.settle() == 0, "entries wait after healing")


def _used(parts: list[list[str]]) -> list[str]:
    """All that were taken: the missing lane took none while the server was shut."""
    return [code for part in parts[:3] for code in part] + parts[3][:-1]


def _redeem(
    lanes: list[LaneHandle], codes: list[str], tier: str, when: str, promises: Promises
) -> list[dict[str, Any]]:
    """A coupon at each lane; all green, decided by whom it should be."""
    said = [lane.do("redeem", codes=[code]) for lane, code in zip(lanes, codes, strict=False)]
    tiers = [one["tier"] for one in said]
    promises.hold(greens(said) == len(said), f"{when}: {[one['told'] for one in said]}")
    promises.hold(set(tiers) == {tier}, f"{when}: decided by {tiers} instead of {tier}")
    return said


def _restored(world: World, tables: Tables) -> None:
    if world.store is None:
        return
    world.store.kill()
    tables.restore()
    world.store.command("store-restored", *(["--database-url", tables.url] if tables.url else []))
    world.store.start()
    world.note("store", "its server is back, restored from the dump")


def _stays_shut(world: World, tables: Tables, there: list[LaneHandle], codes: list[str], promises: Promises) -> None:
    """While one lane is missing it grants nothing, whatever the others bring."""
    opened = _opens(world, tables, STAYS_SHUT_S)
    promises.hold(not opened, "it opened while a lane had not brought its entries")
    _redeem(there, codes, "C", "while it rebuilds", promises)
    promises.hold(not _opens(world, tables, 0), "it opened while a lane had not brought its entries")


def _opens(world: World, tables: Tables, within_s: float) -> bool:
    """Whether the server grants again within so long."""
    database = tables.url or world.folder / "store" / "crm.db"
    ends = time.monotonic() + within_s
    while any(row["value"] for row in rows(database, "SELECT value FROM meta WHERE name = 'rebuilding'")):
        if time.monotonic() >= ends:
            return False
        time.sleep(0.1)
    return True


ROW = Row(
    name="F18",
    what="the store's server dies and is restored from an old dump",
    method="kill -9 on SQLite, pg_ctl -m immediate on PostgreSQL, a dump that lacks the last grants, the line out cut, "
    "one lane missing at first; then every coupon is shown again at every lane",
    reach="lanes decide alone within 1 s; it grants again only once all lanes were there; 0 second greens then",
    unit="restores",
    amounts=Amounts(full=5, quick=1, ci=0),
    run=run,
    quick_s=70,
)
