"""Reports on accounts: points, balances below nothing, members who had too much, what lies at the booths.

Apart from the other reports because these read the centre's books, not the lanes' entries.
"""

from typing import Any, Final

from sqlalchemy import Connection, case, func, select

from pos_client.domain.business_time import from_ms
from pos_client.domain.journal_entry import wire_time

from . import stocks
from .schema import INBOX, LEDGER, MEMBER, MEMBER_EXCESS
from .trade_facts import POINTS

_GIVEN: Final = func.sum(case((LEDGER.c.delta > 0, LEDGER.c.delta), else_=0))
_TAKEN: Final = func.sum(case((LEDGER.c.delta < 0, LEDGER.c.delta), else_=0))


def moved_points(connection: Connection, _now_ms: int) -> list[dict[str, Any]]:
    """Members whose points moved, by reason: ``given`` and ``taken`` are sums, ``points`` is the balance now."""
    query = (
        select(MEMBER.c.ref, MEMBER.c.points, LEDGER.c.why, _GIVEN.label("given"), _TAKEN.label("taken"))
        .join(LEDGER, LEDGER.c.member_number == MEMBER.c.number)
        .where(LEDGER.c.account == POINTS, LEDGER.c.why != "opening")
        .group_by(MEMBER.c.number, MEMBER.c.ref, MEMBER.c.points, LEDGER.c.why)
        .order_by(MEMBER.c.number, LEDGER.c.why)
    )
    return [
        {"member_ref": row.ref, "points": row.points, "why": row.why, "given": int(row.given), "taken": int(row.taken)}
        for row in connection.execute(query)
    ]


def deficits(connection: Connection, _now_ms: int) -> list[dict[str, Any]]:
    """Members who paid with more points than they had, the largest debt first."""
    below = select(MEMBER.c.ref, MEMBER.c.points, MEMBER.c.owner_store).where(MEMBER.c.points < 0)
    return [
        {"member_ref": row.ref, "points": row.points, "store": row.owner_store}
        for row in connection.execute(below.order_by(MEMBER.c.points, MEMBER.c.number))
    ]


def excess(connection: Connection, _now_ms: int) -> list[dict[str, Any]]:
    """Redemptions that gave a member more of a campaign than it allows; both stand."""
    query = (
        select(MEMBER_EXCESS, INBOX.c.device, INBOX.c.epoch, INBOX.c.seq, INBOX.c.voided, INBOX.c.coupon_id)
        .join(INBOX, INBOX.c.id == MEMBER_EXCESS.c.inbox_id)
        .order_by(MEMBER_EXCESS.c.id)
    )
    return [
        {
            "member_ref": row.member_ref,
            "campaign": row.campaign,
            "allowed": row.allowed,
            "uses": row.uses,
            "loss_minor": row.loss_minor,
            "store": row.store,
            "device": row.device,
            "epoch": row.epoch,
            "seq": row.seq,
            "coupon_id": row.coupon_id,
            "voided": bool(row.voided),
            "found_at": wire_time(from_ms(row.at_ms)),
        }
        for row in connection.execute(query)
    ]


def booths(connection: Connection, _now_ms: int) -> list[dict[str, Any]]:
    """What lies at the booths."""
    return stocks.stock(connection)
