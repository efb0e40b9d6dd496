"""ten minutes at a kiosk that leaders plan

Revision ID: 0044
Revises: 0043
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def moment() -> database.UtcDateTime:
    return database.UtcDateTime(timezone=True)


def key(column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_slots_{column}_{to}"))


def upgrade() -> None:
    op.create_table(
        "slots",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("terminal_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("planned_at", moment(), nullable=False),
        sa.Column("cancelled_at", moment(), nullable=True),
        key("person_id", "people"),
        key("module_id", "modules"),
        key("terminal_id", "terminals"),
        key("by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slots")),
    )
    op.create_index(op.f("ix_slots_person_id"), "slots", ["person_id"])
    op.create_index(op.f("ix_slots_starts_at"), "slots", ["starts_at"])
    stands = sa.text("cancelled_at IS NULL")
    op.create_index(
        "uq_slots_terminal_starts_at",
        "slots",
        ["terminal_id", "starts_at"],
        unique=True,
        sqlite_where=stands,
        postgresql_where=stands,
    )


def downgrade() -> None:
    op.drop_table("slots")
