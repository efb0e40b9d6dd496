"""terms, purges, what people ask; what may go of append-only tables, and how

Revision ID: 0050
Revises: 0049
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database
from lms.kernel.database import Goes

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

APPEND_ONLY = ("privacy_terms", "privacy_purges", "privacy_requests", "privacy_answers")
GOES = {
    "sign_in_attempts": Goes("at"),
    "sign_in_openings": Goes("at"),
    "looked_at": Goes(""),
    "looks": Goes("at"),
    "learning_records": Goes("occurred_at", blanks="response"),
    "kiosk_events": Goes("received_at", blanks="said"),
}
TERMS = ("employment", "answers", "traces", "looks", "requests", "in_use", "with_the_work")


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def moment() -> database.UtcDateTime:
    return database.UtcDateTime(timezone=True)


def person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["people.id"], name=op.f(f"fk_{table}_{column}_people"))


def upgrade() -> None:
    op.create_table(
        "purge_permits",
        sa.Column("table_name", sa.String(length=60), nullable=False),
        sa.Column("before", moment(), nullable=False),
        sa.PrimaryKeyConstraint("table_name", name=op.f("pk_purge_permits")),
    )
    op.create_table(
        "privacy_terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term", one_of("term", *TERMS), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("months > 0", name=op.f("ck_privacy_terms_some_months")),
        person("privacy_terms", "by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_terms")),
    )
    op.create_table(
        "privacy_purges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("cut_offs", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        person("privacy_purges", "by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_purges")),
    )
    op.create_table(
        "privacy_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", one_of("requestkind", "access", "correction", "erasure", "objection"), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        person("privacy_requests", "person_id"),
        person("privacy_requests", "by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_requests")),
    )
    op.create_index(op.f("ix_privacy_requests_person_id"), "privacy_requests", ["person_id"])
    op.create_table(
        "privacy_answers",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("outcome", one_of("outcome", "done", "declined"), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"], ["privacy_requests.id"], name=op.f("fk_privacy_answers_request_id_privacy_requests")
        ),
        person("privacy_answers", "by_id"),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_privacy_answers")),
    )
    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        for statement in database.append_only_ddl(table)[dialect]:
            op.execute(statement)
    for table, goes in GOES.items():
        _replace(table, goes, dialect)


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table in GOES:
        _replace(table, None, dialect)
    for table in reversed((*APPEND_ONLY, "purge_permits")):
        op.drop_table(table)
    if dialect == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION {table}_append_only()")


def _replace(table: str, goes: Goes | None, dialect: str) -> None:
    """Put triggers in the place of those before."""
    if dialect == "sqlite":
        for act in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{act}")
    else:
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
        op.execute(f"DROP FUNCTION {table}_append_only()")
    columns = tuple(column["name"] for column in sa.inspect(op.get_bind()).get_columns(table))
    for statement in database.append_only_ddl(table, goes, columns)[dialect]:
        op.execute(statement)
