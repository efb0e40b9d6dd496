"""sheets signed beside the machine, checklists, wording of the letters, training at work

Revision ID: 0046
Revises: 0045
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

APPEND_ONLY = ("task_checklists", "sign_off_sheets", "sheet_signatures", "sheet_results", "afest_records")


def one_of(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def moment() -> database.UtcDateTime:
    return database.UtcDateTime(timezone=True)


def refers(column: str, table: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    op.create_table(
        "level_wordings",
        sa.Column("level", one_of("none", "I", "L", "U", "O", name="level"), nullable=False),
        sa.Column("language", sa.String(length=6), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("level", "language", name=op.f("pk_level_wordings")),
    )
    op.create_table(
        "task_checklists",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", moment(), nullable=False),
        refers("task_id", "task_checklists", "tasks"),
        refers("made_by_id", "task_checklists", "people"),
        sa.PrimaryKeyConstraint("task_id", "version", name=op.f("pk_task_checklists")),
    )
    _create_sheets()
    op.create_table(
        "afest_records",
        sa.Column("sign_off_id", sa.Integer(), nullable=False),
        sa.Column("recorded_for_id", sa.Integer(), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("led_by_id", sa.Integer(), nullable=False),
        sa.Column("designated_on", sa.Date(), nullable=False),
        sa.Column("reflected_on", sa.Date(), nullable=False),
        sa.Column("reflected_at", sa.String(length=200), nullable=False),
        sa.Column("reflection", sa.Text(), nullable=False),
        sa.Column("evaluation", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", moment(), nullable=False),
        sa.CheckConstraint(
            "activity <> '' AND reflection <> '' AND evaluation <> ''", name=op.f("ck_afest_records_nothing_lacks")
        ),
        sa.CheckConstraint("led_by_id <> recorded_for_id", name=op.f("ck_afest_records_somebody_else_leads")),
        refers("sign_off_id", "afest_records", "sign_offs"),
        refers("recorded_for_id", "afest_records", "people"),
        refers("led_by_id", "afest_records", "people"),
        refers("recorded_by_id", "afest_records", "people"),
        sa.PrimaryKeyConstraint("sign_off_id", name=op.f("pk_afest_records")),
    )
    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        for statement in database.append_only_ddl(table)[dialect]:
            op.execute(statement)


def _create_sheets() -> None:
    op.create_table(
        "sign_off_sheets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("observer_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("photo", sa.String(length=64), nullable=True),
        sa.Column("made_at", moment(), nullable=False),
        refers("person_id", "sign_off_sheets", "people"),
        refers("task_id", "sign_off_sheets", "tasks"),
        refers("observer_id", "sign_off_sheets", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off_sheets")),
    )
    op.create_index(op.f("ix_sign_off_sheets_person_id"), "sign_off_sheets", ["person_id"])
    op.create_table(
        "sheet_signatures",
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("signed_as", one_of("observer", "person", name="signedas"), nullable=False),
        sa.Column("signer_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("signed_at", moment(), nullable=False),
        refers("sheet_id", "sheet_signatures", "sign_off_sheets"),
        refers("signer_id", "sheet_signatures", "people"),
        sa.PrimaryKeyConstraint("sheet_id", "signed_as", name=op.f("pk_sheet_signatures")),
    )
    op.create_table(
        "sheet_results",
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("sign_off_id", sa.Integer(), nullable=True),
        sa.Column("unsigned_because", sa.Text(), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.CheckConstraint(
            "(sign_off_id IS NULL) = (unsigned_because <> '')", name=op.f("ck_sheet_results_signed_or_said_why")
        ),
        refers("sheet_id", "sheet_results", "sign_off_sheets"),
        refers("sign_off_id", "sheet_results", "sign_offs"),
        sa.PrimaryKeyConstraint("sheet_id", name=op.f("pk_sheet_results")),
        sa.UniqueConstraint("sign_off_id", name=op.f("uq_sheet_results_sign_off_id")),
    )


def downgrade() -> None:
    for table in reversed(APPEND_ONLY):
        op.drop_table(table)
    op.drop_table("level_wordings")
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION {table}_append_only()")
