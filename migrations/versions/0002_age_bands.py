"""age bands

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Both engines add and drop a column with its own check in place; copying the table
    # anew, as a batch does, would break what refers to people on SQLite.
    op.execute(
        "ALTER TABLE people ADD COLUMN age_band VARCHAR(40) "
        "CONSTRAINT ck_people_ageband CHECK (age_band IN ('under_35', '35_49', '50_plus'))"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE people DROP COLUMN age_band")
