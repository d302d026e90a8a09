"""The office of a window's desk: days, files and the delivery, as the screens of the day's end ask.

Apart from closing as commands use it, which opens a lane for itself: this one stands beside an open window.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final, Protocol

from pos_client.config.whole_file import replace_file
from pos_client.domain.closings.three_books import HostBook
from pos_client.domain.errors import UsageError
from pos_client.domain.journal_entry import EntryKind
from pos_client.storage.day_book import SqlDayBook
from pos_client.storage.day_groups import DayGroups
from pos_client.storage.journal import SqlJournal
from pos_client.storage.journal_file import open_for_reading
from pos_client.sync.status import SyncStatus
from pos_client.usecases.day_count import DayCount
from pos_client.usecases.day_office import CarriedFile, DayGroup, Delivery, Waiting
from pos_client.usecases.desk import Desk

from .carrying import export_journal
from .closing import HostReceipts, books_of
from .host_papers import host_book
from .lane import Lane, LaneFiles

_FOLDER: Final = "closings"
_PLAIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-.")
_BLOCK: Final = 1 << 20


class Holds(Protocol):
    """Whoever delivers, and can be asked to wait."""

    def hold(self, *, held: bool) -> None:
        """Deliver nothing, or go on."""


@dataclass(slots=True)
class WindowOffice:
    """Fulfils ``DayOffice`` for an open window.

    Args:
        files, journal: the lane. desk, worker: given once they are made.
    """

    files: LaneFiles
    journal: SqlJournal
    desk: Desk | None = None
    worker: Holds | None = None
    _held: bool = False
    _status: SyncStatus | None = field(default=None)
    _groups: DayGroups = field(default_factory=DayGroups)

    @property
    def days(self) -> SqlDayBook:
        """The journal by days."""
        return self.journal.days

    def on_status(self, status: SyncStatus) -> None:
        """Told by the sync thread; one reference that is replaced whole."""
        self._status = status

    def compare_host(self, days: Sequence[date], ranges: Sequence[DayCount]) -> HostBook | None:
        """The host's receipts of some days against ours."""
        with host_book(self.files) as book:
            return HostReceipts(self._lane(), book)(days, ranges)

    def groups(self, days: Sequence[date]) -> Sequence[DayGroup]:
        """Entries of some business days, counted beside the till's own connection: a scan never waits for a chart."""
        with closing(open_for_reading(self.files.home.journal)) as file:
            return self._groups.of(file, days)

    def next_waiting(self) -> Waiting | None:
        """What is delivered next."""
        batch = self.journal.outbox.next_batch(1, 1)
        if batch is None or not batch.rows:
            return None
        fields = json.loads(batch.rows[0].body)
        return Waiting(
            datetime.fromisoformat(fields["at"]), EntryKind(fields["kind"]), int(fields.get("campaign") or 0)
        )

    def hold_delivery(self, *, held: bool) -> None:
        """Deliver nothing until told to go on."""
        self._held = held
        if self.worker is not None:
            self.worker.hold(held=held)

    def delivery(self) -> Delivery:
        """How the delivery stands."""
        status = self._status
        if status is None:
            return Delivery(self._held)
        has_contact = status.last_contact is not None and status.way != "none" and not status.last_error
        refused = status.last_error if status.last_contact is not None and not has_contact else ""
        return Delivery(self._held, has_contact, refused)

    def carry_out(self, day: date) -> CarriedFile:
        """Write all that waits into a file for the centre."""
        file = self._folder() / f"{day.isoformat()}.bundle"
        carried = export_journal(self.files.home.root, file, everything=False)
        return CarriedFile(str(file), carried.entries, _sha256(file))

    def keep(self, name: str, content: bytes) -> str:
        """Keep a file of the day under a plain name."""
        file = self._file(name)
        replace_file(file, content)
        return str(file)

    def keep_books(self, day: date, name: str) -> str:
        """Keep the three books of a closed day."""
        return self.keep(name, books_of(self._lane(), day))

    def _file(self, name: str) -> Path:
        if not name or not set(name) <= _PLAIN or name.startswith("."):
            raise UsageError(f"{name[:40]} is no plain name")
        return self._folder() / name

    def _folder(self) -> Path:
        folder = self.files.home.root / _FOLDER
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def _lane(self) -> Lane:
        if self.desk is None:
            raise UsageError("the office has no desk yet")
        return Lane(self.files, self.desk, self.journal)


class TellsAll:
    """Several who want to know how sync fares, as one.

    Args:
        listeners: told in their order, on the sync thread.
    """

    def __init__(self, listeners: Sequence[Callable[[SyncStatus], None]]) -> None:
        self._listeners = listeners

    def __call__(self, status: SyncStatus) -> None:
        """Tell them."""
        for listener in self._listeners:
            listener(status)


def _sha256(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while block := content.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
