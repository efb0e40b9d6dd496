"""what editions mean for whoever completed one before

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

IMPACTS = ("correction", "acknowledgement", "retraining")


def upgrade() -> None:
    impact = sa.Enum(*IMPACTS, name="impact", native_enum=False, create_constraint=True, length=40)
    with op.batch_alter_table("editions") as table:
        table.add_column(sa.Column("impact", impact, server_default="correction", nullable=False))
    with op.batch_alter_table("editions") as table:
        table.alter_column("impact", server_default=None)
    _lock_again()
    with op.batch_alter_table("standings") as table:
        table.add_column(sa.Column("acknowledged_at", database.UtcDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("standings") as table:
        table.drop_column("acknowledged_at")
    with op.batch_alter_table("editions") as table:
        table.drop_constraint(op.f("ck_editions_impact"), type_="check")
        table.drop_column("impact")
    _lock_again()


def _lock_again() -> None:
    """SQLite made the table anew, without its triggers."""
    if op.get_bind().dialect.name == "sqlite":
        for statement in database.append_only_ddl("editions")["sqlite"]:
            op.execute(statement)
