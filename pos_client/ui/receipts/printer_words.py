"""How the printer is, in two or three words for the top bar, and in a sentence for whoever asks."""

from PySide6.QtCore import QObject

from pos_client.config.wording import Wording
from pos_client.domain import printer_errors
from pos_client.domain.printer_errors import PrinterUnavailable
from pos_client.usecases.printing_port import PrinterReport, PrinterState

_FAULTS: dict[PrinterState, type[PrinterUnavailable]] = {
    PrinterState.ABSENT: printer_errors.PrinterAbsent,
    PrinterState.PAPER_OUT: printer_errors.PrinterPaperOut,
    PrinterState.COVER_OPEN: printer_errors.PrinterCoverOpen,
    PrinterState.DRIVER_MISSING: printer_errors.PrinterDriverMissing,
    PrinterState.UNAVAILABLE: printer_errors.PrinterUnavailable,
}


class PrinterWords(QObject):
    """Sentences in the language that the labels speak.

    Args:
        wording: sentences of faults.
    """

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording

    def state(self, report: PrinterReport) -> str:
        """Two or three words; empty where there is no printer."""
        return {
            PrinterState.NONE: "",
            PrinterState.STARTING: self.tr("Printer is being asked"),
            PrinterState.READY: self.tr("Printer ready"),
            PrinterState.PAPER_LOW: self.tr("Paper low"),
            PrinterState.PRINTING: self.tr("Printing"),
            PrinterState.ABSENT: self.tr("No printer"),
            PrinterState.PAPER_OUT: self.tr("No paper"),
            PrinterState.COVER_OPEN: self.tr("Cover open"),
            PrinterState.DRIVER_MISSING: self.tr("No driver"),
            PrinterState.UNAVAILABLE: self.tr("Printer fault"),
        }[report.state]

    def chip(self, report: PrinterReport) -> str:
        """A fault for all to see, with the number of receipts that wait; empty while nothing is wrong."""
        if not report.is_fault and report.state is not PrinterState.PAPER_LOW:
            return ""
        if not report.waiting:
            return self.state(report)
        return f"{self.state(report)} · {report.waiting}"

    def fault(self, report: PrinterReport, language: str) -> str:
        """Why it does not print and what to do; empty where it does."""
        if not report.is_fault:
            return ""
        facts = {"place": report.place, "package": "pos-client[usb-printer]"}
        line, step = self._wording.of_fault(_FAULTS[report.state](report.detail, **facts))
        return f"{line.in_language(language)} {step.in_language(language)}"
