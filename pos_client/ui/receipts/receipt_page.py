"""F9: the last receipt once more, marked as a reprint, and shown as it comes out of the printer.

Apart from the scan screen because nothing is decided here. A fault of the printer is said here and in the top bar; the
receipt waits.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from pos_client.config.slip_page import slip_rows
from pos_client.domain.errors import PosError
from pos_client.domain.receipt_page import Row
from pos_client.domain.slip import Slip
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.screen import Page, Surroundings
from pos_client.usecases.desk import Desk
from pos_client.usecases.print_receipt import Printed, PrintReceipt
from pos_client.usecases.printing_port import PrinterReport
from pos_client.usecases.till_session import TillSession

from .printer_words import PrinterWords
from .receipt_preview import ReceiptPreview

OnPrinted = Callable[[Printed | PosError | None], None]


class ReceiptPage(Page):
    """The receipt, and what became of its print."""

    workspace = Workspace.RECEIPT

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._words = PrinterWords(around.wording)
        self._report = PrinterReport()
        self._answer: Printed | PosError | None = None
        self._is_asked = False
        self.title = FittedLabel("title", wrap=True)
        self.state = FittedLabel("body", wrap=True)
        self.state.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.preview = ReceiptPreview()
        self.back = KeyButton("", "Esc")
        self.back.clicked.connect(around.go_home)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.state, 1)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        card = QFrame()
        card.setProperty("kind", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)
        row = QHBoxLayout(card)
        row.setContentsMargins(16, 14, 16, 14)
        row.setSpacing(16)
        row.addLayout(column, 1)
        row.addWidget(self.preview, 1)
        self.retranslate("zh")

    def on_opened(self) -> None:
        """F9 was pressed: one print."""
        self._answer, self._is_asked = None, True
        self._show()
        self.print_one(None, self._on_printed)

    def print_one(self, seq: int | None, then: OnPrinted | None = None) -> None:
        """Put a receipt into the queue; the last one where no entry is named."""
        language = self.language

        def receipt_asked(desk: Desk, _session: TillSession) -> Printed | None:
            wanted = desk.prints.language or language

            def page(slip: Slip) -> list[Row]:
                return slip_rows(slip, self.around.wording, wanted, desk.prints.paper_mm)

            printing = PrintReceipt(desk, page)
            return printing.again() if seq is None else printing(seq)

        self.around.line.ask(receipt_asked, then or _nothing)

    def on_printer(self, report: PrinterReport) -> None:
        """The printer's state."""
        self._report = report
        self._show()

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        super().retranslate(language)
        self.back.set_words(self.tr("Back to scanning"))
        self._show()

    def _on_printed(self, answer: Printed | PosError | None) -> None:
        self._answer, self._is_asked = answer, False
        self._show()

    def _show(self) -> None:
        answer = self._answer
        self.title.setText(self.tr("The last receipt, once more"))
        if isinstance(answer, Printed):
            self.preview.show_rows(answer.rows, answer.paper_mm)
        else:
            self.preview.show_rows((), 80)
        self.state.setText(self._state())

    def _state(self) -> str:
        answer, report = self._answer, self._report
        if self._is_asked:
            return ""
        if isinstance(answer, PosError):
            return self.around.wording.of_fault(answer)[0].in_language(self.language)
        if answer is None:
            return self.tr("Nothing was printed here yet")
        if not answer.number:
            return self.tr("This counter has no printer; this is only shown")
        if report.is_fault:
            return self._words.fault(report, self.language)
        return self.tr("Sent to the printer")


def _nothing(answer: object) -> None:
    """Nobody waits for what came of it; the printer's state is in the top bar."""
    del answer
