"""Tables of limited campaigns: what each place may give in all and has given, and which use came out of whose part.

Apart from the shop's tables because these are counted with every use, at the centre and at a store's own server.
"""

from typing import Final

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, String, Table, Text

from .metadata import METADATA

# store: 0 for what the centre itself may give; else what that store was given in advance. Together they are the
# campaign's total. total: of the centre's own row, as the offer says it. wanted: what the store shall keep, which is
# less than granted until its server has said so. lanes: JSON, uses by lane that they may grant alone, inside granted.
# ver: of the share, counted up with each change. told_used: what the store's server last said of its own uses.
QUOTA: Final = Table(
    "quota",
    METADATA,
    Column("campaign", BigInteger, primary_key=True, autoincrement=False),
    Column("store", Integer, primary_key=True, autoincrement=False),
    Column("granted", BigInteger, nullable=False),
    Column("used", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("wanted", BigInteger, nullable=False),
    Column("lanes", Text, nullable=False),
    Column("ver", BigInteger, nullable=False),
    Column("told_used", BigInteger, nullable=False),
    CheckConstraint("used >= 0 AND used <= granted", name="within"),
)

# store: whose part a claim's use came out of; -1 where none was left, and it stands beyond the total.
QUOTA_USE: Final = Table(
    "quota_use",
    METADATA,
    Column("claim_id", String(32), primary_key=True),
    Column("campaign", BigInteger, nullable=False),
    Column("store", Integer, nullable=False),
)
_BEYOND: Final = QUOTA_USE.c.store < 0
Index(None, QUOTA_USE.c.campaign, sqlite_where=_BEYOND, postgresql_where=_BEYOND)
