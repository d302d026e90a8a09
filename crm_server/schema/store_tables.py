"""Tables of the stores' own servers: what the centre knows of them, and what such a server keeps for itself.

Apart from the lanes' tables because a centre without such servers never touches them.
"""

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, UniqueConstraint

from .metadata import METADATA, ROW_NUMBER

# At the centre. n + 1000 is the number of its key; of several of one store the newest counts. changed_ms: when what
# lanes are told of it last changed.
STORE_SERVER: Final = Table(
    "store_server",
    METADATA,
    Column("n", ROW_NUMBER, primary_key=True),
    Column("device", ForeignKey("device.id"), nullable=False),
    Column("store", ForeignKey("store.number"), nullable=False, index=True),
    Column("url", String(200), nullable=False),
    Column("pin", String(64), nullable=False),
    Column("public", String(64), nullable=False),
    Column("store_epoch", BigInteger, nullable=False),
    Column("reason", String(80), nullable=False),
    Column("joined_ms", BigInteger, nullable=False),
    Column("changed_ms", BigInteger, nullable=False),
    Column("seen_ms", BigInteger, nullable=False),
    UniqueConstraint("device", "public"),
)

# At a store's server, as all below: documents of the centre, byte for byte. name: policy, roster, manifest, or page:
# and the cursor after which it begins.
MIRRORED: Final = Table(
    "mirrored",
    METADATA,
    Column("name", String(80), primary_key=True),
    Column("etag", String(80), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("row_count", Integer, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)

# Which stored entries the centre has. state: waiting, delivered, or stuck where it took all others but this one.
FORWARD: Final = Table(
    "forward",
    METADATA,
    Column("inbox_id", ForeignKey("inbox.id"), primary_key=True, autoincrement=False),
    Column("state", String(10), nullable=False),
    Column("result", String(40), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
_UNDELIVERED: Final = FORWARD.c.state != "delivered"
Index(None, FORWARD.c.state, sqlite_where=_UNDELIVERED, postgresql_where=_UNDELIVERED)

# What a lane last said here. brought_epoch: the store_epoch for which it has brought all that it keeps.
STORE_LANE: Final = Table(
    "store_lane",
    METADATA,
    Column("device", ForeignKey("device.id"), primary_key=True),
    Column("brought_epoch", BigInteger, nullable=False),
    Column("head_epoch", Integer, nullable=False),
    Column("head_seq", BigInteger, nullable=False),
    Column("undelivered", BigInteger, nullable=False),
    Column("seen_ms", BigInteger, nullable=False),
)
