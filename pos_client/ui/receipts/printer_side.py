"""Everything of the window that is about the receipt printer: how it is, and a receipt after each deed.

Apart from the window because the printer's thread speaks here, and nothing of it may hold up a verdict.
"""

from PySide6.QtCore import QObject, Qt, Slot

from pos_client.domain.verdict import VerdictKind
from pos_client.ui.bridges import PrinterBridge
from pos_client.ui.main_window import MainWindow
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.printing_port import PrinterReport
from pos_client.usecases.till_view import TillAnswer

from .receipt_page import ReceiptPage


class PrinterSide(QObject):
    """The window's printer.

    Attributes:
        print_each: a receipt after each deed by itself.

    Args:
        window: the frame and its screens.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.bridge = PrinterBridge(self)
        self.print_each = False
        self._window = window
        self._report = PrinterReport()
        self._asked, self._shown = 0, 0
        window.page.answer_shown.connect(self._on_shown)
        self.bridge.changed.connect(self._on_report, Qt.ConnectionType.QueuedConnection)

    def on_answer(self, answer: TillAnswer) -> None:
        """A deed is on disk and on the screen; its receipt comes after it."""
        entry, page = answer.verdict.entry, self._page()
        done = answer.verdict.kind is VerdictKind.ACCEPTED and entry is not None and not answer.is_unasked
        if self.print_each and done and entry is not None and page is not None:
            self._asked = entry.seq
            page.print_one(entry.seq)
            self._tell_missing()

    @Slot(object)
    def _on_report(self, report: PrinterReport) -> None:
        self._report = report
        self._tell_missing()
        self._window.top_bar.show_printer(report)
        self._window.body.show_printer(report)

    @Slot(object)
    def _on_shown(self, answer: TillAnswer) -> None:
        self._shown = answer.verdict.entry.seq if answer.verdict.entry else 0
        self._tell_missing()

    def _tell_missing(self) -> None:
        """On the verdict whose own receipt is still in the queue while somebody has to do something about it."""
        is_its_own = self._shown != 0 and self._shown == self._asked
        is_missing = is_its_own and self._report.is_fault and self._report.waiting > 0
        self._window.page.verdict.show_unprinted(is_missing=is_missing)

    def _page(self) -> ReceiptPage | None:
        body = self._window.body
        page = body.page(Workspace.RECEIPT) if Workspace.RECEIPT in body.workspaces else None
        return page if isinstance(page, ReceiptPage) else None
