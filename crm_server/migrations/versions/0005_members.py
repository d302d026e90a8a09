"""Binding: aliases of provisional members, bindings by a picture, one-time codes, and whose phone was checked."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them; members from before count as checked, because somebody entered them at a desk."""
    op.add_column("member", sa.Column("verified", sa.Integer(), server_default="1", nullable=False))
    op.create_table(
        "member_alias",
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("to_ref", sa.String(length=40), nullable=False),
        sa.Column("member_number", sa.BigInteger(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_member_alias")),
    )
    op.create_index(op.f("ix_member_alias_to_ref"), "member_alias", ["to_ref"], unique=False)
    _scene_binding()
    _phone_code()


def _scene_binding() -> None:
    op.create_table(
        "scene_binding",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("member_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("store", sa.Integer(), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("staff", sa.String(length=8), nullable=False),
        sa.Column("campaign", sa.BigInteger(), nullable=False),
        sa.Column("is_new", sa.Integer(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("digest", "member_number", name=op.f("pk_scene_binding")),
    )


def _phone_code() -> None:
    op.create_table(
        "phone_code",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("phone_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("sent_ms", sa.BigInteger(), nullable=False),
        sa.Column("expires_ms", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_code")),
    )
    op.create_index(op.f("ix_phone_code_phone_hash_sent_ms"), "phone_code", ["phone_hash", "sent_ms"], unique=False)
