"""A lane of the box, open all day: till and sync as the window has them, told what to do by JSON lines on stdin.

Apart from ``pos-client run`` because no window is needed; everything below it is the same. Each line
``{"does": deed, …}`` is answered by one line with the same ``does``.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faults.box.calendar import uptime_ahead_ms
from pos_client.bootstrap.asking import LateShelf, crm_desks
from pos_client.bootstrap.closing import closing
from pos_client.bootstrap.lane import Lane, LaneFiles
from pos_client.bootstrap.store_side import WakesAll, witness_for
from pos_client.bootstrap.syncing import sync_side
from pos_client.config import machine_clock
from pos_client.domain.basket import of_amount
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.storage.lock import COMMAND
from pos_client.sync.worker import Rhythm, SyncWorker
from pos_client.usecases.close_day import CloseRequest
from pos_client.usecases.day_count import silent
from pos_client.usecases.desk import Attribution
from pos_client.usecases.late_answers import take_note
from pos_client.usecases.purchase import Purchase, PurchaseRequest
from pos_client.usecases.transaction import Request

GREEN = frozenset({VerdictKind.ACCEPTED, VerdictKind.PENDING})
LOCK_WAIT_S = 20.0
BUSY_SHOP = Rhythm(0.3, 2.0, 2.0)
DELIVERED_WITHIN_S = 5.0
SCANS = 60
BETWEEN_SCANS_S = 0.2
Said = dict[str, Any]


@dataclass(frozen=True)
class OpenLane:
    """What the deeds need."""

    lane: Lane
    late: LateShelf
    carriers: WakesAll
    worker: SyncWorker
    waiting: Callable[[], int]

    def redeem(self, asked: Said) -> Said:
        """Show one or several codes."""
        began = time.monotonic()
        said = self._told(self.lane.redeem(Request(asked["codes"])))
        return {**said, "took_s": round(time.monotonic() - began, 3)}

    def purchase(self, asked: Said) -> Said:
        """A whole purchase of an amount."""
        bought = of_amount(asked["amount"])
        who = Attribution(self.lane.operator, self.lane.promoter)
        return self._told(
            Purchase(self.lane.desk)(PurchaseRequest(Request(asked.get("codes", []), bought, attribution=who)))
        )

    def void(self, asked: Said) -> Said:
        """Take a redemption back."""
        who = Attribution(self.lane.operator, self.lane.promoter)
        return self._told(self.lane.void(asked["seq"], "clerk_error", who))

    def sync(self, _asked: Said) -> Said:
        """Deliver and fetch now, and wait a while for it."""
        self.worker.sync_now()
        ends = time.monotonic() + DELIVERED_WITHIN_S
        while self.waiting() and time.monotonic() < ends:
            time.sleep(0.05)
        return {"waiting": self.waiting()}

    def status(self, _asked: Said) -> Said:
        """What waits, and what was lost to others."""
        seen = self.lane.overview()
        return {"waiting": seen.undelivered, "conflicts": seen.conflicts, "intents": len(seen.open_intents)}

    def scan(self, asked: Said) -> Said:
        """Many codes, one customer after the other; ``again``: a clerk scans until somebody decided."""
        said = [self._scanned(code, again=asked.get("again", False)) for code in asked["codes"]]
        return {"said": said, "greens": [green for one in said for green in one.pop("greens")]}

    def _scanned(self, code: str, *, again: bool) -> Said:
        scans, verdict = 1, self.lane.redeem(Request([code]))
        while again and verdict.reason is Reason.NETWORK_NEEDED and scans < SCANS:
            time.sleep(BETWEEN_SCANS_S)
            scans, verdict = scans + 1, self.lane.redeem(Request([code]))
        return {**self._told(verdict), "scans": scans}

    def close(self, asked: Said) -> Said:
        """Close the day; a supervisor takes what differs where one is named."""
        who = Attribution(self.lane.operator, self.lane.promoter)
        taken = {name: asked[name] for name in ("supervisor", "reason") if name in asked}
        with closing(self.lane, silent) as deed:
            view = deed(CloseRequest(attribution=who, cancel_intents=True, **taken))
        self.carriers.wake()
        is_closed = view.verdict.reason in {Reason.DAY_CLOSED, Reason.DAY_CLOSED_BEFORE}
        return {
            "state": "closed" if is_closed else view.verdict.reason.value,
            "day": view.day.isoformat(),
            "differences": view.differences,
            "waiting": view.waiting,
        }

    def closes(self, _asked: Said) -> Said:
        """Where each close stands, oldest first, and what the centre said of the newest."""
        kept = list(self.lane.journal.days.closes())
        return {"standings": [one.standing.value for one in kept], "days": [one.close.business_date for one in kept]}

    def settle_late(self) -> None:
        """Take note of answers that came too late, in the thread that decides."""
        for one in self.late.take():
            take_note(self.lane.desk, one)

    def _told(self, verdict: Verdict) -> Said:
        self.carriers.wake()
        entry, use = verdict.entry, verdict.use
        sentence = self.lane.wording.of_verdict(verdict, "en").line
        holder = {"lane": use.lane, "store": use.store, "at": use.at.isoformat() if use.at else ""} if use else None
        greens = []
        if verdict.kind in GREEN and entry is not None:
            at = {"epoch": entry.epoch, "seq": entry.seq, "hash": entry.hash}
            greens = [{"coupon_id": coupon.id, **at} for coupon in verdict.coupons if coupon.used]
        return {
            "verdict": verdict.kind.value,
            "reason": verdict.reason.value,
            "tier": verdict.tier.value if verdict.tier else "",
            "told": f"{verdict.kind.value} ({verdict.tier.value if verdict.tier else '-'}): {sentence}",
            "holder": holder,
            "seq": entry.seq if entry else 0,
            "greens": greens,
        }


def opened(home: Path) -> OpenLane:
    """Open the lane as its window does, and let its sync thread run."""
    files = LaneFiles.of(home)
    journal = files.open_journal(COMMAND, LOCK_WAIT_S)
    side, late = sync_side(files, journal), LateShelf()
    desk = files.desk(journal, *crm_desks(files.api(side.time), files.orders, late))
    worker = SyncWorker(side.parts, side.outbox, side.time, BUSY_SHOP, lambda _: None)
    witness = witness_for(files, journal, side.parts.api)
    for carrier in (worker, witness):
        threading.Thread(target=carrier.run, args=(threading.Event(),), daemon=True).start()
    carriers = WakesAll((worker, witness))
    return OpenLane(Lane(files, desk, journal), late, carriers, worker, lambda: side.outbox.counts().pending)


def live_by(calendar: Path) -> None:
    """Let this process's uptime run with the box's calendar; a shim does the same for its wall clock."""
    of_machine = machine_clock.monotonic_ms
    machine_clock.monotonic_ms = lambda: of_machine() + uptime_ahead_ms(calendar)


def say(document: Said) -> None:
    """One line, in one write: it is there whole or not at all, whenever the process dies."""
    os.write(sys.stdout.fileno(), json.dumps(document).encode() + b"\n")


def asked() -> Iterator[Said]:
    """What the scenario wants."""
    for line in sys.stdin:
        yield json.loads(line)


def main() -> None:
    """Serve until stdin ends."""
    if calendar := os.environ.get("BOX_CALENDAR"):
        live_by(Path(calendar))
    lane = opened(Path(sys.argv[1]))
    say({"ready": True})
    for one in asked():
        lane.settle_late()
        say({"does": one["does"], **getattr(lane, one["does"])(one)})


if __name__ == "__main__":
    main()
