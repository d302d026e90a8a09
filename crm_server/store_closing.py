"""When a store's day ends: what it holds of limited campaigns and has not used is asked back.

Apart from the closes because it is the store's, not a lane's: the last agreement or excuse of its lanes makes it. In
the same job, so that a day is not closed without it.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, exists, select

from pos_client.domain.business_time import from_ms, local_date

from . import closing_report, quota_shares
from .schema import QUOTA, STORE

# Until this hour what is closed is still the evening before: its shares are not yet those of the next day.
NIGHT: Final = timedelta(hours=5)


def days_of(asked: Mapping[str, Any]) -> set[str]:
    """The days that a close is about."""
    return {asked["business_date"], *(asked.get("days") or ())}


def give_back(connection: Connection, store: int, days: Iterable[str], now_ms: int) -> None:
    """Ask a store's unused shares back where one of these days is its present one, and is closed by all its lanes.

    A day that is closed later takes nothing: what the store holds by then was given for another day.
    """
    holds = exists().where(QUOTA.c.store == store, QUOTA.c.wanted > QUOTA.c.used)
    zone = connection.execute(select(STORE.c.zone).where(STORE.c.number == store, holds)).scalar()
    if zone is None:
        return
    today = local_date(from_ms(now_ms) - NIGHT, zone).isoformat()
    if today in set(days) and closing_report.store_is_closed(connection, store, today, now_ms):
        quota_shares.take_back_all(connection, store)
