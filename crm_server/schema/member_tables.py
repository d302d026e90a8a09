"""Tables of binding: who a provisional member turned out to be, who was bound by a picture, one-time codes.

Apart from the shop's tables because customers make these rows, at a counter or with their own phone.
"""

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table

from .metadata import METADATA, ROW_NUMBER

# A lane bound somebody, without the network, who was known under another reference.
MEMBER_ALIAS: Final = Table(
    "member_alias",
    METADATA,
    Column("ref", String(40), primary_key=True),
    Column("to_ref", String(40), nullable=False, index=True),
    Column("member_number", BigInteger, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)

# digest: SHA-256 of a parametric code's digits, hexadecimal. A printed code binds many, so the member is in the key.
SCENE_BINDING: Final = Table(
    "scene_binding",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("member_number", BigInteger, primary_key=True, autoincrement=False),
    Column("store", Integer, nullable=False),
    Column("lane", Integer, nullable=False),
    Column("staff", String(8), nullable=False),
    Column("campaign", BigInteger, nullable=False),
    Column("is_new", Integer, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)

# phone_hash, code_hash: keyed, so that the table alone tells neither. state: open, passed, replaced.
PHONE_CODE: Final = Table(
    "phone_code",
    METADATA,
    Column("id", ROW_NUMBER, primary_key=True),
    Column("phone_hash", String(64), nullable=False),
    Column("code_hash", String(64), nullable=False),
    Column("sent_ms", BigInteger, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Index(None, "phone_hash", "sent_ms"),
)
