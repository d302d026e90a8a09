"""Limited campaigns: what centre and stores may give, and which use came out of whose part."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them; a campaign's row comes with its first use or share."""
    op.create_table(
        "quota",
        sa.Column("campaign", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("store", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("granted", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("wanted", sa.BigInteger(), nullable=False),
        sa.Column("lanes", sa.Text(), nullable=False),
        sa.Column("ver", sa.BigInteger(), nullable=False),
        sa.Column("told_used", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("used >= 0 AND used <= granted", name=op.f("ck_quota_within")),
        sa.PrimaryKeyConstraint("campaign", "store", name=op.f("pk_quota")),
    )
    op.create_table(
        "quota_use",
        sa.Column("claim_id", sa.String(length=32), nullable=False),
        sa.Column("campaign", sa.BigInteger(), nullable=False),
        sa.Column("store", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("pk_quota_use")),
    )
    op.create_index(
        op.f("ix_quota_use_campaign"),
        "quota_use",
        ["campaign"],
        unique=False,
        sqlite_where=sa.text("store < 0"),
        postgresql_where=sa.text("store < 0"),
    )
