"""records go once what they came to is sealed; an evaluation that read them is sealed too

Revision ID: 0060
Revises: 0059
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database
from lms.kernel.database import Goes

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

SEALS = ("gone_records", "course_seals", "evaluation_seals")
BEFORE, AFTER = (
    ("employment", "answers", "traces", "looks", one, "in_use", "with_the_work") for one in ("requests", "work")
)
GOES = {
    "learning_records": (
        Goes("occurred_at", blanks="response"),
        Goes("occurred_at", blanks="response", then_rows=True),
    ),
    # What was put aside could not be emptied: a row says why if and only if it says what.
    "kiosk_events": (Goes("received_at", blanks="said"), Goes("received_at")),
}


def moment() -> database.UtcDateTime:
    return database.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "gone_records",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gone_records")),
    )
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "course_seals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("course", sa.JSON(), nullable=False),
        sa.Column("last_at", moment(), nullable=False),
        sa.Column("up_to", big, nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("read", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_course_seals_person_id_people")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_course_seals_edition_id_editions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_seals")),
    )
    op.create_index("ix_course_seals_person_edition", "course_seals", ["person_id", "edition_id"])
    op.create_index(op.f("ix_course_seals_edition_id"), "course_seals", ["edition_id"])
    op.create_table(
        "evaluation_seals",
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("read", sa.String(length=64), nullable=False),
        sa.Column("differing", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluations.id"], name=op.f("fk_evaluation_seals_evaluation_id_evaluations")
        ),
        sa.PrimaryKeyConstraint("evaluation_id", name=op.f("pk_evaluation_seals")),
    )
    for table in SEALS:
        for statement in database.append_only_ddl(table)[op.get_bind().dialect.name]:
            op.execute(statement)
    for table, (_, after) in GOES.items():
        _let_go(table, after)
    _terms(BEFORE, AFTER)


def downgrade() -> None:
    _terms(AFTER, BEFORE)
    for table, (before, _) in GOES.items():
        _let_go(table, before)
    for table in reversed(SEALS):
        _free(table)
        op.drop_table(table)


def _terms(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """Let a length be set for what somebody did."""
    _free("privacy_terms")
    op.execute(
        sa.text("DELETE FROM privacy_terms WHERE term NOT IN :known").bindparams(
            sa.bindparam("known", after, expanding=True)
        )
    )
    with op.batch_alter_table("privacy_terms") as table:
        table.drop_constraint(op.f("ck_privacy_terms_term"), type_="check")
        table.create_check_constraint("term", sa.column("term").in_(after))
    for statement in database.append_only_ddl("privacy_terms")[op.get_bind().dialect.name]:
        op.execute(statement)


def _let_go(table: str, goes: Goes) -> None:
    _free(table)
    columns = tuple(column["name"] for column in sa.inspect(op.get_bind()).get_columns(table))
    for statement in database.append_only_ddl(table, goes, columns)[op.get_bind().dialect.name]:
        op.execute(statement)


def _free(table: str) -> None:
    """Take a table's triggers away."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{act}")
    else:
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
        op.execute(f"DROP FUNCTION {table}_append_only()")
