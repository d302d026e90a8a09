"""Puts the sheet of a closed day into the queue of the printer; the day is closed whether or not it comes out.

Apart from receipts because a day has no goods, and because one that still waits is not put there twice: whoever asks
again while the printer is in trouble wants the same paper.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pos_client.domain.receipt_page import Row
from pos_client.domain.verdict import EntryRef

from .desk import Desk
from .printing_port import NoPrintQueue


@dataclass(frozen=True, slots=True)
class SheetInQueue:
    """A day's sheet on its way to the printer.

    Attributes:
        number: in the queue; 0 where this lane has no printer.
        waited: it was there already, so nothing was put there.
    """

    number: int
    waited: bool = False


@dataclass(frozen=True, slots=True)
class PrintDay:
    """Prints the sheets of one desk's days.

    Attributes:
        page: rows of the sheet for one print, 1 for the first; every later one is marked a reprint.
    """

    desk: Desk
    page: Callable[[int], Sequence[Row]]

    def __call__(self, closing: EntryRef) -> SheetInQueue:
        """The sheet of the day that this entry closed.

        Raises:
            StorageUnavailable, DiskFull: nothing was put into the queue.
        """
        prints = self.desk.prints
        if isinstance(prints, NoPrintQueue):
            return SheetInQueue(0)
        name = sheet_name(closing)
        for job in prints.waiting():
            if job.name == name:
                return SheetInQueue(job.number, waited=True)
        return SheetInQueue(prints.put(name, self.page(self.desk.slips.count_print(closing))))


def sheet_name(closing: EntryRef) -> str:
    """``day-2-118`` for the day that entry 118 of epoch 2 closed; the same at every print."""
    return f"day-{closing.epoch}-{closing.seq}"
