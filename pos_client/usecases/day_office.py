"""What the screens of the day's end and of its figures reach for beyond the desk: days, files, the delivery.

Apart from the desk's own ports because no customer's deed needs any of it. Bootstrap fulfils it for a window.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from pos_client.domain.closings.three_books import HostBook
from pos_client.domain.errors import UsageError
from pos_client.domain.journal_entry import EntryKind

from .closing_port import DayBook
from .day_count import DayCount


@dataclass(frozen=True, slots=True)
class DayGroup:
    """Entries of a business day that a chart need not tell apart.

    Attributes:
        from_ms: begin of a redemption's quarter of an hour, Unix milliseconds; 0 of all else.
        reason: of a refusal, else empty. action: of a binding, else empty.
        is_voided: they were taken back since.
        count: how many entries. amount_minor: what they took off, minor units. pieces: things that changed hands.
    """

    business_date: date
    kind: EntryKind
    from_ms: int
    campaign: int
    promoter: str
    reason: str
    action: str
    is_voided: bool
    count: int
    amount_minor: int
    pieces: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """The entry that is delivered next.

    Attributes:
        campaign: 0 for none.
    """

    at: datetime
    kind: EntryKind
    campaign: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the delivery stands.

    Attributes:
        is_held: somebody paused it. has_contact: the last attempt reached a server.
        trouble: stable reason of what stands in the way, empty for nothing.
    """

    is_held: bool = False
    has_contact: bool = False
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class CarriedFile:
    """A file for the centre, sealed and signed.

    Attributes:
        path: as a person finds it. entries: how many are in it. sha256: hexadecimal, of the whole file.
    """

    path: str
    entries: int
    sha256: str


class DayOffice(Protocol):
    """Everything around the end of a day. Called on the till's thread; what says otherwise, from anywhere."""

    @property
    def days(self) -> DayBook:
        """The journal by days."""

    def compare_host(self, days: Sequence[date], ranges: Sequence[DayCount]) -> HostBook | None:
        """The host's receipts of some days against ours; None where it gave none."""

    def groups(self, days: Sequence[date]) -> Sequence[DayGroup]:
        """Entries of some business days, counted. From any thread; a day's first count takes its time."""

    def next_waiting(self) -> Waiting | None:
        """What is delivered next; None where nothing waits."""

    def hold_delivery(self, *, held: bool) -> None:
        """Deliver nothing until told to go on; what is under way is finished."""

    def delivery(self) -> Delivery:
        """How the delivery stands."""

    def carry_out(self, day: date) -> CarriedFile:
        """Write all that waits into a file for the centre. Raises SealKeyMissing, DiskFull, StorageUnavailable."""

    def keep(self, name: str, content: bytes) -> str:
        """Keep a file of the day under a plain name; where it is. Raises DiskFull, StorageUnavailable."""

    def keep_books(self, day: date, name: str) -> str:
        """Keep the three books of a closed day. Raises UsageError, DiskFull, StorageUnavailable."""


def office_of(office: DayOffice | None) -> DayOffice:
    """The office, where there is one. Raises UsageError."""
    if office is None:
        raise UsageError("no days are closed at this desk")
    return office
