"""The figures of one business day as a shift lead looks at them: what stands, by hour, campaign, promoter and reason.

Apart from the reports, which say what was done and later taken back as two rows: here a redemption that was taken back
is gone, and all charts of a day add up to its tile. Nothing names a customer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeVar

from pos_client.domain.local_text import LocalText

from .day_sums import AskedDay, DaySums, asked_day, day_sums
from .desk import Desk

Id = TypeVar("Id", int, str)
MOST_BARS: Final = 8
OTHERS: Final = LocalText("其他", "Others")
NOBODY: Final = LocalText("未记促销员", "No promoter")
TEAM_MEAN: Final = LocalText("其他人平均", "Mean of the others")


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
    """A day's figures, counted where one stands; see ``figures_of`` for the arguments.

    Raises:
        UsageError: no office at this desk. CacheMissing: before the first data.
    """
    asked = asked_day(desk, day)
    return figures_of(desk, asked, day_sums(asked), operator, promoter)


def figures_of(desk: Desk, asked: AskedDay, sums: DaySums, operator: str, promoter: str) -> DayFigures:
    """A day's figures in names.

    Args:
        desk: this lane.
        asked: the day.
        sums: what it adds up to.
        operator: staff id of who looks: whoever decides sees all promoters, others see one.
        promoter: staff id of the promoter who gets the credit here.
    """
    waiting, _ = desk.journal.undelivered()
    named, band = _promoters(desk, sums.promoters, operator, promoter)
    return DayFigures(
        day=asked.day,
        today=asked.today,
        at=asked.at,
        redeemed=sums.redeemed,
        value_minor=sums.value_minor,
        taken_back=sums.taken_back,
        bound=sums.bound,
        handed_over=sums.handed_over,
        refused=sums.refused,
        pending=waiting,
        hours=_hours(sums),
        campaigns=_amounts(sums.campaigns, lambda number: _campaign(desk, number)),
        promoters=named,
        reasons=tuple(sorted(sums.reasons.items(), key=lambda each: (-each[1], each[0]))),
        band=band,
    )


def _hours(sums: DaySums) -> tuple[HourFigure, ...]:
    """From the first hour in which anything was, on this day or before, to the last."""
    known = sums.hours.keys() | sums.usual.keys()
    if not known:
        return ()
    days = sums.days_before
    return tuple(
        HourFigure(hour, sums.hours[hour], sums.usual[hour] / days if days else None)
        for hour in range(min(known), max(known) + 1)
    )


def _amounts(sums: Mapping[Id, tuple[int, int]], name: Callable[[Id], LocalText]) -> tuple[Amount, ...]:
    """The largest, most first, and all others as one."""
    order = sorted(sums, key=lambda each: (-sums[each][0], str(each)))
    bars = [Amount(name(each), *sums[each]) for each in order[:MOST_BARS]]
    rest = order[MOST_BARS:]
    if rest:
        bars.append(Amount(OTHERS, sum(sums[each][0] for each in rest), sum(sums[each][1] for each in rest)))
    return tuple(bars)


def _promoters(
    desk: Desk, sums: Mapping[str, tuple[int, int]], operator: str, promoter: str
) -> tuple[tuple[Amount, ...], RankBand | None]:
    people = {person.id: person for person in desk.cache.staff()}

    def name(staff_id: str) -> LocalText:
        known = people.get(staff_id)
        return LocalText(known.name, known.name) if known else NOBODY if not staff_id else _plain(staff_id)

    viewer = people.get(operator)
    if viewer is not None and viewer.role.decides:
        return _amounts(sums, name), None
    bars = [Amount(name(promoter), *sums.get(promoter, (0, 0)))]
    team = [who for who in sums if who and who != promoter]
    others = [sums[who][0] for who in team]
    if not promoter or not others:
        return (tuple(bars) if promoter and promoter in sums else ()), None
    place = sum(count > bars[0].count for count in others)
    mean_minor = round(sum(sums[who][1] for who in team) / len(team))
    bars.append(Amount(TEAM_MEAN, round(sum(others) / len(others)), mean_minor))
    people_count = len(others) + 1
    return tuple(bars), RankBand(place * 3 // people_count + 1, people_count)


def _campaign(desk: Desk, number: int) -> LocalText:
    offer = desk.cache.offer(number) if number else None
    return offer.name if offer else _plain(number) if number else LocalText("厂家券", "Makers' coupons")


def _plain(name: str | int) -> LocalText:
    return LocalText(str(name), str(name))
