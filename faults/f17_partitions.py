"""F17: parts of a store lose each other by a seed's schedule and find each other again; then days without anybody.

What may be lost is settled beforehand: each coupon at most once per further group that decides for itself, and all of
them within the lanes' signed limits per day.
"""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

from faults.box.lane_handle import LaneHandle
from faults.box.world import GREEN, Plan, World
from faults.boxes import agreed_by_themselves, box, judged, not_agreed
from faults.row import Amounts, Order, Outcome, Row, Size
from faults.stage import Promises
from faults.tables import rows

LIMITS: Final = {
    "lane_value_hard_minor": 20_000, "floor_value_minor": 1_000, "lane_count_hard": 100, "soft_age_s": 10 * 86_400,
    "hard_age_s": 10 * 86_400,
}  # fmt: skip
"""What may be lost. Data of ten days is young enough, else lanes that are alone for a week give nothing at all."""
SUPERVISOR: Final = {"supervisor": "E1002", "reason": "lanes could not reach each other"}
COUPON_MINOR: Final = 1_000
COUPONS: Final = 4
"""In a schedule: few, so that lanes meet the same ones."""
STEPS: Final = 3
WEEK: Final = {Size.FULL: (7, 12), Size.QUICK: (7, 4), Size.CI: (2, 3)}
"""Days without anybody, and scans of each lane a day."""
LANES: Final = {Size.FULL: 4, Size.QUICK: 3, Size.CI: 2}
WEATHERS: Final = ("calm", "wan", "store", "alone", "flapping", "all")


@dataclass
class Seen:
    """What a schedule did: who could decide, what was green, and how often lanes waited in vain."""

    deciders: set[str] = field(default_factory=set)
    greens: Counter[str] = field(default_factory=Counter)
    waited_in_vain: int = 0

    @property
    def twice(self) -> int:
        """Uses beyond the first."""
        return self.greens.total() - len(self.greens)

    def most_excess(self) -> int:
        """How many uses beyond the first the deciders can have given."""
        return COUPONS * max(0, len(self.deciders) - 1)


def run(order: Order) -> Outcome:
    """Schedule after schedule in one store, then the days."""
    promises, counts, dice = Promises(), Counter[str](), random.Random(order.seed)
    plan = Plan(lanes=LANES[order.size], policy={"limits": LIMITS}, seed=order.seed)
    bound = 0
    with box(order, "store", plan) as world:
        for number in range(order.amount):
            bound += _schedule(world, number, dice, counts, promises)
        bound += _days_alone(world, *WEEK[order.size], dice, promises, counts)
        found = judged(world, (), bound, COUPON_MINOR)
    promises.broken += found.broken
    names = ("greens", "redeemed", "entries", "conflicts", "unpaired", "excess", "lost", "double", "gaps")
    figures = {name: found.figures[name] for name in names}
    return Outcome({**counts, "most_excess_settled_before": bound, **figures}, tuple(promises.broken))


def _schedule(world: World, number: int, dice: random.Random, counts: Counter[str], promises: Promises) -> int:
    """Some weathers one after the other, a heal at the end; the most that may have been lost in it."""
    codes, seen, before = world.mint(COUPONS, "--store", "1"), Seen(), _conflicts(world)
    weathers = [dice.choice(WEATHERS) for _ in range(STEPS)]
    for weather in weathers:
        _come(world, weather, dice, seen)
        for _ in range(2):
            _scan(world, codes, dice, seen)
            if weather == "flapping":
                world.wan.heal()
                world.uplink.heal()
                # The next customer comes while it is there for a moment.
                _scan(world, codes, dice, seen)
                world.wan.cut()
                world.uplink.cut()
    promises.hold(world.settle() == 0, f"schedule {number} {weathers}: entries wait after healing")
    excess, allowed = _conflicts(world) - before, seen.most_excess()
    counts["schedules"] += 1
    counts["schedules_with_one_group"] += len(seen.deciders) == 1
    counts["excess_of_schedules"] += excess
    sentence = f"schedule {number} {weathers}: {excess} uses twice, {allowed} allowed by {sorted(seen.deciders)}"
    counts["lanes_that_waited_in_vain"] += seen.waited_in_vain
    promises.hold(excess <= allowed, sentence)
    promises.hold(excess == seen.twice, f"schedule {number} {weathers}: {seen.twice} greens twice, {excess} paired")
    return min(allowed, _by_limits(world))


def _come(world: World, weather: str, dice: random.Random, seen: Seen) -> None:
    """Let a weather begin; who decides in it."""
    world.heal()
    if world.store is not None and not world.store.runs:
        world.store.start()
    world.note("network", weather)
    match weather:
        case "wan" | "flapping":
            world.cut(world.wan, world.uplink)
        case "store" if world.store is not None:
            world.store.kill()
        case "alone":
            lane = dice.choice(world.lanes)
            world.isolate(lane)
            seen.deciders.add(lane.name)
        case "all":
            world.cut()
    alone = {lane.name for lane in world.lanes} if weather == "all" else set()
    seen.deciders |= alone or ({"centre"} if weather == "store" else {"store server"})


def _scan(world: World, codes: list[str], dice: random.Random, seen: Seen) -> None:
    """Some coupons at all lanes at once; more than the last one's own lane wants them."""
    for code in dice.sample(codes, 2):
        for lane, said in zip(world.lanes, world.race(code, world.lanes), strict=True):
            green = said["verdict"] in GREEN
            seen.greens.update([code] * green)
            if green and said["tier"] == "C" and lane.name not in seen.deciders:
                # It was asked in time and answered too late: for this lane that is a partition like any other.
                seen.waited_in_vain += 1
                seen.deciders.add(lane.name)


def _days_alone(
    world: World, days: int, scans: int, dice: random.Random, promises: Promises, counts: Counter[str]
) -> int:
    """Nobody reaches anybody for days; the day closes each evening, and agrees once all is healed. No hand does it."""
    codes = world.mint(scans * 3)
    # What the schedules lost is known by now, and somebody must take it upon himself; of the days alone nobody must.
    for lane in world.lanes:
        lane.do("close", **SUPERVISOR)
    world.cut()
    for _ in range(days):
        _all(world, lambda lane: _day_of(lane, dice.sample(codes, scans), promises, counts))
        world.tomorrow()
    world.heal()
    promises.hold(world.settle() == 0, "entries wait after the days alone")
    standings = agreed_by_themselves(world)
    promises.broken += not_agreed(standings, days + 1)
    counts["days_alone"] += days
    counts["closes_agreed"] += sum(one.count("agreed") for one in standings.values())
    return min(days * _by_limits(world), len(codes) * (len(world.lanes) - 1))


def _day_of(lane: LaneHandle, codes: list[str], promises: Promises, counts: Counter[str]) -> None:
    lane.do("scan", codes=codes)
    said = lane.do("close")
    promises.hold(said["state"] == "closed", f"{lane.name}: the day did not close alone: {said['state']}")
    counts["days_closed_alone"] += said["state"] == "closed"


def _all(world: World, what: object) -> None:
    with ThreadPoolExecutor(len(world.lanes)) as pool:
        list(pool.map(what, world.lanes))  # type: ignore[arg-type]


def _by_limits(world: World) -> int:
    """Coupons that all lanes can give alone in a day."""
    return len(world.lanes) * LIMITS["lane_value_hard_minor"] // COUPON_MINOR


def _conflicts(world: World) -> int:
    return int(rows(world.centre.data / "crm.db", "SELECT COUNT(*) AS n FROM inbox WHERE result = 'conflict'")[0]["n"])


ROW = Row(
    name="F17",
    what="partitions: the line out, the store's server, one lane, flapping, everything; then days without anybody",
    method="random schedules of three weathers each, the same coupons at all lanes at once; then lanes reach nobody "
    "for 7 simulated days, close each day alone, and are healed",
    reach="each double use paired, no more than one per further group and within the limits; the centre is the union "
    "of the journals; all days agreed with no hand touching them",
    unit="schedules",
    amounts=Amounts(full=50, quick=6, ci=0),
    run=run,
    quick_s=40,
)
