"""standings by whether and when they were completed

Revision ID: 0057
Revises: 0056
"""

from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

NAME, TABLE = "ix_standings_completed", "standings"


def upgrade() -> None:
    op.create_index(op.f(NAME), TABLE, ["completed_at", "started_at", "person_id", "edition_id"])


def downgrade() -> None:
    op.drop_index(op.f(NAME), TABLE)
