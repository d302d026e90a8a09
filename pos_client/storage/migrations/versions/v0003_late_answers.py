"""Servers' answers that came too late, beside the redemptions that they speak of."""

from alembic import op
from sqlalchemy import Column, Integer, PrimaryKeyConstraint, Text

revision = "v0003"
down_revision = "v0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, empty."""
    op.create_table(
        "late_answer",
        Column("claim_id", Text, nullable=False),
        Column("tier", Text, nullable=False),
        Column("coupon_id", Text, nullable=False),
        Column("at_ms", Integer, nullable=False),
        Column("outcome", Text, nullable=False),
        Column("holder", Text, nullable=False),
        PrimaryKeyConstraint("claim_id", "tier", name="pk_late_answer"),
        sqlite_with_rowid=False,
    )
