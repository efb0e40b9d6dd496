"""contests of what is recorded of skills, their answers; levels proposed to be lowered

Revision ID: 0049
Revises: 0048
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

APPEND_ONLY = ("contests", "contest_answers", "lowerings_told", "procedure_changes", "levels_kept")


def moment(name: str) -> sa.Column:
    return sa.Column(name, database.UtcDateTime(timezone=True), nullable=False)


def refers(column: str, table: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    op.create_table(
        "contests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sign_off_id", sa.Integer(), nullable=True),
        sa.Column("level_change_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        moment("at"),
        sa.CheckConstraint(
            "(sign_off_id IS NULL) <> (level_change_id IS NULL)", name=op.f("ck_contests_about_one_entry")
        ),
        refers("person_id", "contests", "people"),
        refers("sign_off_id", "contests", "sign_offs"),
        refers("level_change_id", "contests", "level_changes"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contests")),
    )
    op.create_index(op.f("ix_contests_person_id"), "contests", ["person_id"])
    op.create_table(
        "contest_answers",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        moment("at"),
        refers("contest_id", "contest_answers", "contests"),
        refers("by_id", "contest_answers", "people"),
        sa.PrimaryKeyConstraint("contest_id", name=op.f("pk_contest_answers")),
    )
    op.create_table(
        "lowerings_told",
        sa.Column("level_change_id", sa.Integer(), nullable=False),
        moment("at"),
        refers("level_change_id", "lowerings_told", "level_changes"),
        sa.PrimaryKeyConstraint("level_change_id", name=op.f("pk_lowerings_told")),
    )
    op.create_table(
        "procedure_changes",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        moment("at"),
        refers("task_id", "procedure_changes", "tasks"),
        refers("by_id", "procedure_changes", "people"),
        sa.PrimaryKeyConstraint("task_id", "changed_on", name=op.f("pk_procedure_changes")),
    )
    causes = sa.Enum(
        "no_practice", "procedure", "lapsed", name="cause", native_enum=False, create_constraint=True, length=40
    )
    op.create_table(
        "levels_kept",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("cause", causes, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=False),
        moment("at"),
        refers("person_id", "levels_kept", "people"),
        refers("task_id", "levels_kept", "tasks"),
        refers("by_id", "levels_kept", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_levels_kept")),
    )
    op.create_index(op.f("ix_levels_kept_person_id"), "levels_kept", ["person_id"])
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
