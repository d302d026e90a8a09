"""A day's figures are the journal's: what was taken back is gone, charts add up to their tile, nobody is named."""

from collections import Counter as Count
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pos_client.domain.book_reports import BookReport
from pos_client.domain.journal_entry import EntryDraft, EntryKind
from pos_client.usecases.counters import counters
from pos_client.usecases.day_figures import MOST_BARS, TEAM_MEAN, DayFigures, day_figures
from pos_client.usecases.lane_status import Contact, lane_status
from pos_client.usecases.report_book import report_of
from tests import builders as a
from tests.unit.usecases.counter import CLERK, PROMOTER
from tests.unit.usecases.day_shop import BOSS, CATS, SIGNED, DayShop, a_day_shop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[DayShop]:
    """Return a shop."""
    made = a_day_shop(tmp_path)
    yield made
    made.counter.journal.close()


def an_intent_stands(shop: DayShop) -> None:
    """Something was begun and not finished."""
    draft = a.an_intent("1001-77")
    shop.counter.journal.append(draft)


def seen(shop: DayShop, operator: str = BOSS, promoter: str = PROMOTER) -> DayFigures:
    return day_figures(shop.desk, None, operator, promoter)


def write(shop: DayShop, kind: EntryKind, **fields: object) -> None:
    """An entry with a body of a redemption of today, changed."""
    like = a.a_redemption("1001-1").fields
    shop.counter.journal.append(EntryDraft(kind, {**like, **fields}))


def test_a_day_with_voids_is_what_the_reports_say(shop: DayShop) -> None:
    numbers = shop.redeem(*range(1, 8))
    for seq in numbers[:2]:
        shop.counter.void(seq)
    shop.counter.redeem(a.a_signed_coupon(3).text())

    figures = seen(shop)

    rows = report_of(shop.counter.journal, BookReport.CAMPAIGNS, figures.day, figures.day, a.ZONE).documents()
    assert figures.redeemed == sum(int(row["redemptions"]) - int(row["voided"]) for row in rows) == 5
    assert figures.value_minor == sum(int(row["discount_minor"]) - int(row["voided_minor"]) for row in rows)
    assert figures.taken_back == 2
    refusals = report_of(shop.counter.journal, BookReport.REFUSALS, figures.day, figures.day, a.ZONE).documents()
    assert dict(figures.reasons) == {str(row["reason"]): row["count"] for row in refusals}
    assert figures.refused == sum(int(row["count"]) for row in refusals)
    assert figures.pending == len(shop.counter.entries())


def test_the_idle_screen_the_dashboard_and_the_close_say_the_same(shop: DayShop) -> None:
    numbers = shop.redeem(1, 2, 3, 4)
    shop.counter.void(numbers[0])
    for action in ("new", "owner", "verify", "change_phone"):
        write(shop, EntryKind.BIND, action=action, coupon_id="")
    write(shop, EntryKind.HAND_OVER, coupon_id="", item="plush-cat", ref="stock:plush-cat", amount=-2)

    idle = lane_status(shop.desk, "", PROMOTER, Contact()).tally
    mine = lane_status(shop.desk, CLERK, PROMOTER, Contact()).tally
    figures, told = seen(shop), counters(shop.desk, a.TODAY)
    looked = shop.counted(**{"plush-cat": CATS - 2})
    closed = shop.end.sign(looked.state, SIGNED).closed

    assert (figures.redeemed, figures.bound, figures.handed_over) == (3, 2, 2)
    assert (idle.redeemed, idle.bound, idle.handed_over) == (3, 2, 2)
    assert mine.redeemed == 3
    assert (told.redemptions, told.handed_over) == (3, 2)
    assert sum(one.count for one in looked.promoters) == sum(one.count for one in looked.campaigns) == 3
    assert closed is not None
    assert (closed.redeemed, closed.bound) == (3, 2)


def test_every_chart_adds_up_to_the_tile(shop: DayShop) -> None:
    shop.redeem(*range(1, 10))
    for number in range(12):
        write(shop, EntryKind.REDEEM, campaign=5000 + number, coupon_id=f"x-{number}", promoter=f"P{number}")

    figures = seen(shop)

    assert figures.redeemed == 21
    assert sum(one.count for one in figures.hours) == 21
    assert sum(one.count for one in figures.campaigns) == 21
    assert sum(one.count for one in figures.promoters) == 21
    assert len(figures.campaigns) == MOST_BARS + 1


def test_the_line_is_the_mean_of_the_same_weekdays(shop: DayShop) -> None:
    shop.redeem(1)
    at = a.NOON - timedelta(weeks=1)
    for week, count in ((1, 2), (2, 4)):
        day = (a.TODAY - timedelta(weeks=week)).isoformat()
        for number in range(count):
            when = (at - timedelta(weeks=week - 1)).isoformat()
            write(shop, EntryKind.REDEEM, coupon_id=f"w{week}-{number}", business_date=day, at=when)

    hours = {one.hour: one for one in seen(shop).hours}

    usual = [one for one in hours.values() if one.usual]
    assert [one.usual for one in usual] == [3.0]
    assert seen(shop).redeemed == 1


def test_a_promoter_sees_himself_and_a_mean_and_a_lead_sees_all(shop: DayShop) -> None:
    shop.redeem(1, 2, 3)
    for number in range(4):
        write(shop, EntryKind.REDEEM, coupon_id=f"o-{number}", promoter="P09")

    own, all_of_them = seen(shop, CLERK), seen(shop, BOSS)

    assert [one.count for one in own.promoters] == [3, 4]
    assert own.promoters[1].of == TEAM_MEAN
    assert own.band is not None
    assert Count(one.count for one in all_of_them.promoters) == Count([3, 4])
    assert all_of_them.band is None


def test_a_day_without_anything_is_empty(shop: DayShop) -> None:
    figures = seen(shop)

    assert figures.is_empty
    assert figures.refusal_percent == 0
    assert figures.hours == ()
