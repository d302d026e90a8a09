"""Purchases: which one an entry belongs to, and which account it moves by how much."""

from alembic import op
from sqlalchemy import Column, Integer, Text, text

revision = "v0002"
down_revision = "v0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, empty: no entry of before belongs to a purchase or moves an account."""
    op.add_column("entry", Column("txn", Text, nullable=False, server_default=""))
    op.add_column("entry", Column("ref", Text, nullable=False, server_default=""))
    op.add_column("entry", Column("amount", Integer, nullable=False, server_default="0"))
    op.create_index("of_purchase", "entry", ["txn"], sqlite_where=text("txn <> ''"))
    ledger = ["ref", "member_ref", "epoch", "seq", "amount"]
    op.create_index("ledger", "entry", ledger, sqlite_where=text("ref <> ''"))
    receipt = text("kind = 'transaction' AND voided = 0 AND ref <> ''")
    op.create_index("one_receipt", "entry", ["ref"], unique=True, sqlite_where=receipt)
