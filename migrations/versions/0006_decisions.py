"""decisions and comments

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

APPEND_ONLY = ("decisions", "verdict_comments")


def one_of(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def entered(table: str) -> tuple[sa.Column | sa.Constraint, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluations.id"], name=op.f(f"fk_{table}_evaluation_id_evaluations")
        ),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f(f"fk_{table}_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("decision", one_of("generalise", "adjust", "stop", name="decision"), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("dissent", sa.Text(), nullable=False),
        sa.Column("signatures", sa.JSON(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("next_moment", sa.String(length=200), nullable=False),
        sa.Column("next_moment_on", sa.Date(), nullable=False),
        *entered("decisions"),
    )
    op.create_table(
        "verdict_comments",
        sa.Column("subject", one_of("indicator", "recommendation", name="subject"), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        *entered("verdict_comments"),
    )
    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        op.create_index(op.f(f"ix_{table}_evaluation_id"), table, ["evaluation_id"])
        for statement in database.append_only_ddl(table)[dialect]:
            op.execute(statement)


def downgrade() -> None:
    for table in APPEND_ONLY:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION {table}_append_only()")
