"""deputies of team leaders

Revision ID: 0042
Revises: 0041
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

APPEND_ONLY = ("deputies", "deputy_ends")


def person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["people.id"], name=op.f(f"fk_{table}_{column}_people"))


def upgrade() -> None:
    op.create_table(
        "deputies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_deputies_ends_after_beginning")),
        sa.CheckConstraint("leader_id <> deputy_id", name=op.f("ck_deputies_somebody_else")),
        person("deputies", "leader_id"),
        person("deputies", "deputy_id"),
        person("deputies", "by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputies")),
    )
    op.create_index(op.f("ix_deputies_leader_id"), "deputies", ["leader_id"])
    op.create_index(op.f("ix_deputies_deputy_id"), "deputies", ["deputy_id"])
    op.create_table(
        "deputy_ends",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["deputies.id"], name=op.f("fk_deputy_ends_entry_id_deputies")),
        person("deputy_ends", "by_id"),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_deputy_ends")),
    )
    for table in APPEND_ONLY:
        for statement in database.append_only_ddl(table)[op.get_bind().dialect.name]:
            op.execute(statement)


def downgrade() -> None:
    for table in reversed(APPEND_ONLY):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION {table}_append_only()")
