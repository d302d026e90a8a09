"""One whole sync: say where this lane stands, deliver, fetch. Each is tried whatever became of the others.

Apart from the worker because the command line does it once and goes home.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

from pos_client.domain.errors import DeviceForked, DeviceRevoked, PosError, ServerRefused
from pos_client.domain.trusted_time import TimeQuality

from .api_client import ApiClient
from .cache_port import CacheStore
from .closings import Closings, ClosingsReport
from .heartbeat import Heartbeat
from .pull import Puller, PullReport
from .push import Pusher, PushReport

LOG: Final = logging.getLogger(__name__)


def no_new_epoch(forked: DeviceForked) -> int:
    """What a lane does that cannot take a new epoch: it stops delivering and says why. Raises DeviceForked."""
    raise forked


def log_revoked(revoked: DeviceRevoked) -> None:
    """What a lane does that has nothing to destroy."""
    LOG.info("sync: %s", revoked.reason)


@dataclass(frozen=True, slots=True)
class SyncParts:
    """What a sync is made of; all of it is used by one thread.

    Attributes:
        api: the client that all of them use.
        time_quality: how far the lane trusts its clock, for the heartbeat.
        take_epoch: goes on in a new epoch once the centre saw a copy or an old state of this lane (PROTOCOL 3.4), and
            gives its number; raises what it was given where another epoch would not help now, and PosError.
        on_revoked: told each time that the centre says this lane is revoked.
        closings: brings closed days to an agreement after a delivery; None where nobody closes.
    """

    api: ApiClient
    pusher: Pusher
    puller: Puller
    heartbeat: Heartbeat
    cache: CacheStore
    time_quality: Callable[[], TimeQuality]
    take_epoch: Callable[[DeviceForked], int] = no_new_epoch
    on_revoked: Callable[[DeviceRevoked], None] = log_revoked
    closings: Closings | None = None

    def agree(self) -> ClosingsReport:
        """Ask about closed days. Never raises a PosError."""
        return self.closings.run() if self.closings else ClosingsReport()

    def beat(self) -> None:
        """One heartbeat. Raises PosError."""
        try:
            self.heartbeat.beat(self.cache.generation(), self.time_quality().value, self.cache.set_aside())
        except DeviceRevoked as revoked:
            self.on_revoked(revoked)
            raise


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a part of the sync ended early: the error's stable reason, and a detail for engineers."""

    step: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did.

    Attributes:
        new_epoch: the epoch that the lane went over to, 0 where it stayed in its own.
        way: how the centre was last reached: ``direct``, ``store-server`` or ``none``.
    """

    push: PushReport = field(default_factory=PushReport)
    pull: PullReport = field(default_factory=PullReport)
    errors: tuple[Failure, ...] = ()
    new_epoch: int = 0
    way: str = ""
    closings: ClosingsReport = field(default_factory=ClosingsReport)

    def as_json(self) -> dict[str, Any]:
        """For ``pos-client sync --json``."""
        return {
            "pushed": self.push.pushed,
            "accepted": self.push.accepted,
            "duplicates": self.push.duplicates,
            "conflicts": self.push.conflicts,
            "quarantined": self.push.quarantined,
            "forked": self.push.forked,
            "stuck": self.push.stuck,
            "pulled": self.pull.rows,
            "set_aside": self.pull.set_aside,
            "drifted": list(self.pull.drifted),
            "snapshot": self.pull.snapshot,
            "generation": self.pull.generation,
            "new_epoch": self.new_epoch or None,
            "way": self.way,
            "days_agreed": self.closings.agreed,
            "days_open": self.closings.open,
            "errors": [{"step": one.step, "reason": one.reason, "detail": one.detail} for one in self.errors],
        }


def sync_once(parts: SyncParts, *, push: bool = True, pull: bool = True) -> SyncReport:
    """Sync now. Never raises a PosError: what went wrong stands in the report."""
    delivery, pulled = _Delivery(parts), PullReport(generation=parts.cache.generation())
    if push:
        delivery.run()
    errors = delivery.errors
    if pull:
        pulled = parts.puller.run()
        errors += [failure("pull", pulled.error)] if pulled.error else []
    return SyncReport(delivery.pushed, pulled, tuple(errors), delivery.new_epoch, parts.api.way, delivery.closings)


class _Delivery:
    """Heartbeat and push of one round, with one new epoch at most: two machines with one key never chase each other."""

    def __init__(self, parts: SyncParts) -> None:
        self._parts = parts
        self.pushed = PushReport()
        self.errors: list[Failure] = []
        self.new_epoch = 0
        self.closings = ClosingsReport()

    def run(self) -> None:
        if not self._beaten():
            return
        self.pushed = self._parts.pusher.run()
        forked = self.pushed.error
        if isinstance(forked, DeviceForked) and not self.new_epoch:
            if not self._went_over(forked):
                return
            self.pushed = _both(self.pushed, self._parts.pusher.run())
        self._note("push", self.pushed.error)
        if self.pushed.error is None:
            self.closings = self._parts.agree()
            self._note("closings", self.closings.error)

    def _beaten(self) -> bool:
        """Whether to deliver after the heartbeat: not while the centre takes this lane for two."""
        try:
            self._parts.beat()
        except DeviceForked as forked:
            return self._went_over(forked)
        except PosError as error:
            self._note("heartbeat", error)
        return True

    def _went_over(self, forked: DeviceForked) -> bool:
        try:
            self.new_epoch = self._parts.take_epoch(forked)
            self._parts.beat()
        except PosError as error:
            self._note("heartbeat" if error is forked or self.new_epoch else "epoch", error)
        return self.new_epoch > 0

    def _note(self, step: str, error: PosError | None) -> None:
        self.errors += [failure(step, error)] if error else []


def _both(first: PushReport, second: PushReport) -> PushReport:
    """Two deliveries of one round as one; the error is the second's."""
    counts = [one.name for one in fields(PushReport) if one.name != "error"]
    return replace(second, **{name: getattr(first, name) + getattr(second, name) for name in counts})


def failure(step: str, error: PosError) -> Failure:
    """An error as a value."""
    detail = error.problem if isinstance(error, ServerRefused) and error.problem else error.detail
    return Failure(step, error.reason, detail)
