"""drafts reviewed by colleagues, and remarks on their blocks

Revision ID: 0036
Revises: 0035
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

APPEND_ONLY = ("draft_reviews", "draft_review_ends", "draft_remarks", "draft_remark_entries")


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def moment() -> database.UtcDateTime:
    return database.UtcDateTime(timezone=True)


def person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["people.id"], name=op.f(f"fk_{table}_{column}_people"))


def module(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["module_id"], ["modules.id"], name=op.f(f"fk_{table}_module_id_modules"))


def upgrade() -> None:
    op.create_table(
        "draft_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", moment(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        module("draft_reviews"),
        person("draft_reviews", "asked_id"),
        person("draft_reviews", "by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_reviews")),
    )
    op.create_index(op.f("ix_draft_reviews_module_id"), "draft_reviews", ["module_id"])
    op.create_index(op.f("ix_draft_reviews_asked_id"), "draft_reviews", ["asked_id"])
    op.create_table(
        "draft_review_ends",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("ending", one_of("ending", "approved", "changes", "cancelled"), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["draft_reviews.id"], name=op.f("fk_draft_review_ends_review_id_draft_reviews")
        ),
        person("draft_review_ends", "by_id"),
        sa.PrimaryKeyConstraint("review_id", name=op.f("pk_draft_review_ends")),
    )
    op.create_table(
        "draft_remarks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("block_key", sa.String(length=40), nullable=True),
        sa.Column("block", sa.JSON(none_as_null=True), nullable=True),
        module("draft_remarks"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_remarks")),
    )
    op.create_index(op.f("ix_draft_remarks_module_id"), "draft_remarks", ["module_id"])
    op.create_table(
        "draft_remark_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("remark_id", sa.Integer(), nullable=False),
        sa.Column("act", one_of("act", "said", "answered", "resolved", "reopened"), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["remark_id"], ["draft_remarks.id"], name=op.f("fk_draft_remark_entries_remark_id_draft_remarks")
        ),
        person("draft_remark_entries", "by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_remark_entries")),
    )
    op.create_index(op.f("ix_draft_remark_entries_remark_id"), "draft_remark_entries", ["remark_id"])
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
