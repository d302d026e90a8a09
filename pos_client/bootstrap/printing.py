"""The station's receipt printer: its queue, its worker, its test page, and what waits for it."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pos_client.config import settings as station
from pos_client.config.paths import find_home
from pos_client.config.settings import PrinterSettings
from pos_client.devices.printer.escpos_page import Bitmap, PageStyle
from pos_client.devices.printer.escpos_printer import EscPosPrinter
from pos_client.devices.printer.folder_printer import FolderPrinter
from pos_client.devices.printer.letters import Encoding
from pos_client.devices.printer.ways import way_to
from pos_client.devices.printer.worker import PrinterWorker
from pos_client.domain.errors import UsageError
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.printer_errors import PrinterAbsent, PrinterUnavailable
from pos_client.domain.receipt_page import RULE, Row, RowKind
from pos_client.storage.lock import WINDOW
from pos_client.storage.print_queue import SqlPrintQueue
from pos_client.usecases.printing_port import PrinterReport, PrinterState, PrintJob, ReceiptPrinter

from .lane import LaneFiles, writer_of
from .print_queue import print_queue
from .wording_of import wording

ASK_S: Final = 4.0
IN_WINDOW: Final = "in-window"
_FILE: Final = "file:"
# Everything that printers get wrong: Chinese, the yen sign, a line of full-width punctuation alone, a code.
TEST_CODE: Final = "https://example.com/print-test"


def printer_for(settings: PrinterSettings) -> ReceiptPrinter:
    """The printer that a station names; it is not reached for before the first page."""
    encoding = None if settings.encoding == "RASTER" else Encoding(settings.encoding.lower())
    style = PageStyle(encoding, settings.paper_mm, settings.qr == "native", settings.cut)
    if settings.to.startswith(_FILE):
        folder = Path(settings.to.removeprefix(_FILE)).expanduser()
        return FolderPrinter(folder, style, _draw, lambda rows: _pdf(rows, settings.paper_mm))
    way = way_to(settings.to, settings.baud, settings.wait_s)
    return EscPosPrinter(way, settings.to, style, _draw, asks=settings.asks)


def printer_worker(
    files: LaneFiles, printer: ReceiptPrinter, on_report: Callable[[PrinterReport], None]
) -> PrinterWorker:
    """What prints beside the window."""
    return PrinterWorker(_queue(files), printer, files.settings.printer.to, on_report)


def test_page(encoding: str) -> tuple[Row, ...]:
    """A page that shows at a glance whether the encoding is the printer's."""
    return (
        Row(RowKind.TITLE, f"POS Client {encoding}"),
        RULE,
        Row(RowKind.TEXT, "中文 满100减20", "¥1,234.00"),
        Row(RowKind.TEXT, "：，。（）"),
        Row(RowKind.TEXT, "ABC abc 0123456789 #$%&"),
        RULE,
        Row(RowKind.CODE, TEST_CODE),
        Row(RowKind.TITLE, "哪一段看得清？"),
    )


def print_test(given: Path | None, to: str | None, encodings: Sequence[str]) -> list[tuple[str, int]]:
    """Print the test page in some encodings; each with how many characters it lacks.

    Args:
        given: the home.
        to: another printer than the station's.
        encodings: of the settings; empty for the station's own.

    Raises:
        PrinterUnavailable, SettingsInvalid. UsageError: no printer is named.
    """
    named = station.load(find_home(given).settings).printer.model_dump() | ({"to": to} if to is not None else {})
    if not named["to"]:
        raise UsageError("no printer is set in station.toml, and none was named with --to", why="no-printer")
    done = []
    for encoding in encodings or [named["encoding"]]:
        printer = printer_for(station.parse({"printer": named | {"encoding": encoding}}).printer)
        done.append((encoding, printer.print(PrintJob(f"test-{encoding.lower()}", test_page(encoding)))))
    return done


@dataclass(frozen=True, slots=True)
class PrinterFound:
    """The station's printer as it is now.

    Attributes:
        state: ``none``, ``ready``, ``paper-low``, ``in-window`` or the reason of the fault.
        waiting: pages in the queue, longest first.
    """

    settings: PrinterSettings
    state: str
    waiting: Sequence[PrintJob]
    fault: PrinterUnavailable | None = None

    def document(self) -> dict[str, Any]:
        """The same as JSON; of a page only its name and time."""
        told: dict[str, Any] = {"sentence": None, "next_step": None}
        if self.fault is not None:
            line, step = wording().of_fault(self.fault)
            told = {"sentence": line.as_json(), "next_step": step.as_json()}
        pages = [
            {"number": job.number, "receipt": job.name, "at": wire_time(job.put_at) if job.put_at else None}
            for job in self.waiting
        ]
        return {"printer": self.settings.model_dump(), "state": self.state, **told, "waiting": pages}


def printer_now(given: Path | None, *, forget: bool = False) -> PrinterFound:
    """Ask the printer how it is, and look at what waits. Nothing is printed, and it takes no longer than ``ASK_S``.

    While a window is open that window has the printer: another program between two lines of a receipt would spoil it.

    Args:
        given: the home.
        forget: throw away what waits; receipts can be printed again with F9 or ``slip``.

    Raises:
        NotEnrolled, SettingsInvalid, StorageUnavailable.
    """
    files = LaneFiles.of(given)
    settings, queue = files.settings.printer, _queue(files)
    if forget:
        for job in queue.waiting():
            queue.done(job.number)
    if not settings.to:
        return PrinterFound(settings, PrinterState.NONE.value, queue.waiting())
    if files.home.lane_lock.exists() and writer_of(files.home) == WINDOW:
        return PrinterFound(settings, IN_WINDOW, queue.waiting())
    try:
        state = _asked(settings).value
    except PrinterUnavailable as fault:
        return PrinterFound(settings, fault.reason, queue.waiting(), fault)
    return PrinterFound(settings, state, queue.waiting())


def _asked(settings: PrinterSettings) -> PrinterState:
    """How it is. Names that nobody resolves and ports that hang answer after any time: those are not waited for."""
    found: list[PrinterState | PrinterUnavailable] = []

    def ask() -> None:
        try:
            found.append(printer_for(settings.model_copy(update={"wait_s": ASK_S / 2})).state())
        except PrinterUnavailable as fault:
            found.append(fault)

    # It ends with the command: it holds nothing that would have to be given back.
    asking = threading.Thread(target=ask, name="printer-asked", daemon=True)
    asking.start()
    asking.join(ASK_S)
    answer = found[0] if found else PrinterAbsent(f"no answer within {ASK_S:g} s", place=settings.to)
    if isinstance(answer, PrinterUnavailable):
        raise answer
    return answer


def _queue(files: LaneFiles) -> SqlPrintQueue:
    return print_queue(files.home, files.settings.printer, files.store_secret)


def _draw(rows: Sequence[Row], dots: int) -> Bitmap:
    from pos_client.ui.receipts.receipt_picture import page_bits  # noqa: PLC0415 - Qt is loaded for pictures alone

    return Bitmap(*page_bits(rows, dots))


def _pdf(rows: Sequence[Row], paper_mm: int) -> bytes:
    from pos_client.ui.receipts.receipt_picture import page_pdf  # noqa: PLC0415

    return page_pdf(rows, paper_mm)
