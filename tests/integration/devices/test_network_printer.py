"""A printer on the network that answers, hangs, breaks off or has no paper: receipts wait, and redemptions go on."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_client.config.slip_page import slip_rows
from pos_client.devices.printer.escpos_page import Bitmap, PageStyle
from pos_client.devices.printer.escpos_printer import EscPosPrinter
from pos_client.devices.printer.folder_printer import FolderPrinter
from pos_client.devices.printer.letters import Encoding
from pos_client.devices.printer.ways import way_to
from pos_client.devices.printer.worker import PrinterWorker
from pos_client.domain.printer_errors import PrinterAbsent, PrinterCoverOpen, PrinterDriverMissing, PrinterPaperOut
from pos_client.domain.receipt_page import Row, RowKind
from pos_client.domain.verdict import VerdictKind
from pos_client.storage.print_queue import SqlPrintQueue
from pos_client.usecases.print_receipt import PrintReceipt
from pos_client.usecases.printing_port import PrinterReport, PrinterState, PrintJob
from tests import builders as a
from tests.fakes.network_printer import COVER, LITTLE_PAPER, NO_PAPER, READY, NetworkPrinter
from tests.fakes.receipt_reader import read_back
from tests.unit.usecases.counter import WORDING, a_counter

PAGE = (Row(RowKind.TITLE, "澄水"), Row(RowKind.TEXT, "洗发露", "¥5.00"))
STYLE = PageStyle(Encoding.GBK)
WAIT_S = 1.0


@pytest.fixture
def printer() -> Iterator[NetworkPrinter]:
    """Return a printer that is well."""
    made = NetworkPrinter()
    yield made
    made.close()


def reached(place: str) -> EscPosPrinter:
    """Return our side of it."""
    return EscPosPrinter(way_to(place, 9600, WAIT_S), place, STYLE, lambda rows, dots: Bitmap(8, 1, b"\0"))


def until(holds: Callable[[], bool], within_s: float = 8.0) -> None:
    """Wait for something that a thread does."""
    end = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.01)


class Printing:
    """A worker on its thread, with a queue on disk."""

    def __init__(self, folder: Path, place: str) -> None:
        self.queue = SqlPrintQueue(folder / "prints.db", a.a_store_secret())
        self.reports: list[PrinterReport] = []
        worker = PrinterWorker(self.queue, reached(place), place, self.reports.append, retry_s=0.1, ask_every_s=0.3)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=worker.run, args=(self._stop,))
        self._thread.start()

    def close(self) -> None:
        """Stop it."""
        self._stop.set()
        self._thread.join(15)
        assert not self._thread.is_alive()

    @property
    def state(self) -> PrinterState:
        """What was said last."""
        return self.reports[-1].state if self.reports else PrinterState.NONE


@pytest.fixture
def printing(tmp_path: Path, printer: NetworkPrinter) -> Iterator[Printing]:
    """Return a worker that prints on that printer."""
    made = Printing(tmp_path, printer.place)
    yield made
    made.close()


def test_a_page_arrives_whole(printer: NetworkPrinter) -> None:
    assert reached(printer.place).print(PrintJob("1-7", PAGE)) == 0

    until(lambda: len(printer.pages) == 1)
    assert read_back(printer.pages[0], "gbk").lines == ["澄水", "洗发露" + " " * 30 + "￥5.00"]


@pytest.mark.parametrize(
    ("paper", "cause", "fault"),
    [(NO_PAPER, READY, PrinterPaperOut), (READY, COVER, PrinterCoverOpen), (READY, 0x32, PrinterPaperOut)],
)
def test_nothing_is_sent_to_a_printer_that_cannot(
    printer: NetworkPrinter, paper: int, cause: int, fault: type[Exception]
) -> None:
    printer.paper, printer.cause = paper, cause

    with pytest.raises(fault):
        reached(printer.place).print(PrintJob("1-7", PAGE))

    assert printer.pages == []


def test_little_paper_is_told_and_printed_on(printer: NetworkPrinter) -> None:
    printer.paper = LITTLE_PAPER

    assert reached(printer.place).state() is PrinterState.PAPER_LOW
    reached(printer.place).print(PrintJob("1-7", PAGE))
    until(lambda: len(printer.pages) == 1)


def test_a_printer_that_never_answers_is_printed_on(printer: NetworkPrinter) -> None:
    printer.paper = None
    reached(printer.place).print(PrintJob("1-7", PAGE))

    until(lambda: len(printer.pages) == 1)


def test_one_that_answered_and_falls_silent_has_printed_nothing(printer: NetworkPrinter) -> None:
    ours = reached(printer.place)
    ours.state()
    printer.hangs = True

    with pytest.raises(PrinterAbsent, match="does not answer"):
        ours.print(PrintJob("1-7", PAGE))


def test_nobody_at_the_address_is_a_fault_of_its_own(printer: NetworkPrinter) -> None:
    printer.close()

    with pytest.raises(PrinterAbsent):
        reached(printer.place).state()


def test_usb_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("escpos.printer.Usb.is_usable", staticmethod(lambda: False))

    with pytest.raises(PrinterDriverMissing) as raised:
        reached("usb:04b8:0202").state()

    assert raised.value.facts["package"] == "pos-client[usb-printer]"


def test_paper_that_comes_back_brings_what_waited_in_order(printer: NetworkPrinter, printing: Printing) -> None:
    printer.paper = NO_PAPER
    until(lambda: printing.state is PrinterState.PAPER_OUT)
    for name in ("1-7", "1-8"):
        printing.queue.put(name, (Row(RowKind.TEXT, name),))
    until(lambda: printing.reports[-1].waiting == 2)

    printer.paper = READY
    until(lambda: len(printer.pages) == 2)

    assert [read_back(page, "gbk").lines for page in printer.pages] == [["1-7"], ["1-8"]]
    until(lambda: (printing.state, printing.reports[-1].waiting) == (PrinterState.READY, 0))


def test_a_page_that_broke_off_is_printed_again(printer: NetworkPrinter, printing: Printing) -> None:
    until(lambda: printing.state is PrinterState.READY)
    printer.breaks = True
    printing.queue.put("1-7", PAGE)
    until(lambda: printing.state is PrinterState.ABSENT)

    printer.breaks = False

    until(lambda: len(printer.pages) == 1)
    until(lambda: not printing.queue.waiting())


def test_redemptions_go_on_while_the_printer_hangs(tmp_path: Path, printer: NetworkPrinter, printing: Printing) -> None:
    until(lambda: printing.state is PrinterState.READY)
    printer.hangs = True
    counter = a_counter(tmp_path, None)
    desk = replace(counter.desk, prints=printing.queue)
    receipts = PrintReceipt(desk, lambda slip: slip_rows(slip, WORDING, "zh"))
    began, verdicts, longest = time.monotonic(), [], 0.0
    for serial in range(1, 9):
        at = time.monotonic()
        verdict = counter.redeem(a.a_signed_coupon(serial, campaign=1001).text())
        if verdict.entry is not None:
            receipts(verdict.entry.seq)
        longest = max(longest, time.monotonic() - at)
        verdicts.append(verdict.kind)
        time.sleep(0.1)
    counter.journal.close()

    assert VerdictKind.ACCEPTED in verdicts
    assert longest < 0.5, f"{longest:.2f} s of {time.monotonic() - began:.2f} s"
    assert len(printing.queue.waiting()) == verdicts.count(VerdictKind.ACCEPTED)
    until(lambda: printing.state is PrinterState.ABSENT)


def test_a_folder_gets_what_a_printer_would_and_a_pdf(tmp_path: Path) -> None:
    folder = FolderPrinter(tmp_path / "slips", STYLE, lambda rows, dots: Bitmap(8, 1, b"\0"), lambda rows: b"%PDF-")
    for _ in range(2):
        folder.print(PrintJob("1-7", PAGE))

    assert sorted(path.name for path in (tmp_path / "slips").iterdir()) == [
        *("1-7.2.bin", "1-7.2.pdf", "1-7.bin", "1-7.pdf")
    ]
    assert read_back((tmp_path / "slips" / "1-7.bin").read_bytes(), "gbk").lines[0] == "澄水"
