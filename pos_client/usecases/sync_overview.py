"""The lane at a glance: what waits, how old the data is, what needs a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pos_client.domain.business_time import local_date
from pos_client.domain.trusted_time import TrustedTime
from pos_client.domain.verdict import Notice

from .desk import Desk
from .lost_uses import standing_conflicts
from .notices import notices, of_sync
from .ports import LateRefusal, OpenIntent


@dataclass(frozen=True, slots=True)
class Overview:
    """One look.

    Attributes:
        undelivered, oldest: entries that wait, and since when.
        open_intents: begun and not ended. late: refused by an answer that came after they were done.
        conflicts: entries that lost their use to another lane.
        data_as_of, generation: of the cache; None and 0 before the first data.
        tally: what stands of the business day, by kind.
        set_aside: rows of the centre that could not be read, and count as unknown.
    """

    time: TrustedTime
    undelivered: int
    oldest: datetime | None
    open_intents: tuple[OpenIntent, ...]
    late: tuple[LateRefusal, ...]
    conflicts: int
    data_as_of: datetime | None
    generation: int
    tally: Mapping[str, int]
    notices: tuple[Notice, ...]
    set_aside: int = 0


def overview(desk: Desk, operator: str = "") -> Overview:
    """Read the journal's and the cache's state. Works before the first data."""
    time = desk.trusted_time()
    freshness = desk.cache.freshness()
    undelivered, oldest = desk.journal.undelivered()
    intents = tuple(desk.journal.open_intents())
    zone = desk.cache.store().zone if freshness else "UTC"
    beside = notices(desk, time) + of_sync(desk)
    if intents:
        beside += (Notice("open-intent", {"count": len(intents)}),)
    late = tuple(desk.journal.late_refusals())
    if late:
        beside += (Notice("late-refusal", {"count": len(late)}),)
    conflicts = standing_conflicts(desk)
    if conflicts:
        beside += (Notice("stored-in-conflict", {"count": conflicts}),)
    return Overview(
        time=time,
        undelivered=undelivered,
        oldest=oldest,
        open_intents=intents,
        late=late,
        conflicts=conflicts,
        data_as_of=freshness.as_of if freshness else None,
        generation=freshness.generation if freshness else 0,
        tally=desk.journal.counts(local_date(time.now, zone), operator),
        notices=beside,
        set_aside=desk.cache.set_aside(),
    )
