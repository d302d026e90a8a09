"""Claims say whose use of which campaign they are, so that a member's own limits can be counted."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; of uses from before it is not known, and they count for nobody."""
    op.add_column("claim", sa.Column("campaign", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("claim", sa.Column("member_ref", sa.String(length=40), nullable=False, server_default=""))
    op.create_index(op.f("ix_claim_member_ref_campaign"), "claim", ["member_ref", "campaign"], unique=False)
