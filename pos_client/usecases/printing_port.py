"""What printing needs from outside the core: a printer, and a queue on disk that waits for it.

Apart from the desk's other ports because nothing here can stop a deed: a receipt is put into the queue, and whoever
prints takes it out in a time of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from pos_client.domain.receipt_page import Row


class PrinterState(StrEnum):
    """How the printer is; the values after ``PRINTING`` are reasons of its faults."""

    NONE = "none"
    STARTING = "starting"
    READY = "ready"
    PAPER_LOW = "paper-low"
    PRINTING = "printing"
    ABSENT = "printer-absent"
    PAPER_OUT = "printer-paper-out"
    COVER_OPEN = "printer-cover-open"
    DRIVER_MISSING = "printer-driver-missing"
    UNAVAILABLE = "printer-unavailable"


_WELL: Final = frozenset(
    {PrinterState.NONE, PrinterState.STARTING, PrinterState.READY, PrinterState.PAPER_LOW, PrinterState.PRINTING}
)


@dataclass(frozen=True, slots=True)
class PrinterReport:
    """How the printer is, and what waits.

    Attributes:
        place: where it is, for a sentence. waiting: receipts in the queue.
        detail: of a fault, for a sentence. replaced: characters of the last receipt that its encoding lacks.
    """

    state: PrinterState = PrinterState.NONE
    place: str = ""
    waiting: int = 0
    detail: str = ""
    replaced: int = 0

    @property
    def is_fault(self) -> bool:
        """Whether somebody has to do something."""
        return self.state not in _WELL


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A page that is to be printed.

    Attributes:
        name: of the receipt, for a file's name and the list of what waits: ``2-118`` for entry 118 of epoch 2.
        rows: top to bottom.
        number: in the queue, 0 before it is there. put_at: aware UTC, when it was put there.
    """

    name: str
    rows: tuple[Row, ...]
    number: int = 0
    put_at: datetime | None = None


class ReceiptPrinter(Protocol):
    """A printer, used by one thread."""

    def state(self) -> PrinterState:
        """How it is now: ``READY`` or ``PAPER_LOW``. Raises PrinterUnavailable."""

    def print(self, job: PrintJob) -> int:
        """Print a page; returns once it was handed over whole.

        Returns:
            How many characters had to be replaced by a question mark.

        Raises:
            PrinterUnavailable: it may have printed a part.
        """


class PrintQueue(Protocol):
    """Pages that wait, in order, on disk. Every call may raise StorageUnavailable.

    Attributes:
        paper_mm: of this station's printer: 58 or 80. language: of its receipts, empty for the window's.
    """

    paper_mm: int
    language: str

    def put(self, name: str, rows: Sequence[Row]) -> int:
        """Put a page at the end; its number."""

    def first(self) -> PrintJob | None:
        """The one that waits longest."""

    def waiting(self) -> Sequence[PrintJob]:
        """All of them, longest first."""

    def done(self, number: int) -> None:
        """It was printed, or nobody wants it any more."""


class NoPrintQueue:
    """A lane without a printer: nothing is kept."""

    paper_mm = 80
    language = ""

    def put(self, name: str, rows: Sequence[Row]) -> int:  # noqa: ARG002 - the port's signature
        """Nothing is kept."""
        return 0

    def first(self) -> PrintJob | None:
        """Nothing waits."""
        return None

    def waiting(self) -> Sequence[PrintJob]:
        """Nothing waits."""
        return ()

    def done(self, number: int) -> None:
        """Nothing waits."""
