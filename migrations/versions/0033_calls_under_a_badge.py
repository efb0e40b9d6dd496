"""calls for help under a badge alone

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("help_requests", sa.Column("assertion_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("help_requests", "assertion_id")
