"""States of the window that are about receipts and their printer, for pictures and for the tests of every screen."""

from PySide6.QtCore import QCoreApplication

from pos_client.ui.receipts.receipt_page import ReceiptPage
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.print_receipt import Printed
from pos_client.usecases.printing_port import PrinterReport
from script import receipt_facts as facts
from script import screen_facts
from script.clerk_stage import Play, Stage


def printer(stage: Stage, report: PrinterReport) -> None:
    """The printer says how it is."""
    stage.clerk.printer.bridge.on_report(report)
    QCoreApplication.sendPostedEvents(stage.clerk.printer)


def reprint(stage: Stage, report: PrinterReport, number: int = 4, paper_mm: int = 80) -> ReceiptPage:
    """F9 was pressed."""
    printer(stage, report)
    page = stage.clerk.window.body.page(Workspace.RECEIPT)
    assert isinstance(page, ReceiptPage)
    answers: dict[str, Printed | None] = page.around.line.answers  # type: ignore[attr-defined]
    answers["receipt_asked"] = facts.printed(page.language, number, paper_mm)
    stage.presenter.on_answer(screen_facts.redeemed())
    stage.presenter.open(Workspace.RECEIPT)
    return page


def _unprinted(stage: Stage) -> None:
    """A receipt after each deed, and no paper for this one."""
    stage.clerk.printer.print_each = True
    answer = screen_facts.redeemed()
    stage.presenter.on_answer(answer)
    stage.clerk.printer.on_answer(answer)
    printer(stage, facts.PAPER_OUT)


SCREENS: dict[str, Play] = {
    "receipt": lambda stage: reprint(stage, facts.READY),
    "receipt-58": lambda stage: reprint(stage, facts.READY, paper_mm=58),
    "receipt-paper-out": lambda stage: reprint(stage, facts.PAPER_OUT),
    "receipt-no-printer": lambda stage: reprint(stage, PrinterReport(), number=0),
    "receipt-unprinted": _unprinted,
    "printer-offline": lambda stage: printer(stage, facts.OFFLINE),
}
