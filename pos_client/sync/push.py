"""Delivers the journal: batches with a result per row, until every row has one.

Apart from pull because neither may stop the other. Nothing here can remove a row: a row leaves the line only by a
result that says it is stored. A row that fails alone goes to the end of the line, so that it holds up no other.
"""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from pos_client.domain.batch import MAX_BODY_BYTES, MAX_ENTRIES, Batch, SignedEntry
from pos_client.domain.errors import DeviceForked, DeviceRevoked, PosError, ServerRefused, ServerUnreachable

from . import payloads
from .api_client import ApiClient, ApiRequest
from .outbox_port import Outbox, RowResult

Progress = Callable[[int, int], None]
TRIES: Final = 3
MAX_SUSPECTS: Final = 8
STUCK_PER_ROUND: Final = 50
_PAUSES_S: Final = (0.1, 0.4)
# A server that dies of a row is started anew by its service manager: within this time it answers again, or is away.
_COMES_BACK_S: Final = (0.1, 0.4, 1.0, 2.0, 4.0)


@dataclass(frozen=True, slots=True)
class PushReport:
    """What one delivery did; ``error`` is why it ended early."""

    pushed: int = 0
    accepted: int = 0
    duplicates: int = 0
    conflicts: int = 0
    quarantined: int = 0
    forked: int = 0
    stuck: int = 0
    error: PosError | None = None


@dataclass(slots=True)
class _Round:
    """What this round has learnt so far."""

    report: PushReport = field(default_factory=PushReport)
    suspects: list[tuple[SignedEntry, PosError]] = field(default_factory=list)
    lacking: dict[int, payloads.Ranges] = field(default_factory=dict)

    @property
    def is_hopeless(self) -> bool:
        """So many rows failed alone, and none was taken, that the server is at fault: asking on would only hurt it."""
        return len(self.suspects) >= MAX_SUSPECTS and not self.report.pushed


class _NothingStored(ServerRefused):
    """An answer of ours that stores none of the rows it was asked about."""


class Pusher:
    """Delivers what waits.

    Args:
        api: a client with the rolling session token.
        outbox: the journal's rows.
        device: this device's id.
        pause: waits so many seconds between equal failures.
        progress: told after each batch how many entries are delivered, of how many.

    Attributes:
        is_held: whether a person paused the delivery; asked before each batch.
    """

    def __init__(
        self,
        api: ApiClient,
        outbox: Outbox,
        device: str,
        pause: Callable[[float], object] = time.sleep,
        progress: Progress | None = None,
    ) -> None:
        self._api = api
        self._outbox = outbox
        self._device = device
        self._pause = pause
        self._progress = progress
        self.is_held: Callable[[], bool] = lambda: False

    def run(self) -> PushReport:
        """Deliver until nothing waits, or something stands in the way. Never raises a PosError."""
        this = _Round()
        try:
            self._deliver_all(this)
            self._retry_stuck(this)
        except PosError as error:
            this.report = replace(this.report, error=error)
        for epoch, lacking in this.lacking.items():
            self._outbox.resend(epoch, lacking)
        return this.report

    def _deliver_all(self, this: _Round) -> None:
        while not self._api.stopping() and not self.is_held():
            batch = self._outbox.next_batch(MAX_ENTRIES, MAX_BODY_BYTES)
            if batch is None:
                return
            self._deliver(this, batch, TRIES)
            self._set_aside(this)
            if self._progress is not None:
                done = this.report.pushed
                self._progress(done, done + self._outbox.counts().pending)

    def _deliver(self, this: _Round, batch: Batch, tries: int) -> None:
        """Send a batch; where the server fails on it, find the rows that it fails on by halving."""
        if this.is_hopeless:
            return
        failure = self._attempts(this, batch, tries)
        if failure is None:
            return
        if len(batch.rows) == 1:
            this.suspects.append((batch.rows[0], failure))
            return
        middle = len(batch.rows) // 2
        for half in (batch.rows[:middle], batch.rows[middle:]):
            self._deliver(this, Batch(half, batch.head), TRIES if len(half) == 1 else 1)

    def _attempts(self, this: _Round, batch: Batch, tries: int) -> PosError | None:
        """None once rows were stored, else the failure that came each time.

        Raises:
            PosError: the failure is not about these rows.
        """
        failure: PosError | None = None
        for attempt in range(tries):
            if attempt:
                self._pause(_PAUSES_S[min(attempt, len(_PAUSES_S)) - 1])
            try:
                self._send(this, batch)
            except (ServerUnreachable, ServerRefused) as error:
                failure = self._about_rows(error)
                if _is_final(error):
                    break
            else:
                return None
        return failure

    def _about_rows(self, error: ServerUnreachable | ServerRefused) -> PosError:
        """The error itself, where the rows may be the cause; else it is raised and ends the round."""
        if self._api.stopping():
            raise error
        if isinstance(error, ServerUnreachable):
            # Silence may be the network, or these rows that make the server die: a server that is there tells which.
            if "retry_after_s" in error.facts or not self._comes_back():
                raise error
            return error
        about_device = isinstance(error, DeviceRevoked | DeviceForked) or error.status in {401, 403, 429, 503}
        if about_device or error.retry == "after":
            raise error
        return error

    def _comes_back(self) -> bool:
        """Whether the server answers now; where it spoke a moment ago, also soon: these rows may have made it die."""
        if self._api.is_there():
            return True
        for pause_s in _COMES_BACK_S if self._api.was_there() else ():
            self._pause(pause_s)
            if self._api.stopping():
                return False
            if self._api.is_there():
                return True
        return False

    def _send(self, this: _Round, batch: Batch) -> None:
        document = self._answer(batch)
        results = payloads.row_results(document, batch.rows)
        self._outbox.record_results(results)
        this.report = _counted(this.report, results)
        lacking = payloads.ranges(document, "missing") + payloads.ranges(document, "resend")
        this.lacking[batch.head.epoch] = lacking
        if not results:
            raise _NothingStored("the server stored none of these rows", problem="deferred", retry="same")

    def _answer(self, batch: Batch) -> Mapping[str, Any]:
        try:
            return self._api.ask(batch_request(self._device, batch)).expect().document
        except ServerUnreachable:
            self._outbox.mark_sent(batch.rows)
            raise

    def _set_aside(self, this: _Round) -> None:
        """Mark the rows that failed alone, and go on where the server took others."""
        suspects, this.suspects = this.suspects, []
        if not suspects:
            return
        server_works = this.report.pushed > 0
        for row, failure in suspects:
            # One row and a server that fails may well be an outage; a refusal, or many rows, is not.
            if server_works or _is_final(failure) or len(suspects) >= MAX_SUSPECTS:
                self._outbox.mark_stuck(row, _name(failure))
                this.report = replace(this.report, stuck=this.report.stuck + 1)
        if not server_works:
            raise suspects[0][1]

    def _retry_stuck(self, this: _Round) -> None:
        for row in self._outbox.stuck_rows(STUCK_PER_ROUND):
            if self._api.stopping():
                return
            alone = Batch((row,), self._outbox.head(row.epoch))
            self._attempts(this, alone, 1)


def batch_request(device: str, batch: Batch) -> ApiRequest:
    """A batch as it goes over the wire, to whichever server."""
    body = batch.wire(device)
    first, last = batch.rows[0].seq, batch.rows[-1].seq
    key = f"{device}.{batch.head.epoch}.{first}-{last}.{hashlib.sha256(body).hexdigest()[:32]}"
    headers = {"Idempotency-Key": key}
    return ApiRequest("POST", "/v1/journal/batches", body=body, headers=headers, rolls=True)


def _counted(report: PushReport, results: list[RowResult]) -> PushReport:
    new = Counter(one.result for one in results if not one.repeated)
    again = Counter(one.result for one in results if one.repeated)
    return replace(
        report,
        pushed=report.pushed + len(results),
        accepted=report.accepted + new["accepted"],
        duplicates=report.duplicates + again.total(),
        conflicts=report.conflicts + new["conflict"] + again["conflict"],
        quarantined=report.quarantined + new["quarantined"],
        forked=report.forked + new["forked"],
    )


def _is_final(error: PosError) -> bool:
    return isinstance(error, ServerRefused) and error.retry == "never"


def _name(error: PosError) -> str:
    return (error.problem if isinstance(error, ServerRefused) else "") or error.reason
