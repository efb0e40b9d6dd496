"""what became of each roster

Revision ID: 0041
Revises: 0040
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "roster_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("way", one_of("way", "page", "command", "folder"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("fate", one_of("fate", "applied", "held", "refused"), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_roster_imports_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_imports")),
    )
    op.create_index(op.f("ix_roster_imports_at"), "roster_imports", ["at"])
    for statement in database.append_only_ddl("roster_imports")[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("roster_imports")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION roster_imports_append_only()")
