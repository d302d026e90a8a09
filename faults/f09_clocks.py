"""F9: the wall clock of a lane is wrong by a day or ten years, steps while it works, meets odd days, with and without
a restart of the machine; what is expired stays expired, and what is valid is never refused for it."""

import os
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

from faults import shims
from faults.nursery_client import NurseryClient
from faults.oracle import Green
from faults.other_time import centre_at
from faults.ready_shop import ReadyShop
from faults.row import Amounts, Order, Outcome, Row
from faults.settling import judge
from pos_client.bootstrap import name_server

NEW_COUPONS = 3
NOWHERE = "http://127.0.0.1:9"
# Valid, and what a clerk may be told of it: yes, or that a supervisor has to say what day it is.
MAY_BE_SHOWN = {"accepted", "pending", "supervisor"}


@dataclass(frozen=True)
class Clock:
    """How the wall clock is wrong: by so much at first, and by so much more at each step."""

    name: str
    shift: timedelta
    step: timedelta = timedelta()


def _at(text: str) -> timedelta:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) - datetime.now(UTC)


def clocks() -> Sequence[Clock]:
    """All that are tried."""
    return (
        Clock("a day behind", timedelta(days=-1)),
        Clock("a day ahead", timedelta(days=1)),
        Clock("ten years behind", timedelta(days=-3_652)),
        Clock("ten years ahead", timedelta(days=3_652)),
        Clock("summer time ends", _at("2026-11-01T05:59:59"), timedelta(hours=-1)),
        Clock("summer time begins", _at("2027-03-14T06:59:59"), timedelta(hours=1)),
        Clock("29 February", _at("2028-02-29T15:59:59")),
        Clock("a leap second", _at("2016-12-31T23:59:59"), timedelta(seconds=-1)),
        Clock("stepping there and back", timedelta(), timedelta(hours=27)),
    )


@dataclass
class Watch:
    """A lane under wrong clocks, and what was shown at it."""

    folder: Path
    greens: list[Green] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    expects: str = ""

    def steer(self, shift: timedelta) -> None:
        """Move the wall clock; a look in between sees the old or the new one."""
        fresh = self.folder / "shift.new"
        fresh.write_text(str(shift // timedelta(microseconds=1) * 1_000))
        fresh.replace(self.folder / "shift")

    def restart(self) -> None:
        """From now on the machine is one that was started anew."""
        (self.folder / "boot").write_text(f"{self.counts['boots']:08}-0000-4000-8000-000000000000\n")
        self.counts["boots"] += 1

    @contextmanager
    def wrong_by(self, clock: Clock, dice: random.Random) -> Iterator[None]:
        """The clock as it is said, stepping on while the lane works."""
        self.steer(clock.shift)
        ended = Event()

        def step() -> None:
            turns = 0
            while clock.step and not ended.wait(dice.uniform(0.005, 0.02)):
                turns += 1
                self.steer(clock.shift + (clock.step if turns % 2 else timedelta()))

        stepping = Thread(target=step)
        stepping.start()
        try:
            yield
        finally:
            ended.set()
            stepping.join()
            self.steer(timedelta())

    def heed(self, said: dict[str, Any]) -> None:
        """What the clerk was shown, against what is true."""
        green = said.get("green")
        if green:
            self.greens.append(Green(green["coupon_id"], green["epoch"], green["seq"], green["hash"]))
        if "errors" in said:
            self.counts["syncs"] += 1
            self.counts["syncs_failed"] += bool(said["errors"])
            self.wrong += [f"{self.expects}: {error}" for error in said["errors"]]
            return
        if said.get("place") == 0:
            self.counts["expired_shown"] += 1
            self.counts["expired_green"] += bool(green)
        else:
            self.counts["valid_shown"] += 1
            self.counts[f"valid_{said['kind']}"] += 1
            if said["kind"] not in MAY_BE_SHOWN:
                self.counts["valid_refused"] += 1
                self.wrong.append(f"{self.expects}: a valid coupon was {said['shown']}")


def run(order: Order) -> Outcome:
    """Each clock, with and without a restart, alone and beside the server."""
    shop = ReadyShop(order.folder / "shop")
    watch, home = Watch(order.folder), shop.lane(0).home
    watch.steer(timedelta())
    watch.restart()
    added = {
        "LD_PRELOAD": str(shims.build("clk")),
        "CLK_FILE": str(order.folder / "shift"),
        "CLK_BOOT": str(order.folder / "boot"),
        "TZ": "America/New_York",
    }
    shop.open()
    try:
        tries = [(clock, restarts) for clock in clocks() for restarts in (False, True)] * order.amount
        expired = shop.mint("coupon", 1, "--expired", "--value-minor", "1")
        with NurseryClient(order.folder / "nursery.stderr", added) as nursery:
            _is_steered(nursery, home, watch)
            for clock, restarts in tries:
                watch.expects = f"{clock.name}{', restarted' if restarts else ''}"
                _tried(_Try(shop, nursery, watch, expired), clock, random.Random(order.seed), restarts=restarts)
            missed = _missed(shop, nursery, home, order.folder)
            watch.wrong += nursery.bugs()
        found, bugs = judge(shop, {0: watch.greens})
    finally:
        shop.close()
    figures = {
        "clocks": len(tries),
        "changes_missed": missed,
        **{name: watch.counts[name] for name in _COUNTED},
        **found.figures(),
    }
    broken = [f"{watch.counts[name]} {name.replace('_', ' ')}" for name in ("expired_green", "valid_refused")]
    broken += [f"{watch.counts['syncs_failed']} syncs failed"]
    broken += [f"{missed} changes were missed while the centre's clock was behind"]
    kept = tuple(text for text in broken if not text.startswith("0 "))
    return Outcome(figures, found.broken() + kept + tuple(bugs) + tuple(watch.wrong[:5]))


_COUNTED = (
    "boots",
    "expired_shown",
    "expired_green",
    "valid_shown",
    "valid_accepted",
    "valid_pending",
    "valid_supervisor",
    "valid_refused",
    "syncs",
    "syncs_failed",
)


@dataclass(frozen=True)
class _Try:
    shop: ReadyShop
    nursery: NurseryClient
    watch: Watch
    expired: Sequence[str]


def _tried(one: _Try, clock: Clock, dice: random.Random, *, restarts: bool) -> None:
    """Alone first, then with the server, then on the right time again."""
    home, watch = one.shop.lane(0).home, one.watch
    if restarts:
        watch.restart()
    with watch.wrong_by(clock, dice):
        name_server(home, NOWHERE)
        one.nursery.live("redeem", home, [*one.expired, *one.shop.take(2)], watch.heed)
        name_server(home, one.shop.server.url)
        one.nursery.live("sync_once", home, [], watch.heed)
        one.nursery.live("redeem", home, [*one.expired, *one.shop.take(2)], watch.heed)
    one.nursery.live("sync_once", home, [], watch.heed)


def _missed(shop: ReadyShop, nursery: NurseryClient, home: Path, folder: Path) -> int:
    """Coupons issued while the centre's own clock is an hour behind: how many of them the lane does not learn of."""
    shown: list[dict[str, Any]] = []
    name_server(home, shop.server.url)
    nursery.live("sync_once", home, [], lambda _said: None)
    with centre_at(shop, timedelta(hours=-1), folder):
        codes = shop.mint("coupon", NEW_COUPONS, "--opaque", "--value-minor", "1")
        nursery.live("sync_once", home, [], lambda _said: None)
        name_server(home, NOWHERE)
        nursery.live("look", home, codes, shown.append)
    return NEW_COUPONS - sum(bool(said.get("shown") == "can-redeem") for said in shown)


def _is_steered(nursery: NurseryClient, home: Path, watch: Watch) -> None:
    """The shim does what it says, or the row proves nothing."""
    watch.steer(timedelta(days=1_000))
    seen: list[float] = []
    nursery.live("wall", home, [], lambda said: seen.append(said["wall"]))
    watch.steer(timedelta())
    assert os.environ.get("LD_PRELOAD") != str(shims.build("clk"))
    assert seen
    assert abs(seen[0] - time.time() - 1_000 * 86_400) < 60, f"the clock is not steered: {seen}"


ROW = Row(
    name="F9",
    what="wrong clocks",
    method="lane processes whose wall clock is moved below the program (LD_PRELOAD) by a day, ten years, over both "
    "ends of summer time, to 29 February, over a leap second, to and fro every few milliseconds, each with and without "
    "a restart of the machine, alone and beside the server",
    reach="no expired coupon green, no valid one refused (a supervisor may be asked for the date), every sync "
    "succeeds, entries in order",
    unit="rounds",
    amounts=Amounts(full=5, quick=1, ci=0),
    run=run,
)
