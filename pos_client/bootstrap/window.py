"""The counter's window put together: till, scanner and sync threads around one desk."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pos_client.config.slip_page import slip_rows
from pos_client.config.thing_pictures import PictureFolder
from pos_client.domain.journal_entry import wire_time
from pos_client.storage.journal import SqlJournal
from pos_client.storage.lock import WINDOW
from pos_client.sync.status import SyncPhase, SyncStatus
from pos_client.sync.witness import StoreContact
from pos_client.sync.worker import Rhythm, SyncWorker
from pos_client.ui.desk_line import DeskLine
from pos_client.ui.window import ClerkWindow
from pos_client.ui.window_run import application
from pos_client.ui.worker_thread import Worker
from pos_client.usecases.counter_tools import CounterTools
from pos_client.usecases.desk import Desk
from pos_client.usecases.errands import Errands
from pos_client.usecases.lane_status import Contact
from pos_client.usecases.print_receipt import PrintReceipt
from pos_client.usecases.shift import PROMOTER
from pos_client.usecases.till_lane import TillLane
from pos_client.usecases.till_session import TillSession
from pos_client.usecases.way_out import hop_of

from .asking import LateShelf, crm_desks
from .binding import bind_ports
from .day_office import TellsAll, WindowOffice
from .exports import ExportFolder
from .gun import serial_gun
from .host_till import VerdictDocument
from .lane import Lane, LaneFiles
from .machine_checks import DoctorChecks
from .operators import who_acts
from .scanning import scanner_for
from .station_choices import ChoicesFile
from .store_side import WakesAll, remember_way, witness_for
from .syncing import SyncSide, sync_side
from .two_windows import clerk_window, kiosk_window, lane_wording
from .waiting import NEXT_TRY
from .window_bridge import Beside, bridge_beside
from .window_kind import WindowKind

if TYPE_CHECKING:
    from pos_client.sync.api_client import ApiClient
    from pos_client.ui.kiosk.kiosk_window import KioskWindow

    from .station_printer import StationPrinter

OPEN_WAIT_S: Final = 2.0


class ContactKeeper:
    """The newest word of the sync thread, for the till thread; one reference that is replaced whole."""

    def __init__(self, journal: SqlJournal) -> None:
        self._journal = journal
        self._contact = Contact()
        self._store = StoreContact()
        # What waited when this upload began.
        self._whole = 0

    def on_status(self, status: SyncStatus) -> None:
        """Told by the sync thread."""
        moving = status.phase is SyncPhase.PUSHING and status.pending > 0
        self._whole = max(self._whole, status.pending) if moving else 0
        self._contact = Contact(
            at=status.last_contact,
            syncing=moving,
            progress=(self._whole - status.pending, self._whole) if moving else None,
            round_trip_s=status.round_trip_s,
            disk_low=self._journal.disk_is_low,
            retrying=status.phase is SyncPhase.WAITING,
            hop=hop_of(status.last_error, status.cause),
        )
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


def open_window(given: Path | None, source: str | None, document: VerdictDocument, kind: WindowKind) -> int:
    """Open a window on a home and stay until it is closed.

    Args:
        given: the home.
        source: of pictures.
        document: a verdict as JSON, for the host till's bridge.
        kind: who it is for.

    Raises:
        JournalHeld: another window is open on this home. NotEnrolled, SettingsInvalid, StorageUnavailable.
    """
    files = LaneFiles.of(given)
    journal = files.open_journal(WINDOW, OPEN_WAIT_S)
    try:
        files.pointer.remove_old()
        return _run(files, journal, source, document, kind)
    finally:
        journal.close()


def _run(files: LaneFiles, journal: SqlJournal, source: str | None, document: VerdictDocument, kind: WindowKind) -> int:
    side = sync_side(files, journal)
    late = LateShelf()
    desk = files.desk(journal, *crm_desks(files.api(side.time), files.orders, late))
    keeper = ContactKeeper(journal)
    desk, worker = _with_office(files, journal, side, keeper, desk)
    session = _session(files, journal, desk, kind)
    witness = witness_for(files, journal, side.parts.api, keeper.on_store_server)
    carriers = WakesAll((worker, witness))
    till = TillLane(desk, session, carriers, keeper, lambda staff_id: journal.remember(PROMOTER, staff_id))
    late.on_news = partial(till.take_late, late.take)
    application()
    far, far_api, reading = Errands(), files.api(side.time), Errands()
    tools = replace(_tools(files, kind, printer := _printer(files)), far=far, reading=reading)
    line = DeskLine(till, desk, session, replace(tools, binding=bind_ports(files, far_api)))
    window = kiosk_window(files, till, line) if kind is WindowKind.KIOSK else clerk_window(files, till, line)
    workers: dict[str, Worker] = {
        "till": till,
        "scanner": scanner_for(files.home, files.settings.camera, source, window.scanner_bridge),
        "sync": worker,
        "witness": witness,
        "far": far,
        "reading": reading,
        **window.more_workers,
        **_devices(files, window, printer),
    }
    beside = Beside(Lane(files, desk, journal), till, session, carriers.wake, document)
    with bridge_beside(beside, window.till_bridge) as more:
        code = window.run(workers | more)
    _close(side, far_api)
    return code


def _printer(files: LaneFiles) -> "StationPrinter | None":
    """The station's printer; its libraries are loaded for stations with one alone."""
    if not files.settings.printer.to:
        return None
    from .station_printer import StationPrinter  # noqa: PLC0415

    return StationPrinter(files.home.settings, files.settings.printer)


def _devices(
    files: LaneFiles, window: "ClerkWindow | KioskWindow", printer: "StationPrinter | None"
) -> dict[str, Worker]:
    """The gun on a serial line and the printer, where this station has them."""
    workers: dict[str, Worker] = {}
    if files.settings.serial_gun.port:
        workers["gun"] = serial_gun(files.settings.serial_gun, window.scanner_bridge.on_scan, window.gun_bridge)
    if printer is not None:
        from .printing import printer_worker  # noqa: PLC0415

        if isinstance(window, ClerkWindow):
            window.printer.print_each = files.settings.printer.each
        workers["printer"] = printer_worker(files, printer, window.printer_bridge.on_report)
    return workers


def _session(files: LaneFiles, journal: SqlJournal, desk: Desk, kind: WindowKind) -> TillSession:
    """Who acts, for whose credit; at a kiosk nobody hands anything over."""
    promoter = journal.meta(PROMOTER)
    credit = files.settings.station.promoter if promoter is None else promoter
    session = TillSession(desk, who_acts(desk), credit)
    session.keeps_things = kind is not WindowKind.KIOSK
    return session


def _tools(files: LaneFiles, kind: WindowKind, printer: "StationPrinter | None") -> CounterTools:
    home = files.home.root
    return CounterTools(
        ExportFolder(home / "exports"),
        DoctorChecks(home, printer),
        _reprint(files),
        training=kind is WindowKind.PRACTICE,
        attended=kind is WindowKind.DEMO,
        pictures=PictureFolder(files.home.pictures),
        bench=printer,
        choices=ChoicesFile(files.home.settings),
    )


def _reprint(files: LaneFiles) -> Callable[[Desk, int], None] | None:
    """Prints the receipt of an older entry once more; None at a station without a printer."""
    if not files.settings.printer.to:
        return None
    words, shown = lane_wording(files), files.settings.screen.language

    def reprint(desk: Desk, seq: int) -> None:
        language, paper_mm = desk.prints.language or shown, desk.prints.paper_mm
        PrintReceipt(desk, lambda slip: slip_rows(slip, words, language, paper_mm))(seq)

    return reprint


def _with_office(
    files: LaneFiles, journal: SqlJournal, side: SyncSide, keeper: ContactKeeper, desk: Desk
) -> tuple[Desk, SyncWorker]:
    """The desk with its office, and the delivery that the office may pause."""
    office = WindowOffice(files, journal, desk)
    told = TellsAll((keeper.on_status, office.on_status))
    worker = SyncWorker(side.parts, side.outbox, side.time, _rhythm(files), told, files.home.sync_request)
    office.worker = worker
    return replace(desk, office=office), worker


def _close(side: SyncSide, far_api: "ApiClient") -> None:
    far_api.close()
    side.parts.api.close()
    side.cache.close()


def _rhythm(files: LaneFiles) -> Rhythm:
    """The station's own figures, else the centre's."""
    asked, own = files.orders.enrolment.intervals(), files.settings.sync
    return Rhythm(own.push_s or asked.push_s, own.pull_s or asked.pull_s, own.heartbeat_s or asked.heartbeat_s)
