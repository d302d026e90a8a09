"""What a lane does in one life, from its start to its end or its crash; each opens all it needs by itself.

Apart from the nursery that forks such lives because rows also run them in processes of their own.
"""

import json
import os
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from faults import tables
from pos_client import bootstrap
from pos_client.bootstrap.asking import crm_desks
from pos_client.bootstrap.lane import Lane, LaneFiles
from pos_client.bootstrap.syncing import sync_side
from pos_client.domain.basket import of_amount
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.storage.journal_sql import VERSION
from pos_client.storage.lock import COMMAND
from pos_client.storage.upgrade import VERSIONS
from pos_client.storage.upgrade import upgrade as upgrade_journal
from pos_client.sync.worker import Rhythm, SyncWorker
from pos_client.usecases.bind_member import BindRequest
from pos_client.usecases.desk import Attribution
from pos_client.usecases.purchase import Purchase, PurchaseRequest
from pos_client.usecases.transaction import Request

GREEN: Final = frozenset({VerdictKind.ACCEPTED, VerdictKind.PENDING})
LOCK_WAIT_S: Final = 5.0
MARKS: Final = "FAULTS_MARKS"
CLERK: Final = Attribution("E1001", "P1001", "command")


def say(document: dict[str, Any]) -> None:
    """One line, in one write: a line is there whole or not at all, whenever the writer dies."""
    line = json.dumps(document).encode() + b"\n"
    marks = os.environ.get(MARKS)
    if marks:
        # Where every write is logged, what was said has its place in that order too.
        handle = os.open(marks, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(handle, line)
        os.close(handle)
    os.write(sys.stdout.fileno(), line)


def redeem(home: Path, codes: Sequence[str]) -> None:
    """A clerk at commands: one code after the other."""
    with bootstrap.writing_lane(home) as lane:
        redeem_all(lane, codes)


def sync(home: Path, _codes: Sequence[str]) -> None:
    """Sync after sync."""
    while True:
        bootstrap.sync(home, push=True, pull=True)


def sync_once(home: Path, _codes: Sequence[str]) -> None:
    """One sync, and what went wrong in it."""
    say({"errors": bootstrap.sync(home, push=True, pull=True)["errors"]})


def nasty(home: Path, codes: Sequence[str]) -> None:
    """Redeem, then sync, whatever the server says; how long each took and what memory it cost."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with bootstrap.writing_lane(home) as lane:
        for place, code in enumerate(codes):
            began = time.monotonic()
            verdict = lane.redeem(Request([code], attribution=CLERK))
            say({"place": place, "took_ms": round((time.monotonic() - began) * 1_000), **told(verdict)})
    waited = _in_line(home)
    errors = bootstrap.sync(home, push=True, pull=True)["errors"]
    left = waited - _in_line(home)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    say({"errors": errors, "memory_kb": most, "grown_kb": most - before, "left": left})


def _in_line(home: Path) -> int:
    """How many entries wait for a stored result."""
    found = tables.rows(home / "journal.db", "SELECT COUNT(*) AS waiting FROM entry WHERE waiting > 0")
    return int(found[0]["waiting"])


def look(home: Path, codes: Sequence[str]) -> None:
    """What would be said of each; nothing is written."""
    with bootstrap.reading_lane(home) as lane:
        for code in codes:
            verdict = lane.check(Request([code], attribution=CLERK))
            say({"kind": verdict.kind.value, "shown": verdict.reason.value})


def wall(_home: Path, _codes: Sequence[str]) -> None:
    """What the wall clock says here, in seconds."""
    say({"wall": time.time()})


def counter(home: Path, codes: Sequence[str]) -> None:
    """A counter as the window runs it: the sync thread delivers while the till redeems."""
    files = LaneFiles.of(home)
    journal = files.open_journal(COMMAND, LOCK_WAIT_S)
    side = sync_side(files, journal)
    desk = files.desk(journal, *crm_desks(files.api(side.time), files.orders))
    worker = SyncWorker(side.parts, side.outbox, side.time, Rhythm(0.02, 0.1, 0.1), lambda _: None)
    threading.Thread(target=worker.run, args=(threading.Event(),), daemon=True).start()
    redeem_all(Lane(files, desk, journal), codes)


def purchase(home: Path, codes: Sequence[str]) -> None:
    """Each coupon with a purchase of 50.00, in one commit."""
    with bootstrap.writing_lane(home) as lane:
        for place, code in enumerate(codes):
            verdict = Purchase(lane.desk)(PurchaseRequest(Request([code], of_amount(5_000), attribution=CLERK)))
            say({"place": place, **told(verdict), **_of_purchase(lane, verdict)})


def _of_purchase(lane: Lane, verdict: Verdict) -> dict[str, Any]:
    """The green of a purchase's coupon: the redemption in the same commit, where the verdict names the purchase."""
    if verdict.kind not in GREEN or not verdict.coupons:
        return {}
    coupon = verdict.coupons[0].id
    taken = next(one for one in lane.journal.latest(20, (EntryKind.REDEEM,)) if one.fields()["coupon_id"] == coupon)
    return {"green": {"coupon_id": coupon, "epoch": taken.epoch, "seq": taken.seq, "hash": taken.hash.hex()}}


def void(home: Path, codes: Sequence[str]) -> None:
    """Redeem each and take it back at once."""
    with bootstrap.writing_lane(home) as lane:
        for place, code in enumerate(codes):
            verdict = lane.redeem(Request([code], attribution=CLERK))
            if verdict.kind in GREEN and verdict.entry is not None:
                taken = lane.void(verdict.entry.seq, "clerk-error", CLERK)
                say({"place": place, "voided": taken.reason.value, "of": verdict.entry.seq})


def bind(home: Path, codes: Sequence[str]) -> None:
    """Make customers members; the codes are their phone numbers."""
    with bootstrap.binding_lane(home) as counter_:
        for place, phone in enumerate(codes):
            say({"place": place, "shown": counter_.bind(BindRequest(phone, attribution=CLERK)).verdict.reason.value})


def redeem_all(lane: Lane, codes: Sequence[str]) -> None:
    """One code after the other, and what the clerk is shown."""
    for place, code in enumerate(codes):
        say({"place": place, **told(lane.redeem(Request([code], attribution=CLERK)))})


def told(verdict: Verdict) -> dict[str, Any]:
    """What the clerk sees: whether it is green, and the entry that says so."""
    entry = verdict.entry
    if verdict.kind not in GREEN or entry is None:
        return {"shown": verdict.reason.value, "kind": verdict.kind.value}
    green = {"coupon_id": verdict.coupons[0].id, "epoch": entry.epoch, "seq": entry.seq, "hash": entry.hash}
    return {"shown": verdict.reason.value, "kind": verdict.kind.value, "green": green}


def upgrade(home: Path, _codes: Sequence[str]) -> None:
    """Bring the copy of a journal that lies in the home to a version that does not exist yet."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "next.py").write_text(_NEXT_VERSION.format(last=f"v{VERSION:04}"))
        upgrade_journal(home / "older.db", VERSION + 1, (VERSIONS, Path(folder)))


_NEXT_VERSION: Final = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "v9999", "{last}", None, None


def upgrade():
    op.add_column("entry", sa.Column("note", sa.Text, nullable=False, server_default=""))
    op.create_index("entry_note", "entry", ["note"])
"""
LIVES: Final[Mapping[str, Callable[[Path, Sequence[str]], None]]] = {
    "redeem": redeem,
    "sync": sync,
    "sync_once": sync_once,
    "counter": counter,
    "purchase": purchase,
    "void": void,
    "bind": bind,
    "install": sync_once,
    "look": look,
    "wall": wall,
    "nasty": nasty,
    "upgrade": upgrade,
}
