"""what an indicator is told beyond its modules

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("pilot_indicators", schema=None) as batch_op:
        batch_op.add_column(sa.Column("options", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("pilot_indicators", schema=None) as batch_op:
        batch_op.alter_column("options", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("pilot_indicators", schema=None) as batch_op:
        batch_op.drop_column("options")
