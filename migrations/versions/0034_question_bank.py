"""the question bank

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

VERSIONS = "bank_versions"


def upgrade() -> None:
    op.create_table(
        "bank_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=80), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("newest", sa.Integer(), nullable=False),
        sa.Column("created_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("retired_at", database.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_questions")),
    )
    op.create_index("ix_bank_questions_theme", "bank_questions", ["theme", "key"])
    op.create_table(
        VERSIONS,
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("block", sa.JSON(), nullable=False),
        sa.Column("media", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["question_id"], ["bank_questions.id"], name=op.f("fk_bank_versions_question_id_bank_questions")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_bank_versions_by_id_people")),
        sa.PrimaryKeyConstraint("question_id", "number", name=op.f("pk_bank_versions")),
        info={"append_only": True},
    )
    for statement in database.append_only_ddl(VERSIONS)[op.get_bind().dialect.name]:
        op.execute(statement)
    op.create_table(
        "bank_uses",
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("block_key", sa.String(length=40), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["module_id"], ["modules.id"], name=op.f("fk_bank_uses_module_id_modules")),
        sa.ForeignKeyConstraint(
            ["question_id", "version"],
            ["bank_versions.question_id", "bank_versions.number"],
            name=op.f("fk_bank_uses_question_id_bank_versions"),
        ),
        sa.PrimaryKeyConstraint("module_id", "block_key", name=op.f("pk_bank_uses")),
    )
    op.create_index(op.f("ix_bank_uses_question_id"), "bank_uses", ["question_id"])


def downgrade() -> None:
    op.drop_table("bank_uses")
    op.drop_table(VERSIONS)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {VERSIONS}_append_only()")
    op.drop_table("bank_questions")
