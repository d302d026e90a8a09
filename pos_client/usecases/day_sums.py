"""A business day added up for its charts, beside the same weekdays before it. Names nobody: ids and counts.

Apart from the figures because adding up needs nothing of the desk, and a long day is added up on a thread on which no
deed waits.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from pos_client.domain.business_time import from_ms, local_date
from pos_client.domain.journal_entry import EntryKind

from .day_office import DayGroup, DayOffice, office_of
from .desk import Desk

WEEKS: Final = 4
BOUND: Final = frozenset({"new", "owner"})
"""Bindings by which a customer is ours since; a phone that was changed or checked is none."""


@dataclass(frozen=True, slots=True)
class AskedDay:
    """Which day is looked at, as the desk knows days.

    Attributes:
        day, today: business days; ``at`` is now, aware UTC. zone: the store's.
        office: counts, from any thread.
    """

    day: date
    today: date
    at: datetime
    zone: ZoneInfo
    office: DayOffice

    @property
    def before(self) -> list[date]:
        """The same weekdays, to which it is compared."""
        return [self.day - timedelta(weeks=number) for number in range(1, WEEKS + 1)]


@dataclass(slots=True)
class DaySums:
    """What a day adds up to.

    Attributes:
        redeemed, value_minor: redemptions that stand, and what they took off; ``taken_back`` others.
        hours: of those that stand, of the store's day; ``usual`` the same of ``days_before`` days together.
        campaigns, promoters: count and minor units by id, of those that stand.
    """

    redeemed: int = 0
    value_minor: int = 0
    taken_back: int = 0
    bound: int = 0
    handed_over: int = 0
    refused: int = 0
    days_before: int = 0
    hours: Counter[int] = field(default_factory=Counter)
    usual: Counter[int] = field(default_factory=Counter)
    campaigns: dict[int, tuple[int, int]] = field(default_factory=dict)
    promoters: dict[str, tuple[int, int]] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)


def asked_day(desk: Desk, day: date | None) -> AskedDay:
    """What is to be counted; None for today.

    Raises:
        UsageError: no office at this desk. CacheMissing: before the first data.
    """
    time, zone = desk.trusted_time(), desk.cache.store().zone
    today = local_date(time.now, zone)
    return AskedDay(day or today, today, time.now, ZoneInfo(zone), office_of(desk.office))


def day_sums(asked: AskedDay) -> DaySums:
    """Count the day, and add it up: from any thread."""
    groups = asked.office.groups([asked.day, *asked.before])
    sums = DaySums()
    for group in groups:
        if group.business_date == asked.day:
            _add(sums, group, asked.zone)
    _add_usual(sums, [one for one in groups if one.business_date != asked.day], asked.zone)
    return sums


def _add(sums: DaySums, group: DayGroup, zone: ZoneInfo) -> None:
    if group.kind is EntryKind.REDEEM:
        _add_redemptions(sums, group, zone)
    elif group.is_voided:
        return
    elif group.kind is EntryKind.BIND:
        sums.bound += group.count * (group.action in BOUND)
    elif group.kind is EntryKind.HAND_OVER:
        sums.handed_over += group.pieces
    elif group.kind is EntryKind.REJECT:
        sums.refused += group.count
        sums.reasons[group.reason] += group.count


def _add_redemptions(sums: DaySums, group: DayGroup, zone: ZoneInfo) -> None:
    if group.is_voided:
        sums.taken_back += group.count
        return
    sums.redeemed += group.count
    sums.value_minor += group.amount_minor
    sums.hours[_hour(group, zone)] += group.count
    count, value_minor = sums.campaigns.get(group.campaign, (0, 0))
    sums.campaigns[group.campaign] = (count + group.count, value_minor + group.amount_minor)
    count, value_minor = sums.promoters.get(group.promoter, (0, 0))
    sums.promoters[group.promoter] = (count + group.count, value_minor + group.amount_minor)


def _add_usual(sums: DaySums, before: Sequence[DayGroup], zone: ZoneInfo) -> None:
    sums.days_before = len({one.business_date for one in before})
    for one in before:
        if one.kind is EntryKind.REDEEM and not one.is_voided:
            sums.usual[_hour(one, zone)] += one.count


def _hour(group: DayGroup, zone: ZoneInfo) -> int:
    return from_ms(group.from_ms).astimezone(zone).hour
