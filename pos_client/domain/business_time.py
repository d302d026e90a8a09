"""Days and dates of a store: dates on coupons mean the store's own calendar, not the server's and not UTC."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

DAY_ZERO: Final = date(2020, 1, 1)


def day_number(day: date) -> int:
    """Days since 2020-01-01, as signed coupons count them."""
    return (day - DAY_ZERO).days


def day_of(number: int) -> date:
    """The date of a day number."""
    return DAY_ZERO + timedelta(days=number)


def local_date(moment: datetime, zone: str) -> date:
    """The store's calendar date at an aware moment."""
    return moment.astimezone(ZoneInfo(zone)).date()


def local_midnight(day: date, zone: str) -> datetime:
    """The aware UTC moment at which ``day`` begins in the store."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def to_ms(moment: datetime) -> int:
    """Milliseconds since 1970 of an aware moment, exact."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def from_ms(milliseconds: int) -> datetime:
    """The aware UTC moment of Unix milliseconds."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
