"""Puts the receipt of a deed into the queue of the printer; the next deed does not wait for it.

Apart from making slips because a page, not a slip, is what waits: after a power cut it is printed as it was worded.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.receipt_page import Row
from pos_client.domain.slip import Slip
from pos_client.domain.verdict import EntryRef

from .desk import Desk
from .slip import MakeSlip

_PRINTED: tuple[EntryKind, ...] = (EntryKind.TRANSACTION, EntryKind.REDEEM, EntryKind.HAND_OVER, EntryKind.BIND)


@dataclass(frozen=True, slots=True)
class Printed:
    """A receipt that was put into the queue.

    Attributes:
        number: in the queue; 0 where this lane has no printer.
    """

    slip: Slip
    rows: tuple[Row, ...]
    number: int
    paper_mm: int = 80


@dataclass(frozen=True, slots=True)
class PrintReceipt:
    """Prints receipts of one desk.

    Attributes:
        page: words a slip for this station's paper.
    """

    desk: Desk
    page: Callable[[Slip], Sequence[Row]]

    def __call__(self, seq: int) -> Printed | None:
        """The receipt of an entry; None where there is nothing to print. From the second on it is marked a reprint.

        Raises:
            StorageUnavailable, DiskFull: nothing was put into the queue.
        """
        slip = MakeSlip(self.desk)(seq)
        if slip is None:
            return None
        rows = tuple(self.page(slip))
        return Printed(slip, rows, self.desk.prints.put(receipt_name(slip.entry), rows), self.desk.prints.paper_mm)

    def again(self) -> Printed | None:
        """The last receipt once more; None before the first deed."""
        last = self.desk.journal.latest(1, _PRINTED)
        return self(last[0].seq) if last else None


def receipt_name(entry: EntryRef) -> str:
    """``2-118`` for entry 118 of epoch 2; the same at every print."""
    return f"{entry.epoch}-{entry.seq}"
