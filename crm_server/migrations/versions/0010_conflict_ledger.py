"""The conflict ledger: the cause of each conflict, the steps by which it was worked off, and refused claims."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them; of conflicts from before nobody can say the cause."""
    op.add_column("conflict", sa.Column("cause", sa.String(length=20), server_default="", nullable=False))
    op.create_table(
        "conflict_step",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("loss_minor", sa.BigInteger(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_step")),
    )
    op.create_index(op.f("ix_conflict_step_case_id"), "conflict_step", ["case_id"], unique=False)
    op.create_table(
        "refused_claim",
        sa.Column("claim_id", sa.String(length=32), nullable=False),
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("coupon_id", sa.String(length=40), nullable=False),
        sa.Column("use_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("claim_id", "use_no", name=op.f("pk_refused_claim")),
        sqlite_with_rowid=False,
    )
