"""Points, stamps, purchases, stock, and what is lent to lanes to be given out; pages that keep a commit together."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them; the points that members have stand in the ledger as opening balances."""
    _points_hold()
    _pool()
    _pool_member()
    _stamp()
    _ledger()
    _member_excess()
    _purchase()
    _purchase_indexes()
    _stock()
    _waiting_entry()
    _pool_coupon()
    _columns()
    op.execute(
        "INSERT INTO ledger (account, member_ref, member_number, delta, campaign, txn, device, epoch, seq, why, at_ms)"
        " SELECT 'points', ref, number, points, 0, '', '', 0, 0, 'opening', 0 FROM member WHERE points <> 0"
    )


def _points_hold() -> None:
    op.create_table(
        "points_hold",
        sa.Column("hold_id", sa.String(length=32), nullable=False),
        sa.Column("member_number", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("store", sa.Integer(), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hold_id", name=op.f("pk_points_hold")),
    )
    op.create_index(op.f("ix_points_hold_member_number"), "points_hold", ["member_number"], unique=False)


def _pool() -> None:
    op.create_table(
        "pool",
        sa.Column("store", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("campaign", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("days_valid", sa.Integer(), nullable=False),
        sa.Column("home_store", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("store", "lane", "campaign", name=op.f("pk_pool")),
    )


def _pool_member() -> None:
    op.create_table(
        "pool_member",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("store", sa.Integer(), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("card", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_pool_member")),
        sa.UniqueConstraint("card", name=op.f("uq_pool_member_card")),
        sa.UniqueConstraint("ref", name=op.f("uq_pool_member_ref")),
    )
    op.create_index(op.f("ix_pool_member_store_lane_state"), "pool_member", ["store", "lane", "state"], unique=False)


def _stamp() -> None:
    op.create_table(
        "stamp",
        sa.Column("member_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("card", sa.String(length=50), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_number", "card", name=op.f("pk_stamp")),
    )


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("inbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("member_ref", sa.String(length=40), nullable=False),
        sa.Column("member_number", sa.BigInteger(), nullable=False),
        sa.Column("delta", sa.BigInteger(), nullable=False),
        sa.Column("campaign", sa.BigInteger(), nullable=False),
        sa.Column("txn", sa.String(length=32), nullable=False),
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_ledger_inbox_id_inbox")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
    )
    op.create_index(op.f("ix_ledger_device_txn"), "ledger", ["device", "txn"], unique=False)
    op.create_index(op.f("ix_ledger_inbox_id"), "ledger", ["inbox_id"], unique=False)
    op.create_index(op.f("ix_ledger_member_number_account"), "ledger", ["member_number", "account"], unique=False)
    op.create_index(op.f("ix_ledger_member_ref"), "ledger", ["member_ref"], unique=False)


def _member_excess() -> None:
    op.create_table(
        "member_excess",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("inbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_ref", sa.String(length=40), nullable=False),
        sa.Column("campaign", sa.BigInteger(), nullable=False),
        sa.Column("allowed", sa.Integer(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("loss_minor", sa.BigInteger(), nullable=False),
        sa.Column("store", sa.Integer(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_member_excess_inbox_id_inbox")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_excess")),
        sa.UniqueConstraint("inbox_id", name=op.f("uq_member_excess_inbox_id")),
    )


def _purchase() -> None:
    op.create_table(
        "purchase",
        sa.Column(
            "inbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("txn", sa.String(length=32), nullable=False),
        sa.Column("returns", sa.String(length=32), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("store", sa.Integer(), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("operator", sa.String(length=40), nullable=False),
        sa.Column("promoter", sa.String(length=40), nullable=False),
        sa.Column("member_ref", sa.String(length=40), nullable=False),
        sa.Column("member_number", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("basket_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("business_date", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_purchase_inbox_id_inbox")),
        sa.PrimaryKeyConstraint("inbox_id", name=op.f("pk_purchase")),
    )


def _purchase_indexes() -> None:
    op.create_index(op.f("ix_purchase_device_txn"), "purchase", ["device", "txn"], unique=False)
    op.create_index(
        op.f("ix_purchase_fingerprint"),
        "purchase",
        ["fingerprint"],
        unique=True,
        sqlite_where=sa.text("state = 'standing' AND fingerprint != ''"),
        postgresql_where=sa.text("state = 'standing' AND fingerprint != ''"),
    )
    op.create_index(op.f("ix_purchase_member_number"), "purchase", ["member_number"], unique=False)
    op.create_index(op.f("ix_purchase_member_ref"), "purchase", ["member_ref"], unique=False)


def _stock() -> None:
    op.create_table(
        "stock",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("store", sa.Integer(), nullable=False),
        sa.Column("booth", sa.String(length=120), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("low", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["store"], ["store.number"], name=op.f("fk_stock_store_store")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock")),
        sa.UniqueConstraint("store", "booth", "item", name=op.f("uq_stock_store_booth_item")),
    )


def _waiting_entry() -> None:
    op.create_table(
        "waiting_entry",
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("inbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_waiting_entry_inbox_id_inbox")),
        sa.PrimaryKeyConstraint("device", "epoch", "seq", name=op.f("pk_waiting_entry")),
    )


def _pool_coupon() -> None:
    op.create_table(
        "pool_coupon",
        sa.Column("coupon_id", sa.String(length=40), nullable=False),
        sa.Column("store", sa.Integer(), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("inbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("device", sa.String(length=40), server_default="", nullable=False),
        sa.Column("txn", sa.String(length=32), server_default="", nullable=False),
        sa.Column("member_ref", sa.String(length=40), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["coupon_id"], ["coupon.coupon_id"], name=op.f("fk_pool_coupon_coupon_id_coupon")),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_pool_coupon_inbox_id_inbox")),
        sa.PrimaryKeyConstraint("coupon_id", name=op.f("pk_pool_coupon")),
    )
    op.create_index(
        op.f("ix_pool_coupon_store_lane_campaign_state"),
        "pool_coupon",
        ["store", "lane", "campaign", "state"],
        unique=False,
    )
    op.create_index(op.f("ix_pool_coupon_device_txn"), "pool_coupon", ["device", "txn"], unique=False)
    op.create_index(op.f("ix_pool_coupon_member_ref"), "pool_coupon", ["member_ref"], unique=False)


def _columns() -> None:
    op.add_column("change", sa.Column("through", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("change", sa.Column("cells", sa.Text(), server_default="", nullable=False))
    op.add_column("conflict", sa.Column("about", sa.String(length=10), server_default="use", nullable=False))
    op.add_column("coupon", sa.Column("is_pooled", sa.Integer(), server_default="0", nullable=False))
    op.add_column("member", sa.Column("purchases", sa.Integer(), server_default="0", nullable=False))
