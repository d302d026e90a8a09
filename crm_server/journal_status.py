"""Where a journal stands here; apart from the inbox because it only reads."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, select

from .problems import Problem
from .schema import DEVICE_EPOCH, INBOX, QUARANTINE
from .stored_ranges import StoredRanges, stored_ranges

RESULTS: Final = ("accepted", "conflict", "quarantined", "forked")


@dataclass(frozen=True, slots=True)
class JournalStatus:
    """What is stored of an epoch, and how many entries by result."""

    stored: StoredRanges
    counts: dict[str, int]


def journal_status(connection: Connection, device: str, epoch: int) -> JournalStatus:
    """Count an epoch's entries.

    Raises:
        Problem: journal-unknown.
    """
    known = select(DEVICE_EPOCH.c.epoch).where(DEVICE_EPOCH.c.device == device, DEVICE_EPOCH.c.epoch == epoch)
    if connection.execute(known).one_or_none() is None:
        raise Problem("journal-unknown")
    grouped = connection.execute(
        select(INBOX.c.result, func.count()).where(INBOX.c.device == device, INBOX.c.epoch == epoch).group_by("result")
    )
    counts = dict.fromkeys(RESULTS, 0) | {row[0]: row[1] for row in grouped}
    counts["quarantined"] += connection.execute(
        select(func.count()).select_from(QUARANTINE).where(QUARANTINE.c.device == device, QUARANTINE.c.epoch == epoch)
    ).scalar_one()
    return JournalStatus(stored_ranges(connection, device, epoch), counts)
