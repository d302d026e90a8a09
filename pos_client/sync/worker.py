"""The sync thread's loop: heartbeat, push, pull, each in its own time and none in the way of another.

Apart from its parts because only this module knows when. No call here may touch the window: what changed goes out as a
frozen ``SyncStatus``, and ``ui/bridges`` carries it over.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from pos_client.domain.errors import DeviceForked, DeviceRevoked, PosError

from .backoff import Backoff
from .one_round import SyncParts
from .outbox_port import Outbox
from .server_time import ServerTime
from .status import SyncPhase, SyncStatus

LOOK_EVERY_S: Final = 0.25
LOG: Final = logging.getLogger(__name__)


@dataclass(slots=True)
class _Task:
    """One of the three things to do, and when next."""

    name: str
    phase: SyncPhase
    every_s: float
    do: Callable[[], PosError | None]
    backoff: Backoff
    due: float = 0.0
    due_at: datetime | None = None
    error: PosError | None = None
    crashed: bool = False

    @property
    def is_failing(self) -> bool:
        return self.backoff.failures > 0


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Seconds between two deliveries, two fetches and two heartbeats, when nothing hurries or fails."""

    push_s: float = 5.0
    pull_s: float = 60.0
    heartbeat_s: float = 60.0


class SyncWorker:
    """Keeps one lane in step with the centre until told to stop.

    Args:
        parts: what a sync is made of; used by the thread that calls ``run`` alone.
        outbox: for the figures of the status.
        server_time: for last contact and planned times.
        rhythm: when to do what.
        on_status: told of every change, in the sync thread.
        request_file: touched by another command to ask for a sync now.
        backoff: makes one back-off per task.
    """

    def __init__(
        self,
        parts: SyncParts,
        outbox: Outbox,
        server_time: ServerTime,
        rhythm: Rhythm,
        on_status: Callable[[SyncStatus], None],
        request_file: Path | None = None,
        backoff: Callable[[], Backoff] = Backoff,
    ) -> None:
        self._parts = parts
        self._outbox = outbox
        self._server_time = server_time
        self._on_status = on_status
        self._request_file = request_file
        self._heartbeat = _Task("heartbeat", SyncPhase.IDLE, rhythm.heartbeat_s, self._beat, backoff())
        self._push = _Task("push", SyncPhase.PUSHING, rhythm.push_s, self._deliver, backoff())
        self._pull = _Task("pull", SyncPhase.PULLING, rhythm.pull_s, self._fetch, backoff())
        self._tasks = (self._heartbeat, self._push, self._pull)
        self._entry_written = threading.Event()
        self._asked = threading.Event()
        self._nudge = threading.Event()
        self._held = threading.Event()
        self._last: SyncStatus | None = None

    def wake(self) -> None:
        """An entry was written: deliver soon, unless the server is not there. Returns at once; any thread."""
        self._entry_written.set()
        self._nudge.set()

    def hold(self, *, held: bool) -> None:
        """A person pauses the delivery, or lets it go on. A batch that is under way is finished; any thread."""
        if held:
            self._held.set()
        else:
            self._held.clear()
            self.wake()

    def sync_now(self) -> None:
        """A person asks: try everything now, whatever failed before. Returns at once; any thread."""
        self._asked.set()
        self._nudge.set()

    def run(self, stop: threading.Event) -> None:
        """Work until ``stop`` is set; ends within a second of it, also in the middle of a request."""
        self._parts.api.stopping = stop.is_set
        self._parts.pusher.is_held = self._held.is_set
        seen, news = self._request_stamp(), True
        while not stop.is_set():
            stamp = self._request_stamp()
            if stamp != seen:
                seen = stamp
                self._asked.set()
            self._take_wishes()
            if self._do_what_is_due(stop) or news:
                self._tell(self._resting_phase())
            news = self._nudge.wait(LOOK_EVERY_S)
            self._nudge.clear()
        self._tell(SyncPhase.STOPPED)

    def _request_stamp(self) -> int:
        try:
            return self._request_file.stat().st_mtime_ns if self._request_file else 0
        except OSError:
            return 0

    def _take_wishes(self) -> None:
        if self._asked.is_set():
            self._asked.clear()
            for task in self._tasks:
                task.due = 0.0
        if self._entry_written.is_set():
            self._entry_written.clear()
            # While the server fails, each new entry would otherwise defeat the back-off.
            if not self._push.is_failing:
                self._push.due = 0.0

    def _do_what_is_due(self, stop: threading.Event) -> bool:
        due = [task for task in self._tasks if time.monotonic() >= task.due]
        if self._held.is_set():
            due = [task for task in due if task is not self._push]
        for task in due:
            if not stop.is_set():
                self._tell(task.phase)
                self._run(task)
        return bool(due)

    def _run(self, task: _Task) -> None:
        try:
            task.error = task.do()
            task.crashed = False
        except Exception:
            # A bug in one task must neither stop the others nor die unseen.
            LOG.exception("sync: %s failed unexpectedly", task.name)
            task.error, task.crashed = None, True
        wait_s = task.every_s
        if task.error is None and not task.crashed:
            task.backoff.succeeded()
        else:
            wait_s = task.backoff.failed(_asked_for(task.error))
        if task.error is not None:
            LOG.info("sync: %s: %s", task.name, task.error.reason, extra={"detail": task.error.detail})
        task.due = time.monotonic() + wait_s
        task.due_at = self._server_time.now() + timedelta(seconds=wait_s)

    def _beat(self) -> PosError | None:
        try:
            self._parts.beat()
        except DeviceForked as forked:
            return self._go_on_after(forked)
        except PosError as error:
            return error
        return None

    def _deliver(self) -> PosError | None:
        if isinstance(self._heartbeat.error, DeviceForked):
            # Nothing is delivered under a name that the centre takes for two machines.
            return self._heartbeat.error
        error = self._parts.pusher.run().error
        if error is None:
            self._agree()
        return self._go_on_after(error) if isinstance(error, DeviceForked) else error

    def _agree(self) -> None:
        """Bring closed days on; what stands in the way of that holds up no delivery."""
        error = self._parts.agree().error
        if error is not None:
            LOG.info("sync: closings: %s", error.reason, extra={"detail": error.detail})

    def _go_on_after(self, forked: DeviceForked) -> PosError | None:
        """Take a new epoch, say where it stands, and deliver at once; while that cannot be, the lane says why."""
        try:
            epoch = self._parts.take_epoch(forked)
        except PosError as error:
            LOG.info("sync: no new epoch: %s", error.reason, extra={"detail": error.detail})
            return forked
        LOG.warning("sync: %s: this lane goes on in epoch %s", forked.problem, epoch)
        self._heartbeat.error = None
        self.sync_now()
        try:
            self._parts.beat()
        except PosError as error:
            return error
        return None

    def _fetch(self) -> PosError | None:
        return self._parts.puller.run().error

    def _resting_phase(self) -> SyncPhase:
        errors = [task.error for task in self._tasks]
        if any(isinstance(error, DeviceRevoked) for error in errors):
            return SyncPhase.DRAIN_ONLY
        if any(isinstance(error, DeviceForked) for error in errors):
            return SyncPhase.NEEDS_EPOCH
        return SyncPhase.WAITING if any(task.is_failing for task in self._tasks) else SyncPhase.IDLE

    def _tell(self, phase: SyncPhase) -> None:
        try:
            status = self._status(phase)
        except PosError as error:
            # The journal cannot be read at this moment; that it cannot is the status.
            status = replace(self._last or SyncStatus(phase), phase=phase, last_error=error.reason)
        if status != self._last:
            self._last = status
            self._on_status(status)

    def _status(self, phase: SyncPhase) -> SyncStatus:
        counts = self._outbox.counts()
        error = next((task.error for task in self._tasks if task.error is not None), None)
        crashed = any(task.crashed for task in self._tasks)
        next_try = min((task.due_at for task in self._tasks if task.due_at is not None), default=None)
        return SyncStatus(
            phase=phase,
            last_contact=self._server_time.last_contact,
            last_error=error.reason if error else "fault" if crashed else "",
            error_detail=error.detail if error else "",
            cause=str(error.facts.get("cause", "")) if error else "",
            round_trip_s=self._parts.api.round_trips.p95(),
            pending=counts.pending,
            oldest=counts.oldest,
            stuck=len(counts.stuck),
            conflicts=counts.conflicts,
            way=self._parts.api.way,
            data_as_of=self._parts.cache.data_as_of(),
            next_try=next_try if phase is SyncPhase.WAITING else None,
        )


def _asked_for(error: PosError | None) -> float:
    wait = error.facts.get("retry_after_s", 0) if error else 0
    return float(wait) if isinstance(wait, int) else 0.0
