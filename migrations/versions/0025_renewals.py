"""completions that were renewed

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("standings") as table:
        table.add_column(sa.Column("renewed_at", database.UtcDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("standings") as table:
        table.drop_column("renewed_at")
