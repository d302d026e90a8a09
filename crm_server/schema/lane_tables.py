"""Tables of the lanes: devices, their requests, their journals.

Apart from the shop's tables because only lanes write these.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from .metadata import METADATA, ROW_NUMBER

# code_hash: SHA-256 of the canonical code; the code itself is never kept. pubkey, device: who used it.
ENROL_CODE: Final = Table(
    "enrol_code",
    METADATA,
    Column("code_hash", String(64), primary_key=True),
    Column("store", Integer, nullable=False),
    Column("lane", Integer, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Column("used_ms", BigInteger, nullable=True),
    Column("pubkey", String(64), nullable=False),
    Column("device", String(40), nullable=False),
)

# token: the session token that is due next; previous_token: the one it answered (PROTOCOL 3.6). left_ms: when it was
# given back; it is revoked from then on.
DEVICE: Final = Table(
    "device",
    METADATA,
    Column("id", String(40), primary_key=True),
    Column("store", ForeignKey("store.number"), nullable=False),
    Column("lane", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("pubkey", String(64), nullable=False),
    Column("hw_hash", String(128), nullable=False),
    Column("app_ver", String(40), nullable=False),
    Column("os", String(80), nullable=False),
    Column("state", String(20), nullable=False),
    Column("token", String(64), nullable=False),
    Column("previous_token", String(64), nullable=False),
    Column("enrolled_ms", BigInteger, nullable=False),
    Column("seen_ms", BigInteger, nullable=False),
    Column("report", Text, nullable=False),
    Column("left_ms", BigInteger, nullable=True),
)

# ack_seq: nothing is missing up to it. max_seq: the highest that is stored.
DEVICE_EPOCH: Final = Table(
    "device_epoch",
    METADATA,
    Column("device", ForeignKey("device.id"), primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("reason", String(80), nullable=False),
    Column("started_ms", BigInteger, nullable=False),
    Column("ack_seq", BigInteger, nullable=False),
    Column("max_seq", BigInteger, nullable=False),
)

NONCE: Final = Table(
    "nonce",
    METADATA,
    Column("device", String(40), primary_key=True),
    Column("nonce", String(64), primary_key=True),
    Column("at_ms", BigInteger, nullable=False, index=True),
    sqlite_with_rowid=False,
)

IDEMPOTENCY: Final = Table(
    "idempotency",
    METADATA,
    Column("key", String(200), primary_key=True),
    Column("digest", String(64), nullable=False),
    sqlite_with_rowid=False,
)

# Every well-signed entry, kept for ever; its natural key is the idempotency key of the whole system.
INBOX: Final = Table(
    "inbox",
    METADATA,
    Column("id", ROW_NUMBER, primary_key=True),
    Column("device", String(40), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("sig", LargeBinary, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("result", String(12), nullable=False),
    Column("reason", String(40), nullable=False),
    Column("coupon_id", String(40), nullable=False),
    Column("use_no", Integer, nullable=True),
    Column("claim_id", String(32), nullable=False),
    Column("voided", Integer, nullable=False),
    Column("late", Integer, nullable=False),
    Column("received_ms", BigInteger, nullable=False),
    UniqueConstraint("device", "epoch", "seq", "hash"),
)
Index(None, INBOX.c.coupon_id, sqlite_where=INBOX.c.coupon_id != "", postgresql_where=INBOX.c.coupon_id != "")

# Rows that cannot be a device's own word: no good signature, or bytes that are no entry. They block nothing.
QUARANTINE: Final = Table(
    "quarantine",
    METADATA,
    Column("id", ROW_NUMBER, primary_key=True),
    Column("device", String(40), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("sig", LargeBinary, nullable=False),
    Column("reason", String(40), nullable=False),
    Column("received_ms", BigInteger, nullable=False),
    UniqueConstraint("device", "epoch", "seq", "hash"),
)

# What a person decided about a row that is not applied. ref: as its result named it (``server_ref``). state: applied,
# accepted (it happened, and changes no books), written-off. owner: who answers for it.
QUARANTINE_DECISION: Final = Table(
    "quarantine_decision",
    METADATA,
    Column("ref", String(24), primary_key=True),
    Column("state", String(12), nullable=False),
    Column("owner", String(40), nullable=False),
    Column("note", String(200), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)

# An entry that found taken what is given once, beside who holds it. holder: as it was when the two met. about: use,
# issue, or receipt or return (then ``coupon_id`` is ``receipt:FINGERPRINT``). cause: of a use, why the two met.
CONFLICT: Final = Table(
    "conflict",
    METADATA,
    Column("id", ROW_NUMBER, primary_key=True),
    Column("inbox_id", ForeignKey("inbox.id"), nullable=False, unique=True),
    Column("coupon_id", String(40), nullable=False),
    Column("use_no", Integer, nullable=False),
    Column("holder_claim_id", String(32), nullable=False),
    Column("holder", Text, nullable=False),
    Column("loss_minor", BigInteger, nullable=False),
    Column("store", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("about", String(10), nullable=False, server_default="use"),
    Column("cause", String(20), nullable=False, server_default=""),
    Index(None, "coupon_id", "use_no"),
)

# Voids that arrived before the redemption they take back.
WAITING_VOID: Final = Table(
    "waiting_void",
    METADATA,
    Column("device", String(40), primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("target_seq", BigInteger, primary_key=True, autoincrement=False),
    Column("inbox_id", ForeignKey("inbox.id"), nullable=False),
)
