"""a job may be saved part by part, with how far it is

Revision ID: 0061
Revises: 0060
"""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("reached", sa.JSON()))


def downgrade() -> None:
    op.drop_column("jobs", "reached")
