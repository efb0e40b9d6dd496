"""editions withdrawn

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

REASONS = (
    "unreadable",
    "not_signed_in",
    "malformed",
    "too_old",
    "conflict",
    "not_in_module",
    "too_many_attempts",
    "fault",
)
WITHDRAWN = "withdrawn"


def upgrade() -> None:
    op.create_table(
        "withdrawals",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_withdrawals_edition_id_editions")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_withdrawals_by_id_people")),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_withdrawals")),
    )
    for statement in database.append_only_ddl("withdrawals")[op.get_bind().dialect.name]:
        op.execute(statement)
    _reasons_are(*REASONS, WITHDRAWN)


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    # What was put aside for this reason stays aside, for the nearest reason that was known then.
    _unlocked("UPDATE kiosk_events SET reason = 'not_in_module' WHERE reason = 'withdrawn'")
    _reasons_are(*REASONS)
    op.drop_table("withdrawals")
    if dialect == "postgresql":
        op.execute("DROP FUNCTION withdrawals_append_only()")


def _reasons_are(*reasons: str) -> None:
    """Say anew for which reasons an event is put aside; SQLite makes the table anew for it, without its triggers."""
    with op.batch_alter_table("kiosk_events") as table:
        table.drop_constraint(op.f("ck_kiosk_events_setaside"), type_="check")
        table.create_check_constraint("setaside", sa.column("reason").in_(reasons))
    if op.get_bind().dialect.name == "sqlite":
        for statement in database.append_only_ddl("kiosk_events")["sqlite"]:
            op.execute(statement)


def _unlocked(statement: str) -> None:
    """Change rows of an append-only table, whose triggers are out of the way meanwhile."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER kiosk_events_no_update")
    else:
        op.execute("ALTER TABLE kiosk_events DISABLE TRIGGER kiosk_events_append_only")
    op.execute(statement)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE kiosk_events ENABLE TRIGGER kiosk_events_append_only")
