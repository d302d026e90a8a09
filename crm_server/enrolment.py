"""Enrolment: one-time codes for one lane each, and what a device gets for one.

Apart from ``devices`` because it is the only unsigned door, and the only place that hands out a store's secret.
"""

import hashlib
import secrets
from collections import deque
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update

from pos_client.domain.codes import opaque_id
from pos_client.domain.codes.bad_code import BadCode
from pos_client.domain.signed_document import to_base64

from .devices import ACTIVE, add_epoch, fresh_token, short_authentication
from .keys import KeyRing
from .policies import signed_policy
from .problems import Problem
from .schema import DEVICE, ENROL_CODE, LANE, STORE

DEFAULT_MINUTES: Final = 10
_MINUTE_MS: Final = 60_000


@dataclass(frozen=True, slots=True)
class EnrolmentRequest:
    """What a lane says of itself; ``pubkey`` is 32 bytes in base64url."""

    code: str
    pubkey: str
    hw_hash: str
    app_ver: str
    os: str


class AttemptLimit:
    """Bounds wrong codes a minute and address, so that nobody even tries 128 bits; kept per process on purpose."""

    def __init__(self, per_minute: int = 30, addresses: int = 10_000) -> None:
        self._per_minute = per_minute
        self._addresses = addresses
        self._wrong: dict[str, deque[int]] = {}

    def check(self, address: str, now_ms: int) -> None:
        """Let an attempt pass.

        Raises:
            Problem: rate-limited.
        """
        wrong = self._wrong.get(address, deque())
        while wrong and wrong[0] <= now_ms - _MINUTE_MS:
            wrong.popleft()
        if len(wrong) >= self._per_minute:
            raise Problem("rate-limited", retry_after_s=max(1, (wrong[0] + _MINUTE_MS - now_ms) // 1000))

    def note_wrong(self, address: str, now_ms: int) -> None:
        """Count a wrong code; of too many addresses the oldest is forgotten."""
        self._wrong.setdefault(address, deque()).append(now_ms)
        if len(self._wrong) > self._addresses:
            del self._wrong[next(iter(self._wrong))]


def new_code(connection: Connection, store: int, lane: int, now_ms: int, minutes: int = DEFAULT_MINUTES) -> str:
    """Make a code for one lane; only its hash is kept."""
    code = opaque_id.encode(secrets.randbits(128), opaque_id.ENROLMENT_PREFIX)
    connection.execute(
        insert(ENROL_CODE).values(
            code_hash=_code_hash(code),
            store=store,
            lane=lane,
            expires_ms=now_ms + minutes * _MINUTE_MS,
            pubkey="",
            device="",
        )
    )
    return code


def enrol(connection: Connection, request: EnrolmentRequest, keys: KeyRing, now_ms: int) -> tuple[bool, dict[str, Any]]:
    """Turn a code into a device. The same code with the same key inside its time gives the same answer again.

    Returns:
        Whether the device is new, and the answer.

    Raises:
        Problem: enrol-code-invalid, enrol-code-used.
    """
    code = _canonical(request.code)
    row = connection.execute(
        select(ENROL_CODE).where(ENROL_CODE.c.code_hash == _code_hash(code)).with_for_update()
    ).one_or_none()
    if row is None:
        raise Problem("enrol-code-invalid")
    if row.expires_ms <= now_ms or (row.used_ms is not None and row.pubkey != request.pubkey):
        raise Problem("enrol-code-used")
    is_new = row.used_ms is None
    device = _add_device(connection, row, request, now_ms) if is_new else row.device
    return is_new, _answer(connection, device, code, keys)


def _canonical(code: str) -> str:
    try:
        return opaque_id.parse(code.strip(), opaque_id.ENROLMENT_PREFIX)
    except BadCode as bad:
        raise Problem("enrol-code-invalid", bad.fault.value) from bad


def _code_hash(code: str) -> str:
    return hashlib.sha256(b"rdm/enrol/1\0" + code.encode()).hexdigest()


def _add_device(connection: Connection, code: Row[tuple[Any, ...]], request: EnrolmentRequest, now_ms: int) -> str:
    device = "d-" + secrets.token_hex(8)
    connection.execute(
        insert(DEVICE).values(
            id=device,
            store=code.store,
            lane=code.lane,
            epoch=1,
            pubkey=request.pubkey,
            hw_hash=request.hw_hash,
            app_ver=request.app_ver,
            os=request.os,
            state=ACTIVE,
            token=fresh_token(),
            previous_token="",
            enrolled_ms=now_ms,
            seen_ms=now_ms,
            report="{}",
        )
    )
    add_epoch(connection, device, 1, "enrolled", now_ms)
    connection.execute(
        update(ENROL_CODE)
        .where(ENROL_CODE.c.code_hash == code.code_hash)
        .values(used_ms=now_ms, pubkey=request.pubkey, device=device)
    )
    return device


def _answer(connection: Connection, device: str, code: str, keys: KeyRing) -> dict[str, Any]:
    row = connection.execute(select(DEVICE).where(DEVICE.c.id == device)).one()
    store = connection.execute(select(STORE).where(STORE.c.number == row.store)).one()
    booth = connection.execute(
        select(LANE.c.booth).where(LANE.c.store == row.store, LANE.c.number == row.lane)
    ).scalar()
    policy = signed_policy(connection, keys, row.store)
    server = policy["store_server"] or {}
    return {
        "device_id": device,
        "epoch": row.epoch,
        "store": {
            "number": store.number,
            "id": store.id,
            "name": store.name,
            "zone": store.zone,
            "currency": store.currency,
            "booth": store.booth,
        },
        "lane_no": row.lane,
        "booth": booth or "",
        "trust": policy["trust"],
        "store_secret": to_base64(store.secret),
        "store_url": server.get("url"),
        "store_pin": server.get("pin"),
        "policy": policy,
        "sas": short_authentication(code, row.pubkey),
        "session_token": row.token,
    }
