"""F1: ``kill -9`` at random moments of redeeming and syncing, while requests and replies get lost.

Three kinds of lives are ended: the real commands ``pos-client redeem`` and ``pos-client sync``, each a process of its
own; the same deeds by a forked process, many a second; and a counter whose sync thread delivers while its till redeems.
"""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any, Final

from faults.oracle import Green, LaneFacts, check
from faults.row import Amounts, Order, Outcome, Row
from pos_client.bootstrap import identity, name_server
from tests.fakes.fault_proxy import NO_FAULTS, FaultMix, FaultProxy
from tests.fakes.shop import LaneHome, Shop

LANES: Final = 2
LOSSES: Final = FaultMix(drop_request=0.05, drop_reply=0.20)
REAL_SHARE: Final = 0.2
SHORTEST_LIFE_S: Final = 0.5
MEASURED: Final = 6
CODES_A_LIFE: Final = 60
CODES_A_KILL: Final = 25
REPEATED: Final = 3
RECENT: Final = 200
SYNC_TRIES: Final = 20


class Mortal:
    """One lane whose processes are killed; runs in a thread of the harness."""

    def __init__(self, lane: LaneHome, codes: list[str], seed: int) -> None:
        self.lane = lane
        self.codes = codes
        self.greens: list[Green] = []
        self.counts: Counter[str] = Counter()
        self.bugs: list[str] = []
        self._dice = random.Random(seed)
        self._place = 0
        self._command_s = 1.0
        self._life_s = SHORTEST_LIFE_S

    def lead(self, kills: int) -> None:
        """Live and die until it was killed ``kills`` times."""
        errors = self.lane.home.with_suffix(".stderr")
        with errors.open("w") as file, self._nursery(file) as nursery:
            self._measure(nursery)
            while self.counts["killed"] < kills:
                if self.counts["killed_commands"] < REAL_SHARE * self.counts["killed"]:
                    self._command()
                else:
                    self._life(nursery)
        if "Traceback" in errors.read_text():
            self.bugs.append(f"a traceback in {errors.name}")

    def _measure(self, nursery: "subprocess.Popen[str]") -> None:
        """How long a command and a few redemptions take unharmed: on a busy machine lives are longer."""
        assert nursery.stdout is not None
        nursery.stdout.readline()
        began = time.monotonic()
        self._heed(self.lane.run("redeem", self.codes[self._place]).document)
        self._place += 1
        self._command_s = time.monotonic() - began
        began = time.monotonic()
        self._lead_life(nursery, "redeem", self.codes[self._place : self._place + MEASURED], None)
        self._place += MEASURED
        self._life_s = max(SHORTEST_LIFE_S, time.monotonic() - began)

    def _nursery(self, errors: IO[str]) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "faults.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=_environment(),
        )

    def _life(self, nursery: "subprocess.Popen[str]") -> None:
        """One forked life, ended at a random moment unless it ends before."""
        again = self._again()
        codes = again + self.codes[self._place : self._place + CODES_A_LIFE]
        does = self._dice.choice(("redeem", "counter", "sync"))
        shown = self._lead_life(nursery, does, codes, self._dice.uniform(0.0, self._life_s))
        self._place += max(0, shown - len(again))

    def _lead_life(
        self, nursery: "subprocess.Popen[str]", does: str, codes: list[str], ends_after_s: float | None
    ) -> int:
        """Let it live; how many codes it showed a verdict for."""
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        nursery.stdin.write(json.dumps({"does": does, "home": str(self.lane.home), "codes": codes}) + "\n")
        nursery.stdin.flush()
        pid = json.loads(nursery.stdout.readline())["born"]
        killer = threading.Timer(ends_after_s or 0.0, _kill, (pid,))
        if ends_after_s is not None:
            killer.start()
        shown = 0
        for line in nursery.stdout:
            said = json.loads(line)
            if "dead" in said:
                killer.cancel()
                self._count(said["status"], does)
                break
            self._heed(said)
            shown += 1
        return shown

    def _command(self) -> None:
        """One real command, ended at a random moment unless it ends before."""
        does = self._dice.choice(("redeem", "sync"))
        arguments = ["redeem", self.codes[self._place]] if does == "redeem" else ["sync"]
        process = subprocess.Popen(
            [sys.executable, "-m", "pos_client", "--home", str(self.lane.home), *arguments, "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=_environment(),
        )
        # Most of a command is Python starting; the later part is where a kill can hurt.
        try:
            shown, errors = process.communicate(timeout=self._dice.uniform(0.3, 1.1) * self._command_s)
        except subprocess.TimeoutExpired:
            process.kill()
            shown, errors = process.communicate()
        if "Traceback" in errors:
            self.bugs.append(errors[-400:])
        if does == "redeem" and shown.endswith("\n"):
            self._heed(json.loads(shown))
            self._place += 1
        self._count(process.returncode, "command")

    def _count(self, status: int, does: str) -> None:
        killed = status == -signal.SIGKILL
        self.counts["killed"] += killed
        self.counts[f"killed_{does}s"] += killed
        self.counts["ended"] += status == 0
        if status == 70:
            self.bugs.append(f"a {does} died by itself")

    def _heed(self, said: dict[str, Any]) -> None:
        """Take note of a verdict, as the nursery or a command tells it."""
        green = said.get("green")
        if said.get("verdict") in {"accepted", "pending"}:
            green = {"coupon_id": said["coupons"][0]["id"], **said["entry"]}
        if green:
            self.greens.append(Green(green["coupon_id"], green["epoch"], green["seq"], green["hash"]))

    def _again(self) -> list[str]:
        """A few codes that were shown before, as a customer who tries again."""
        seen = self.codes[max(0, self._place - RECENT) : self._place]
        return self._dice.sample(seen, min(REPEATED, len(seen)))

    def settle(self) -> None:
        """Sync with nothing in the way until nothing waits, and once more: that must change nothing."""
        for _ in range(SYNC_TRIES):
            report = self.lane.run("sync").document
            if not report["errors"] and self.lane.run("status").document["undelivered"] == 0:
                break
        again = self.lane.run("sync").document
        if again["pushed"] or again["errors"]:
            self.bugs.append(f"a second sync still did something: {again}")
        verified = self.lane.run("journal", "verify")
        if verified.code != 0 or not verified.document["ok"]:
            self.bugs.append(f"journal verify: {verified.document}")


def _kill(pid: int) -> None:
    # It may have ended by itself between the timer and this line.
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _environment() -> dict[str, str]:
    return os.environ | {"POS_CLIENT_KEYRING": "file", "PYTHONUNBUFFERED": "1"}


def run(order: Order) -> Outcome:
    """Kill, settle, compare."""
    shop = Shop(order.folder)
    shop.open()
    try:
        with FaultProxy(shop.server.url, NO_FAULTS, order.seed) as proxy:
            mortals = _enrolled(shop, proxy, order)
            order.say(f"{LANES} lanes enrolled; killing {order.amount} times")
            proxy.mix = LOSSES
            _at_once(mortals, lambda one: one.lead(order.amount // LANES))
            proxy.mix = NO_FAULTS
            order.say("settling")
            _at_once(mortals, Mortal.settle)
            return _judged(order, mortals, proxy)
    finally:
        shop.close()


def _enrolled(shop: Shop, proxy: FaultProxy, order: Order) -> list[Mortal]:
    made = []
    for number in range(LANES):
        lane = shop.lane(number)
        name_server(lane.home, proxy.url)
        codes = shop.mint("coupon", order.amount // LANES * CODES_A_KILL + 2 * CODES_A_LIFE, "--value-minor", "1")
        made.append(Mortal(lane, codes, order.seed * 1_000 + number))
    return made


def _at_once(mortals: list[Mortal], deed: Callable[[Mortal], None]) -> None:
    """Do it to all lanes at once; an error of the harness itself ends the row."""
    with ThreadPoolExecutor(len(mortals)) as pool:
        list(pool.map(deed, mortals))


def _judged(order: Order, mortals: list[Mortal], proxy: FaultProxy) -> Outcome:
    lanes = [LaneFacts(identity(one.lane.home).device, one.lane.home / "journal.db", one.greens) for one in mortals]
    found = check(lanes, order.folder / "crm" / "crm.db")
    counts = sum((one.counts for one in mortals), Counter[str]())
    figures = {
        "kills": counts["killed"],
        "killed_commands": counts["killed_commands"],
        "killed_redeems": counts["killed_redeems"],
        "killed_syncs": counts["killed_syncs"],
        "killed_counters": counts["killed_counters"],
        "requests": proxy.counts["requests"],
        "requests_dropped": proxy.counts["drop_request"],
        "replies_dropped": proxy.counts["drop_reply"],
        **found.figures(),
    }
    bugs = tuple(bug for one in mortals for bug in one.bugs[:3])
    return Outcome(figures, found.broken() + bugs)


ROW = Row(
    name="F1",
    what="kill -9 of the lane at random moments",
    method="real commands, forked lanes and a counter with its sync thread are killed at random moments, while a proxy "
    "loses 20 % of replies and 5 % of requests; then all sync with nothing in the way",
    reach="no accepted redemption lost, none counted twice, numbers without a gap, the chain whole",
    unit="kills",
    amounts=Amounts(full=1_000, quick=100, ci=10),
    run=run,
    quick_s=35,
)
