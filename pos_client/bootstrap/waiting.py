"""What waits for the centre, as ``status`` tells it: how long, when it is tried next, what is stuck and what to do.

Apart from the lane because ``status`` alone tells it.
"""

from typing import Any, Final

from pos_client.config.wording import Wording
from pos_client.domain.journal_entry import wire_time
from pos_client.storage.journal_reader import StuckEntry
from pos_client.usecases.sync_overview import Overview

from .lane import Lane

NEXT_TRY: Final = "next_try"
# Reasons that say nothing about the entry itself: somebody failed, and may do better later.
_FAILING: Final = frozenset({"server-unreachable", "server-error", "server-busy", "rate-limited"})


def waiting_document(lane: Lane, seen: Overview) -> dict[str, Any]:
    """As JSON; ``next_try`` is null while no window plans one."""
    planned = lane.journal.meta(NEXT_TRY) if lane.window_holds_journal else None
    return {
        "oldest_s": max(0, int((seen.time.now - seen.oldest).total_seconds())) if seen.oldest else None,
        "next_try": planned or None,
        "stuck": [_stuck(lane.wording, one) for one in lane.journal.stuck()],
        "set_aside": seen.set_aside,
    }


def _stuck(wording: Wording, stuck: StuckEntry) -> dict[str, Any]:
    notice = "stuck-failing" if stuck.reason in _FAILING else "stuck-refused"
    line, step = wording.of_notice(notice, {"seq": stuck.seq, "detail": stuck.reason})
    return {
        "epoch": stuck.epoch,
        "seq": stuck.seq,
        "kind": stuck.kind,
        "at": wire_time(stuck.at),
        "reason": stuck.reason,
        "sentence": line.as_json(),
        "next_step": step.as_json(),
    }
