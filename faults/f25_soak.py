"""F25: lanes work for a week without a network, then all of it is brought at once; nothing grows that should not.

Lanes are not restarted: what a program keeps in memory must not grow with the days either.
"""

import json
import os
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from faults.box.lane_handle import LaneHandle
from faults.box.world import Plan, World
from faults.boxes import agreed_by_themselves, box, judged, not_agreed
from faults.row import Amounts, Order, Outcome, Row, Size
from faults.stage import Promises
from faults.tables import rows

DAYS: Final = 7
LANES: Final = {Size.FULL: 8, Size.QUICK: 3, Size.CI: 2}
FRESH: Final = 2
"""Every second scan is a fresh coupon, the others are coupons that this lane has taken before."""
PART: Final = 50
"""Scans that a lane is told at once."""
RSS_PERCENT: Final = 5.0
WAL_BYTES: Final = 64 * 1024 * 1024
DELIVERED_WITHIN_S: Final = 600.0
LIMITS: Final = {
    "lane_value_hard_minor": 2_000_000_000, "lane_count_hard": 1_000_000, "lane_count_soft": 1_000_000,
    "soft_age_s": 30 * 86_400, "hard_age_s": 60 * 86_400, "random_online": 0,
}  # fmt: skip
COUPON_MINOR: Final = 1


@dataclass
class Weight:
    """What was measured of the lanes' processes and files.

    Attributes:
        rss_kib: of each lane, day by day. wal_bytes: the largest that was seen.
    """

    rss_kib: dict[str, list[int]] = field(default_factory=dict)
    wal_bytes: int = 0

    def take(self, lanes: Sequence[LaneHandle]) -> None:
        """Measure after a day."""
        for lane in lanes:
            self.rss_kib.setdefault(lane.name, []).append(_rss_kib(lane.pid))
        self.see_wal(lanes)

    def see_wal(self, lanes: Sequence[LaneHandle]) -> None:
        """Measure the files alone."""
        found = [lane.home / "journal.db-wal" for lane in lanes]
        self.wal_bytes = max([self.wal_bytes, *(path.stat().st_size for path in found if path.exists())])

    def growth_percent(self) -> float:
        """The most that a lane differs on any day from its second: on the first it loads what it needs."""
        grown = [abs(day - all_days[1]) / all_days[1] for all_days in self.rss_kib.values() for day in all_days[1:]]
        return round(100 * max(grown), 1)


def run(order: Order) -> Outcome:
    """The week, the heal, the weighing."""
    promises, counts, weight = Promises(), Counter[str](), Weight()
    plan = Plan(lanes=LANES[order.size], policy={"limits": LIMITS}, seed=order.seed)
    with box(order, "store", plan) as world:
        _week(world, order.amount, weight, counts, promises)
        seconds = _heals(world, weight, promises)
        standings = agreed_by_themselves(world)
        promises.broken += not_agreed(standings, DAYS)
        entries = _entries(world)
        found = judged(world, (), 0, COUPON_MINOR)
    promises.broken += found.broken
    growth = weight.growth_percent()
    promises.hold(growth <= RSS_PERCENT, f"a lane's memory changed by {growth} %: {json.dumps(weight.rss_kib)}")
    promises.hold(weight.wal_bytes < WAL_BYTES, f"a write-ahead file grew to {weight.wal_bytes} bytes")
    figures = {name: found.figures[name] for name in ("greens", "entries", "lost", "double", "gaps", "conflicts")}
    measured = {
        "sync_seconds": round(seconds, 1), "entries_per_s": round(entries / max(seconds, 0.001)),
        "rss_mib": round(max(max(one) for one in weight.rss_kib.values()) / 1024), "rss_change_percent": growth,
        "largest_wal_kib": weight.wal_bytes // 1024,
    }  # fmt: skip
    return Outcome({"lanes": len(standings), **counts, **figures, **measured}, tuple(promises.broken))


def _week(world: World, scans: int, weight: Weight, counts: Counter[str], promises: Promises) -> None:
    fresh = scans // FRESH
    codes = world.mint(fresh * DAYS * len(world.lanes), "--value-minor", str(COUPON_MINOR))
    world.cut()
    began = time.monotonic()
    for day in range(DAYS):
        shares = [codes[(day * len(world.lanes) + place) * fresh :][:fresh] for place in range(len(world.lanes))]
        _day(world, [[*share, *share][:scans] for share in shares], weight, counts)
        for lane in world.lanes:
            said = lane.do("close")
            promises.hold(said["state"] == "closed", f"{lane.name}: day {day + 1} is {said['state']}")
        weight.take(world.lanes)
        for calendar in (world.calendar, *(lane.calendar for lane in world.lanes)):
            calendar.add_days(1)
        world.timeline.day += 1
        world.note("lanes", f"{counts['scans']} scans, {counts['green']} green")
    counts["scans_per_s_of_all_lanes"] = round(counts["scans"] / (time.monotonic() - began))
    expected = fresh * DAYS * len(world.lanes)
    promises.hold(counts["green"] == expected, f"{counts['green']} greens of {expected} fresh coupons")


def _day(world: World, shares: list[list[str]], weight: Weight, counts: Counter[str]) -> None:
    """All lanes at once, a part at a time."""
    for begin in range(0, len(shares[0]), PART):
        for lane, share in zip(world.lanes, shares, strict=True):
            lane.tell("scan", codes=share[begin : begin + PART])
        for lane in world.lanes:
            said = lane.hear()["said"]
            counts["scans"] += len(said)
            counts["green"] += sum(one["verdict"] in {"accepted", "pending"} for one in said)
        weight.see_wal(world.lanes)


def _heals(world: World, weight: Weight, promises: Promises) -> float:
    """Every lane brings all; the seconds until nothing waits anywhere."""
    world.heal()
    began = time.monotonic()
    waiting = {lane.name: 1 for lane in world.lanes}
    while any(waiting.values()) and time.monotonic() - began < DELIVERED_WITHIN_S:
        for lane in world.lanes:
            lane.tell("sync")
        waiting = {lane.name: int(lane.hear()["waiting"]) for lane in world.lanes}
        weight.see_wal(world.lanes)
    promises.hold(not any(waiting.values()), f"after {DELIVERED_WITHIN_S:.0f} s entries still wait: {waiting}")
    return time.monotonic() - began


def _entries(world: World) -> int:
    files = [lane.home / "journal.db" for lane in world.lanes]
    return sum(int(rows(file, "SELECT COUNT(*) AS n FROM entry")[0]["n"]) for file in files)


def _rss_kib(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


ROW = Row(
    name="F25",
    what="a week of all lanes without a network, brought at once",
    method="real lane processes that are not restarted for 7 simulated days; every second scan is a coupon that was "
    "taken before; each day is closed alone; then everything heals",
    reach="112,000 entries in under 10 minutes, lanes' memory within 5 % from the second day on, WAL under 64 MB",
    unit="scans a lane and day",
    amounts=Amounts(full=2_000, quick=60, ci=0),
    run=run,
)
