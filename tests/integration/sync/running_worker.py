"""A sync worker in its thread, and all that it said."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

from pos_client.domain.trusted_time import TimeQuality
from pos_client.sync.backoff import Backoff
from pos_client.sync.heartbeat import Heartbeat
from pos_client.sync.one_round import SyncParts
from pos_client.sync.pull import Puller
from pos_client.sync.push import Pusher
from pos_client.sync.status import SyncStatus
from pos_client.sync.worker import Rhythm, SyncWorker
from tests.integration.sync.lane_parts import DEVICE, LaneParts, MemoryCache, MemoryOutbox, rows
from tests.integration.sync.scripted_centre import STORE


class Running:
    """A worker in its thread, and all that it said."""

    def __init__(self, lane: LaneParts, folder: Path, rhythm: Rhythm, first_s: float = 0.05) -> None:
        self.outbox, self.cache = MemoryOutbox(rows(3)), MemoryCache(folder)
        self.request_file = folder / "sync.request"
        self.said: list[SyncStatus] = []
        self.news = threading.Condition()
        self.stop = threading.Event()
        self.parts = SyncParts(
            lane.api,
            Pusher(lane.api, self.outbox, DEVICE, lambda _: None),
            Puller(lane.api, self.cache, STORE, lane.trust.verify_document, lambda _: None),
            Heartbeat(lane.api, self.outbox, DEVICE),
            self.cache,
            lambda: TimeQuality.SYNCED,
        )
        self.worker = SyncWorker(
            self.parts,
            self.outbox,
            lane.time,
            rhythm,
            self._hear,
            self.request_file,
            lambda: Backoff(first_s, first_s, dice=lambda: 0.0),
        )
        self.thread = threading.Thread(target=self.worker.run, args=(self.stop,))

    def _hear(self, status: SyncStatus) -> None:
        with self.news:
            self.said.append(status)
            self.news.notify_all()

    def until(self, wanted: Callable[[SyncStatus], bool]) -> SyncStatus:
        """The first status that is as wanted."""
        with self.news:
            assert self.news.wait_for(lambda: any(wanted(one) for one in self.said), 20), self.said[-3:]
            return next(one for one in self.said if wanted(one))

    def wait_for(self, wanted: Callable[[], bool]) -> None:
        """Look at every news whether it has come to this."""
        with self.news:
            assert self.news.wait_for(wanted, 20), self.said[-3:]


class Looked:
    """Stands for a request file that nobody touches, and tells when it was looked at often enough."""

    def __init__(self) -> None:
        self.more = threading.Event()
        self._times = 0

    def stat(self) -> os.stat_result:
        self._times += 1
        if self._times > 5:
            self.more.set()
        raise FileNotFoundError
