"""A member's own limits in a campaign, counted over all stores: where a common point is reached, they hold exactly.

Apart from the claims because a use is one thing and how often somebody comes another.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, func, insert, select

from pos_client.domain.business_time import local_date, local_midnight, to_ms
from pos_client.domain.offers.offer import Offer

from .entry_facts import EntryFacts
from .problems import Problem
from .schema import CLAIM, MEMBER_EXCESS

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
# From before 1970 too: a lane whose clock is that wrong gains nothing by it.
_EVER: Final = {"since": -(1 << 62), "until": 1 << 62}


def check(connection: Connection, offer: Offer, member_ref: str, now: datetime, zone: str) -> None:
    """Let a member's further use of a campaign pass.

    Raises:
        Problem: member-limit, member-day-limit.
    """
    if not member_ref:
        return
    limit, per_day = offer.member_limit, offer.conditions.per_member_per_day
    who = {"member": member_ref, "of_campaign": offer.number}
    if limit and connection.execute(_USES, {**who, **_EVER}).scalar_one() >= limit:
        raise Problem("member-limit")
    today = local_date(now, zone)
    day = {"since": to_ms(local_midnight(today, zone)), "until": to_ms(local_midnight(today + timedelta(days=1), zone))}
    if per_day and connection.execute(_USES, {**who, **day}).scalar_one() >= per_day:
        raise Problem("member-day-limit")


def note_excess(connection: Connection, facts: EntryFacts, offer: Offer | None, number: int, now_ms: int) -> None:
    """List a redemption that gave a member more of a campaign than it allows: lanes apart could not know.

    Args:
        connection: of the job.
        facts: of a redemption that has just taken its use.
        offer: its campaign's, None where there is none of that number.
        number: of its entry in the inbox.
        now_ms: Unix milliseconds.
    """
    allowed = offer.member_limit if offer is not None and facts.member_ref else 0
    if not allowed:
        return
    who = {"member": facts.member_ref, "of_campaign": facts.campaign, **_EVER}
    uses = connection.execute(_USES, who).scalar_one()
    if uses > allowed:
        found = {"inbox_id": number, "member_ref": facts.member_ref, "campaign": facts.campaign, "store": facts.store}
        found |= {"allowed": allowed, "uses": uses, "loss_minor": facts.loss_minor, "at_ms": now_ms}
        connection.execute(insert(MEMBER_EXCESS), found)
