"""F12: one lane's disk in two machines, which go on redeeming, with and without a network between their contacts."""

import random
import shutil
from collections import Counter
from pathlib import Path
from typing import Final

from faults.interposer import Asked, Interposer
from faults.oracle import Green
from faults.row import Amounts, Order, Outcome, Row
from faults.stage import NOBODY, OpenLane, Promises, Stage, stage
from faults.tables import rows
from pos_client.bootstrap import name_server, verify_journal

FORKED: Final = 409
SYNCS: Final = 4


def run(order: Order) -> Outcome:
    """Copy, use both, let them meet the centre in any order."""
    promises, counts, dice = Promises(), Counter[str](), random.Random(order.seed)
    with stage(order.folder) as shop, Interposer(shop.shop.url) as between:
        for number in range(order.amount):
            order.say(f"copy {number}")
            _one_copy(shop, between, number, dice, counts, promises)
    return Outcome(dict(counts), tuple(promises.broken))


def _one_copy(
    shop: Stage, between: Interposer, number: int, dice: random.Random, counts: Counter[str], promises: Promises
) -> None:
    home = shop.enrolled(number % 2 + 1, between.url, name=f"lane-{number}")
    twin = home.with_name(f"twin-{number}")
    shutil.copytree(home, twin)
    machines = [home, twin]
    dice.shuffle(machines)
    greens = _both_redeem_alone(shop, machines, dice, between.url)
    between.kept.clear()
    asked_by_second = _first_contacts(machines, between)
    statuses = [answered.status for asked, answered in between.kept[asked_by_second:] if _rolls(asked)]
    promises.hold(
        bool(statuses) and statuses[0] == FORKED, f"copy {number}: the second machine was answered {statuses[:3]}"
    )
    counts["copies"] += 1
    counts["noticed_at_first_request"] += statuses[:1] == [FORKED]
    for _ in range(SYNCS):
        for machine in machines:
            _synced(machine)
    _judge(shop, machines, greens, counts, promises)


def _both_redeem_alone(shop: Stage, machines: list[Path], dice: random.Random, url: str) -> list[Green]:
    """Both take some coupons, of which some are the same."""
    same = shop.coupons(dice.randint(1, 3))
    greens: list[Green] = []
    for machine in machines:
        name_server(machine, NOBODY)
        lane = OpenLane.open(machine)
        lane.redeem([*same, *shop.coupons(dice.randint(1, 3))])
        greens += lane.greens
        lane.close()
        name_server(machine, url)
    return greens


def _first_contacts(machines: list[Path], between: Interposer) -> int:
    """Each syncs once; how many requests the first of them made."""
    _synced(machines[0])
    made = len(between.kept)
    _synced(machines[1])
    return made


def _synced(machine: Path) -> None:
    lane = OpenLane.open(machine)
    lane.sync()
    lane.close()


def _rolls(asked: Asked) -> bool:
    return bool(asked.header("X-Session-Token"))


def _judge(shop: Stage, machines: list[Path], greens: list[Green], counts: Counter[str], promises: Promises) -> None:
    """The centre holds the union of both journals, each entry once; what was taken twice is paired."""
    lane = OpenLane.open(machines[0])
    device = lane.files.device
    lane.close()
    asked = "SELECT epoch, seq, lower(hex(hash)) AS hash, waiting FROM entry"
    found = [row for machine in machines for row in rows(machine / "journal.db", asked)]
    written = {(row["epoch"], row["seq"], row["hash"]) for row in found}
    inbox = rows(shop.database, "SELECT id, epoch, seq, hash, coupon_id FROM inbox WHERE device = :of", {"of": device})
    held = Counter((row["epoch"], row["seq"], row["hash"]) for row in inbox)
    paired = {row["inbox_id"] for row in rows(shop.database, "SELECT inbox_id FROM conflict")}
    places = {(row["epoch"], row["seq"], row["hash"]): row["id"] for row in inbox}
    uses = Counter(green.coupon_id for green in greens)
    twice = [green for green in greens if uses[green.coupon_id] > 1]
    unpaired = {green.coupon_id for green in twice} - {
        green.coupon_id for green in twice if places.get((green.epoch, green.seq, green.hash)) in paired
    }
    counts["entries_of_both"] += len(written)
    counts["taken_twice"] += len(twice) // 2
    counts["unpaired"] += len(unpaired)
    promises.hold(set(held) == written, f"{device}: the centre lacks {len(written - set(held))}, has {len(held)}")
    promises.hold(max(held.values()) == 1, f"{device}: an entry stands twice")
    promises.hold(not unpaired, f"{device}: {len(unpaired)} uses were taken twice and are not paired")
    promises.hold(not any(row["waiting"] for row in found), f"{device}: something was never delivered")
    promises.hold(all(verify_journal(machine).ok for machine in machines), f"{device}: a chain does not hold")


ROW = Row(
    name="F12",
    what="one lane's disk in two machines",
    method="a home is copied; both redeem alone, some coupons twice, and meet the centre in turn",
    reach="409 at the second machine's first request; the entries of both stored, each double use paired",
    unit="copies",
    amounts=Amounts(full=30, quick=4, ci=1),
    run=run,
)
