"""figures of running pilots

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "monitored_pilots",
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.Column("cut_off", sa.Date(), nullable=False),
        sa.Column("records_up_to", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilots.id"], name=op.f("fk_monitored_pilots_pilot_id_pilots"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("pilot_id", name=op.f("pk_monitored_pilots")),
    )


def downgrade() -> None:
    op.drop_table("monitored_pilots")
