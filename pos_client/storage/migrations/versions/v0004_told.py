"""What a person searches the deeds by, in the order in which they were done."""

from alembic import op
from sqlalchemy import text

revision = "v0004"
down_revision = "v0003"
branch_labels = None
depends_on = None

RECEIPT_NO = (
    "CASE WHEN json_valid(CAST(body AS TEXT)) THEN"
    " COALESCE(json_extract(CAST(body AS TEXT), '$.receipt_no'), json_extract(CAST(body AS TEXT), '$.basket_ref')) END"
)


def upgrade() -> None:
    """Add the index; it is filled from what stands there."""
    columns = ["epoch", "seq", "business_date", "kind", "operator", "voided", "coupon_id", "member_ref"]
    deeds = text("kind IN ('redeem', 'reject', 'transaction', 'hand_over', 'bind')")
    op.create_index("told", "entry", [*columns, text(RECEIPT_NO)], sqlite_where=deeds)
