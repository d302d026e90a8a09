"""Operators: PINs of people who may decide, and devices that were given back."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them; until somebody has a PIN, an id alone is believed as before."""
    op.add_column("device", sa.Column("left_ms", sa.BigInteger(), nullable=True))
    op.create_table(
        "staff_pin",
        sa.Column("staff", sa.String(length=20), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("r", sa.Integer(), nullable=False),
        sa.Column("p", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("changed_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name=op.f("fk_staff_pin_staff_staff")),
        sa.PrimaryKeyConstraint("staff", name=op.f("pk_staff_pin")),
    )
