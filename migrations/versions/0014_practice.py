"""practice

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLE = "learning_records"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("purpose", sa.String(length=20), nullable=True))


def downgrade() -> None:
    # Without its purpose an answer given to remember would read as one of the module's test.
    dialect = op.get_bind().dialect.name
    if dialect == "sqlite":
        for act in ("update", "delete"):
            op.execute(f"DROP TRIGGER {TABLE}_no_{act}")
    else:
        op.execute(f"DROP FUNCTION {TABLE}_append_only() CASCADE")
    op.execute(f"DELETE FROM {TABLE} WHERE purpose IS NOT NULL")  # noqa: S608
    op.drop_column(TABLE, "purpose")
    for statement in database.append_only_ddl(TABLE)[dialect]:
        op.execute(statement)
