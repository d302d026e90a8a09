"""Carries the lanes' entries to the centre, as they are, and notes the centre's own word on each.

Apart from the line itself because a row that the centre fails on must not hold up the others, and finding it takes
halving. Nothing here can make an entry go away.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from crm_server.inbox import DUPLICATE

from . import forward_queue
from .forward_queue import DELIVERED, STUCK, Waiting
from .store_server import StoreServer
from .upstream import Answer, Upstream, UpstreamSilent

LOG = logging.getLogger("crm_server.store")
PATH: Final = "/v1/journal/batches"
STUCK_PER_ROUND: Final = 5
STUCK_AGAIN_MS: Final = 60_000
_STORED: Final = frozenset({"accepted", "conflict", "quarantined", "forked"})
# About the whole centre, or about this server: no lane's rows are to blame, and none can go now.
_NOT_NOW: Final = frozenset({401, 429, 503})
# About this lane: others may go on.
_NOT_THIS_LANE: Final = frozenset({403, 409})


@dataclass(slots=True)
class _Round:
    """What this round has done so far; ``suspects`` are rows that failed alone, with what was said."""

    delivered: int = 0
    paused: set[str] = field(default_factory=set)
    suspects: list[tuple[Waiting, str, bool]] = field(default_factory=list)


class Forwarder:
    """Sends what waits; used by one thread."""

    def __init__(self, store: StoreServer, line: Upstream, stopping: Callable[[], bool] = lambda: False) -> None:
        self._store = store
        self._line = line
        self._stopping = stopping

    def run(self) -> int:
        """Send until nothing waits, or the centre is silent; returns how many entries it has now said to hold.

        Raises:
            UpstreamSilent: what waits still waits.
        """
        this = _Round()
        while not self._stopping():
            waiting = self._read(lambda job: forward_queue.next_in_line(job, this.paused))
            if waiting is None:
                break
            self._deliver(this, waiting)
            self._set_aside(this)
        before = self._store.centre.now_ms() - STUCK_AGAIN_MS
        for row in self._read(lambda job: forward_queue.stuck(job, before, STUCK_PER_ROUND)):
            self._deliver(this, row)
            self._set_aside(this)
        return this.delivered

    def _deliver(self, this: _Round, waiting: Waiting) -> None:
        answer = self._sent(waiting)
        if answer.status == 200:
            failure, is_final = self._record(this, waiting, answer), False
            if not failure:
                return
        elif not answer.problem or answer.status in _NOT_NOW:
            raise UpstreamSilent(f"status {answer.status} {answer.problem}")
        elif answer.status in _NOT_THIS_LANE:
            LOG.warning("entries of %s are not taken now: %s", waiting.device, answer.problem)
            this.paused.add(waiting.device)
            return
        else:
            failure, is_final = answer.problem, answer.status < 500
        if len(waiting.rows) == 1:
            this.suspects.append((waiting, failure, is_final))
            return
        middle = len(waiting.rows) // 2
        self._deliver(this, waiting.part(0, middle))
        self._deliver(this, waiting.part(middle, len(waiting.rows)))

    def _sent(self, waiting: Waiting) -> Answer:
        body, own = waiting.wire(), self._store.identity.device
        place = f"{waiting.rows[0].epoch}.{waiting.rows[0].seq}-{waiting.rows[-1].seq}"
        key = f"{own}.{waiting.device}.{place}.{hashlib.sha256(body).hexdigest()[:32]}"
        return self._line.ask("POST", PATH, body, headers={"Idempotency-Key": key})

    def _record(self, this: _Round, waiting: Waiting, answer: Answer) -> str:
        """Mark the rows that the centre says it holds; why not where it says so of none."""
        said = _results(answer.document())
        now_ms, marked = self._store.centre.now_ms(), 0
        by_result: dict[str, list[int]] = {}
        for row, number in zip(waiting.rows, waiting.numbers, strict=True):
            result = said.get((row.seq, row.hash.hex()), "")
            if result:
                by_result.setdefault(result, []).append(number)
                marked += 1
        for result, numbers in by_result.items():
            self._mark(numbers, DELIVERED, result, now_ms)
        this.delivered += marked
        return "" if marked else "nothing-stored"

    def _set_aside(self, this: _Round) -> None:
        """Set rows aside that the centre fails on while it takes others, or that it refuses for good."""
        suspects, this.suspects = this.suspects, []
        now_ms = self._store.centre.now_ms()
        for row, failure, is_final in suspects:
            if not is_final and not this.delivered:
                raise UpstreamSilent(f"the centre takes nothing: {failure}")
            LOG.error("entry %s of %s is set aside: %s", row.rows[0].seq, row.device, failure)
            self._mark(list(row.numbers), STUCK, failure, now_ms)

    def _mark(self, numbers: list[int], state: str, result: str, now_ms: int) -> None:
        write = self._store.centre.database.write
        write(lambda job: forward_queue.mark(job, numbers, state, result, now_ms)).result()

    def _read(self, job: Callable[[Any], Any]) -> Any:
        return self._store.centre.database.read(job).result()


def _results(document: dict[str, Any]) -> dict[tuple[int, str], str]:
    """Result by number and hash, of rows that are stored; what is not what the contract says is passed over."""
    found: dict[tuple[int, str], str] = {}
    rows = document.get("results")
    for one in rows if isinstance(rows, list) else []:
        if not isinstance(one, dict) or type(one.get("seq")) is not int or not isinstance(one.get("hash"), str):
            continue
        result = one.get("original") if one.get("result") == DUPLICATE else one.get("result")
        if isinstance(result, str) and result in _STORED:
            found[one["seq"], one["hash"]] = result
    return found
