"""Whole days: a week without anybody, the crowd of a campaign's first hour, the close with the host's books."""

import random

from faults.box.scenario import Scenario, unless
from faults.box.world import Plan, World, greens

WEEK: dict[str, int] = {"lane_value_hard_minor": 6_000, "floor_value_minor": 2_000, "lane_count_hard": 50}
"""Limits of the week: what may be lost is settled before it begins. Data older than a day halves them."""
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
    for _ in range(7):
        for lane in world.lanes:
            said = [lane.do("redeem", codes=[code]) for code in dice.sample(codes, 5)]
            shown += greens(said)
            lane.do("close")
        world.note("lanes", f"{shown} green so far, each lane alone; the day is closed, not yet agreed")
        world.tomorrow()
    world.heal()
    world.note("network", "everything is back")
    return _agreed(world, 7)


def _agreed(world: World, days: int) -> list[str]:
    """No hand touches it: the lanes bring their days to an agreement with the centre."""
    broken: list[str] = []
    for lane in world.lanes:
        standings = world.standings_of(lane)
        world.note(lane.name, f"{standings.count('agreed')} of {len(standings)} days agreed")
        broken += unless(standings == ["agreed"] * days, f"{lane.name}: {standings}")
    return broken


def _crowd(world: World) -> list[str]:
    """An online campaign sends a hundred and forty times the usual flow to the booths, and the line out dies of it."""
    codes = world.mint(FLOW, "--store", "1")
    dice = random.Random(world.plan.seed)
    world.lanes[0].do("sync")
    world.cut(world.wan, world.uplink)
    waiting = list(codes)
    green, is_back = 0, False
    while waiting:
        queue = [waiting.pop() for _ in range(min(len(world.lanes), len(waiting)))]
        for lane, code in zip(world.lanes, queue, strict=False):
            lane.tell("redeem", codes=[code])
        green += greens(lane.hear() for lane, _ in zip(world.lanes, queue, strict=False))
        if len(waiting) < FLOW // 2 and not is_back:
            is_back = True
            world.wan.heal()
            # What the store granted so far is not at the centre: its own line out is still dead.
            world.note("network", "the lanes' line out is back in the middle of the crowd, the store's is not")
    world.note("lanes", f"{green} of {FLOW} customers were served")
    again = [world.lanes[dice.randrange(len(world.lanes))].do("redeem", codes=[code]) for code in codes]
    world.note("lanes", f"all {FLOW} coupons were shown once more, at any lane: {greens(again)} green")
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
    """The day closes while the line out is cut, and agrees by itself when it is back."""
    codes = world.mint(6)
    for lane, code in zip(world.lanes * 2, codes, strict=True):
        world.redeem(lane, code)
    world.cut()
    closed = [lane.do("close") for lane in world.lanes]
    broken = unless(all(one["state"] == "closed" for one in closed), f"a day did not close without a network: {closed}")
    world.note("lanes", "closed, not yet agreed")
    world.heal()
    world.note("network", "everything is back")
    return broken + _agreed(world, 1)


def _three_books(world: World) -> list[str]:
    """A host's till wrote receipts too: one of ours is missing there, one there is missing here. Both are named."""
    lane = world.lanes[0]
    lane.close()
    amounts = {"R1": 5_900, "R2": 7_800, "R3": 12_901, "R4": 3_900}
    for number in ("R1", "R2", "R3"):
        basket = world.put(f"{number}.json", {"currency": "CNY", "total_minor": amounts[number], "receipt_no": number})
        lane.command("purchase", "--basket", str(basket), "--operator", "E1001")
    world.note(lane.name, "three purchases")
    receipts = [world.host_receipt(number, amounts[number]) for number in ("R1", "R3", "R4")]
    file = world.put("host.json", {"receipts": receipts})
    closing = ("close-day", "--operator", "E1001", "--receipts", str(file))
    _, alone = lane.command(*closing)
    causes = {cause: one["count"] for cause, one in alone["host"]["causes"].items()}
    world.note(lane.name, f"without a supervisor: {alone['verdict']}: {causes}")
    broken = unless(alone["verdict"] == "supervisor", f"a day with differences: {alone['verdict']}")
    named = {cause: count for cause, count in causes.items() if cause != "agreed"}
    broken += unless(named == {"missing-at-host": 1, "missing-here": 1}, f"the causes are {named}")
    _, taken = lane.command(*closing, "--supervisor", "E1002", "--reason", "the host corrects R2 and R4")
    world.note(lane.name, f"with a supervisor: {taken['verdict']}")
    return broken + unless(taken["verdict"] == "accepted", "a supervisor could not take the differences")


SCENARIOS = (
    Scenario(
        "week-alone", "seven days without anybody, within limits that were set before", _week_alone,
        Plan(policy={"limits": WEEK}, seed=12), most_excess=7 * 3 * WEEK["lane_value_hard_minor"] // COUPON_MINOR,
    ),
    Scenario("crowd", "customer flow times 140 while the line out dies", _crowd, Plan(lanes=6, seed=13)),
    Scenario("race", "eight lanes are shown the same coupons at once", _race, Plan(lanes=8, seed=14)),
    Scenario("close-without-network", "the day closes alone and agrees later", _closing, Plan(seed=15)),
    Scenario("three-books", "the host's receipts differ from ours by two", _three_books, Plan(lanes=1, seed=16)),
)  # fmt: skip
