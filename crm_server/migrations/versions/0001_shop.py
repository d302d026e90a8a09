"""Tables of the shop: stores, people, campaigns, coupons, uses."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    _meta()
    _change()
    _change_head()
    _store()
    _lane()
    _staff()
    _member()
    _policy()
    _snapshot()
    _offer()
    _coupon()
    _lease()
    _claim()
    _released_claim()


def _meta() -> None:
    op.create_table(
        "meta",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_meta")),
    )


def _change() -> None:
    op.create_table(
        "change",
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("t", sa.String(length=20), nullable=False),
        sa.Column("k", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_change")),
    )


def _change_head() -> None:
    op.create_table(
        "change_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_head")),
    )


def _store() -> None:
    op.create_table(
        "store",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("booth", sa.Text(), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("offline_by_design", sa.Integer(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_store")),
        sa.UniqueConstraint("id", name=op.f("uq_store_id")),
    )


def _lane() -> None:
    op.create_table(
        "lane",
        sa.Column("store", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("booth", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["store"], ["store.number"], name=op.f("fk_lane_store_store")),
        sa.PrimaryKeyConstraint("store", "number", name=op.f("pk_lane")),
    )


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("store", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
    )


def _member() -> None:
    op.create_table(
        "member",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("card", sa.String(length=20), nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("owner_store", sa.Integer(), nullable=False),
        sa.Column("owner_promoter", sa.String(length=20), nullable=False),
        sa.Column("since_day", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_member")),
        sa.UniqueConstraint("card", name=op.f("uq_member_card")),
        sa.UniqueConstraint("ref", name=op.f("uq_member_ref")),
    )
    op.create_index(op.f("ix_member_owner_store"), "member", ["owner_store"], unique=False)
    op.create_index(op.f("ix_member_phone"), "member", ["phone"], unique=False)


def _policy() -> None:
    op.create_table(
        "policy",
        sa.Column("ver", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("issued_ms", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ver", name=op.f("pk_policy")),
    )


def _snapshot() -> None:
    op.create_table(
        "snapshot",
        sa.Column("gen", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("store", sa.Integer(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("issued_ms", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["store"], ["store.number"], name=op.f("fk_snapshot_store_store")),
        sa.PrimaryKeyConstraint("gen", name=op.f("pk_snapshot")),
    )
    op.create_index(op.f("ix_snapshot_store"), "snapshot", ["store"], unique=False)


def _offer() -> None:
    op.create_table(
        "offer",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("next_serial", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_offer")),
    )


def _coupon() -> None:
    op.create_table(
        "coupon",
        sa.Column("coupon_id", sa.String(length=40), nullable=False),
        sa.Column("code_kind", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.Integer(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Integer(), nullable=False),
        sa.Column("home_store", sa.Integer(), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.Column("member_number", sa.BigInteger(), nullable=False),
        sa.Column("revoked", sa.Integer(), nullable=False),
        sa.Column("issued_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["campaign"], ["offer.number"], name=op.f("fk_coupon_campaign_offer")),
        sa.PrimaryKeyConstraint("coupon_id", name=op.f("pk_coupon")),
        sa.UniqueConstraint("campaign", "serial", name=op.f("uq_coupon_campaign_serial")),
        sa.UniqueConstraint("code", name=op.f("uq_coupon_code")),
    )
    op.create_index(op.f("ix_coupon_member_number"), "coupon", ["member_number"], unique=False)


def _lease() -> None:
    op.create_table(
        "lease",
        sa.Column("campaign", sa.Integer(), nullable=False),
        sa.Column("first_serial", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("last_serial", sa.BigInteger(), nullable=False),
        sa.Column("store", sa.Integer(), nullable=False),
        sa.Column("until_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["campaign"], ["offer.number"], name=op.f("fk_lease_campaign_offer")),
        sa.ForeignKeyConstraint(["store"], ["store.number"], name=op.f("fk_lease_store_store")),
        sa.PrimaryKeyConstraint("campaign", "first_serial", name=op.f("pk_lease")),
    )


def _claim() -> None:
    op.create_table(
        "claim",
        sa.Column("coupon_id", sa.String(length=40), nullable=False),
        sa.Column("use_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("claim_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("tier", sa.String(length=1), nullable=False),
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("store", sa.Integer(), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("operator", sa.String(length=40), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("coupon_id", "use_no", name=op.f("pk_claim")),
        sa.UniqueConstraint("claim_id", name=op.f("uq_claim_claim_id")),
    )


def _released_claim() -> None:
    op.create_table(
        "released_claim",
        sa.Column("claim_id", sa.String(length=32), nullable=False),
        sa.Column("coupon_id", sa.String(length=40), nullable=False),
        sa.Column("use_no", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("pk_released_claim")),
    )
