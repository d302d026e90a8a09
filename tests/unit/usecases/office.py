"""An office for tests of the day's end: the counter's real journal, files in memory, and a delivery that the test sets.

Apart from conftest because the tests name its type.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from pos_client.domain.closings.three_books import HostBook
from pos_client.domain.journal_entry import EntryKind
from pos_client.storage.day_book import SqlDayBook
from pos_client.storage.journal import SqlJournal
from pos_client.usecases.day_count import DayCount
from pos_client.usecases.day_office import CarriedFile, DayGroup, Delivery, Waiting


@dataclass
class DeskOffice:
    """A ``DayOffice`` over a real journal.

    Attributes:
        has_contact, trouble: how the delivery stands. files: what was kept.
    """

    journal: SqlJournal
    has_contact: bool = False
    trouble: str = ""
    is_held: bool = False
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def days(self) -> SqlDayBook:
        """The journal by days."""
        return self.journal.days

    def compare_host(self, days: Sequence[date], ranges: Sequence[DayCount]) -> HostBook | None:
        """No host gave anything."""
        return None

    def groups(self, days: Sequence[date]) -> Sequence[DayGroup]:
        """Counted entries."""
        return self.journal.days.groups(days)

    def next_waiting(self) -> Waiting | None:
        """The oldest that waits."""
        batch = self.journal.outbox.next_batch(1, 1)
        if batch is None:
            return None
        fields = self.journal.latest(100)[-1].fields()
        return Waiting(
            datetime.fromisoformat(fields["at"]), EntryKind(fields["kind"]), int(fields.get("campaign") or 0)
        )

    def hold_delivery(self, *, held: bool) -> None:
        """Pause."""
        self.is_held = held

    def delivery(self) -> Delivery:
        """As the test set it."""
        return Delivery(self.is_held, self.has_contact, self.trouble)

    def carry_out(self, day: date) -> CarriedFile:
        """A file of all that waits."""
        count, _ = self.journal.undelivered()
        self.files[f"{day}.bundle"] = b"sealed"
        return CarriedFile(f"{day}.bundle", count, "0" * 64)

    def keep(self, name: str, content: bytes) -> str:
        """Keep it in memory."""
        self.files[name] = content
        return name

    def keep_books(self, day: date, name: str) -> str:
        """The books are closing's own."""
        return self.keep(name, day.isoformat().encode())
