"""Lane processes by the dozen: one process that has loaded the program forks a child for each life.

It stands beside the real commands because starting Python takes a hundred times longer than a redemption; a child opens
journal, cache and connection itself, as every command does, and is killed like any other process.

On stdout it says when it is ready. A JSON line on stdin asks for one life; then come ``{"born": pid}``, what the child
says, ``{"dead": pid}``.
"""

import json
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pos_client import bootstrap
from pos_client.bootstrap.asking import crm_desks
from pos_client.bootstrap.lane import Lane, LaneFiles
from pos_client.bootstrap.syncing import sync_side
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.storage.lock import COMMAND
from pos_client.sync.worker import Rhythm, SyncWorker
from pos_client.usecases.transaction import Request

GREEN = frozenset({VerdictKind.ACCEPTED, VerdictKind.PENDING})
LOCK_WAIT_S = 5.0


def say(document: dict[str, Any]) -> None:
    """One line, in one write: a line is there whole or not at all, whenever the writer dies."""
    os.write(sys.stdout.fileno(), json.dumps(document).encode() + b"\n")


def redeem(home: Path, codes: Sequence[str]) -> None:
    """A clerk at commands: one code after the other."""
    with bootstrap.writing_lane(home) as lane:
        _redeem_all(lane, codes)


def sync(home: Path, _codes: Sequence[str]) -> None:
    """Sync after sync."""
    while True:
        bootstrap.sync(home, push=True, pull=True)


def counter(home: Path, codes: Sequence[str]) -> None:
    """A counter as the window runs it: the sync thread delivers while the till redeems."""
    files = LaneFiles.of(home)
    journal = files.open_journal(COMMAND, LOCK_WAIT_S)
    side = sync_side(files, journal)
    desk = files.desk(journal, *crm_desks(files.api(side.time), files.orders))
    worker = SyncWorker(side.parts, side.outbox, side.time, Rhythm(0.02, 0.1, 0.1), lambda _: None)
    threading.Thread(target=worker.run, args=(threading.Event(),), daemon=True).start()
    _redeem_all(Lane(files, desk, journal), codes)


def _redeem_all(lane: Lane, codes: Sequence[str]) -> None:
    for place, code in enumerate(codes):
        say({"place": place, **told(lane.redeem(Request([code])))})


def told(verdict: Verdict) -> dict[str, Any]:
    """What the clerk sees: whether it is green, and the entry that says so."""
    entry = verdict.entry
    if verdict.kind not in GREEN or entry is None:
        return {"shown": verdict.reason.value}
    green = {"coupon_id": verdict.coupons[0].id, "epoch": entry.epoch, "seq": entry.seq, "hash": entry.hash}
    return {"shown": verdict.reason.value, "green": green}


LIVES = {"redeem": redeem, "sync": sync, "counter": counter}


def main() -> None:
    """Give life after life until stdin ends."""
    say({"ready": True})
    for life in _asked():
        pid = os.fork()
        if pid == 0:
            _live(life)
        _, status = os.waitpid(pid, 0)
        say({"dead": pid, "status": os.waitstatus_to_exitcode(status)})


def _asked() -> Iterator[dict[str, Any]]:
    for line in sys.stdin:
        yield json.loads(line)


def _live(life: dict[str, Any]) -> None:
    try:
        say({"born": os.getpid()})
        LIVES[life["does"]](Path(life["home"]), life["codes"])
        os._exit(0)
    finally:
        # Whatever it was, it must not go on as a second nursery; the traceback is on stderr.
        sys.excepthook(*sys.exc_info())
        os._exit(70)


if __name__ == "__main__":
    main()
