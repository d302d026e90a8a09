"""What a network does: it goes, lags, doubles, flaps, and comes back."""

import time

from faults.box.scenario import Scenario, unless
from faults.box.world import Plan, World, greens


def _calm(world: World) -> list[str]:
    """Everything is there."""
    codes = world.mint(6)
    said = [world.redeem(lane, code) for lane, code in zip(world.lanes * 2, codes, strict=True)]
    tiers = {one["tier"] for one in said}
    return unless(greens(said) == 6 and tiers == {"A"}, f"six redemptions with everything there: {tiers}")


def _wan_cut(world: World) -> list[str]:
    """The store's server decides while the centre is out of reach; two lanes never both win."""
    codes = world.mint(12, "--store", "1")
    world.lanes[0].do("sync")
    world.cut(world.wan, world.uplink)
    broken: list[str] = []
    for code in codes:
        said = world.race(code, world.lanes)
        world.told(world.lanes, said)
        winner = [one for one in said if one["verdict"] in {"accepted", "pending"}]
        broken += unless(len(winner) == 1, f"{len(winner)} lanes won one coupon")
        losers = [one for one in said if one["verdict"] == "refused"]
        broken += unless(all(one["holder"] for one in losers), "a loser was not told who holds the coupon")
    world.note("lanes", f"{len(codes)} coupons, each shown at {len(world.lanes)} lanes at once: one winner each")
    return broken


def _all_cut(world: World) -> list[str]:
    """Each lane decides alone; the same coupon at two of them is found and paired afterwards."""
    codes = world.mint(6)
    world.cut()
    said = [world.redeem(lane, code) for lane, code in zip(world.lanes * 2, codes, strict=True)]
    again = [world.redeem(lane, codes[0]) for lane in world.lanes]
    broken = unless(greens(said) == 6, "a lane alone refused a good coupon")
    # The lane that redeemed it knows; the two others cannot.
    return broken + unless(greens(again) == len(world.lanes) - 1, "the coupon's own lane accepted it again")


def _silence(world: World) -> list[str]:
    """Nobody answers and no line is closed: the worst a network does. No clerk waits twice."""
    codes = world.mint(6)
    world.cut(silent=True)
    lane = world.lanes[0]
    waits = []
    for code in codes:
        began = time.monotonic()
        world.redeem(lane, code)
        waits.append(time.monotonic() - began)
    world.note(lane.name, "waited " + ", ".join(f"{one:.2f} s" for one in waits))
    return unless(sum(one > 2.5 for one in waits) == 0, f"a clerk waited {max(waits):.1f} s")


def _lag(world: World) -> list[str]:
    """Every answer takes a second and a half: too late for a customer, never wrong."""
    codes = world.mint(4, "--store", "1")
    world.wan.lag(1.5)
    world.note("network", "the centre answers after 1.5 s")
    said = [world.redeem(lane, code) for lane, code in zip(world.lanes, codes, strict=False)]
    return unless(greens(said) == len(said), "lag made a good coupon bad")


def _doubled(world: World) -> list[str]:
    """Something between repeats every request."""
    for road in (world.wan, world.uplink, world.lan):
        road.double()
    world.note("network", "every request is heard twice")
    codes = world.mint(9)
    said = [world.redeem(lane, code) for lane, code in zip(world.lanes * 3, codes, strict=True)]
    return unless(greens(said) == 9, "a doubled request made a good coupon bad")


def _lossy(world: World) -> list[str]:
    """A fifth of the replies and a twentieth of the requests are lost all day."""
    for road in (world.wan, world.uplink, world.lan):
        road.lose(0.05, 0.20)
    codes = world.mint(30)
    said = [world.redeem(world.lanes[place % 3], code) for place, code in enumerate(codes)]
    return unless(greens(said) == 30, "a lost reply made a good coupon bad")


def _flapping(world: World) -> list[str]:
    """The line to the centre comes and goes between any two customers."""
    broken: list[str] = []
    for place, code in enumerate(world.mint(20, "--store", "1")):
        if place % 2:
            world.wan.heal()
        else:
            world.wan.cut()
        said = [world.redeem(world.lanes[place % 3], code)]
        said += [world.redeem(lane, code) for lane in world.lanes]
        broken += unless(greens(said) == 1, f"a coupon was green {greens(said)} times while the line flapped")
    return broken


def _rejoin(world: World) -> list[str]:
    """One lane is alone for three days and comes back; what it did twice is paired, nothing else changes."""
    codes = world.mint(6)
    alone = world.lanes[0]
    world.isolate(alone)
    for day in range(3):
        world.redeem(alone, codes[day])
        world.redeem(world.lanes[1], codes[3 + day])
        world.tomorrow()
    world.redeem(world.lanes[1], codes[0])
    return []


SCENARIOS = (
    Scenario("calm-day", "nothing goes wrong", _calm),
    Scenario("centre-unreachable", "the store's server decides while the line out is cut", _wan_cut),
    Scenario("everybody-alone", "no lane reaches anybody", _all_cut, most_excess=2),
    Scenario("silence", "nobody answers, and no line is closed", _silence),
    Scenario("lag", "every answer of the centre is late", _lag),
    Scenario("doubled", "every request is heard twice", _doubled, Plan(seed=4)),
    Scenario("lossy-line", "a fifth of the replies are lost", _lossy, Plan(seed=5)),
    Scenario("flapping", "the line comes and goes between two customers", _flapping, Plan(seed=6)),
    Scenario("re-join", "a lane comes back after three days alone", _rejoin, most_excess=1),
)
