"""A member's own limits in a campaign, counted over all stores: where a common point is reached, they hold exactly.

Apart from the claims because a use is one thing and how often somebody comes another.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, func, select

from pos_client.domain.business_time import local_date, local_midnight, to_ms
from pos_client.domain.offers.offer import Offer

from .problems import Problem
from .schema import CLAIM

_USES: Final = (
    select(func.count())
    .select_from(CLAIM)
    .where(
        CLAIM.c.member_ref == bindparam("member"),
        CLAIM.c.campaign == bindparam("of_campaign"),
        CLAIM.c.at_ms >= bindparam("since"),
        CLAIM.c.at_ms < bindparam("until"),
    )
)
_FOR_EVER: Final = 1 << 62


def check(connection: Connection, offer: Offer, member_ref: str, now: datetime, zone: str) -> None:
    """Let a member's further use of a campaign pass.

    Raises:
        Problem: member-limit, member-day-limit.
    """
    if not member_ref:
        return
    limit, per_day = offer.member_limit, offer.conditions.per_member_per_day
    who = {"member": member_ref, "of_campaign": offer.number}
    if limit and connection.execute(_USES, {**who, "since": 0, "until": _FOR_EVER}).scalar_one() >= limit:
        raise Problem("member-limit")
    today = local_date(now, zone)
    day = {"since": to_ms(local_midnight(today, zone)), "until": to_ms(local_midnight(today + timedelta(days=1), zone))}
    if per_day and connection.execute(_USES, {**who, **day}).scalar_one() >= per_day:
        raise Problem("member-day-limit")
