"""signed attendance sheets are kept

Revision ID: 0065
Revises: 0064
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

SHEETS, WITHDRAWALS = "classroom_sheets", "classroom_sheet_withdrawals"


def upgrade() -> None:
    op.create_table(
        SHEETS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("half_day_id", sa.Integer(), nullable=True),
        sa.Column("paper", sa.String(length=64), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("kept_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("kept_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("pages >= 1", name=op.f("ck_classroom_sheets_of_a_page_or_more")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["classroom_sessions.id"], name=op.f("fk_classroom_sheets_session_id_classroom_sessions")
        ),
        sa.ForeignKeyConstraint(
            ["half_day_id"],
            ["classroom_half_days.id"],
            name=op.f("fk_classroom_sheets_half_day_id_classroom_half_days"),
        ),
        sa.ForeignKeyConstraint(["paper"], ["enclosures.digest"], name=op.f("fk_classroom_sheets_paper_enclosures")),
        sa.ForeignKeyConstraint(["kept_by"], ["people.id"], name=op.f("fk_classroom_sheets_kept_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_classroom_sheets")),
    )
    op.create_index(op.f("ix_classroom_sheets_session_id"), SHEETS, ["session_id"])
    op.create_table(
        WITHDRAWALS,
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("withdrawn_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_classroom_sheet_withdrawals_says_why")),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["classroom_sheets.id"], name=op.f("fk_classroom_sheet_withdrawals_sheet_id_classroom_sheets")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["people.id"], name=op.f("fk_classroom_sheet_withdrawals_withdrawn_by_people")
        ),
        sa.PrimaryKeyConstraint("sheet_id", name=op.f("pk_classroom_sheet_withdrawals")),
    )
    goes = database.Goes(moment="kept_at", blanks="paper")
    for table, gone, words in ((SHEETS, goes, ()), (WITHDRAWALS, None, ("reason",))):
        columns = tuple(column["name"] for column in sa.inspect(op.get_bind()).get_columns(table))
        for statement in database.append_only_ddl(table, gone, columns, words)[op.get_bind().dialect.name]:
            op.execute(statement)


def downgrade() -> None:
    for table in (WITHDRAWALS, SHEETS):
        op.drop_table(table)
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP FUNCTION {table}_append_only()")
