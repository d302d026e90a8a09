"""The papers of a closed day: slip, PDF and workbook. A printer without paper stops nothing: the files come first.

Apart from the page because making files has nothing to do with its steps.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject

from pos_client.domain.errors import PosError
from pos_client.domain.verdict import EntryRef
from pos_client.ui.close.slip_sheet import pdf_of, rows_of, slip_of, workbook_of
from pos_client.ui.receipts.printer_words import PrinterWords
from pos_client.ui.screen import Surroundings
from pos_client.usecases.day_end_facts import DayEndFacts
from pos_client.usecases.day_office import office_of
from pos_client.usecases.desk import Desk
from pos_client.usecases.print_day import PrintDay, SheetInQueue
from pos_client.usecases.printing_port import PrinterReport, PrinterState
from pos_client.usecases.till_session import TillSession

_UNDER_WAY: Final = frozenset({PrinterState.STARTING, PrinterState.PRINTING})


class ClosePapers(QObject):
    """Makes papers.

    Args:
        say: shows what came of the files. say_print: shows what came of the slip; ``warn`` beside it where
            somebody has to help.

    Attributes:
        language: of the papers, unless the printer has one of its own.
    """

    def __init__(self, around: Surroundings, say: Callable[[str], None], say_print: Callable[[str, str], None]) -> None:
        super().__init__()
        self._around = around
        self._say, self._say_print = say, say_print
        self._words = PrinterWords(around.wording)
        self._report = PrinterReport()
        self._slip: SheetInQueue | PosError | None = None
        self._has_begun = self._is_out = False
        self.language = "zh"

    def forget(self) -> None:
        """Another day, or another look at this one."""
        self._slip = None
        self._say("")
        self._say_print("", "")

    def save(self, facts: DayEndFacts) -> None:
        """Keep the slip as a PDF, the day's figures as a workbook, and its three books."""
        closed, table = facts.closed, workbook_of(facts, self._around.wording, self.language)
        if closed is None or table is None:
            return
        pdf = pdf_of(slip_of(facts, self._around.wording, self.language))
        name = f"{closed.day.isoformat()}-{closed.epoch}-{closed.seq}"

        def work(desk: Desk, _session: TillSession) -> str:
            from pos_client.domain.report_workbook import xlsx_bytes  # noqa: PLC0415 - slow to load, rarely asked for

            office = office_of(desk.office)
            office.keep(f"{name}.xlsx", xlsx_bytes(table, money={len(table.columns) - 1}))
            office.keep_books(closed.day, f"{name}.json")
            return office.keep(f"{name}.pdf", pdf)

        self._around.line.ask(work, self._on_saved)

    def print_slip(self, facts: DayEndFacts) -> None:
        """On the station's printer; marked a reprint from the second time on."""
        closed, wording, language = facts.closed, self._around.wording, self.language
        if closed is None:
            return

        def day_sheet_asked(desk: Desk, _session: TillSession) -> SheetInQueue:
            prints = desk.prints
            shown = prints.language or language
            page = PrintDay(desk, lambda number: rows_of(facts, wording, shown, prints.paper_mm, number))
            return page(EntryRef(closed.epoch, closed.seq, ""))

        self._has_begun = self._is_out = False
        self._around.line.ask(day_sheet_asked, self._on_printed)

    def on_printer(self, report: PrinterReport) -> None:
        """The printer is otherwise than it was."""
        self._report = report
        self._has_begun = self._has_begun or report.waiting > 0
        is_done = self._has_begun and not report.waiting and not report.is_fault and report.state not in _UNDER_WAY
        self._is_out = self._is_out or is_done
        self.show_print()

    def show_print(self) -> None:
        """What became of the slip, in the present language."""
        slip = self._slip
        if slip is None:
            return
        if isinstance(slip, PosError):
            words = self.tr("Not printed: {why} The PDF is kept; print it later.")
            self._say_print(words.format(why=self._fault(slip)), "warn")
        elif not slip.number:
            self._say_print(self.tr("This station has no printer. The PDF is kept; print it elsewhere."), "")
        elif self._is_out:
            self._say_print(self.tr("The slip is printed."), "")
        elif self._report.is_fault:
            words = self.tr("The day is closed; the slip waits for the printer. {why}")
            self._say_print(words.format(why=self._words.fault(self._report, self.language)), "warn")
        else:
            self._say_print(self.tr("The slip is printing."), "")

    def _on_saved(self, found: str | PosError) -> None:
        self._say(self._fault(found) if isinstance(found, PosError) else self.tr("Saved: {file}").format(file=found))

    def _on_printed(self, found: SheetInQueue | PosError) -> None:
        self._slip = found
        self.show_print()

    def _fault(self, fault: PosError) -> str:
        line, _ = self._around.wording.of_fault(fault)
        return line.in_language(self.language)
