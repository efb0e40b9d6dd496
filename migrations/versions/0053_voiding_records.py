"""only records that void another stand in the index of what is voided

Revision ID: 0053
Revises: 0052
"""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

NAME, TABLE = "ix_learning_records_voids_id", "learning_records"


def upgrade() -> None:
    voids = sa.text("voids_id IS NOT NULL")
    op.drop_index(op.f(NAME), TABLE)
    op.create_index(op.f(NAME), TABLE, ["voids_id"], sqlite_where=voids, postgresql_where=voids)


def downgrade() -> None:
    op.drop_index(op.f(NAME), TABLE)
    op.create_index(op.f(NAME), TABLE, ["voids_id"])
