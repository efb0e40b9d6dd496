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
    if op.get_bind().dialect.name == "sqlite":
        # What is done in modules refers to editions: SQLite would not let the table be made anew.
        named = ", ".join(f"'{impact}'" for impact in IMPACTS)
        op.execute(
            "ALTER TABLE editions ADD COLUMN impact VARCHAR(40) DEFAULT 'correction' NOT NULL "
            f"CONSTRAINT ck_editions_impact CHECK (impact IN ({named}))"
        )
    else:
        impact = sa.Enum(*IMPACTS, name="impact", native_enum=False, create_constraint=True, length=40)
        op.add_column("editions", sa.Column("impact", impact, server_default="correction", nullable=False))
        op.alter_column("editions", "impact", server_default=None)
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
