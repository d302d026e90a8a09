"""Entries that the lane writes about itself: it was enrolled, its data was swapped. No customer is part of them."""

from dataclasses import dataclass
from typing import Final

from pos_client.domain.business_time import local_date, to_ms
from pos_client.domain.journal_entry import EntryDraft, EntryKind, wire_time
from pos_client.storage.journal import SqlJournal
from pos_client.usecases.trusted_clock import TrustedClock

from .lane import VERSION, LaneFiles

SOURCE: Final = "lane"


@dataclass(frozen=True, slots=True)
class LaneEntries:
    """Writes entries about this lane."""

    files: LaneFiles
    journal: SqlJournal

    def write(self, kind: EntryKind, **facts: str | int) -> None:
        """Append one entry with the fields that every entry has."""
        self.journal.append(self.draft(kind, **facts))

    def draft(self, kind: EntryKind, **facts: str | int) -> EntryDraft:
        """The same, to be appended by the caller."""
        reading, time = self.files.clock.read(), TrustedClock(self.files.clock, self.journal).now()
        known = self.files.orders.enrolment
        fields = {
            "at": wire_time(time.now),
            "wall_ms": to_ms(reading.wall),
            "mono_ms": reading.monotonic_ms,
            "boot_id": reading.boot_id,
            "time_quality": time.quality.value,
            "business_date": local_date(time.now, known.store.zone).isoformat(),
            "store": known.store.number,
            "lane": known.lane_no,
            "booth": known.booth,
            "operator": "",
            "promoter": "",
            "campaign": None,
            "source": SOURCE,
            "app_ver": VERSION,
        }
        return EntryDraft(kind, fields | facts)
