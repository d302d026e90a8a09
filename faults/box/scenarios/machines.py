"""What machines do: they lose their power, come back old, or are told the wrong time."""

import shutil

from faults.box.scenario import Scenario, unless
from faults.box.world import Plan, World, greens


def _power_cut(world: World) -> list[str]:
    """The power goes in the middle of sales, for every machine of the store at once; three times."""
    codes = iter(world.mint(60, "--store", "1"))
    for _ in range(3):
        for lane in world.lanes:
            for _ in range(4):
                world.redeem(lane, next(codes))
            # Under way when the lights go out: its answer is never heard.
            lane.tell("redeem", codes=[next(codes)])
        for machine in (*world.lanes, world.store):
            if machine is not None:
                machine.kill()
        world.note("power", "gone, and back")
        if world.store is not None:
            world.store.start()
        for lane in world.lanes:
            lane.start()
    return []


def _store_server_dies(world: World) -> list[str]:
    """The store's server dies while the centre is out of reach; lanes go on alone at once, and it comes back."""
    codes = world.mint(9, "--store", "1")
    world.cut(world.wan, world.uplink)
    said = [world.redeem(lane, code) for lane, code in zip(world.lanes, codes[:3], strict=True)]
    broken = unless({one["tier"] for one in said} == {"B"}, "the store's server did not decide")
    _kill_store(world)
    said = [world.redeem(lane, code) for lane, code in zip(world.lanes, codes[3:6], strict=True)]
    broken += unless({one["tier"] for one in said} == {"C"} and greens(said) == 3, "lanes did not go on alone")
    if world.store is not None:
        world.store.start()
    world.note("store", "its server is back")
    for lane in world.lanes:
        lane.do("sync")
    again = [world.redeem(lane, codes[0]) for lane in world.lanes]
    return broken + unless(greens(again) == 0, "a coupon of before was given again")


def _store_server_restored(world: World) -> list[str]:
    """The store's server comes back from an old backup: it has forgotten claims, and gives none until it knows."""
    codes = world.mint(6, "--store", "1")
    if world.store is None:
        return ["no store server in this box"]
    world.redeem(world.lanes[0], codes[0])
    world.store.stop()
    backup = world.folder / "backup"
    shutil.copytree(world.store.data, backup)
    world.store.start()
    world.cut(world.wan, world.uplink)
    for lane, code in zip(world.lanes, codes[1:4], strict=True):
        world.redeem(lane, code)
        lane.do("sync")
    world.store.stop()
    shutil.rmtree(world.store.data)
    shutil.copytree(backup, world.store.data)
    world.store.command("store-restored")
    world.store.start()
    world.note("store", "its server was restored from the backup of before")
    for lane in world.lanes:
        lane.do("sync")
    again = [world.redeem(lane, code) for code in codes[1:4] for lane in world.lanes]
    return unless(greens(again) == 0, f"{greens(again)} coupons were given again after the restore")


def _clock_jump(world: World) -> list[str]:
    """Somebody sets a lane's clock a year ahead, then back: an expired coupon stays expired, a good one good."""
    good, expired = world.mint(2), world.mint(1, "--expired")
    lane = world.lanes[0]
    world.cut()
    broken: list[str] = []
    for days in (365, -400, 35):
        lane.calendar.set_wrong(days)
        world.note(lane.name, f"its clock is set {days:+} days")
        broken += unless(world.redeem(lane, expired[0])["verdict"] == "refused", "an expired coupon was accepted")
    lane.calendar.set_wrong(0)
    return broken + unless(greens([world.redeem(lane, good[0])]) == 1, "a good coupon was refused")


def _kill_store(world: World) -> None:
    if world.store is not None:
        world.store.kill()
        world.note("store", "its server is gone")


SCENARIOS = (
    Scenario("power-cut", "the power goes in the middle of sales, three times", _power_cut, Plan(seed=7)),
    Scenario("store-server-dies", "the store's server dies and comes back", _store_server_dies, Plan(seed=8)),
    Scenario(
        "store-server-restored", "the store's server comes back from a backup", _store_server_restored, Plan(seed=9)
    ),
    Scenario("clock-jump", "a lane's clock is set wrong by months", _clock_jump, Plan(lanes=2, seed=10)),
)
