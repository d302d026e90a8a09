"""F8: the disk is full at each write of each deed, and a small disk really fills up; what was begun can be ended."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from faults import shims
from faults.nursery_client import DIED_OF_A_BUG, NurseryClient
from faults.oracle import Green
from faults.ready_shop import ReadyShop
from faults.row import Amounts, Order, Outcome, Row, Size
from faults.settling import judge
from pos_client.bootstrap import name_server

DEEDS = ("redeem", "void", "purchase", "sync_once")
STEPS = {Size.FULL: 1, Size.QUICK: 3, Size.CI: 12}
# A deed that met no refusal so many times in a row has no more writes.
QUIET = 2
MOST_WRITES = 1_500
SMALL_DISK_CODES = 400
AT_ONCE_MS = 1_000
SMALL_DISK = ("small_disk_full", "void_when_full", "sync_when_full")


@dataclass
class _Seen:
    greens: dict[int, list[Green]] = field(default_factory=lambda: {0: [], 1: []})
    counts: Counter[str] = field(default_factory=Counter)
    bugs: list[str] = field(default_factory=list)
    refused: bool = False
    slowest_ms: int = 0

    def heed(self, said: dict[str, Any], lane: int = 0) -> None:
        green = said.get("green")
        if green:
            self.greens[lane].append(Green(green["coupon_id"], green["epoch"], green["seq"], green["hash"]))
        self.refused |= "fault" in said or bool(said.get("errors"))
        if "fault" in said:
            self.counts[f"fault_{said['fault']}"] += 1


def run(order: Order) -> Outcome:
    """The n-th write for every n, then a disk that fills."""
    shop, seen = ReadyShop(order.folder / "shop"), _Seen()
    at = order.folder / "full-at"
    at.write_text("0")
    home = shop.lane(0).home
    added = {"LD_PRELOAD": str(shims.build("full")), "FULL_DIR": str(home), "FULL_AT": str(at)}
    shop.open()
    try:
        with NurseryClient(order.folder / "nursery.stderr", added) as nursery:
            for _ in range(order.amount):
                for deed in DEEDS:
                    _each_write(shop, nursery, seen, (deed, at, STEPS[order.size]))
            seen.bugs += nursery.bugs()
        notes = _small_disk(shop, order, seen)
        found, bugs = judge(shop, dict(seen.greens))
    finally:
        shop.close()
    writes = {f"writes_{deed}": seen.counts[deed] for deed in DEEDS}
    faults = {name: count for name, count in sorted(seen.counts.items()) if name.startswith("fault_")}
    small = {name: seen.counts[name] for name in ("small_disk_greens", *SMALL_DISK)}
    figures = {"refused": seen.counts["refused"], **writes, **faults, **small, "answer_ms": seen.slowest_ms}
    if not notes and seen.slowest_ms > AT_ONCE_MS:
        bugs.append(f"the answer that the disk is full took {seen.slowest_ms} ms")
    return Outcome({**figures, **found.figures()}, found.broken() + tuple(seen.bugs[:6] + bugs), notes)


def _each_write(shop: ReadyShop, nursery: NurseryClient, seen: _Seen, what: tuple[str, Path, int]) -> None:
    """One deed, with a disk that is full from its first write on, from its second, and so on."""
    deed, at, step = what
    home, quiet, number = shop.lane(0).home, 0, 1
    while quiet < QUIET and number < MOST_WRITES:
        at.write_text(str(number))
        seen.refused = False
        codes: Sequence[str] = [] if deed == "sync_once" else shop.take(1)
        status = nursery.live(deed, home, codes, seen.heed, tolerates=True)
        if status == DIED_OF_A_BUG:
            seen.bugs.append(f"{deed} died of a bug where write {number} found no room")
        quiet = 0 if seen.refused else quiet + 1
        seen.counts["refused"] += seen.refused
        seen.counts[deed] = number
        number += step
    at.write_text("0")
    if nursery.live(deed, home, [] if deed == "sync_once" else shop.take(1), seen.heed) != 0:
        seen.bugs.append(f"{deed} did not work when there was room again")


def _small_disk(shop: ReadyShop, order: Order, seen: _Seen) -> tuple[str, ...]:
    """A real file system that fills; what could not be tried here."""
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-Urm", "true"], check=False).returncode:
        return ("a small file system: this machine lets nobody mount one in a namespace of his own",)
    home = shop.lane(1).home
    name_server(home, shop.server.url)
    asked = {"home": str(home), "disk": str(order.folder / "disk"), "codes": list(shop.take(SMALL_DISK_CODES))}
    root = Path(__file__).parents[1]
    done = subprocess.run(
        ["unshare", "-Urm", sys.executable, "-m", "faults.small_disk"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
        cwd=root,
        env=os.environ | {"POS_CLIENT_KEYRING": "file"},
    )
    if done.returncode:
        seen.bugs.append(f"the lane on a small disk died: {done.stderr[-400:]}")
    for said in map(json.loads, done.stdout.splitlines()):
        seen.heed(said, 1)
        seen.counts["small_disk_greens"] += "green" in said
        seen.counts["small_disk_full"] += said.get("full") == "disk-full"
        seen.counts["void_when_full"] += said.get("voided") == "accepted"
        seen.counts["sync_when_full"] += said.get("sync_errors") == []
        seen.slowest_ms = max(seen.slowest_ms, said["took_ms"] if "full" in said else 0)
    for promise in SMALL_DISK:
        if not seen.counts[promise]:
            seen.bugs.append(f"on the small disk: no {promise.replace('_', ' ')}")
    return ()


ROW = Row(
    name="F8",
    what="a full disk at each write",
    method="below the program (LD_PRELOAD) every write, longer file and new file from the n-th on finds no room, for "
    "every n (one in 3 with --quick) of redeeming, taking back, buying and syncing; and a file system of 64 MB that "
    "something else fills while a lane redeems",
    reach="no accepted redemption lost; on the full disk a void and the upload still work; the clerk knows within 1 s",
    unit="rounds",
    amounts=Amounts(full=3, quick=1, ci=0),
    run=run,
)
