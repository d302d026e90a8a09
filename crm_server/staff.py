"""The people of the stores: who works where, their PINs, and who has left.

Apart from the policy because people come and go without a new one; a PIN only changes when the policy of his stores was
issued. What is kept is what scrypt makes of a PIN; a store's policy carries that bound to the store's own secret, so
that two stores never carry the same bytes for one manager.
"""

import secrets
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, bindparam, delete, insert, select, update

from pos_client.domain import practice_pins
from pos_client.domain.keyed_hash import pin_pepper
from pos_client.domain.pins import SALT_BYTES, PinRecord, Stretch, bound, heard, telephone_answer, weakness
from pos_client.domain.store_profile import Role

from . import change_log
from .devices import REVOKED
from .problems import Problem
from .schema import DEVICE, STAFF, STAFF_PIN, STORE

_STAFF: Final = select(STAFF).where(STAFF.c.id == bindparam("of_person"))
_PINS: Final = select(STAFF_PIN, STAFF.c.role, STAFF.c.active).join(STAFF, STAFF.c.id == STAFF_PIN.c.staff)


class PinRefused(ValueError):
    """A PIN that nobody may have; the text says why."""


@dataclass(frozen=True, slots=True)
class StorePins:
    """What a store's policy says of PINs, and when that changed last."""

    document: dict[str, Any]
    changed_ms: int


def everybody(connection: Connection) -> list[dict[str, Any]]:
    """All people, with the id of their store (empty for all) and whether they have a PIN."""
    rows = connection.execute(
        select(STAFF, STORE.c.id.label("store_id"), STAFF_PIN.c.changed_ms)
        .outerjoin(STORE, STORE.c.number == STAFF.c.store)
        .outerjoin(STAFF_PIN, and_(STAFF_PIN.c.staff == STAFF.c.id))
        .order_by(STAFF.c.id)
    )
    return [
        {
            "id": row.id,
            "name": row.name,
            "role": row.role,
            "store": row.store_id or "",
            "at_work": bool(row.active),
            "has_pin": bool(row.active and row.changed_ms is not None),
        }
        for row in rows
    ]


def set_pin(connection: Connection, person: str, pin: str, now_ms: int) -> None:
    """Give a person a PIN, or another one.

    Raises:
        Problem: not-found.
        PinRefused: it is too easy to guess, or this person decides nothing.
    """
    row = _at_work(connection, person)
    why = weakness(pin) or ("this PIN is one of practice, which everybody knows" if pin in practice_pins.ALL else "")
    if why:
        raise PinRefused(why)
    if not any(row.role == role.value for role in Role):
        raise PinRefused(f"{person} has a role that this program does not know")
    _keep_pin(connection, person, pin, now_ms)


def give_practice_pins(connection: Connection, now_ms: int) -> None:
    """Give everybody at work who has no PIN the one of practice: for shops in which nothing counts."""
    for one in everybody(connection):
        if one["at_work"] and not one["has_pin"]:
            _keep_pin(connection, one["id"], practice_pins.practice_pin(one["role"]), now_ms)


def _keep_pin(connection: Connection, person: str, pin: str, now_ms: int) -> None:
    how = Stretch(secrets.token_bytes(SALT_BYTES))
    kept = {"n": how.n, "r": how.r, "p": how.p, "salt": how.salt, "hash": how.of(pin), "changed_ms": now_ms}
    connection.execute(delete(STAFF_PIN).where(STAFF_PIN.c.staff == person))
    connection.execute(insert(STAFF_PIN).values(staff=person, **kept))


def retire(connection: Connection, person: str, now_ms: int) -> None:
    """Somebody has left: no lane knows him after its next contact. What he did stays under his id.

    Raises:
        Problem: not-found.
    """
    _at_work(connection, person)
    connection.execute(update(STAFF).where(STAFF.c.id == person).values(active=0))
    # The row stays: a store in which somebody had a PIN never goes back to believing an id alone.
    gone = {"salt": b"", "hash": b"", "changed_ms": now_ms}
    connection.execute(update(STAFF_PIN).where(STAFF_PIN.c.staff == person).values(**gone))
    change_log.append(connection, [("staff", (person,))])


def pins_of(connection: Connection, store: int) -> StorePins:
    """The PINs of whoever works in a store; required from the day on which somebody who may decide there had one."""
    rows = connection.execute(_PINS.where(STAFF.c.store.in_((0, store))).order_by(STAFF_PIN.c.staff)).all()
    if not rows:
        return StorePins({"required": False, "staff": {}}, 0)
    secret = connection.execute(select(STORE.c.secret).where(STORE.c.number == store)).scalar_one()
    pepper = pin_pepper(secret)
    records = {row.staff: _record(row, pepper).as_document() for row in rows if row.active}
    required = any(_decides(row.role) for row in rows)
    return StorePins({"required": required, "staff": records}, max(row.changed_ms for row in rows))


def answer_of(connection: Connection, device: str, challenge: str) -> str:
    """What to answer a lane by telephone.

    Raises:
        Problem: device-unknown, also for one that is revoked.
    """
    found = select(STORE.c.secret).join(DEVICE, DEVICE.c.store == STORE.c.number)
    secret = connection.execute(found.where(DEVICE.c.id == device, DEVICE.c.state != REVOKED)).scalar()
    if secret is None:
        raise Problem("device-unknown", f"no device {device} is at work")
    return telephone_answer(pin_pepper(secret), device, heard(challenge))


def _record(row: Row[Any], pepper: bytes) -> PinRecord:
    return PinRecord(Stretch(row.salt, row.n, row.r, row.p), bound(row.hash, pepper))


def _decides(role: str) -> bool:
    return any(role == known.value and known.decides for known in Role)


def _at_work(connection: Connection, person: str) -> Row[Any]:
    row = connection.execute(_STAFF, {"of_person": person}).one_or_none()
    if row is None or not row.active:
        raise Problem("not-found", f"nobody with the id {person} is at work")
    return row
