"""The journal's tables. ``body``, ``hash`` and ``sig`` are never written again; the columns beside them may be.

Apart from the journal's code because the migrations build the same tables. All side columns but the last block are
derived from the body, so that ``verify`` can tell when somebody changed them.
"""

from typing import Final

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, PrimaryKeyConstraint, Table, Text, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from . import journal_sql

REVISION: Final = "v0004"
"""The newest migration; a file that is made whole is stamped with it."""
ALEMBIC_TABLE: Final = (
    "CREATE TABLE alembic_version ("
    "version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

entry = Table(
    "entry",
    metadata,
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    # No unique index on hash: (epoch, seq) is in what it covers, and it would cost a random page a commit.
    Column("hash", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("sig", LargeBinary, nullable=False),
    # Derived from the body.
    Column("kind", Text, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("business_date", Text, nullable=False),
    Column("operator", Text, nullable=False),
    Column("coupon_id", Text),
    Column("use_no", Integer),
    Column("campaign", Integer),
    Column("member_ref", Text, nullable=False),
    Column("value_minor", Integer, nullable=False),
    Column("tier", Text, nullable=False),
    # Of an intent, and of a redemption without one: derived from the entry's own hash.
    Column("claim_id", Text, nullable=False),
    Column("intent_seq", Integer),
    Column("target_seq", Integer),
    # Derived from later entries: a void took it back; its claim stands for no use (an open intent, or taken back).
    Column("voided", Integer, nullable=False, server_default="0"),
    Column("unused", Integer, nullable=False, server_default="0"),
    # Delivery. state only rises; waiting: 0 not, 1 in line, 2 stuck, at the end of the line.
    Column("state", Integer, nullable=False, server_default="0"),
    Column("waiting", Integer, nullable=False, server_default="1"),
    Column("result", Text, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("holder", Text, nullable=False, server_default=""),
    Column("server_ref", Text, nullable=False, server_default=""),
    # Derived from the body: the purchase it belongs to, the account it moves (points, a stamp card, an item's stock,
    # a receipt), and by what.
    Column("txn", Text, nullable=False, server_default=""),
    Column("ref", Text, nullable=False, server_default=""),
    Column("amount", Integer, nullable=False, server_default="0"),
    PrimaryKeyConstraint("epoch", "seq"),
)

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)

# What servers said of a claim after the lane had decided; ``outcome`` is ``granted`` or the problem's code.
late_answer = Table(
    "late_answer",
    metadata,
    Column("claim_id", Text, nullable=False),
    Column("tier", Text, nullable=False),
    Column("coupon_id", Text, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("holder", Text, nullable=False),
    PrimaryKeyConstraint("claim_id", "tier"),
    sqlite_with_rowid=False,
)

Index("one_use", entry.c.coupon_id, entry.c.use_no, unique=True, sqlite_where=text(journal_sql.TAKES_USE))
Index(
    "unused_claim",
    entry.c.coupon_id,
    entry.c.kind,
    entry.c.voided,
    entry.c.claim_id,
    sqlite_where=text(journal_sql.UNUSED_CLAIM),
)
Index(
    "in_line",
    entry.c.waiting,
    entry.c.epoch,
    entry.c.seq,
    entry.c.at_ms,
    entry.c.kind,
    entry.c.tier,
    entry.c.voided,
    sqlite_where=text(journal_sql.IN_LINE),
)
Index("lost_use", entry.c.epoch, entry.c.seq, sqlite_where=text(journal_sql.LOST))
# Covers the figures of a day: counts by kind, what was done alone, and for which member.
Index(
    "day",
    entry.c.business_date,
    entry.c.kind,
    entry.c.operator,
    entry.c.tier,
    entry.c.member_ref,
    entry.c.voided,
    entry.c.value_minor,
)
Index("of_purchase", entry.c.txn, sqlite_where=text(journal_sql.OF_PURCHASE))
Index(
    "ledger",
    entry.c.ref,
    entry.c.member_ref,
    entry.c.epoch,
    entry.c.seq,
    entry.c.amount,
    sqlite_where=text(journal_sql.MOVES),
)
# What a person searches the deeds by. In the order of the book, so that a commit writes at its end alone.
Index(
    "told",
    entry.c.epoch,
    entry.c.seq,
    entry.c.business_date,
    entry.c.kind,
    entry.c.operator,
    entry.c.voided,
    entry.c.coupon_id,
    entry.c.member_ref,
    text(journal_sql.RECEIPT_NO),
    sqlite_where=text(journal_sql.TOLD),
)
Index("one_receipt", entry.c.ref, unique=True, sqlite_where=text(journal_sql.TAKES_RECEIPT))


def ddl() -> list[str]:
    """The statements that make an empty journal of the current version."""
    dialect = sqlite.dialect()
    statements = []
    for table in metadata.sorted_tables:
        statements.append(str(CreateTable(table).compile(dialect=dialect)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        statements += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    stamp = f"INSERT INTO alembic_version VALUES ('{REVISION}')"  # noqa: S608 - a constant of this module
    return [*statements, ALEMBIC_TABLE, stamp, f"PRAGMA user_version = {journal_sql.VERSION}"]
