"""Stores' own servers: the centre's list of them, and what such a server mirrors, forwards and is told by its lanes."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them; nothing that is there changes."""
    _store_server()
    op.create_table(
        "mirrored",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("etag", sa.String(length=80), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_mirrored")),
    )
    _forward()
    op.create_table(
        "store_lane",
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("brought_epoch", sa.BigInteger(), nullable=False),
        sa.Column("head_epoch", sa.Integer(), nullable=False),
        sa.Column("head_seq", sa.BigInteger(), nullable=False),
        sa.Column("undelivered", sa.BigInteger(), nullable=False),
        sa.Column("seen_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["device"], ["device.id"], name=op.f("fk_store_lane_device_device")),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_store_lane")),
    )


def _store_server() -> None:
    op.create_table(
        "store_server",
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("store", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=200), nullable=False),
        sa.Column("pin", sa.String(length=64), nullable=False),
        sa.Column("public", sa.String(length=64), nullable=False),
        sa.Column("store_epoch", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("joined_ms", sa.BigInteger(), nullable=False),
        sa.Column("changed_ms", sa.BigInteger(), nullable=False),
        sa.Column("seen_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["device"], ["device.id"], name=op.f("fk_store_server_device_device")),
        sa.ForeignKeyConstraint(["store"], ["store.number"], name=op.f("fk_store_server_store_store")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_store_server")),
        sa.UniqueConstraint("device", "public", name=op.f("uq_store_server_device_public")),
    )
    op.create_index(op.f("ix_store_server_store"), "store_server", ["store"], unique=False)


def _forward() -> None:
    op.create_table(
        "forward",
        sa.Column(
            "inbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_forward_inbox_id_inbox")),
        sa.PrimaryKeyConstraint("inbox_id", name=op.f("pk_forward")),
    )
    op.create_index(
        op.f("ix_forward_state"),
        "forward",
        ["state"],
        unique=False,
        sqlite_where=sa.text("state != 'delivered'"),
        postgresql_where=sa.text("state != 'delivered'"),
    )
