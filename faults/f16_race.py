"""F16: lanes of one store race for the same coupons through its server, the line out cut and a bad line inside.

The campaign is one that no lane may give alone, so that whatever the line swallows, only the store's server can answer;
the clerk scans again until it did.
"""

from collections import Counter
from contextlib import ExitStack
from typing import Any, Final

from faults.box.seats import NEVER_ALONE
from faults.box.world import GREEN, Plan, World
from faults.boxes import NO_POSTGRESQL, box, has_postgresql, judged, own_cluster
from faults.row import Amounts, Order, Outcome, Row, Size
from faults.stage import Promises
from tests.fakes.fault_proxy import FaultMix

AT_ONCE: Final = 20
"""Coupons after which lanes wait for each other, so that they stay in a race."""
BAD_LINE: Final = FaultMix(drop_reply=0.20, double_request=0.05, cut_reply=0.02, delay_reply=0.05, delay_s=2.0)
LANES: Final = {Size.FULL: 8, Size.QUICK: 8, Size.CI: 3}
ON_POSTGRESQL: Final = {Size.FULL: (8, 2), Size.QUICK: (3, 5), Size.CI: (0, 1)}
"""Lanes there, and which part of the coupons they race for."""


def run(order: Order) -> Outcome:
    """Race on SQLite, then on PostgreSQL."""
    promises, counts = Promises(), Counter[str]()
    with box(order, "sqlite", Plan(lanes=LANES[order.size], seed=order.seed)) as world:
        _race(world, order.amount, "sqlite", counts, promises)
    lanes, share = ON_POSTGRESQL[order.size]
    if not lanes or not has_postgresql():
        return Outcome(dict(counts), tuple(promises.broken), () if not lanes else (NO_POSTGRESQL,))
    with ExitStack() as stack:
        url = stack.enter_context(own_cluster()).url()
        plan = Plan(lanes=lanes, seed=order.seed + 1, store_database_url=url)
        world = stack.enter_context(box(order, "postgresql", plan))
        _race(world, order.amount // share, "postgresql", counts, promises)
    return Outcome(dict(counts), tuple(promises.broken))


def _race(world: World, coupons: int, engine: str, counts: Counter[str], promises: Promises) -> None:
    codes = world.mint(coupons, "--store", "1", "--offer", str(NEVER_ALONE))
    for lane in world.lanes:
        lane.do("sync")
    world.cut(world.wan, world.uplink)
    world.lan.mix = BAD_LINE
    for place in range(0, coupons, AT_ONCE):
        some = codes[place : place + AT_ONCE]
        for lane in world.lanes:
            lane.tell("scan", codes=some, again=True)
        said = [lane.hear()["said"] for lane in world.lanes]
        for number, of_coupon in enumerate(zip(*said, strict=True), start=place):
            _judge_one(f"{engine}: coupon {number}", of_coupon, counts, promises)
        world.note("lanes", f"{place + len(some)} coupons, {counts['one_green']} with one green")
    counts[f"lanes_{engine}"] = len(world.lanes)
    counts[f"requests_{engine}"] = world.lan.counts["requests"]
    counts["replies_lost"] += world.lan.counts["drop_reply"] + world.lan.counts["cut_reply"]
    found = judged(world, ())
    promises.broken += [f"{engine}: {sentence}" for sentence in found.broken]
    counts.update({name: int(found.figures[name]) for name in ("greens", "entries", "conflicts", "lost", "double")})


def _judge_one(name: str, said: tuple[dict[str, Any], ...], counts: Counter[str], promises: Promises) -> None:
    """One coupon, as it was shown at every lane."""
    winners = [number for number, one in enumerate(said, start=1) if one["verdict"] in GREEN]
    counts["coupons"] += 1
    counts["one_green"] += len(winners) == 1
    promises.hold(len(winners) == 1, f"{name}: {len(winners)} greens; {[one['reason'] for one in said]}")
    for number, one in enumerate(said, start=1):
        promises.hold(one["tier"] in {"B", ""}, f"{name}: lane {number} was answered by {one['tier']}")
        if number in winners or len(winners) != 1:
            continue
        holder = one["holder"] or {}
        named = int(holder.get("lane") or 0)
        # Whose answer was lost held the coupon until it was given back; who asked meanwhile was told so, and rightly.
        gave_back = 0 < named <= len(said) and said[named - 1]["scans"] > 1
        told = one["reason"] == "already-used" and bool(holder.get("at")) and (named == winners[0] or gave_back)
        counts["told_the_holder"] += told and named == winners[0]
        counts["told_one_who_gave_it_back"] += told and named != winners[0]
        promises.hold(told, f"{name}: lane {number} was told {one['reason']}, {holder}, not lane {winners[0]}")


ROW = Row(
    name="F16",
    what="lanes race for the same coupons through the store's server, the line out cut",
    method="real lane processes, 20 coupons at a time, at a server on SQLite and one on PostgreSQL; between them 20 % "
    "of the replies are lost, 2 % cut, 5 % late by 2 s, 5 % of the requests doubled",
    reach="exactly one green each; all others are told used, with the lane and time of who held it then",
    unit="coupons",
    amounts=Amounts(full=4_000, quick=200, ci=0),
    run=run,
    quick_s=90,
)
