"""Days of a store's calendar: zones with summer time, leap days, midnights that do not exist."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.domain.business_time import day_number, day_of, from_ms, local_date, local_midnight, to_ms

ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Africa/Cairo", "America/Sao_Paulo", "Pacific/Apia"]
MICROSECOND = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("day", "number"),
    [(date(2020, 1, 1), 0), (date(2020, 2, 29), 59), (date(2026, 3, 2), 2252), (date(2019, 12, 31), -1)],
)
def test_days_count_from_the_first_of_2020(day: date, number: int) -> None:
    assert (number, day) == (day_number(day), day_of(number))


@pytest.mark.parametrize(
    ("at", "zone", "day"),
    [
        pytest.param(datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC), "Asia/Shanghai", date(2026, 3, 31), id="evening"),
        pytest.param(datetime(2026, 3, 31, 16, tzinfo=UTC), "Asia/Shanghai", date(2026, 4, 1), id="midnight"),
        pytest.param(datetime(2028, 2, 28, 16, tzinfo=UTC), "Asia/Shanghai", date(2028, 2, 29), id="leap day"),
        pytest.param(datetime(2026, 3, 28, 23, 30, tzinfo=UTC), "Europe/Berlin", date(2026, 3, 29), id="winter time"),
        pytest.param(datetime(2026, 3, 29, 22, 30, tzinfo=UTC), "Europe/Berlin", date(2026, 3, 30), id="summer time"),
        pytest.param(datetime(2026, 3, 29, 21, 59, tzinfo=UTC), "Europe/Berlin", date(2026, 3, 29), id="a short day"),
        pytest.param(datetime(2026, 3, 31, 20, tzinfo=UTC), "Asia/Urumqi", date(2026, 4, 1), id="west of Shanghai"),
    ],
)
def test_the_stores_own_date(at: datetime, zone: str, day: date) -> None:
    assert day == local_date(at, zone)


@pytest.mark.parametrize(
    ("day", "zone", "begins"),
    [
        pytest.param(date(2026, 3, 29), "Europe/Berlin", datetime(2026, 3, 28, 23, tzinfo=UTC), id="before the change"),
        pytest.param(date(2026, 3, 30), "Europe/Berlin", datetime(2026, 3, 29, 22, tzinfo=UTC), id="after it"),
        pytest.param(
            date(2018, 11, 4), "America/Sao_Paulo", datetime(2018, 11, 4, 3, tzinfo=UTC), id="there was no 00:00"
        ),
        pytest.param(date(2028, 2, 29), "Asia/Shanghai", datetime(2028, 2, 28, 16, tzinfo=UTC), id="leap day"),
    ],
)
def test_when_a_day_begins(day: date, zone: str, begins: datetime) -> None:
    assert begins == local_midnight(day, zone)


@given(st.dates(date(2012, 1, 1), date(2049, 12, 31)), st.sampled_from(ZONES))
def test_a_day_begins_where_the_one_before_ends(day: date, zone: str) -> None:
    begins = local_midnight(day, zone)

    assert day == local_date(begins, zone)
    assert day > local_date(begins - MICROSECOND, zone)


@given(st.integers(-(10**15), 10**16))
def test_milliseconds_there_and_back(microseconds: int) -> None:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    back = from_ms(to_ms(moment))

    assert timedelta() <= moment - back < timedelta(milliseconds=1)
    assert to_ms(moment) == to_ms(back)
