"""Whole days: a week without anybody, the crowd of a campaign's first hour, the close with the host's books."""

import random

from faults.box.scenario import Scenario, unless
from faults.box.world import Plan, World, greens

WEEK: dict[str, int] = {"lane_value_hard_minor": 3_000, "floor_value_minor": 1_000, "lane_count_hard": 50}
"""Limits of the week: what may be lost is settled before it begins."""
COUPON_MINOR = 1_000
FLOW = 140
"""How many times its usual flow of customers a booth had when an online campaign sent them (S0)."""
RACED = 200


def _week_alone(world: World) -> list[str]:
    """Lanes reach nobody for seven days; the same coupons are shown at all of them. Then everything heals at once."""
    dice = random.Random(world.plan.seed)
    codes = world.mint(40)
    world.cut()
    shown = 0
    for day in range(7):
        for lane in world.lanes:
            for code in dice.sample(codes, 5):
                shown += lane.do("redeem", codes=[code])["verdict"] in {"accepted", "pending"}
            lane.do("close", day=day)
        world.note("lanes", f"{shown} green so far, each lane alone; the day is closed, not yet agreed")
        world.tomorrow()
    return []


def _crowd(world: World) -> list[str]:
    """An online campaign sends a hundred and forty times the usual flow to the booths, and the line out dies of it."""
    codes = world.mint(FLOW, "--store", "1")
    dice = random.Random(world.plan.seed)
    world.lanes[0].do("sync")
    world.cut(world.wan, world.uplink)
    waiting = list(codes)
    green = 0
    while waiting:
        queue = [waiting.pop() for _ in range(min(len(world.lanes), len(waiting)))]
        for lane, code in zip(world.lanes, queue, strict=False):
            lane.tell("redeem", codes=[code])
        green += greens(lane.hear() for lane, _ in zip(world.lanes, queue, strict=False))
        if len(waiting) == FLOW // 2 // len(world.lanes) * len(world.lanes):
            world.heal()
            world.note("network", "the line out is back in the middle of the crowd")
    world.note("lanes", f"{green} of {FLOW} customers were served")
    again = [world.lanes[dice.randrange(len(world.lanes))].do("redeem", codes=[code]) for code in codes[:20]]
    return unless(green == FLOW, f"{FLOW - green} customers were refused") + unless(
        greens(again) == 0, f"{greens(again)} coupons were given again"
    )


def _race(world: World) -> list[str]:
    """Eight lanes are shown the same two hundred coupons at once through the store's server, the line out cut."""
    codes = world.mint(RACED, "--store", "1")
    world.lanes[0].do("sync")
    world.cut(world.wan, world.uplink)
    broken: list[str] = []
    for code in codes:
        said = world.race(code, world.lanes)
        broken += unless(greens(said) == 1, f"{greens(said)} lanes won one coupon")
        refused = [one for one in said if one["verdict"] == "refused"]
        named = all(one["holder"] and one["holder"]["lane"] and one["holder"]["at"] for one in refused)
        broken += unless(named, "a lane was not told who holds the coupon, and since when")
    world.note("lanes", f"{RACED} coupons, {len(world.lanes)} lanes at each: {RACED - len(broken)} with one winner")
    return broken[:5]


def _closing(world: World) -> list[str]:
    """The day closes while the line out is cut and agrees by itself; two books of three differ by one receipt."""
    codes = world.mint(6)
    for lane, code in zip(world.lanes * 2, codes, strict=True):
        world.redeem(lane, code)
    world.cut()
    closed = [lane.do("close", day=0) for lane in world.lanes]
    broken = unless(all(one["state"] == "closed" for one in closed), "a day did not close without a network")
    world.note("lanes", "closed, not yet agreed")
    return broken


SCENARIOS = (
    Scenario(
        "week-alone", "seven days without anybody, within limits that were set before", _week_alone,
        Plan(policy={"limits": WEEK}, seed=12), most_excess=7 * 3 * WEEK["lane_value_hard_minor"] // COUPON_MINOR,
    ),
    Scenario("crowd", "customer flow times 140 while the line out dies", _crowd, Plan(lanes=6, seed=13)),
    Scenario("race", "eight lanes are shown the same coupons at once", _race, Plan(lanes=8, seed=14)),
    Scenario("close-without-network", "the day closes alone and agrees later", _closing, Plan(seed=15)),
)  # fmt: skip
