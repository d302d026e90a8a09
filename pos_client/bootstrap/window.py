"""The counter's window put together: till, scanner and sync threads around one desk."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from pos_client.config.wording import Wording
from pos_client.domain.journal_entry import wire_time
from pos_client.storage.journal import SqlJournal
from pos_client.storage.lock import WINDOW
from pos_client.sync.status import SyncPhase, SyncStatus
from pos_client.sync.witness import StoreContact
from pos_client.sync.worker import Rhythm, SyncWorker
from pos_client.ui.assets import resources_folder
from pos_client.ui.desk_line import DeskLine
from pos_client.ui.window import ClerkWindow, Looks, application
from pos_client.ui.worker_thread import Worker
from pos_client.usecases.lane_status import Contact
from pos_client.usecases.till_lane import TillLane
from pos_client.usecases.till_session import TillSession

from .asking import LateShelf, crm_desks
from .gun import Bench, Gun, serial_gun
from .host_till import VerdictDocument
from .lane import Lane, LaneFiles
from .operators import first_clerk
from .scanning import scanner_for
from .store_side import WakesAll, remember_way, witness_for
from .syncing import SyncSide, sync_side
from .waiting import NEXT_TRY
from .window_bridge import Beside, bridge_beside

PROMOTER: Final = "promoter"
OPEN_WAIT_S: Final = 2.0


class ContactKeeper:
    """The newest word of the sync thread, for the till thread; one reference that is replaced whole."""

    def __init__(self, journal: SqlJournal) -> None:
        self._journal = journal
        self._contact = Contact()
        self._store = StoreContact()

    def on_status(self, status: SyncStatus) -> None:
        """Told by the sync thread."""
        moving = status.phase is SyncPhase.PUSHING and status.pending > 0
        self._contact = Contact(at=status.last_contact, syncing=moving, disk_low=self._journal.disk_is_low)
        if status.way:
            remember_way(self._journal, status.way)
        planned = wire_time(status.next_try) if status.next_try else ""
        if (self._journal.meta(NEXT_TRY) or "") != planned:
            self._journal.remember(NEXT_TRY, planned)

    def on_store_server(self, contact: StoreContact) -> None:
        """Told by the witness's thread."""
        self._store = contact

    def __call__(self) -> Contact:
        """Asked by the till thread."""
        store = self._store
        return replace(self._contact, store_server=store.is_there if store.url else None, rebuilding=store.rebuilding)


def open_clerk_window(given: Path | None, source: str | None, document: VerdictDocument) -> int:
    """Open the window on a home and stay until it is closed.

    Args:
        given: the home.
        source: of pictures.
        document: a verdict as JSON, for the host till's bridge.

    Raises:
        JournalHeld: another window is open on this home. NotEnrolled, SettingsInvalid, StorageUnavailable.
    """
    files = LaneFiles.of(given)
    journal = files.open_journal(WINDOW, OPEN_WAIT_S)
    try:
        files.pointer.remove_old()
        return _run(files, journal, source, document)
    finally:
        journal.close()


def _run(files: LaneFiles, journal: SqlJournal, source: str | None, document: VerdictDocument) -> int:
    side = sync_side(files, journal)
    late = LateShelf()
    desk = files.desk(journal, *crm_desks(files.api(side.time), files.orders, late))
    keeper = ContactKeeper(journal)
    worker = SyncWorker(side.parts, side.outbox, side.time, _rhythm(files), keeper.on_status, files.home.sync_request)
    promoter = journal.meta(PROMOTER)
    session = TillSession(desk, first_clerk(desk), files.settings.station.promoter if promoter is None else promoter)
    witness = witness_for(files, journal, side.parts.api, keeper.on_store_server)
    carriers = WakesAll((worker, witness))
    till = TillLane(desk, session, carriers, keeper, lambda staff_id: journal.remember(PROMOTER, staff_id))
    late.on_news = partial(till.take_late, late.take)
    wording = Wording.load(resources_folder(), files.orders.enrolment.store.zone)
    gun = Gun(files.settings.wedge)
    bench = Bench(files.home.settings, gun)
    application()
    line = DeskLine(till, desk, session)
    window = ClerkWindow(till, wording, resources_folder(), _looks(files), _now, gun, bench, line)
    workers: dict[str, Worker] = {
        "till": till,
        "scanner": scanner_for(files.home, files.settings.camera, source, window.scanner_bridge),
        "sync": worker,
        "witness": witness,
    }
    if files.settings.serial_gun.port:
        workers["gun"] = serial_gun(files.settings.serial_gun, window.scanner_bridge.on_scan, window.guns.bridge)
    beside = Beside(Lane(files, desk, journal), till, session, carriers.wake, document)
    with bridge_beside(beside, window.till_bridge) as more:
        code = window.run(workers | more)
    _close(side)
    return code


def _looks(files: LaneFiles) -> Looks:
    screen = files.settings.screen
    return Looks(
        language=screen.language,
        dark=screen.theme == "dark",
        text_percent=round(screen.text_scale * 100),
        volume=files.settings.sound.volume,
    )


def _close(side: SyncSide) -> None:
    side.parts.api.close()
    side.cache.close()


def _rhythm(files: LaneFiles) -> Rhythm:
    """The station's own figures, else the centre's."""
    asked, own = files.orders.enrolment.intervals(), files.settings.sync
    return Rhythm(own.push_s or asked.push_s, own.pull_s or asked.pull_s, own.heartbeat_s or asked.heartbeat_s)


def _now() -> datetime:
    return datetime.now(UTC)
