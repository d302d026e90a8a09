"""Tables of the day's end: closes that lanes asked about, and lanes that are excused from a day.

Apart from the lanes' tables because they say what was agreed, and nothing of it can be counted from.
"""

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from .metadata import METADATA

# epoch, seq, hash: of the lane's close_day entry. state: agreed, or disagreed so far. answer: the signed document.
CLOSING: Final = Table(
    "closing",
    METADATA,
    Column("device", String(40), primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", String(64), nullable=False),
    Column("of_epoch", Integer, nullable=False),
    Column("first_seq", BigInteger, nullable=False),
    Column("last_seq", BigInteger, nullable=False),
    Column("business_date", String(10), nullable=False),
    Column("state", String(10), nullable=False),
    Column("answer", Text, nullable=False),
    Column("asked_ms", BigInteger, nullable=False),
    Column("answered_ms", BigInteger, nullable=False),
    Index(None, "device", "of_epoch", "last_seq"),
)

CLOSING_EXCUSE: Final = Table(
    "closing_excuse",
    METADATA,
    Column("store", Integer, primary_key=True, autoincrement=False),
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("business_date", String(10), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
