"""The papers of a closed day: the sheet goes to the printer by itself, and no trouble of it stops the close."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from pos_client.devices.printer.escpos_page import Bitmap, PageStyle
from pos_client.devices.printer.folder_printer import FolderPrinter
from pos_client.devices.printer.letters import Encoding
from pos_client.devices.printer.worker import PrinterWorker
from pos_client.storage.print_queue import SqlPrintQueue
from pos_client.ui.close.close_page import ClosePage
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.printing_port import PrinterReport, PrinterState, PrintJob
from script.receipt_facts import PAPER_OUT
from tests.fakes.receipt_reader import read_back
from tests.ui.day_stage import DayStage
from tests.unit.usecases.counter import SECRET
from tests.unit.usecases.day_shop import BOSS_PIN, CATS, CLERK_PIN, TEAS

WHOLE_DAY = f"{CATS}\n{TEAS}\n\n\n\n\n{CLERK_PIN}\n1{BOSS_PIN}\n"


@pytest.fixture
def queue(tmp_path: Path) -> SqlPrintQueue:
    return SqlPrintQueue(tmp_path / "prints.db", SECRET, 58)


@pytest.fixture
def day(qapp: object, tmp_path: Path, queue: SqlPrintQueue) -> Iterator[DayStage]:
    """Return a window with a printer on a day with two redemptions."""
    del qapp
    made = DayStage(tmp_path, prints=queue)
    made.shop.redeem(1, 2)
    yield made
    made.close()


def closed(day: DayStage) -> ClosePage:
    page = day.stage.open(Workspace.CLOSE, ClosePage)
    day.settle()
    day.type(WHOLE_DAY)
    assert day.shop.closes() == 1
    return page


def told(day: DayStage, report: PrinterReport) -> None:
    """The printer says how it is."""
    day.stage.clerk.printer.bridge.on_report(report)
    QCoreApplication.sendPostedEvents(day.stage.clerk.printer)


def titles(job: PrintJob) -> list[str]:
    return [row.left for row in job.rows if row.kind.value == "title"]


def test_the_sheet_of_a_closed_day_waits_for_the_printer_by_itself(day: DayStage, queue: SqlPrintQueue) -> None:
    page = closed(day)

    (job,) = queue.waiting()
    assert titles(job) == ["日结单"]
    assert ("核销", "2  ¥20.00") in [(row.left, row.right) for row in job.rows]
    assert page.done.printed.text() == "正在打印小票。"


def test_a_printer_without_paper_closes_the_day_and_says_what_to_do(day: DayStage, queue: SqlPrintQueue) -> None:
    told(day, PAPER_OUT)
    page = closed(day)
    said = page.done.printed.text()
    day.type("111")

    assert said.startswith("收班已完成")
    assert "换一卷纸" in said
    assert len(queue.waiting()) == 1
    assert {name.rpartition(".")[2] for name in day.shop.office.files} == {"pdf", "xlsx", "json"}


def test_the_second_print_says_that_it_is_one(day: DayStage, queue: SqlPrintQueue) -> None:
    page = closed(day)
    told(day, PrinterReport(PrinterState.PRINTING, "x", 1))
    queue.done(queue.waiting()[0].number)
    told(day, PrinterReport(PrinterState.READY, "x", 0))
    said = page.done.printed.text()
    day.type("1")

    (job,) = queue.waiting()
    assert said == "小票已打印。"
    assert titles(job) == ["日结单", "重打 REPRINT 1"]


def test_a_real_printer_gets_the_sheet(day: DayStage, queue: SqlPrintQueue, tmp_path: Path, qtbot: QtBot) -> None:
    page, out, stop = closed(day), tmp_path / "out", threading.Event()
    style = PageStyle(Encoding.GBK, 58)
    printer = FolderPrinter(out, style, lambda _rows, _dots: Bitmap(8, 1, b"\0"), lambda _rows: b"%PDF")
    worker = PrinterWorker(queue, printer, str(out), day.stage.clerk.printer.bridge.on_report)
    thread = threading.Thread(target=worker.run, args=(stop,))
    thread.start()
    try:
        qtbot.waitUntil(lambda: page.done.printed.text() == "小票已打印。")
    finally:
        stop.set()
        thread.join()

    paper = read_back(next(out.glob("day-*.bin")).read_bytes(), "gbk")
    assert "日结单" in "".join(paper.lines)
    assert [line for line in paper.lines if line.startswith("核销") and line.endswith("￥20.00")]
    assert not [line for line in paper.lines if len(line.encode("gbk")) > 32]


def test_a_counter_without_a_printer_says_so(qapp: object, tmp_path: Path) -> None:
    del qapp
    made = DayStage(tmp_path)
    page = closed(made)
    said = page.done.printed.text()
    made.close()

    assert "没有打印机" in said


def test_the_sheet_is_shown_beside_the_thanks_in_a_small_window(day: DayStage) -> None:
    page = closed(day)
    day.stage.draw(1280, 800)

    assert page.slip.isVisibleTo(page)
    assert "核销" in page.slip.accessibleDescription()
