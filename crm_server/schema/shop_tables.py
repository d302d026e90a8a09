"""Tables of the shop: stores, people, campaigns, coupons, uses, and what is issued to lanes.

Apart from the lanes' tables because a person at the centre changes these, and lanes only hear of them.
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

from .metadata import METADATA

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

# hash: what scrypt makes of the PIN, bound to no store yet. changed_ms: when the policies that carry it changed last.
STAFF_PIN: Final = Table(
    "staff_pin",
    METADATA,
    Column("staff", ForeignKey("staff.id"), primary_key=True),
    Column("n", Integer, nullable=False),
    Column("r", Integer, nullable=False),
    Column("p", Integer, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("changed_ms", BigInteger, nullable=False),
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
    Column("verified", Integer, nullable=False, server_default="1"),
    Column("purchases", Integer, nullable=False, server_default="0"),
)

# code: canonical text of an opaque coupon; a signed one's text follows from the row and its key. is_pooled: signed for
# nobody, to be issued by a lane; the member it is then bound to does not stand in its code.
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
    Column("is_pooled", Integer, nullable=False, server_default="0"),
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
    Column("campaign", BigInteger, nullable=False, server_default="0"),
    Column("member_ref", String(40), nullable=False, server_default=""),
    Index(None, "member_ref", "campaign"),
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

# What changed, in the order in which it was committed: a lane's cursor is a number of this table. through: the last
# number that belongs on the same page. cells: JSON of the balances as they were then, empty where there are none.
CHANGE: Final = Table(
    "change",
    METADATA,
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("t", String(20), nullable=False),
    Column("k", String(80), nullable=False),
    Column("through", BigInteger, nullable=False, server_default="0"),
    Column("cells", Text, nullable=False, server_default=""),
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
