"""use of a kiosk's secret, and of the one before beside it

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

COLUMNS = ("token_used_at", "copied_at")


def upgrade() -> None:
    for column in COLUMNS:
        op.add_column("terminals", sa.Column(column, database.UtcDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for column in COLUMNS:
        op.drop_column("terminals", column)
