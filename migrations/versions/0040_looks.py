"""who looked at named data

Revision ID: 0040
Revises: 0039
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

APPEND_ONLY = ("looked_at", "looks")
PURPOSES = ("follow_up", "planning", "help", "signing_in", "skills", "proof", "people", "rights")


def upgrade() -> None:
    op.create_table(
        "looked_at",
        sa.Column("digest", sa.LargeBinary(16), nullable=False),
        sa.Column("lowest", sa.Integer(), nullable=False),
        sa.Column("highest", sa.Integer(), nullable=False),
        sa.Column("numbers", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_looked_at")),
    )
    op.create_table(
        "looks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("roles", sa.String(length=120), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(*PURPOSES, name="purpose", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("page", sa.String(length=80), nullable=False),
        sa.Column("looked_at", sa.LargeBinary(16), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_looks_by_id_people")),
        sa.ForeignKeyConstraint(["looked_at"], ["looked_at.digest"], name=op.f("fk_looks_looked_at_looked_at")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_looks")),
    )
    op.create_index(op.f("ix_looks_at"), "looks", ["at"])
    op.create_index("ix_looks_by_id_at", "looks", ["by_id", "at"])
    op.create_index("ix_looks_looked_at_at", "looks", ["looked_at", "at"])
    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        for statement in database.append_only_ddl(table)[dialect]:
            op.execute(statement)


def downgrade() -> None:
    for table in reversed(APPEND_ONLY):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION {table}_append_only()")
