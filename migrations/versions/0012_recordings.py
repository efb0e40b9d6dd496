"""recordings

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recordings",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_recordings")),
    )
    op.create_index(op.f("ix_recordings_digest"), "recordings", ["digest"], unique=False)


def downgrade() -> None:
    op.drop_table("recordings")
