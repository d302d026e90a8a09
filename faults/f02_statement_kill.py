"""F2: the lane ends at every boundary of every statement and every rename, in each of the deeds that write."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2

from faults.nursery_client import DIED_OF_A_BUG, NurseryClient
from faults.oracle import Green, LaneFacts, check_journal
from faults.ready_shop import ReadyShop
from faults.row import Amounts, Order, Outcome, Row, Size
from faults.settling import judge
from faults.statement_crash import CRASHED

# Which lane does what; each has its journal, and its deeds follow each other in it.
DEEDS = (("redeem", "void"), ("purchase", "bind"), ("sync_once", "install", "upgrade"))
MOST_BOUNDARIES = 2_000
# Of so many boundaries one is tried; which ones is the seed's choice.
STEPS = {Size.FULL: 1, Size.QUICK: 4, Size.CI: 30}


@dataclass
class Crasher:
    """One lane that ends over and over."""

    shop: ReadyShop
    number: int
    step: int
    seed: int
    greens: list[Green] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    bugs: list[str] = field(default_factory=list)

    @property
    def home(self) -> Path:
        """Its folder."""
        return self.shop.lane(self.number).home

    def lead(self, rounds: int) -> None:
        """All its deeds, each ended at each boundary, so many times."""
        with NurseryClient(self.home.with_suffix(".stderr")) as nursery:
            for _ in range(rounds):
                for deed in DEEDS[self.number]:
                    self._every_boundary(nursery, deed)
            self.bugs += nursery.bugs()

    def _every_boundary(self, nursery: NurseryClient, deed: str) -> None:
        at = 1 + self.seed % self.step
        while at < MOST_BOUNDARIES:
            prepare, look = _AROUND.get(deed, (_nothing, _nothing))
            prepare(self.home)
            status = nursery.live(deed, self.home, self._codes(deed), self._heed, crash_at=at)
            if status == DIED_OF_A_BUG:
                self.bugs.append(f"{deed} died by itself before boundary {at}")
                return
            if status != CRASHED:
                break
            self.counts["crashes"] += 1
            self.counts[f"{deed}_boundaries"] += 1
            self.bugs += look(self.home)
            at += self.step
        # Once without a crash: what the last one left must not be in the way.
        if nursery.live(deed, self.home, self._codes(deed), self._heed) != 0:
            self.bugs.append(f"{deed} did not work after the crashes")

    def _codes(self, deed: str) -> Sequence[str]:
        if deed == "bind":
            self.counts["phones"] += 1
            return [f"139{self.number}{self.counts['phones']:07}"]
        return self.shop.take(1) if deed in {"redeem", "void", "purchase"} else []

    def _heed(self, said: dict[str, Any]) -> None:
        green = said.get("green")
        if green:
            self.greens.append(Green(green["coupon_id"], green["epoch"], green["seq"], green["hash"]))


def _nothing(_home: Path) -> list[str]:
    return []


def _without_data(home: Path) -> list[str]:
    """Take the data away, so that the whole of it is fetched and put into use."""
    for file in home.glob("cache*"):
        file.unlink()
    return []


def _half_data(home: Path) -> list[str]:
    """The data in use is whole, or there is none."""
    if not (home / "cache.json").exists():
        return []
    return [f"{file.name}: {said}" for file in home.glob("cache-*.db") if (said := _quick_check(file)) != "ok"]


def _quick_check(file: Path) -> str:
    connection = dbapi2.connect(str(file))
    try:
        return str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except dbapi2.Error as error:
        return str(error)
    finally:
        connection.close()


def _old_journal(home: Path) -> list[str]:
    """A copy of the journal beside it, which the deed brings to the next version."""
    for left in home.glob("older*"):
        left.unlink()
    source, target = dbapi2.connect(str(home / "journal.db")), dbapi2.connect(str(home / "older.db"))
    source.backup(target)
    source.close()
    target.close()
    return []


def _still_a_journal(home: Path) -> list[str]:
    """Every entry stands in the copy as it stood before, wherever the upgrade ended."""
    found = check_journal(LaneFacts("older", home / "older.db", []))
    whole = check_journal(LaneFacts("journal", home / "journal.db", []))
    same = found.entries == whole.entries and not found.gaps and not found.chain
    return [] if same else [f"an interrupted upgrade left {found.entries} of {whole.entries} entries"]


_AROUND: dict[str, tuple[Callable[[Path], list[str]], Callable[[Path], list[str]]]] = {
    "install": (_without_data, _half_data),
    "upgrade": (_old_journal, _still_a_journal),
}


def run(order: Order) -> Outcome:
    """Crash, settle, compare."""
    shop = ReadyShop(order.folder / "shop")
    shop.open()
    try:
        crashers = [Crasher(shop, number, STEPS[order.size], order.seed) for number in range(len(DEEDS))]
        with ThreadPoolExecutor(len(crashers)) as pool:
            list(pool.map(lambda one: one.lead(order.amount), crashers))
        order.say("settling")
        found, bugs = judge(shop, {one.number: one.greens for one in crashers})
    finally:
        shop.close()
    counts = sum((one.counts for one in crashers), Counter[str]())
    boundaries = {f"boundaries_{deed}": counts[f"{deed}_boundaries"] for deeds in DEEDS for deed in deeds}
    figures = {"crashes": counts["crashes"], **boundaries, **found.figures()}
    bugs += [bug for one in crashers for bug in one.bugs[:3]]
    return Outcome(figures, found.broken() + tuple(bugs))


ROW = Row(
    name="F2",
    what="the lane ends at every statement boundary",
    method="connections are wrapped: the process ends (os._exit) before or after the n-th statement, rename or fsync, "
    "for every n (one in 4 with --quick), while it redeems, takes back, buys, binds, syncs, installs a snapshot, "
    "upgrades a journal",
    reach="no accepted redemption lost, none twice, no gap, no broken chain; data and journal whole after each",
    unit="rounds",
    amounts=Amounts(full=5, quick=1, ci=0),
    run=run,
    quick_s=67,
)
