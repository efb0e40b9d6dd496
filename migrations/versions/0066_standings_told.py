"""standings say how many records tell of them; what goes of records in time is found by when it happened

Revision ID: 0066
Revises: 0065
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

RECORDS, STANDINGS = "learning_records", "standings"
INDEXES = {
    "ix_learning_records_answered": "response IS NOT NULL",
    "ix_learning_records_beside": "edition_id IS NULL OR purpose IS NOT NULL",
}
FILL = """UPDATE standings SET records = told.records, told_at = told.told_at FROM (
    SELECT person_id, edition_id, count(*) AS records, max(occurred_at) AS told_at FROM learning_records
    WHERE person_id IS NOT NULL AND edition_id IS NOT NULL AND purpose IS NULL AND (voids_id IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM learning_records voider WHERE voider.voids_id = learning_records.id))
    GROUP BY person_id, edition_id
) told WHERE told.person_id = standings.person_id AND told.edition_id = standings.edition_id"""


def upgrade() -> None:
    op.add_column(STANDINGS, sa.Column("records", sa.Integer(), nullable=False, server_default="0"))
    op.add_column(STANDINGS, sa.Column("told_at", database.UtcDateTime(timezone=True)))
    op.execute(FILL)
    with op.batch_alter_table(STANDINGS) as table:
        table.alter_column("records", server_default=None)
    for name, where in INDEXES.items():
        op.create_index(
            op.f(name), RECORDS, ["occurred_at"], sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(op.f(name), RECORDS)
    with op.batch_alter_table(STANDINGS) as table:
        table.drop_column("told_at")
        table.drop_column("records")
