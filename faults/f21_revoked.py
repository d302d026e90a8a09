"""F21: a lane with undelivered rows is revoked, enrolled over, given back or logged out of: no row is ever deleted.

After it heard of its revocation it gives nothing away any more, also alone, and also after it was opened again.
"""

import random
from collections import Counter
from pathlib import Path
from typing import Final

from crm_server.minting import CodeKind
from crm_server.revocations import revoke_device
from faults.oracle import check
from faults.row import Amounts, Order, Outcome, Row
from faults.stage import NOBODY, OpenLane, Promises, Stage, stage
from faults.tables import rows
from pos_client import bootstrap
from pos_client.bootstrap import name_server
from pos_client.bootstrap.lane import LaneFiles
from pos_client.domain.errors import PosError, UsageError
from pos_client.domain.reasons import Reason
from pos_client.usecases.login import Login

ALL: Final = "SELECT epoch, seq, lower(hex(hash)) AS hash, lower(hex(body)) AS body FROM entry ORDER BY epoch, seq"


def run(order: Order) -> Outcome:
    """Work alone, be revoked, meet the centre."""
    promises, counts, dice = Promises(), Counter[str](), random.Random(order.seed)
    with stage(order.folder) as shop:
        for number in range(order.amount):
            order.say(f"lane {number}")
            _one(shop, shop.enrolled(number % 2 + 1, name=f"lane-{number}"), dice, counts, promises)
    return Outcome(dict(counts), tuple(promises.broken))


def _one(shop: Stage, home: Path, dice: random.Random, counts: Counter[str], promises: Promises) -> None:
    name_server(home, NOBODY)
    lane = OpenLane.open(home)
    lane.redeem(shop.coupons(dice.randint(2, 8)))
    lane.note(dice.randint(5, 40))
    greens = lane.greens
    lane.close()
    device, before = LaneFiles.of(home).device, rows(home / "journal.db", ALL)
    counts["undelivered_rows"] += len(before)
    _cannot_enrol_over_it(shop, home, counts, promises)
    _cannot_leave(home, counts, promises)
    before = rows(home / "journal.db", ALL)
    shop.shop.write(lambda connection: revoke_device(connection, device))
    name_server(home, shop.shop.url)
    told = [bootstrap.sync(home, push=True, pull=True) for _ in range(2)]
    reasons = {error["detail"] for report in told for error in report["errors"]}
    promises.hold("device-revoked" in reasons, f"the lane was not told that it is revoked: {reasons}")
    after = rows(home / "journal.db", ALL)
    counts["rows_deleted"] += len(before) - len(after[: len(before)])
    promises.hold(after[: len(before)] == before, "a row was deleted or changed")
    late = rows(shop.database, "SELECT COUNT(*) AS n FROM inbox WHERE device = :of AND late = 1", {"of": device})
    counts["delivered_late"] += int(late[0]["n"])
    again = OpenLane.open(home, greens)
    found = check([again.facts], shop.database)
    promises.broken += found.broken()
    counts["lost"] += found.lost
    _redeems_after(shop, again, counts, promises)


def _cannot_enrol_over_it(shop: Stage, home: Path, counts: Counter[str], promises: Promises) -> None:
    """A new code for the same home is refused, and does not touch the book."""
    code = str(shop.shop.mint(CodeKind.ENROL, store="1", lane=1)[0]["code"])
    try:
        bootstrap.enrol(home, shop.shop.url, code)
    except UsageError:
        counts["enrolments_refused"] += 1
    except PosError as error:
        promises.hold(holds=False, sentence=f"enrolling over a lane ended with {error.reason}")
    else:
        promises.hold(holds=False, sentence="a lane was enrolled over itself")


def _redeems_after(shop: Stage, lane: OpenLane, counts: Counter[str], promises: Promises) -> None:
    """With the centre in reach a revoked lane gives nothing away."""
    online = len(lane.greens)
    lane.redeem(shop.coupons(1))
    promises.hold(len(lane.greens) == online, "a revoked lane redeemed with the centre in reach")
    lane.close()
    name_server(lane.home, NOBODY)
    for _ in range(2):
        alone = OpenLane.open(lane.home)
        said = alone.redeem(shop.coupons(1))
        counts["greens_alone_after_revocation"] += len(alone.greens)
        right = all(verdict.reason is Reason.DEVICE_NOT_TRUSTED for verdict in said)
        promises.hold(right and not alone.greens, f"a revoked lane alone said {[one.reason for one in said]}")
        alone.close()
    kept = list(lane.home.glob("cache*"))
    promises.hold(not kept, f"a revoked lane kept its data: {kept}")
    _leaves(shop, lane.home, counts, promises)


def _cannot_leave(home: Path, counts: Counter[str], promises: Promises) -> None:
    """Logging out and giving the machine back, alone and with rows that wait: neither takes one away."""
    before = rows(home / "journal.db", ALL)
    with bootstrap.writing_lane(home) as lane:
        Login(lane.desk).out()
    left = bootstrap.unenrol(home)
    counts["unenrolments_refused"] += left.verdict.reason is Reason.UNENROL_UNDELIVERED
    promises.hold(left.verdict.reason is Reason.UNENROL_UNDELIVERED, f"with rows that wait: {left.verdict.reason}")
    after = rows(home / "journal.db", ALL)
    promises.hold(after[: len(before)] == before, "logging out or asking to leave changed a row")


def _leaves(shop: Stage, home: Path, counts: Counter[str], promises: Promises) -> None:
    """Drained, it may go; its book stays under another name, row for row."""
    before = rows(home / "journal.db", ALL)
    name_server(home, shop.shop.url)
    bootstrap.sync(home, push=True, pull=False)
    left = bootstrap.unenrol(home)
    counts["given_back"] += left.verdict.reason is Reason.UNENROLLED
    promises.hold(left.kept is not None, f"a drained lane may not go: {left.verdict.reason}")
    if left.kept is not None:
        after = rows(left.kept, ALL)
        counts["rows_deleted"] += len(before) - len(after[: len(before)])
        promises.hold(after[: len(before)] == before, "the book that was put aside is another one")


ROW = Row(
    name="F21",
    what="a lane with undelivered rows is revoked, enrolled over, logged out of or given back",
    method="lanes work alone, are revoked at the centre, and sync; a second enrolment of the same home, a log-out and "
    "unenrol are tried with rows that wait, and unenrol again when none does",
    reach="refused or drained, 0 rows deleted; after it was told, a revoked lane gives nothing away, alone either",
    unit="lanes",
    amounts=Amounts(full=30, quick=4, ci=2),
    run=run,
)
