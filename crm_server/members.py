"""Members at the centre: found by phone, made, touched by a booth, merged with whom they turned out to be.

Apart from the effects because a customer's own phone binds him by the same steps as a lane's entry.
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from pos_client.domain import trade_policy
from pos_client.domain.attribution import Owner, owner_after
from pos_client.domain.business_time import day_number, day_of
from pos_client.domain.trade_policy import TradePolicy

from . import accounts
from .change_log import Change
from .schema import CHANGE_HEAD, MEMBER, MEMBER_ALIAS, META, POLICY, POOL_MEMBER

FIRST_LEVEL: Final = "basic"
BOUND: Final = "bound"

# Of all bindings that come at one moment one goes first: two lanes, or a lane and a phone, must not make two members.
_ONE_AT_A_TIME: Final = select(META.c.value).where(META.c.name == "instance").with_for_update()
_BY_PHONE: Final = (
    select(MEMBER).where(MEMBER.c.phone == bindparam("of_phone")).order_by(MEMBER.c.since_day, MEMBER.c.number).limit(1)
)
_BY_REF: Final = select(MEMBER).where(MEMBER.c.ref == bindparam("of_ref"))
_BY_NUMBER: Final = select(MEMBER).where(MEMBER.c.number == bindparam("of_number"))
_BY_ALIAS: Final = (
    select(MEMBER)
    .join(MEMBER_ALIAS, MEMBER_ALIAS.c.member_number == MEMBER.c.number)
    .where(MEMBER_ALIAS.c.ref == bindparam("of_ref"))
)
_POLICY: Final = select(POLICY.c.body).order_by(POLICY.c.ver.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A member who is to be made."""

    number: int
    ref: str
    card: str
    phone: str
    name: str
    touch: "Touch"
    verified: bool


@dataclass(frozen=True, slots=True)
class Touch:
    """Who served a member, and on which day of the store's calendar."""

    store: int
    promoter: str
    day: date


def go_first(connection: Connection) -> None:
    """Let no other binding run until this job has committed."""
    connection.execute(_ONE_AT_A_TIME).one()


def by_phone(connection: Connection, phone: str) -> Row[Any] | None:
    """Who has this number; of several the one who was first."""
    return connection.execute(_BY_PHONE, {"of_phone": phone}).one_or_none()


def by_ref(connection: Connection, ref: str) -> Row[Any] | None:
    """Who bears this reference, or bore it before a merge."""
    asked = {"of_ref": ref}
    return connection.execute(_BY_REF, asked).one_or_none() or connection.execute(_BY_ALIAS, asked).one_or_none()


def by_number(connection: Connection, number: int) -> Row[Any] | None:
    """Who has this number of ours."""
    return connection.execute(_BY_NUMBER, {"of_number": number}).one_or_none()


def next_number(connection: Connection) -> int:
    """A number that neither a member nor a pool has."""
    # Whoever gives out numbers waits here for whoever does at the same moment (``pools``).
    connection.execute(select(CHANGE_HEAD.c.n).with_for_update()).scalar_one()
    taken = [connection.execute(select(func.max(table.c.number))).scalar() for table in (MEMBER, POOL_MEMBER)]
    return max(int(number or 0) for number in taken) + 1


def add(connection: Connection, new: Newcomer) -> list[Change]:
    """Make a member; what was written under his reference before is his from now on."""
    row = {
        "number": new.number,
        "ref": new.ref,
        "card": new.card,
        "phone": new.phone,
        "name": new.name,
        "level": FIRST_LEVEL,
        "points": 0,
        "owner_store": new.touch.store,
        "owner_promoter": new.touch.promoter,
        "since_day": day_number(new.touch.day),
        "verified": int(new.verified),
    }
    connection.execute(insert(MEMBER).values(row))
    return [("member", (new.number,)), *accounts.adopt(connection, new.ref, new.number)]


def take_from_pool(connection: Connection, pooled: Row[Any]) -> list[Change]:
    """A number of a lane's pool is given away."""
    connection.execute(update(POOL_MEMBER).where(POOL_MEMBER.c.number == pooled.number).values(state=BOUND))
    return [("pool_member", (pooled.store, pooled.number))]


def touched(connection: Connection, member: Row[Any], touch: Touch) -> list[Change]:
    """Let the owner follow the rule of the policy in force."""
    present = Owner(str(member.owner_store), member.owner_promoter)
    actor = Owner(str(touch.store), touch.promoter)
    since = day_of(member.since_day) if member.since_day else None
    owner = owner_after(present, since, actor, touch.day, trade_in_force(connection).attribution)
    if owner == present:
        return []
    return _set(connection, member.number, owner_store=int(owner.store), owner_promoter=owner.promoter)


def checked(connection: Connection, member: Row[Any]) -> list[Change]:
    """Note that his phone number is known to be his."""
    return [] if member.verified else _set(connection, member.number, verified=1)


def new_phone(connection: Connection, member: Row[Any], phone: str) -> list[Change]:
    """Give him another number, which nobody has checked yet."""
    return [] if member.phone == phone else _set(connection, member.number, phone=phone, verified=0)


def trade_in_force(connection: Connection) -> TradePolicy:
    """What the newest policy settles about the trade."""
    body: str = connection.execute(_POLICY).scalar_one()
    return trade_policy.parse(json.loads(body).get("trade", {}))


def _set(connection: Connection, number: int, **values: Any) -> list[Change]:
    connection.execute(update(MEMBER).where(MEMBER.c.number == number).values(values))
    return [("member", (number,))]
