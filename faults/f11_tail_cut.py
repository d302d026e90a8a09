"""F11: a journal whose tail was cut off, or in whose place yesterday's copy was put; alone, or with the whole home.

What stands outside the file, the keyring's head and the centre's own copy, must notice each of them: the keyring at the
next start, the centre at the first contact. Afterwards a supervisor's word, or the new epoch, lets the lane go on.
"""

import random
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pysqlite3 import dbapi2

from faults.row import Amounts, Order, Outcome, Row
from faults.stage import OpenLane, Promises, Stage, stage
from faults.tables import rows
from pos_client.bootstrap import resume_journal, verify_journal
from pos_client.domain.errors import JournalDamaged

SUPERVISOR: Final = "E1002"
AT_START = ("rows deleted", "file of before", "file of before, and more was written")
AT_CONTACT = ("home of before", "home of before, and more was written")
PARTS: Final = ("", "-wal", "-shm")


@dataclass
class Case:
    """One lane, and copies of its home and file that were taken earlier."""

    home: Path
    number: int

    @property
    def backup(self) -> Path:
        """Where the copy lies."""
        return self.home.with_name(f"backup-{self.number}")


def run(order: Order) -> Outcome:
    """Each way to lose the end of a book, at random places."""
    promises, counts, dice = Promises(), Counter[str](), random.Random(order.seed)
    with stage(order.folder) as shop:
        for number in range(order.amount):
            how = (*AT_START, *AT_CONTACT)[number % 5]
            order.say(f"{number}: {how}")
            case = Case(shop.enrolled(number % 2 + 1, name=f"lane-{number}"), number)
            _one(shop, case, how, dice, counts, promises)
    return Outcome(dict(counts), tuple(promises.broken))


def _one(shop: Stage, case: Case, how: str, dice: random.Random, counts: Counter[str], promises: Promises) -> None:
    _work(shop, case.home, dice, syncs=True)
    shutil.copytree(case.home, case.backup)
    shown = _work(shop, case.home, dice, syncs=dice.random() < 0.7 or how in AT_CONTACT)
    _lose(case, how, dice)
    counts["cases"] += 1
    if how in AT_START:
        noticed = _is_noticed_at_start(case.home)
        counts["noticed_at_start"] += noticed
        promises.hold(noticed, f"{how}: opened as if nothing had happened")
        promises.hold(not verify_journal(case.home).ok, f"{how}: journal verify says all is well")
        if noticed:
            resume_journal(case.home, SUPERVISOR)
    else:
        if "more" in how:
            _work(shop, case.home, dice, syncs=False)
        counts["noticed_at_contact"] += _is_noticed_at_contact(case.home, how, promises)
    _goes_on(shop, case, how, shown, counts, promises)


def _work(shop: Stage, home: Path, dice: random.Random, *, syncs: bool) -> int:
    """Some entries; how many the journal holds now."""
    lane = OpenLane.open(home)
    lane.redeem(shop.coupons(dice.randint(1, 3)))
    lane.note(dice.randint(1, 8))
    if syncs:
        lane.sync()
    head = lane.journal.head()
    lane.close()
    return head.seq if head else 0


def _lose(case: Case, how: str, dice: random.Random) -> None:
    if how == "rows deleted":
        connection = dbapi2.connect(str(case.home / "journal.db"))
        last = connection.execute("SELECT MAX(seq) FROM entry").fetchone()[0]
        connection.execute("DELETE FROM entry WHERE seq > ?", (last - dice.randint(1, 4),))
        connection.commit()
        connection.close()
    elif how.startswith("file of before"):
        for part in PARTS:
            (case.home / f"journal.db{part}").unlink(missing_ok=True)
        shutil.copyfile(case.backup / "journal.db", case.home / "journal.db")
        if "more" in how:
            _cut_keyring_out(case)
    else:
        shutil.rmtree(case.home)
        shutil.copytree(case.backup, case.home)


def _cut_keyring_out(case: Case) -> None:
    """The old file is used for a while on another machine, where nobody remembers, and comes back longer."""
    elsewhere = case.home.with_name(f"elsewhere-{case.number}")
    shutil.copytree(case.backup, elsewhere)
    lane = OpenLane.open(elsewhere)
    lane.note(40)
    lane.close()
    for part in PARTS:
        (case.home / f"journal.db{part}").unlink(missing_ok=True)
    shutil.copyfile(elsewhere / "journal.db", case.home / "journal.db")


def _is_noticed_at_start(home: Path) -> bool:
    try:
        OpenLane.open(home).close()
    except JournalDamaged:
        return True
    return False


def _is_noticed_at_contact(home: Path, how: str, promises: Promises) -> int:
    lane = OpenLane.open(home)
    report = lane.sync()
    lane.close()
    promises.hold(report.new_epoch == 2, f"{how}: the first contact gave epoch {report.new_epoch}, {report.errors}")
    return int(report.new_epoch == 2)


def _goes_on(shop: Stage, case: Case, how: str, shown: int, counts: Counter[str], promises: Promises) -> None:
    """The lane works again, its chain holds, all of it is at the centre, and the gap is on record."""
    _work(shop, case.home, random.Random(case.number), syncs=True)
    lane = OpenLane.open(case.home)
    report, device = lane.sync(), lane.files.device
    pending = lane.side.outbox.counts().pending
    lane.close()
    promises.hold((report.errors, pending) == ((), 0), f"{how}: afterwards {report.errors}, {pending} wait")
    promises.hold(verify_journal(case.home).ok, f"{how}: the chain does not hold afterwards")
    gaps = rows(case.home / "journal.db", "SELECT body FROM entry WHERE kind = 'resync_gap'")
    promises.hold(len(gaps) == 1, f"{how}: {len(gaps)} gaps are on record")
    stored = rows(shop.database, "SELECT epoch, seq, hash FROM inbox WHERE device = :of", {"of": device})
    held = {(one["epoch"], one["seq"], one["hash"]) for one in stored}
    own = rows(case.home / "journal.db", "SELECT epoch, seq, lower(hex(hash)) AS hash FROM entry")
    lacking = {(one["epoch"], one["seq"], one["hash"]) for one in own} - held
    counts["entries"] += len(own)
    counts["entries_cut_off"] += shown - min(shown, len([one for one in own if one["epoch"] == 1]))
    promises.hold(not lacking, f"{how}: the centre lacks {len(lacking)} entries of the lane")


ROW = Row(
    name="F11",
    what="the journal's tail cut off, or yesterday's copy in its place",
    method="rows deleted, the file of before, the file of before that went on elsewhere, the whole home of before",
    reach="noticed at the start (keyring) or at the first contact (centre): all; the lane goes on, the gap on record",
    unit="cases",
    amounts=Amounts(full=100, quick=10, ci=0),
    run=run,
)
