"""Tables of the centre, one for SQLite and PostgreSQL alike.

Apart from the code that fills them because migrations, reports and resources must agree on the names. Moments are Unix
milliseconds, money is minor units, hashes and claim ids are lower-case hexadecimal.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts only a column of exactly this type as its row number.
ROW_NUMBER: Final = BigInteger().with_variant(Integer(), "sqlite")

META: Final = Table(
    "meta",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

STORE: Final = Table(
    "store",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", String(20), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("zone", String(40), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("booth", Text, nullable=False),
    Column("region", String(40), nullable=False),
    Column("offline_by_design", Integer, nullable=False),
    Column("secret", LargeBinary, nullable=False),
)

LANE: Final = Table(
    "lane",
    METADATA,
    Column("store", ForeignKey("store.number"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("booth", Text, nullable=False),
)

# store 0 works in every store.
STAFF: Final = Table(
    "staff",
    METADATA,
    Column("id", String(20), primary_key=True),
    Column("store", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("active", Integer, nullable=False),
)

# body: the offer document. next_serial: the serial that the next coupon of this campaign gets.
OFFER: Final = Table(
    "offer",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("next_serial", BigInteger, nullable=False),
)

MEMBER: Final = Table(
    "member",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("ref", String(40), nullable=False, unique=True),
    Column("card", String(20), nullable=False, unique=True),
    Column("phone", String(16), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("level", String(20), nullable=False),
    Column("points", Integer, nullable=False),
    Column("owner_store", Integer, nullable=False, index=True),
    Column("owner_promoter", String(20), nullable=False),
    Column("since_day", Integer, nullable=False),
)

# code: canonical text of an opaque coupon; a signed one's text follows from the row and its key.
COUPON: Final = Table(
    "coupon",
    METADATA,
    Column("coupon_id", String(40), primary_key=True),
    Column("code_kind", String(20), nullable=False),
    Column("code", String(40), nullable=True, unique=True),
    Column("key_id", Integer, nullable=False),
    Column("campaign", ForeignKey("offer.number"), nullable=False),
    Column("serial", BigInteger, nullable=False),
    Column("first_day", Integer, nullable=False),
    Column("last_day", Integer, nullable=False),
    Column("home_store", Integer, nullable=False),
    Column("value_minor", BigInteger, nullable=False),
    Column("member_number", BigInteger, nullable=False, index=True),
    Column("revoked", Integer, nullable=False),
    Column("issued_ms", BigInteger, nullable=False),
    UniqueConstraint("campaign", "serial"),
)

LEASE: Final = Table(
    "lease",
    METADATA,
    Column("campaign", ForeignKey("offer.number"), primary_key=True),
    Column("first_serial", BigInteger, primary_key=True, autoincrement=False),
    Column("last_serial", BigInteger, nullable=False),
    Column("store", ForeignKey("store.number"), nullable=False),
    Column("until_ms", BigInteger, nullable=False),
)

# code_hash: SHA-256 of the canonical code; the code itself is never kept. answer: what a repeated enrolment gets.
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

# token: the session token that is due next; previous_token: the one it answered (PROTOCOL 3.6).
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

POLICY: Final = Table(
    "policy",
    METADATA,
    Column("ver", Integer, primary_key=True, autoincrement=False),
    Column("issued_ms", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
)

# One row a use that somebody holds: granted to a lane that asked, or consumed by a redemption.
CLAIM: Final = Table(
    "claim",
    METADATA,
    Column("coupon_id", String(40), primary_key=True),
    Column("use_no", Integer, primary_key=True, autoincrement=False),
    Column("claim_id", String(32), nullable=False, unique=True),
    Column("state", String(10), nullable=False),
    Column("tier", String(1), nullable=False),
    Column("device", String(40), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("store", Integer, nullable=False),
    Column("lane", Integer, nullable=False),
    Column("operator", String(40), nullable=False),
    Column("value_minor", BigInteger, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)

# Claims that were given back, so that a late repeat of the same request grants nothing.
RELEASED_CLAIM: Final = Table(
    "released_claim",
    METADATA,
    Column("claim_id", String(32), primary_key=True),
    Column("coupon_id", String(40), nullable=False),
    Column("use_no", Integer, nullable=False),
    Column("device", String(40), nullable=False),
    Column("reason", String(80), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
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

# A redemption that found its use taken, beside the claim that holds it. holder: as it was when the two met.
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

# What changed, in the order in which it was committed: a lane's cursor is a number of this table.
CHANGE: Final = Table(
    "change",
    METADATA,
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("t", String(20), nullable=False),
    Column("k", String(80), nullable=False),
)

# The one row that hands out change numbers; whoever holds it commits before the next number is given.
CHANGE_HEAD: Final = Table(
    "change_head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("n", BigInteger, nullable=False),
)

SNAPSHOT: Final = Table(
    "snapshot",
    METADATA,
    Column("gen", BigInteger, primary_key=True, autoincrement=False),
    Column("store", ForeignKey("store.number"), nullable=False, index=True),
    Column("n", BigInteger, nullable=False),
    Column("issued_ms", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("manifest", Text, nullable=False),
)
