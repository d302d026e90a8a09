"""F6: one entry in a thousand makes the centre's own code fail; the other 999 arrive in the same sync.

Three ways to fail: an error that the centre expects of a row, one that it does not expect (the whole request is 500),
and the death of the centre's process, which is born again after a moment.
"""

import random
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from faults.oracle import Allowed, check
from faults.poisoned_effects import DIED, POISON, poisoned
from faults.row import Amounts, Order, Outcome, Row
from faults.stage import NOBODY, OpenLane, Promises, Stage, stage
from faults.tables import rows
from pos_client.bootstrap import name_server
from pos_client.bootstrap.lane_entries import LaneEntries
from pos_client.domain.journal_entry import EntryDraft, EntryKind
from pos_client.sync.one_round import SyncReport
from tests.entry_builders import a_redemption

ENTRIES: Final = 1_000
REDEMPTIONS: Final = 150


def run(order: Order) -> Outcome:
    """Each way to fail, with the poison in several places."""
    promises, counts, dice = Promises(), Counter[str](), random.Random(order.seed)
    for number in range(order.amount):
        for how in ("expected", "unexpected", "dies"):
            order.say(f"round {number}: a row on which the centre fails ({how})")
            folder = order.folder / f"{number}-{how}"
            with stage(folder) as shop:
                lane = _lane_with_poison(shop, dice)
                try:
                    _one(shop, lane, how, counts, promises)
                finally:
                    lane.close()
    return Outcome(dict(counts), tuple(promises.broken))


def _lane_with_poison(shop: Stage, dice: random.Random) -> OpenLane:
    """A lane that did a thousand things alone, one of which is the poison."""
    home = shop.enrolled()
    codes = shop.coupons(REDEMPTIONS)
    name_server(home, NOBODY)
    lane = OpenLane.open(home)
    poison, before = dice.randrange(ENTRIES), len(lane.journal.latest(10))
    redeemed = set(dice.sample([place for place in range(before, ENTRIES) if place != poison], REDEMPTIONS))
    for place in range(before, ENTRIES):
        if place == max(poison, before):
            lane.journal.append(_poison(lane))
        elif place in redeemed:
            lane.redeem([codes.pop()])
        else:
            lane.note(1)
    greens = lane.greens
    lane.close()
    name_server(home, shop.shop.url)
    return OpenLane.open(home, greens)


def _poison(lane: OpenLane) -> EntryDraft:
    """A redemption like any other, of the coupon on which the centre fails."""
    own = LaneEntries(lane.files, lane.journal).draft(EntryKind.LOGIN).fields
    about = a_redemption(POISON)
    return replace(about, fields={**about.fields, **own, "campaign": 1000})


def _one(shop: Stage, lane: OpenLane, how: str, counts: Counter[str], promises: Promises) -> None:
    waiting = lane.side.outbox.counts().pending
    if how == "dies":
        with _mortal(shop, counts) as url:
            name_server(lane.home, url)
            lane = _reopened(lane)
            report = lane.sync()
        name_server(lane.home, shop.shop.url)
        lane = _reopened(lane)
    else:
        with poisoned(how):
            report = lane.sync()
    _judge(shop, lane, how, waiting, report, counts, promises)
    lane.close()


def _reopened(lane: OpenLane) -> OpenLane:
    lane.close()
    return OpenLane.open(lane.home, lane.greens)


def _judge(
    shop: Stage, lane: OpenLane, how: str, waiting: int, report: SyncReport, counts: Counter[str], promises: Promises
) -> None:
    is_stored = how == "expected"
    stuck = lane.side.outbox.counts().stuck
    counts["delivered_in_first_sync"] += report.push.pushed
    counts["stuck"] += len(stuck)
    counts["quarantined"] += report.push.quarantined
    promises.hold(
        report.push.pushed == waiting - (not is_stored), f"{how}: {report.push.pushed} of {waiting} arrived at once"
    )
    named = rows(shop.database, "SELECT reason FROM inbox WHERE result = 'quarantined'")
    promises.hold(len(stuck) == (not is_stored), f"{how}: stuck are {stuck}")
    promises.hold([one["reason"] for one in named] == ["server-error"] * is_stored, f"{how}: quarantined are {named}")
    healed = lane.sync()
    counts["delivered_after_mending"] += healed.push.pushed
    promises.hold(lane.side.outbox.counts().pending == 0, f"{how}: something waits after the centre was mended")
    # The poison itself is quarantined where the centre stored it: that is one row that it could not take.
    found = check([lane.facts], shop.database, allowed=Allowed(uses=int(is_stored)))
    counts["entries"] += found.entries
    counts["greens"] += found.greens
    counts["lost"] += found.lost
    counts["double"] += found.double
    promises.broken += [f"{how}: {one}" for one in found.broken()]


@contextmanager
def _mortal(shop: Stage, counts: Counter[str]) -> Iterator[str]:
    """The same centre as a process that dies of the poison and is born again."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "faults.poisoned_effects", str(shop.folder / "crm"), str(port)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
        deaths = process.stdout.read().count(f'"died": {DIED}')
        process.stdout.close()
        counts["deaths_of_the_centre"] += deaths


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


ROW = Row(
    name="F6",
    what="one entry in a thousand on which the centre fails, or dies",
    method="the centre's own code raises, expected and not, or ends its process; the lane delivers 1,000 entries",
    reach="the other 999 in the same sync, 1 stored or stuck, and named",
    unit="rounds of three ways",
    amounts=Amounts(full=3, quick=1, ci=0),
    run=run,
)
