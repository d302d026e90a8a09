"""The kiosk's slips on the lane's own printer: put into the queue on disk, watched, and taken out again in time.

Apart from the clerk's receipts because here nobody reprints: a slip that does not come while its customer stands there
must never come out for the next one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Slot

from pos_client.config.slip_page import slip_rows
from pos_client.config.wording import Wording
from pos_client.domain.errors import PosError
from pos_client.domain.receipt_page import Row
from pos_client.domain.slip import Slip
from pos_client.usecases.desk import Desk
from pos_client.usecases.print_receipt import PrintReceipt
from pos_client.usecases.printing_port import PrinterReport, PrinterState
from pos_client.usecases.slip_out import SlipState
from pos_client.usecases.till_session import TillSession

from .staff_door import Asks

_IDLE = frozenset({PrinterState.READY, PrinterState.PAPER_LOW})


@dataclass(eq=False, slots=True)
class _Job:
    """The slips of one customer. ``numbers`` belongs to the till's thread, which alone asks the queue."""

    then: Callable[[SlipState], None]
    state: SlipState = SlipState.PRINTING
    is_put: bool = False
    numbers: list[int] = field(default_factory=list)


class PaperSlips(QObject):
    """Fulfils ``SlipOut``.

    Args:
        asks: the desk. wording: of slips.
    """

    def __init__(self, asks: Asks, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asks, self._wording = asks, wording
        self._report = PrinterReport()
        self._job: _Job | None = None

    def begin(self, seqs: Sequence[int], language: str, then: Callable[[SlipState], None]) -> SlipState:
        """Print the slips of these entries; where the printer is known to be in trouble, there is no need to wait."""
        self.cancel()
        if self._report.is_fault:
            return SlipState.FAILED
        job = self._job = _Job(then)

        def put(desk: Desk, _session: TillSession) -> None:
            wanted = desk.prints.language or language

            def page(slip: Slip) -> list[Row]:
                return slip_rows(slip, self._wording, wanted, desk.prints.paper_mm)

            for seq in seqs:
                printed = PrintReceipt(desk, page)(seq)
                job.numbers += [printed.number] if printed and printed.number else []

        self._asks.ask(put, lambda found: self._on_put(job, found))
        return job.state

    def cancel(self) -> None:
        """The customer has gone: whatever was not printed is not."""
        job, self._job = self._job, None
        if job is not None and job.state is not SlipState.PRINTED:
            self._take_out(job)

    @Slot(object)
    def on_report(self, report: PrinterReport) -> None:
        """How the printer is."""
        self._report = report
        job = self._job
        if job is None or job.state is not SlipState.PRINTING:
            return
        if report.is_fault:
            self._take_out(job)
            self._finish(job, SlipState.FAILED)
        elif report.state in _IDLE:
            self._look(job)

    def _on_put(self, job: _Job, found: object) -> None:
        if isinstance(found, PosError):
            self._take_out(job)
            self._finish(job, SlipState.FAILED)
            return
        job.is_put = True
        self._look(job)

    def _look(self, job: _Job) -> None:
        """The queue knows what was printed: a page leaves it once it was handed over whole."""
        if job.is_put:
            self._asks.ask(lambda desk, _session: _are_out(desk, job), lambda found: self._on_looked(job, found))

    def _on_looked(self, job: _Job, found: object) -> None:
        if found is True:
            self._finish(job, SlipState.PRINTED)

    def _take_out(self, job: _Job) -> None:
        """In the till's order this comes after the putting in, however soon it is wanted."""
        self._asks.ask(lambda desk, _session: _remove(desk, job), lambda _found: None)

    def _finish(self, job: _Job, state: SlipState) -> None:
        if job.state is SlipState.PRINTING:
            job.state = state
            if job is self._job:
                job.then(state)


def _are_out(desk: Desk, job: _Job) -> bool:
    waiting = {waits.number for waits in desk.prints.waiting()}
    return not waiting & set(job.numbers)


def _remove(desk: Desk, job: _Job) -> None:
    for number in job.numbers:
        desk.prints.done(number)
