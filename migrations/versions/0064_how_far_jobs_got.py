"""how far the attempts at a job got

Revision ID: 0064
Revises: 0063
"""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

COLUMNS = ("furthest", "further_in")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("jobs", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("jobs") as columns:
        for name in COLUMNS:
            columns.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("jobs") as columns:
        for name in COLUMNS:
            columns.drop_column(name)
