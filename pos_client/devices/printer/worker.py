"""The printer's thread: takes pages out of the queue one after the other, for as long as it takes.

Apart from the till's thread so that a printer that hangs, is switched off or has no paper holds up nobody but itself.
"""

import logging
import threading
from collections.abc import Callable
from typing import Final

from pos_client.domain.errors import StorageUnavailable
from pos_client.domain.printer_errors import PrinterUnavailable
from pos_client.usecases.printing_port import PrinterReport, PrinterState, PrintJob, PrintQueue, ReceiptPrinter

RETRY_S: Final = 5.0
LOOK_S: Final = 0.3
"""How often the queue is looked at: another program of this lane may have put something into it."""

_ASK_EVERY_S: Final = 30.0
_log = logging.getLogger(__name__)


class PrinterWorker:
    """Prints until it is told to stop.

    Args:
        queue: on disk; a page leaves it when it was handed over whole.
        printer: used by this thread alone. place: where it is, for sentences.
        on_report: told on this thread whenever something changed; returns at once.
        retry_s: after a fault. ask_every_s: how often an idle printer is asked how it is.
    """

    def __init__(
        self,
        queue: PrintQueue,
        printer: ReceiptPrinter,
        place: str,
        on_report: Callable[[PrinterReport], None],
        retry_s: float = RETRY_S,
        ask_every_s: float = _ASK_EVERY_S,
    ) -> None:
        self._queue, self._printer, self._place, self._on_report = queue, printer, place, on_report
        self._retry_s, self._ask_every_s = retry_s, ask_every_s
        self._report: PrinterReport | None = None
        self._replaced = 0

    def run(self, stop: threading.Event) -> None:
        """Print what waits, and what is put into the queue, until ``stop`` is set."""
        self._tell(PrinterState.STARTING)
        idle_s = self._ask_every_s
        while not stop.is_set():
            try:
                job = self._queue.first()
                if job is None and idle_s < self._ask_every_s:
                    idle_s += LOOK_S
                    stop.wait(LOOK_S)
                    continue
                idle_s = 0.0
                self._serve(job)
            except PrinterUnavailable as fault:
                self._tell(PrinterState(fault.reason), fault.detail)
                idle_s = self._ask_every_s
                stop.wait(self._retry_s)
            except StorageUnavailable as fault:
                _log.warning("the print queue cannot be used: %s", fault.detail)
                stop.wait(self._retry_s)

    def _serve(self, job: PrintJob | None) -> None:
        """Print one page, or ask an idle printer how it is."""
        if job is None:
            self._tell(self._printer.state())
            return
        if self._report is None or not self._report.is_fault:
            self._tell(PrinterState.PRINTING)
        self._replaced = self._printer.print(job) if job.rows else 0
        self._queue.done(job.number)
        if self._replaced:
            _log.info("receipt %s: %s characters that its encoding lacks", job.name, self._replaced)
        self._tell(PrinterState.READY)

    def _tell(self, state: PrinterState, detail: str = "") -> None:
        report = PrinterReport(state, self._place, len(self._queue.waiting()), detail, self._replaced)
        if report != self._report:
            if self._report is None or self._report.state is not state:
                _log.info("printer: %s, %s waiting", state.value, report.waiting)
            self._report = report
            self._on_report(report)
