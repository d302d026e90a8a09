"""Tables of the trade: points and stamps, purchases, things at the booths, and what is lent to a lane to be given out.

Apart from the shop's tables because entries of lanes move these, and nobody edits them by hand.
"""

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from .metadata import METADATA, ROW_NUMBER

# One row a movement, never changed but for ``member_number`` (0 until the centre knows whose ``member_ref`` it is).
# account: ``points`` or ``stamps:CARD``. why: of the entry, or opening, void, conflict, merge.
LEDGER: Final = Table(
    "ledger",
    METADATA,
    Column("id", ROW_NUMBER, primary_key=True),
    Column("inbox_id", ForeignKey("inbox.id"), nullable=True, index=True),
    Column("account", String(80), nullable=False),
    Column("member_ref", String(40), nullable=False, index=True),
    Column("member_number", BigInteger, nullable=False),
    Column("delta", BigInteger, nullable=False),
    Column("campaign", BigInteger, nullable=False),
    Column("txn", String(32), nullable=False),
    Column("device", String(40), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("why", String(20), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Index(None, "member_number", "account"),
    Index(None, "device", "txn"),
)

STAMP: Final = Table(
    "stamp",
    METADATA,
    Column("member_number", BigInteger, primary_key=True, autoincrement=False),
    Column("card", String(50), primary_key=True),
    Column("count", BigInteger, nullable=False),
)

# A purchase, or with ``returns`` the return of one. state: standing, conflict, voided.
PURCHASE: Final = Table(
    "purchase",
    METADATA,
    Column("inbox_id", ForeignKey("inbox.id"), primary_key=True, autoincrement=False),
    Column("device", String(40), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("txn", String(32), nullable=False),
    Column("returns", String(32), nullable=False),
    Column("fingerprint", String(32), nullable=False),
    Column("store", Integer, nullable=False),
    Column("lane", Integer, nullable=False),
    Column("operator", String(40), nullable=False),
    Column("promoter", String(40), nullable=False),
    Column("member_ref", String(40), nullable=False, index=True),
    Column("member_number", BigInteger, nullable=False, index=True),
    Column("currency", String(3), nullable=False),
    Column("basket_minor", BigInteger, nullable=False),
    Column("discount_minor", BigInteger, nullable=False),
    Column("business_date", String(10), nullable=False),
    Column("state", String(10), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Index(None, "device", "txn"),
)
_STANDS: Final = (PURCHASE.c.state == "standing") & (PURCHASE.c.fingerprint != "")
# The promise that a receipt counts once.
Index(None, PURCHASE.c.fingerprint, unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS)

# What lies at a booth; an item without a row is not counted.
STOCK: Final = Table(
    "stock",
    METADATA,
    Column("id", ROW_NUMBER, primary_key=True),
    Column("store", ForeignKey("store.number"), nullable=False),
    Column("booth", String(120), nullable=False),
    Column("item", String(60), nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("low", Integer, nullable=False),
    UniqueConstraint("store", "booth", "item"),
)

# Points that a lane is about to take. state: granted, consumed, released.
POINTS_HOLD: Final = Table(
    "points_hold",
    METADATA,
    Column("hold_id", String(32), primary_key=True),
    Column("member_number", BigInteger, nullable=False, index=True),
    Column("points", BigInteger, nullable=False),
    Column("state", String(10), nullable=False),
    Column("device", String(40), nullable=False),
    Column("store", Integer, nullable=False),
    Column("lane", Integer, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)

# How many coupons of a campaign (0: how many members) a lane shall have at hand.
POOL: Final = Table(
    "pool",
    METADATA,
    Column("store", Integer, primary_key=True, autoincrement=False),
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("campaign", BigInteger, primary_key=True, autoincrement=False),
    Column("size", Integer, nullable=False),
    Column("days_valid", Integer, nullable=False),
    Column("home_store", Integer, nullable=False),
)

# A coupon that a lane may issue. state: free, issued, withdrawn. inbox_id, device, txn, member_ref: of the entry that
# issued it.
POOL_COUPON: Final = Table(
    "pool_coupon",
    METADATA,
    Column("coupon_id", ForeignKey("coupon.coupon_id"), primary_key=True),
    Column("store", Integer, nullable=False),
    Column("lane", Integer, nullable=False),
    Column("campaign", BigInteger, nullable=False),
    Column("state", String(10), nullable=False),
    Column("inbox_id", ForeignKey("inbox.id"), nullable=True),
    Column("device", String(40), nullable=False, server_default=""),
    Column("txn", String(32), nullable=False, server_default=""),
    Column("member_ref", String(40), nullable=False, server_default="", index=True),
    Index(None, "store", "lane", "campaign", "state"),
    Index(None, "device", "txn"),
)

# A number, reference and card that a lane may give to a new member. state: free, bound.
POOL_MEMBER: Final = Table(
    "pool_member",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("store", Integer, nullable=False),
    Column("lane", Integer, nullable=False),
    Column("ref", String(40), nullable=False),
    Column("card", String(20), nullable=False),
    Column("state", String(10), nullable=False),
    UniqueConstraint("ref"),
    UniqueConstraint("card"),
    Index(None, "store", "lane", "state"),
)

# A member had more of a campaign than it allows: lanes apart could not know. Both uses stand.
MEMBER_EXCESS: Final = Table(
    "member_excess",
    METADATA,
    Column("id", ROW_NUMBER, primary_key=True),
    Column("inbox_id", ForeignKey("inbox.id"), nullable=False, unique=True),
    Column("member_ref", String(40), nullable=False),
    Column("campaign", BigInteger, nullable=False),
    Column("allowed", Integer, nullable=False),
    Column("uses", Integer, nullable=False),
    Column("loss_minor", BigInteger, nullable=False),
    Column("store", Integer, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)

# Entries that move accounts and came before their predecessors: they count when nothing before them is missing.
WAITING_ENTRY: Final = Table(
    "waiting_entry",
    METADATA,
    Column("device", String(40), primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("inbox_id", ForeignKey("inbox.id"), nullable=False),
)
