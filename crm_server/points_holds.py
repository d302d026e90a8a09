"""Holds of points: a lane makes sure of them before a purchase is written down, so that two lanes never take the same.

Apart from the accounts because a hold moves nothing: it is granted, then burnt by an entry or let go. A hold that
nobody came back for stops counting after a day.
"""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from .account_effects import HOLD_CONSUMED
from .accounts import NOBODY, member_number
from .devices import Caller
from .problems import Problem
from .schema import MEMBER, POINTS_HOLD

GRANTED: Final = "granted"
RELEASED: Final = "released"
COUNTS_MS: Final = 24 * 3_600_000

_HOLD: Final = select(POINTS_HOLD).where(POINTS_HOLD.c.hold_id == bindparam("of_hold"))
# The member's row is the lock: whoever asks for his points waits here.
_BALANCE: Final = select(MEMBER.c.points).where(MEMBER.c.number == bindparam("whose")).with_for_update()
_OPEN: Final = select(func.coalesce(func.sum(POINTS_HOLD.c.points), 0)).where(
    POINTS_HOLD.c.member_number == bindparam("whose"),
    POINTS_HOLD.c.state == GRANTED,
    POINTS_HOLD.c.at_ms > bindparam("since"),
)
_NEW: Final = insert(POINTS_HOLD)
_LET_GO: Final = update(POINTS_HOLD).where(POINTS_HOLD.c.hold_id == bindparam("of_hold")).values(state=RELEASED)


@dataclass(frozen=True, slots=True)
class Held:
    """Points that are a lane's to burn; ``is_new`` unless this very hold was granted before."""

    is_new: bool
    document: dict[str, Any]


def hold(connection: Connection, caller: Caller, hold_id: str, wanted: tuple[str, int], now_ms: int) -> Held:
    """Hold points for the lane that asks; again, the same answer. ``wanted`` is the member's reference and how many.

    Raises:
        Problem: member-unknown, points-short, hold-mismatch, hold-released, hold-consumed.
    """
    ref, points = wanted
    whose = member_number(connection, ref)
    if whose == NOBODY:
        raise Problem("member-unknown")
    balance = connection.execute(_BALANCE, {"whose": whose}).scalar_one()
    present = connection.execute(_HOLD, {"of_hold": hold_id}).one_or_none()
    if present is not None:
        _check_same(present, caller, whose, points)
    left = balance - _open(connection, whose, now_ms)
    if present is None:
        if left < points:
            raise Problem("points-short", balance=max(0, left))
        row = {"hold_id": hold_id, "member_number": whose, "points": points, "state": GRANTED, "at_ms": now_ms}
        connection.execute(_NEW, {**row, "device": caller.device, "store": caller.store, "lane": caller.lane})
        left -= points
    document = {"hold_id": hold_id, "member_ref": ref, "points": points, "left": left, "state": GRANTED}
    return Held(present is None, document)


def let_go(connection: Connection, caller: Caller, hold_id: str, now_ms: int) -> None:
    """Let held points go; a hold that never arrived is noted, so that it can hold nothing later.

    Raises:
        Problem: device-other, hold-consumed.
    """
    present = connection.execute(_HOLD, {"of_hold": hold_id}).one_or_none()
    if present is None:
        row = {"hold_id": hold_id, "member_number": NOBODY, "points": 0, "state": RELEASED, "at_ms": now_ms}
        connection.execute(_NEW, {**row, "device": caller.device, "store": caller.store, "lane": caller.lane})
        return
    if present.device != caller.device:
        raise Problem("device-other")
    if present.state == HOLD_CONSUMED:
        raise Problem("hold-consumed")
    connection.execute(_LET_GO, {"of_hold": hold_id})


def _open(connection: Connection, whose: int, now_ms: int) -> int:
    return int(connection.execute(_OPEN, {"whose": whose, "since": now_ms - COUNTS_MS}).scalar_one())


def _check_same(present: Row[Any], caller: Caller, whose: int, points: int) -> None:
    if present.state == RELEASED:
        raise Problem("hold-released")
    if present.state == HOLD_CONSUMED:
        raise Problem("hold-consumed")
    if (present.device, present.member_number, present.points) != (caller.device, whose, points):
        raise Problem("hold-mismatch")
