"""The figures of one business day as a shift lead looks at them: what stands, by hour, campaign, promoter and reason.

Apart from the reports, which say what was done and later taken back as two rows: here a redemption that was taken back
is gone, and all charts of a day add up to its tile. Nothing names a customer.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from pos_client.domain.business_time import from_ms, local_date
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.local_text import LocalText

from .day_office import DayGroup, office_of
from .desk import Desk

WEEKS: Final = 4
MOST_BARS: Final = 8
OTHERS: Final = LocalText("其他", "Others")
NOBODY: Final = LocalText("未记促销员", "No promoter")
TEAM_MEAN: Final = LocalText("其他人平均", "Mean of the others")
BOUND: Final = frozenset({"new", "owner"})
"""Bindings by which a customer is ours since; a phone that was changed or checked is none."""


@dataclass(frozen=True, slots=True)
class Amount:
    """One bar: what it is of, how many, and minor units."""

    of: LocalText
    count: int
    value_minor: int = 0


@dataclass(frozen=True, slots=True)
class HourFigure:
    """Redemptions of one hour of the store's day; ``usual`` is the mean of the same weekdays, None where none is."""

    hour: int
    count: int
    usual: float | None


@dataclass(frozen=True, slots=True)
class RankBand:
    """Where a promoter stands without saying who is before him: a third (1 the first) of so many."""

    third: int
    of: int


@dataclass(frozen=True, slots=True)
class DayFigures:
    """A day at one look.

    Attributes:
        day, today: business days; ``at`` when it was counted, aware UTC.
        redeemed, value_minor: redemptions that stand, and what they took off; ``taken_back`` others.
        pending: entries of all days that wait.
        band: of the promoter who looks, None where all are shown.
        reasons: stable reason and count, most frequent first.
    """

    day: date
    today: date
    at: datetime
    redeemed: int
    value_minor: int
    taken_back: int
    bound: int
    handed_over: int
    refused: int
    pending: int
    hours: tuple[HourFigure, ...] = ()
    campaigns: tuple[Amount, ...] = ()
    promoters: tuple[Amount, ...] = ()
    reasons: tuple[tuple[str, int], ...] = ()
    band: RankBand | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was done."""
        return not (self.redeemed or self.bound or self.handed_over or self.refused or self.taken_back)

    @property
    def refusal_percent(self) -> float:
        """Refusals in 100 codes that were judged."""
        judged = self.refused + self.redeemed
        return 100 * self.refused / judged if judged else 0.0


def day_figures(desk: Desk, day: date | None, operator: str, promoter: str) -> DayFigures:
    """A day's figures.

    Args:
        desk: this lane.
        day: None for today.
        operator: staff id of who looks: whoever decides sees all promoters, others see one.
        promoter: staff id of the promoter who gets the credit here.

    Raises:
        UsageError: no office at this desk. CacheMissing: before the first data.
    """
    time, zone = desk.trusted_time(), ZoneInfo(desk.cache.store().zone)
    today = local_date(time.now, desk.cache.store().zone)
    shown = day or today
    before = [shown - timedelta(weeks=number) for number in range(1, WEEKS + 1)]
    groups = office_of(desk.office).groups([shown, *before])
    ours = [one for one in groups if one.business_date == shown]
    uses = [one for one in ours if one.kind is EntryKind.REDEEM]
    standing = [one for one in uses if not one.is_voided]
    waiting, _ = desk.journal.undelivered()
    named, band = _promoters(desk, standing, operator, promoter)
    return DayFigures(
        day=shown,
        today=today,
        at=time.now,
        redeemed=_count(standing),
        value_minor=sum(one.amount_minor for one in standing),
        taken_back=_count(uses) - _count(standing),
        bound=_count([one for one in _standing(ours, EntryKind.BIND) if one.action in BOUND]),
        handed_over=sum(one.pieces for one in _standing(ours, EntryKind.HAND_OVER)),
        refused=_count(_standing(ours, EntryKind.REJECT)),
        pending=waiting,
        hours=_hours(standing, [one for one in groups if one.business_date != shown], zone),
        campaigns=_amounts(standing, lambda one: one.campaign, lambda number: _campaign(desk, int(number))),
        promoters=named,
        reasons=_reasons(_standing(ours, EntryKind.REJECT)),
        band=band,
    )


def _standing(groups: Sequence[DayGroup], kind: EntryKind) -> list[DayGroup]:
    return [one for one in groups if one.kind is kind and not one.is_voided]


def _count(groups: Sequence[DayGroup]) -> int:
    return sum(one.count for one in groups)


def _hours(standing: Sequence[DayGroup], before: Sequence[DayGroup], zone: ZoneInfo) -> tuple[HourFigure, ...]:
    """From the first hour in which anything was, on this day or before, to the last."""
    now, usual = Counter[int](), Counter[int]()
    for one in standing:
        now[from_ms(one.from_ms).astimezone(zone).hour] += one.count
    days = {one.business_date for one in before}
    for one in before:
        if one.kind is EntryKind.REDEEM and not one.is_voided:
            usual[from_ms(one.from_ms).astimezone(zone).hour] += one.count
    known = now.keys() | usual.keys()
    if not known:
        return ()
    return tuple(
        HourFigure(hour, now[hour], usual[hour] / len(days) if days else None)
        for hour in range(min(known), max(known) + 1)
    )


def _amounts(
    groups: Sequence[DayGroup], key: Callable[[DayGroup], str | int], name: Callable[[str | int], LocalText]
) -> tuple[Amount, ...]:
    """The largest, most first, and all others as one."""
    sums: defaultdict[str | int, list[int]] = defaultdict(lambda: [0, 0])
    for one in groups:
        sums[key(one)][0] += one.count
        sums[key(one)][1] += one.amount_minor
    order = sorted(sums, key=lambda each: (-sums[each][0], str(each)))
    bars = [Amount(name(each), *sums[each]) for each in order[:MOST_BARS]]
    rest = order[MOST_BARS:]
    if rest:
        bars.append(Amount(OTHERS, sum(sums[each][0] for each in rest), sum(sums[each][1] for each in rest)))
    return tuple(bars)


def _promoters(
    desk: Desk, standing: Sequence[DayGroup], operator: str, promoter: str
) -> tuple[tuple[Amount, ...], RankBand | None]:
    people = {person.id: person for person in desk.cache.staff()}

    def name(staff_id: str | int) -> LocalText:
        known = people.get(str(staff_id))
        return LocalText(known.name, known.name) if known else NOBODY if not staff_id else _plain(staff_id)

    viewer = people.get(operator)
    if viewer is not None and viewer.role.decides:
        return _amounts(standing, lambda one: one.promoter, name), None
    counts, values = Counter[str](), Counter[str]()
    for one in standing:
        counts[one.promoter] += one.count
        values[one.promoter] += one.amount_minor
    own = [one for one in standing if one.promoter == promoter]
    bars = [Amount(name(promoter), _count(own), sum(one.amount_minor for one in own))]
    team = [who for who in counts if who and who != promoter]
    others = [counts[who] for who in team]
    if not promoter or not others:
        return (tuple(bars) if promoter and own else ()), None
    place = sum(count > bars[0].count for count in others)
    mean_minor = round(sum(values[who] for who in team) / len(team))
    bars.append(Amount(TEAM_MEAN, round(sum(others) / len(others)), mean_minor))
    people_count = len(others) + 1
    return tuple(bars), RankBand(place * 3 // people_count + 1, people_count)


def _reasons(refusals: Sequence[DayGroup]) -> tuple[tuple[str, int], ...]:
    counts = Counter[str]()
    for one in refusals:
        counts[one.reason] += one.count
    return tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def _campaign(desk: Desk, number: int) -> LocalText:
    offer = desk.cache.offer(number) if number else None
    return offer.name if offer else _plain(number) if number else LocalText("厂家券", "Makers' coupons")


def _plain(name: str | int) -> LocalText:
    return LocalText(str(name), str(name))
