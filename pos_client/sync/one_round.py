"""One whole sync: say where this lane stands, deliver, fetch. Each is tried whatever became of the others.

Apart from the worker because the command line does it once and goes home.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pos_client.domain.errors import PosError, ServerRefused
from pos_client.domain.trusted_time import TimeQuality

from .api_client import ApiClient
from .cache_port import CacheStore
from .heartbeat import Heartbeat
from .pull import Puller, PullReport
from .push import Pusher, PushReport


@dataclass(frozen=True, slots=True)
class SyncParts:
    """What a sync is made of; all of it is used by one thread.

    Attributes:
        api: the client that all of them use.
        time_quality: how far the lane trusts its clock, for the heartbeat.
    """

    api: ApiClient
    pusher: Pusher
    puller: Puller
    heartbeat: Heartbeat
    cache: CacheStore
    time_quality: Callable[[], TimeQuality]

    def beat(self) -> None:
        """One heartbeat. Raises PosError."""
        self.heartbeat.beat(self.cache.generation(), self.time_quality().value)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a part of the sync ended early: the error's stable reason, and a detail for engineers."""

    step: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did."""

    push: PushReport = field(default_factory=PushReport)
    pull: PullReport = field(default_factory=PullReport)
    errors: tuple[Failure, ...] = ()

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
            "snapshot": self.pull.snapshot,
            "generation": self.pull.generation,
            "errors": [{"step": one.step, "reason": one.reason, "detail": one.detail} for one in self.errors],
        }


def sync_once(parts: SyncParts, *, push: bool = True, pull: bool = True) -> SyncReport:
    """Sync now. Never raises a PosError: what went wrong stands in the report."""
    errors: list[Failure] = []
    pushed, pulled = PushReport(), PullReport(generation=parts.cache.generation())
    if push:
        try:
            parts.beat()
        except PosError as error:
            errors.append(failure("heartbeat", error))
        pushed = parts.pusher.run()
        errors += [failure("push", pushed.error)] if pushed.error else []
    if pull:
        pulled = parts.puller.run()
        errors += [failure("pull", pulled.error)] if pulled.error else []
    return SyncReport(pushed, pulled, tuple(errors))


def failure(step: str, error: PosError) -> Failure:
    """An error as a value."""
    detail = error.problem if isinstance(error, ServerRefused) and error.problem else error.detail
    return Failure(step, error.reason, detail)
