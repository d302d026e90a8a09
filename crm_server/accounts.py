"""Members' accounts: every movement of points and stamps is a row of the ledger, the balances are their sums.

Apart from the effects because a merge of two members and a void move accounts too. An entry may name a member whom the
centre does not know yet: his rows wait under his reference until ``adopt`` says who he is.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import Connection, bindparam, func, insert, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite

from .change_log import Change
from .schema import COUPON, LEDGER, MEMBER, MEMBER_ALIAS, POOL_COUPON, PURCHASE, STAMP
from .trade_facts import POINTS, STAMPS

NOBODY: Final = 0
WHY_OPENING: Final = "opening"
WHY_VOID: Final = "void"
WHY_CONFLICT: Final = "conflict"

# campaign, txn, device, epoch, seq of a row behind which no entry stands
_NOTHING: Final = (literal(0), literal(""), literal(""), literal(0), literal(0))
_POST: Final = insert(LEDGER)
_WHO: Final = select(MEMBER.c.number).where(MEMBER.c.ref == bindparam("of_ref"))
_WAS: Final = select(MEMBER_ALIAS.c.member_number).where(MEMBER_ALIAS.c.ref == bindparam("of_ref"))
_MOVE: Final = (
    update(MEMBER).where(MEMBER.c.number == bindparam("whose")).values(points=MEMBER.c.points + bindparam("by"))
)
_COUNT: Final = (
    update(MEMBER).where(MEMBER.c.number == bindparam("whose")).values(purchases=MEMBER.c.purchases + bindparam("by"))
)
_STAMP: Final = (
    update(STAMP)
    .where(STAMP.c.member_number == bindparam("whose"), STAMP.c.card == bindparam("on_card"))
    .values(count=STAMP.c.count + bindparam("by"))
)
_FIRST_STAMP: Final = {
    "sqlite": sqlite.insert(STAMP).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(STAMP).on_conflict_do_nothing(),
}
_SAME: Final = (LEDGER.c.account, LEDGER.c.member_ref, LEDGER.c.campaign, LEDGER.c.txn, LEDGER.c.member_number)
_LEFT: Final = (
    select(*_SAME, func.sum(LEDGER.c.delta).label("delta"))
    .where(LEDGER.c.inbox_id == bindparam("of_id"))
    .group_by(*_SAME)
    .having(func.sum(LEDGER.c.delta) != 0)
    .order_by(*_SAME)
)


@dataclass(frozen=True, slots=True)
class Posting:
    """One movement of one account.

    Attributes:
        inbox_id: the entry behind it. member_ref: as the entry names him.
    """

    inbox_id: int
    account: str
    member_ref: str
    delta: int
    campaign: int
    txn: str
    device: str
    epoch: int
    seq: int
    why: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Reversal:
    """Which entry takes a movement back, and why."""

    device: str
    epoch: int
    seq: int
    why: str
    at_ms: int


def member_number(connection: Connection, ref: str) -> int:
    """Whose reference it is, or was before a merge; ``NOBODY`` while the centre does not know."""
    if not ref:
        return NOBODY
    named = {"of_ref": ref}
    return int(connection.execute(_WHO, named).scalar() or connection.execute(_WAS, named).scalar() or NOBODY)


def post(connection: Connection, posting: Posting) -> list[Change]:
    """Write a movement down and let the balance follow; returns what changed for the lanes."""
    whose = member_number(connection, posting.member_ref)
    connection.execute(_POST, {**asdict(posting), "member_number": whose})
    return _move(connection, whose, posting.account, posting.delta)


def reverse(connection: Connection, inbox_id: int, by: Reversal) -> list[Change]:
    """Take back whatever is left of an entry's movements.

    The rows name the entry whose movement they take back, so that nothing is taken back twice.
    """
    changes: list[Change] = []
    for row in connection.execute(_LEFT, {"of_id": inbox_id}).all():
        taken = {"inbox_id": inbox_id, "campaign": row.campaign, "txn": row.txn, "member_number": row.member_number}
        moved = {"account": row.account, "member_ref": row.member_ref, "delta": -int(row.delta)}
        connection.execute(_POST, {**asdict(by), **taken, **moved})
        changes += _move(connection, row.member_number, row.account, -int(row.delta))
    return changes


def open_balances(connection: Connection) -> None:
    """Begin the ledger of members who have points from elsewhere, so that every balance is the sum of its rows."""
    columns = ("account", "member_ref", "member_number", "delta", "campaign", "txn", "device", "epoch", "seq", "why")
    points = select(
        literal(POINTS), MEMBER.c.ref, MEMBER.c.number, MEMBER.c.points, *_NOTHING, literal(WHY_OPENING), literal(0)
    )
    connection.execute(insert(LEDGER).from_select([*columns, "at_ms"], points.where(MEMBER.c.points != 0)))


def count_purchase(connection: Connection, number: int, by: int) -> list[Change]:
    """Count a purchase of a member, or one less."""
    if number == NOBODY:
        return []
    connection.execute(_COUNT, {"whose": number, "by": by})
    return [("member", (number,))]


def adopt(connection: Connection, ref: str, number: int) -> list[Change]:
    """Everything that waits under a reference is this member's from now on."""
    waiting = connection.execute(
        select(LEDGER.c.account, LEDGER.c.delta).where(LEDGER.c.member_ref == ref, LEDGER.c.member_number == NOBODY)
    ).all()
    connection.execute(
        update(LEDGER).where(LEDGER.c.member_ref == ref, LEDGER.c.member_number == NOBODY).values(member_number=number)
    )
    changes = [change for row in waiting for change in _move(connection, number, row.account, row.delta)]
    return changes + _adopt_purchases(connection, ref, number) + _adopt_coupons(connection, ref, number)


def _adopt_purchases(connection: Connection, ref: str, number: int) -> list[Change]:
    theirs = (PURCHASE.c.member_ref == ref, PURCHASE.c.member_number == NOBODY)
    counted = connection.execute(
        select(PURCHASE.c.inbox_id).where(*theirs, PURCHASE.c.state == "standing", PURCHASE.c.returns == "")
    ).all()
    connection.execute(update(PURCHASE).where(*theirs).values(member_number=number))
    return count_purchase(connection, number, len(counted)) if counted else []


def _adopt_coupons(connection: Connection, ref: str, number: int) -> list[Change]:
    issued = select(POOL_COUPON.c.coupon_id).where(POOL_COUPON.c.member_ref == ref)
    unbound = connection.execute(
        select(COUPON.c.coupon_id).where(COUPON.c.coupon_id.in_(issued), COUPON.c.member_number == NOBODY)
    ).scalars()
    return bind_coupons(connection, list(unbound), number)


def bind_coupons(connection: Connection, coupon_ids: Sequence[str], number: int) -> list[Change]:
    """Make coupons a member's own; lanes then hold them as rows."""
    if not coupon_ids or number == NOBODY:
        return []
    connection.execute(update(COUPON).where(COUPON.c.coupon_id.in_(coupon_ids)).values(member_number=number))
    return [("coupon", (coupon_id,)) for coupon_id in coupon_ids]


def _move(connection: Connection, whose: int, account: str, delta: int) -> list[Change]:
    if whose == NOBODY or not delta:
        return []
    if account == POINTS:
        connection.execute(_MOVE, {"whose": whose, "by": delta})
        return [("member", (whose,))]
    return _stamp(connection, whose, account.removeprefix(STAMPS), delta)


def _stamp(connection: Connection, whose: int, card: str, delta: int) -> list[Change]:
    stamped = {"whose": whose, "on_card": card, "by": delta}
    if connection.execute(_STAMP, stamped).rowcount == 0:
        connection.execute(_FIRST_STAMP[connection.dialect.name], {"member_number": whose, "card": card, "count": 0})
        connection.execute(_STAMP, stamped)
    return [("stamp", (whose, card))]
