"""The stores' own servers as the centre knows them: what they announce, what lanes are told of them, their roster.

Apart from devices because a device is whoever signs, and this is what lanes of one store may ask beside the centre.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from pos_client.domain.journal_entry import wire_time
from pos_client.domain.signed_document import DocumentPurpose, KeyPurpose, to_base64

from . import quota_shares
from .devices import REVOKED, Caller
from .keys import KeyRing, public_key, trusted_key
from .problems import Problem
from .schema import DEVICE, STORE, STORE_SERVER

# A store server is the device that stands at no lane of its store.
LANE: Final = 0
FIRST_KEY: Final = 1_000
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})

_NEWEST: Final = (
    select(STORE_SERVER, DEVICE.c.state)
    .join(DEVICE, DEVICE.c.id == STORE_SERVER.c.device)
    .where(STORE_SERVER.c.store == bindparam("of_store"))
    .order_by(STORE_SERVER.c.n.desc())
    .limit(1)
)
_OWN: Final = select(STORE_SERVER).where(
    STORE_SERVER.c.device == bindparam("of_device"), STORE_SERVER.c.public == bindparam("of_public")
)
_SEEN: Final = (
    update(STORE_SERVER).where(STORE_SERVER.c.device == bindparam("of_device")).values(seen_ms=bindparam("at"))
)
_CHANGED: Final = update(STORE_SERVER).where(STORE_SERVER.c.n == bindparam("of_n"))
_LANE_OF: Final = select(DEVICE).where(DEVICE.c.id == bindparam("of_device"), DEVICE.c.store == bindparam("of_store"))
_DEVICES: Final = (
    select(DEVICE.c.id, DEVICE.c.lane, DEVICE.c.epoch, DEVICE.c.pubkey, DEVICE.c.state)
    .where(DEVICE.c.store == bindparam("of_store"), DEVICE.c.lane != LANE)
    .order_by(DEVICE.c.enrolled_ms, DEVICE.c.id)
)


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a store server says of itself.

    Attributes:
        pin: SHA-256 of its certificate (DER), hexadecimal; empty where it speaks plain HTTP on loopback.
        public: its store key, base64url. store_epoch: never falls. reason: for people, why it says so now.
    """

    url: str
    pin: str
    public: str
    store_epoch: int
    reason: str


@dataclass(frozen=True, slots=True)
class StoreServerTold:
    """What lanes of a store are told: the policy's ``store_server``, its key, and since when."""

    document: dict[str, Any] | None
    trust: list[dict[str, Any]]
    changed_ms: int


def announce(connection: Connection, caller: Caller, said: Announcement, now_ms: int) -> dict[str, Any]:
    """Note where a store server stands; the newest that joined is the one that lanes are told of.

    Returns:
        ``key_id`` of its store key, the highest ``store_epoch`` that is known of it, and whether it ``replaces``
        another one, whose grants it cannot know.

    Raises:
        Problem: device-other, body-malformed.
    """
    must_be_store_server(caller)
    _check(said)
    own = connection.execute(_OWN, {"of_device": caller.device, "of_public": said.public}).one_or_none()
    number = _add(connection, caller, said, now_ms) if own is None else _renew(connection, own, said, now_ms)
    others = select(STORE_SERVER.c.n).where(STORE_SERVER.c.store == caller.store, STORE_SERVER.c.n < number).limit(1)
    return {
        "key_id": FIRST_KEY + number,
        "store_epoch": max(said.store_epoch, own.store_epoch if own else 0),
        "replaces": connection.execute(others).first() is not None,
    }


def must_be_store_server(caller: Caller) -> None:
    """Let a store server pass.

    Raises:
        Problem: device-other.
    """
    if caller.lane != LANE:
        raise Problem("device-other", "only a store's own server may ask this")


def brought_by(connection: Connection, caller: Caller, device: str) -> Caller:
    """The lane whose entries a store server brings, as if it stood there itself.

    Raises:
        Problem: device-other.
    """
    must_be_store_server(caller)
    row = connection.execute(_LANE_OF, {"of_device": device, "of_store": caller.store}).one_or_none()
    if row is None:
        raise Problem("device-other", "the lane stands in another store")
    return Caller(row.id, row.store, row.lane, caller.zone, row.epoch, row.state)


def told_of(connection: Connection, store: int) -> StoreServerTold:
    """What the policy of a store says of its server; nothing once that was revoked."""
    row = connection.execute(_NEWEST, {"of_store": store}).one_or_none()
    if row is None or row.state == REVOKED:
        return StoreServerTold(None, [], row.changed_ms if row else 0)
    key_id = FIRST_KEY + row.n
    named = {"device": row.device, "url": row.url, "pin": row.pin, "key_id": key_id, "store_epoch": row.store_epoch}
    return StoreServerTold(named, [trusted_key(key_id, KeyPurpose.STORE, row.public)], row.changed_ms)


def signed_roster(
    connection: Connection, keys: KeyRing, caller: Caller, now: datetime, now_ms: int
) -> tuple[str, dict[str, Any]]:
    """Who may ask a store server, with its entity tag, which no time changes.

    Raises:
        Problem: device-other.
    """
    must_be_store_server(caller)
    connection.execute(_SEEN, {"of_device": caller.device, "at": now_ms})
    store = connection.execute(select(STORE).where(STORE.c.number == caller.store)).one()
    roster = {
        "store": {name: getattr(store, name) for name in ("number", "id", "name", "zone", "currency", "booth")},
        "store_secret": to_base64(store.secret),
        "devices": [row._asdict() for row in connection.execute(_DEVICES, {"of_store": caller.store})],
        "shares": quota_shares.of_store(connection, caller.store),
    }
    tag = hashlib.sha256(json.dumps(roster, sort_keys=True).encode()).hexdigest()[:32]
    return tag, keys.sign_document(DocumentPurpose.ROSTER, {**roster, "issued_at": wire_time(now)})


def _add(connection: Connection, caller: Caller, said: Announcement, now_ms: int) -> int:
    values = {"device": caller.device, "store": caller.store, "public": said.public, "joined_ms": now_ms}
    key = connection.execute(insert(STORE_SERVER).values(**values, **_said(said, now_ms))).inserted_primary_key
    return int(key[0]) if key else 0


def _renew(connection: Connection, own: Row[Any], said: Announcement, now_ms: int) -> int:
    """Take what changed. An epoch that fell is a database that was put back; it will hear so and take a newer one."""
    before = (own.url, own.pin, own.store_epoch)
    after = (said.url, said.pin, max(said.store_epoch, own.store_epoch))
    changed = _said(said, now_ms) if before != after else {"seen_ms": now_ms}
    connection.execute(_CHANGED.values(**{**changed, "store_epoch": after[2]}), {"of_n": own.n})
    return int(own.n)


def _said(said: Announcement, now_ms: int) -> dict[str, Any]:
    told = {"url": said.url, "pin": said.pin, "store_epoch": said.store_epoch, "reason": said.reason}
    return {**told, "changed_ms": now_ms, "seen_ms": now_ms}


def _check(said: Announcement) -> None:
    """Refuse what lanes could not use, or could be misled by."""
    try:
        public_key(said.public)
        parts = urlsplit(said.url)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise Problem("body-malformed", "url or public cannot be read") from error
    plain = parts.scheme == "http" and host in _LOOPBACK and not said.pin
    if not host or parts.path not in {"", "/"} or not (plain or (parts.scheme == "https" and said.pin)):
        raise Problem("body-malformed", "url is https with a pin, or http on loopback without one")
