"""One-time codes: six digits that prove whose phone it is, counted in the database so that a restart forgives nothing.

Ten minutes a code, one a minute, five wrong answers a code, fifteen within 24 hours. Apart from members on purpose:
nothing here knows whether anybody has the number, so no answer can tell.
"""

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Connection, Row, func, insert, select, update

from . import members
from .problems import Problem
from .schema import PHONE_CODE

HOLDS_S: Final = 600
RESEND_S: Final = 60
MOST_WRONG: Final = 5
MOST_WRONG_A_DAY: Final = 15
DAY_MS: Final = 86_400_000
OPEN: Final = "open"
PASSED: Final = "passed"
REPLACED: Final = "replaced"


@dataclass(frozen=True, slots=True)
class FreshCode:
    """A code to be sent; it is kept nowhere in clear."""

    phone: str
    code: str


def issue(connection: Connection, key: X25519PrivateKey, phone: str, now_ms: int) -> FreshCode:
    """Make a code; the one before it holds no longer.

    Raises:
        Problem: rate-limited and phone-blocked, with ``retry_after_s``.
    """
    # Of all who ask at one moment one goes first: before the first code there is no row of this number to wait at.
    members.go_first(connection)
    phone_hash = _hash(key, "phone", phone)
    _refuse_blocked(connection, phone_hash, now_ms)
    latest = _latest(connection, phone_hash)
    if latest is not None and now_ms < latest.sent_ms + RESEND_S * 1000:
        raise Problem("rate-limited", retry_after_s=_seconds_until(latest.sent_ms + RESEND_S * 1000, now_ms))
    code = f"{secrets.randbelow(1_000_000):06d}"
    connection.execute(
        update(PHONE_CODE)
        .where(PHONE_CODE.c.phone_hash == phone_hash, PHONE_CODE.c.state == OPEN)
        .values(state=REPLACED)
    )
    row = {"phone_hash": phone_hash, "code_hash": _hash(key, "code", phone + code), "sent_ms": now_ms}
    later = {"expires_ms": now_ms + HOLDS_S * 1000, "failures": 0, "state": OPEN}
    connection.execute(insert(PHONE_CODE).values(row | later))
    return FreshCode(phone, code)


def check(connection: Connection, key: X25519PrivateKey, phone: str, code: str, now_ms: int) -> bool:
    """Whether this is the code that was sent last and holds still; a wrong one is counted.

    Raises:
        Problem: phone-blocked: too many wrong ones within a day.
    """
    phone_hash = _hash(key, "phone", phone)
    _refuse_blocked(connection, phone_hash, now_ms)
    latest = _latest(connection, phone_hash)
    told = _hash(key, "code", phone + code)
    is_right = hmac.compare_digest(told, latest.code_hash if latest else _hash(key, "code", ""))
    if latest is None or latest.state != OPEN or now_ms >= latest.expires_ms or latest.failures >= MOST_WRONG:
        return False
    became = {"state": PASSED} if is_right else {"failures": latest.failures + 1}
    connection.execute(update(PHONE_CODE).where(PHONE_CODE.c.id == latest.id).values(became))
    return is_right


def was_passed(connection: Connection, key: X25519PrivateKey, phone: str, now_ms: int) -> bool:
    """Whether somebody has proven this number here within a month, which a lane may be without the network."""
    asked = select(func.count()).where(
        PHONE_CODE.c.phone_hash == _hash(key, "phone", phone),
        PHONE_CODE.c.state == PASSED,
        PHONE_CODE.c.sent_ms > now_ms - 30 * DAY_MS,
    )
    return bool(connection.execute(asked).scalar())


def _refuse_blocked(connection: Connection, phone_hash: str, now_ms: int) -> None:
    """A code is answered within its ten minutes, so those of a day and ten minutes hold all of a day's failures."""
    since = now_ms - DAY_MS - HOLDS_S * 1000
    rows = connection.execute(
        select(PHONE_CODE.c.sent_ms, PHONE_CODE.c.failures)
        .where(PHONE_CODE.c.phone_hash == phone_hash, PHONE_CODE.c.sent_ms > since)
        .order_by(PHONE_CODE.c.sent_ms)
    ).all()
    if sum(row.failures for row in rows) >= MOST_WRONG_A_DAY:
        first = next(row.sent_ms for row in rows if row.failures)
        raise Problem("phone-blocked", retry_after_s=_seconds_until(first + DAY_MS + HOLDS_S * 1000, now_ms))


def _latest(connection: Connection, phone_hash: str) -> Row[Any] | None:
    return connection.execute(
        select(PHONE_CODE)
        .where(PHONE_CODE.c.phone_hash == phone_hash)
        .order_by(PHONE_CODE.c.id.desc())
        .limit(1)
        .with_for_update()
    ).one_or_none()


def _hash(key: X25519PrivateKey, purpose: str, text: str) -> str:
    """Keyed with what no copy of the tables holds: a million codes would be tried in a second."""
    secret = sha256(b"rdm/phone-code/1\0" + key.private_bytes_raw()).digest()
    return hmac.new(secret, f"{purpose}\0{text}".encode(), sha256).hexdigest()


def _seconds_until(moment_ms: int, now_ms: int) -> int:
    return max(1, -(-(moment_ms - now_ms) // 1000))
