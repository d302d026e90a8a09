"""Devices: admission of each request, enrolment by one-time code, epochs that fence clones and restores.

Apart from the journal because a device is known before it has written anything.
"""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from pos_client.domain.hash_chain import GENESIS

from .problems import Problem
from .schema import DEVICE, DEVICE_EPOCH, INBOX, NONCE, STORE
from .stored_ranges import stored_ranges

ACTIVE: Final = "active"
FORKED: Final = "forked"
REVOKED: Final = "revoked"
NONCE_KEPT_MS: Final = 600_000
MOST_FORGOTTEN_EPOCHS: Final = 1_000

_DEVICE: Final = (
    select(DEVICE, STORE.c.zone).join(STORE, STORE.c.number == DEVICE.c.store).where(DEVICE.c.id == bindparam("device"))
)
_NEW_NONCE: Final = insert(NONCE)
_OLD_NONCES: Final = delete(NONCE).where(NONCE.c.at_ms < bindparam("before"))
_ROLL: Final = (
    update(DEVICE)
    .where(DEVICE.c.id == bindparam("device"))
    .values(previous_token=bindparam("presented"), token=bindparam("fresh"), seen_ms=bindparam("at"))
)
_STATE: Final = update(DEVICE).where(DEVICE.c.id == bindparam("device")).values(state=bindparam("to"))


@dataclass(frozen=True, slots=True)
class Caller:
    """The device behind a request whose signature holds.

    Attributes:
        zone: its store's IANA time zone.
        epoch: its current one.
        state: active, forked or revoked.
        next_token: the session token for its next push or heartbeat; empty on other requests.
        token_forked: it presented a token that belongs to another copy of it.
    """

    device: str
    store: int
    lane: int
    zone: str
    epoch: int
    state: str
    next_token: str = ""
    token_forked: bool = False


def fresh_token() -> str:
    """A session token: 128 random bits."""
    return secrets.token_urlsafe(16)


def public_key_text(connection: Connection, device: str) -> str | None:
    """A device's public key, base64url; None where it is not enrolled."""
    row = connection.execute(_DEVICE, {"device": device}).one_or_none()
    return row.pubkey if row else None


def admit(connection: Connection, device: str, nonce: str, token: str | None, now_ms: int) -> Caller:
    """Let one signed request in: its nonce is new, its device known, its session token (where it has one) due.

    Raises:
        Problem: nonce-replayed, device-unknown.
    """
    if now_ms % 64 == 0:  # now and then is enough, and needs no clockwork
        connection.execute(_OLD_NONCES, {"before": now_ms - NONCE_KEPT_MS})
    try:
        connection.execute(_NEW_NONCE, {"device": device, "nonce": nonce, "at_ms": now_ms})
    except IntegrityError as error:
        raise Problem("nonce-replayed") from error
    row = connection.execute(_DEVICE, {"device": device}).one_or_none()
    if row is None:
        raise Problem("device-unknown")
    caller = Caller(row.id, row.store, row.lane, row.zone, row.epoch, row.state)
    return caller if token is None else _roll(connection, row, token, now_ms)


def _roll(connection: Connection, row: Row[tuple[object, ...]], token: str, now_ms: int) -> Caller:
    """Take the due token, or the one before it while the due one was never presented, and make the next."""
    if token not in {row.token, row.previous_token}:
        flag(connection, row.id, row.state)
        return Caller(row.id, row.store, row.lane, row.zone, row.epoch, FORKED, token_forked=True)
    fresh = fresh_token()
    connection.execute(_ROLL, {"device": row.id, "presented": token, "fresh": fresh, "at": now_ms})
    return Caller(row.id, row.store, row.lane, row.zone, row.epoch, row.state, fresh)


def flag(connection: Connection, device: str, state: str) -> None:
    """Note that two machines speak with this name; a revoked device stays revoked."""
    if state == ACTIVE:
        connection.execute(_STATE, {"device": device, "to": FORKED})


@dataclass(frozen=True, slots=True)
class NewEpoch:
    """A fencing number, the last entry that the server holds of the one before it, and the first session token."""

    epoch: int
    head_seq: int
    head_hash: str
    token: str


def begin_epoch(connection: Connection, caller: Caller, reason: str, last_epoch: int, now_ms: int) -> NewEpoch:
    """Give a device its next epoch, which also ends a fork.

    The chain goes on from the epoch that the device was in (``last_epoch``), not from the newest that was given out: an
    answer may have been lost, and of two copies each has a chain of its own. A device may also know a later epoch than
    a server that was restored from a backup; no number is ever given twice.

    Raises:
        Problem: body-malformed, for an epoch that no backup explains.
    """
    if last_epoch - caller.epoch > MOST_FORGOTTEN_EPOCHS:
        raise Problem("body-malformed", "last_epoch is far beyond what this device was given")
    seq, hash_ = stored_head(connection, caller.device, last_epoch or caller.epoch)
    epoch, token = max(caller.epoch, last_epoch) + 1, fresh_token()
    for forgotten in range(caller.epoch + 1, epoch):
        add_epoch(connection, caller.device, forgotten, "forgotten here", now_ms)
    connection.execute(
        update(DEVICE)
        .where(DEVICE.c.id == caller.device)
        .values(epoch=epoch, token=token, previous_token="", state=ACTIVE, seen_ms=now_ms)
    )
    add_epoch(connection, caller.device, epoch, reason, now_ms)
    return NewEpoch(epoch, seq, hash_, token)


def leave(connection: Connection, caller: Caller, head: tuple[int, int], now_ms: int, *, exported: bool) -> int:
    """A device is given back: it is revoked from now on. Returns how many of its entries are still awaited.

    Args:
        connection: of the job.
        caller: who leaves; one that left already may say so again.
        head: number (epoch, seq) of its last entry.
        now_ms: of the clock.
        exported: what is missing comes in a file.

    Raises:
        Problem: device-undelivered.
    """
    epoch, seq = head
    stored = stored_ranges(connection, caller.device, epoch)
    awaited = max(0, seq - stored.max_seq) + sum(last - first + 1 for first, last in stored.missing)
    if awaited and not exported:
        missing = [*stored.missing, *([(stored.max_seq + 1, seq)] if seq > stored.max_seq else [])]
        raise Problem("device-undelivered", missing=missing)
    gone = update(DEVICE).where(DEVICE.c.id == caller.device)
    connection.execute(gone.values(state=REVOKED))
    connection.execute(gone.where(DEVICE.c.left_ms.is_(None)).values(left_ms=now_ms))
    return awaited


def add_epoch(connection: Connection, device: str, epoch: int, reason: str, now_ms: int) -> None:
    """Open the book of an epoch."""
    connection.execute(
        insert(DEVICE_EPOCH).values(device=device, epoch=epoch, reason=reason, started_ms=now_ms, ack_seq=0, max_seq=0)
    )


def stored_head(connection: Connection, device: str, epoch: int) -> tuple[int, str]:
    """Number and hash of the highest entry that is stored of an epoch; (0, 64 zeros) where there is none."""
    row = connection.execute(
        select(INBOX.c.seq, INBOX.c.hash)
        .where(INBOX.c.device == device, INBOX.c.epoch == epoch)
        .order_by(INBOX.c.seq.desc(), INBOX.c.id)
        .limit(1)
    ).one_or_none()
    return (row.seq, row.hash) if row else (0, GENESIS.hex())


def short_authentication(code: str, pubkey: str) -> str:
    """The six digits that manager and lane compare: both know code and key, an interceptor's key gives others."""
    digest = hashlib.sha256(b"rdm/sas/1\0" + code.encode() + b"\0" + pubkey.encode()).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06d}"
