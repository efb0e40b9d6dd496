"""epochs of the database

Revision ID: 0026
Revises: 0025
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from lms.kernel import database
from lms.kernel.ids import new_id

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    epochs = op.create_table(
        "epochs",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("began_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_epochs")),
    )
    op.bulk_insert(epochs, [{"id": new_id(), "began_at": datetime.now(UTC)}])
    for statement in database.append_only_ddl("epochs")[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("epochs")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION epochs_append_only()")
