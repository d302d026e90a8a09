"""The book: entries with their side columns, and what is remembered beside them."""

from typing import Any

from alembic import op
from sqlalchemy import Column, Integer, LargeBinary, PrimaryKeyConstraint, Text, text

revision = "v0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables. Spelt out, since ``schema`` will move on and this must not."""
    op.create_table("entry", *_bytes(), *_beside(), *_delivery(), PrimaryKeyConstraint("epoch", "seq"))
    op.create_table(
        "meta",
        Column("key", Text, primary_key=True),
        Column("value", Text, nullable=False),
        sqlite_with_rowid=False,
    )
    _indexes()


def _bytes() -> list[Column[Any]]:
    return [
        Column("epoch", Integer, nullable=False),
        Column("seq", Integer, nullable=False),
        Column("hash", LargeBinary, nullable=False),
        Column("body", LargeBinary, nullable=False),
        Column("sig", LargeBinary, nullable=False),
    ]


def _beside() -> list[Column[Any]]:
    return [
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
        Column("claim_id", Text, nullable=False),
        Column("intent_seq", Integer),
        Column("target_seq", Integer),
        Column("voided", Integer, nullable=False, server_default="0"),
        Column("unused", Integer, nullable=False, server_default="0"),
    ]


def _delivery() -> list[Column[Any]]:
    return [
        Column("state", Integer, nullable=False, server_default="0"),
        Column("waiting", Integer, nullable=False, server_default="1"),
        Column("result", Text, nullable=False, server_default=""),
        Column("reason", Text, nullable=False, server_default=""),
        Column("holder", Text, nullable=False, server_default=""),
        Column("server_ref", Text, nullable=False, server_default=""),
    ]


def _indexes() -> None:
    uses = text("kind = 'redeem' AND voided = 0 AND use_no IS NOT NULL")
    op.create_index("one_use", "entry", ["coupon_id", "use_no"], unique=True, sqlite_where=uses)
    unused = ["coupon_id", "kind", "voided", "claim_id"]
    op.create_index("unused_claim", "entry", unused, sqlite_where=text("unused = 1"))
    line = ["waiting", "epoch", "seq", "at_ms", "kind", "tier", "voided"]
    op.create_index("in_line", "entry", line, sqlite_where=text("waiting > 0"))
    op.create_index("lost_use", "entry", ["epoch", "seq"], sqlite_where=text("result = 'conflict'"))
    day = ["business_date", "kind", "operator", "tier", "member_ref", "voided", "value_minor"]
    op.create_index("day", "entry", day)
