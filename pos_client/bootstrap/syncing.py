"""One sync for a command, and the parts of it that the window's sync thread uses as well."""

from dataclasses import dataclass
from pathlib import Path
from time import sleep
from typing import Any

from pos_client.domain.errors import JournalHeld, SchemaTooNew
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.trusted_time import TimeQuality
from pos_client.storage.cache_installer import CacheInstaller, Memory
from pos_client.storage.journal import SqlJournal
from pos_client.storage.lock import WINDOW
from pos_client.storage.outbox import Outbox
from pos_client.sync.closings import PATIENCE_S, ClosingParts, Closings
from pos_client.sync.heartbeat import Heartbeat
from pos_client.sync.one_round import SyncParts, sync_once
from pos_client.sync.pull import Puller
from pos_client.sync.push import Progress, Pusher
from pos_client.sync.server_time import ServerTime
from pos_client.usecases.notices import DATA_REFUSED
from pos_client.usecases.trusted_clock import TrustedClock

from .fencing import SESSION_TOKEN, Fence
from .lane import LaneFiles, open_for_command
from .lane_entries import LaneEntries
from .newer_file import push_newer
from .revoked import Revoked
from .store_side import remember_way, two_ways, witness_for


@dataclass(frozen=True, slots=True)
class JournalToken:
    """The rolling session token, kept beside the entries: two copies of a disk break each other's."""

    journal: SqlJournal

    def load(self) -> str:
        """The newest token, empty before the first."""
        return self.journal.meta(SESSION_TOKEN) or ""

    def save(self, token: str) -> None:
        """Keep the next one."""
        self.journal.remember(SESSION_TOKEN, token)


@dataclass(frozen=True, slots=True)
class SyncSide:
    """Everything of one lane that syncs."""

    parts: SyncParts
    outbox: Outbox
    time: ServerTime
    cache: CacheInstaller


def sync_side(
    files: LaneFiles,
    journal: SqlJournal,
    *,
    patience_s: float = 0.0,
    progress: Progress | None = None,
    **options: Any,
) -> SyncSide:
    """Put the sync room together around an open journal; ``options`` go to its client.

    ``patience_s`` is how long one round waits while the centre counts a closed day; ``progress`` is told how far
    delivery is.
    """
    time, outbox = files.server_time(journal), journal.outbox
    api = two_ways(files, files.api(time), JournalToken(journal), **options)
    cache = installer(files, journal)
    orders, store = files.orders, files.orders.enrolment.store.number
    clock = TrustedClock(files.clock, journal)

    def quality() -> TimeQuality:
        return clock.now().quality

    pusher = Pusher(api, outbox, files.device, sleep, progress)
    parts = SyncParts(
        api=api,
        pusher=pusher,
        puller=Puller(api, cache, store, orders.verify_document, orders.adopt_policy),
        heartbeat=Heartbeat(api, outbox, files.device),
        cache=cache,
        time_quality=quality,
        take_epoch=Fence(files, journal, api),
        on_revoked=Revoked(files, journal),
        closings=Closings(
            ClosingParts(api, journal.days, outbox, pusher, files.device, orders.verify_document), patience_s
        ),
    )
    return SyncSide(parts, outbox, time, cache)


def installer(files: LaneFiles, journal: SqlJournal) -> CacheInstaller:
    """The writing half of the cache; what it installs becomes an entry."""

    def installed(generation: int) -> None:
        journal.raise_generation(generation)
        LaneEntries(files, journal).write(EntryKind.CACHE_SWAP, generation=generation)

    def alarmed(rows: int) -> None:
        if int(journal.meta(DATA_REFUSED) or 0) != rows:
            journal.remember(DATA_REFUSED, str(rows))

    memory = Memory(journal.highest_generation, installed, journal.raise_ratchet, alarmed)
    return CacheInstaller(files.pointer, files.orders.enrolment.store.number, memory)


def sync(given: Path | None, *, push: bool, pull: bool, progress: Progress | None = None) -> dict[str, Any]:
    """One round; where a window holds the journal, it is asked to sync now.

    ``progress`` is told how many entries are delivered, of how many.
    """
    files = LaneFiles.of(given)
    try:
        journal = open_for_command(files)
    except JournalHeld as held:
        if held.facts.get("holder") != WINDOW:
            raise
        files.home.sync_request.touch()
        return {"asked_window": True, "errors": []}
    except SchemaTooNew:
        if not push:
            raise
        return push_newer(files)
    try:
        side = sync_side(files, journal, patience_s=PATIENCE_S, progress=progress)
        report = sync_once(side.parts, push=push, pull=pull).as_json()
        remember_way(journal, side.parts.api.way)
        if push:
            witness = witness_for(files, journal, side.parts.api)
            report["store_server"] = witness.once()
            witness.keep()
        side.parts.api.close()
        side.cache.close()
        return report
    finally:
        journal.close()
