"""that a program read people by name

Revision ID: 0056
Revises: 0055
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

PURPOSES = ("follow_up", "planning", "help", "signing_in", "skills", "proof", "people", "rights")


def upgrade() -> None:
    op.create_table(
        "program_looks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("token_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(*PURPOSES, name="purpose", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("page", sa.String(length=80), nullable=False),
        sa.Column("looked_at", sa.LargeBinary(16), nullable=False),
        sa.ForeignKeyConstraint(["token_id"], ["tokens.id"], name=op.f("fk_program_looks_token_id_tokens")),
        sa.ForeignKeyConstraint(["looked_at"], ["looked_at.digest"], name=op.f("fk_program_looks_looked_at_looked_at")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program_looks")),
    )
    op.create_index(op.f("ix_program_looks_at"), "program_looks", ["at"])
    op.create_index("ix_program_looks_looked_at_at", "program_looks", ["looked_at", "at"])
    op.create_index("ix_program_looks_token_id_at", "program_looks", ["token_id", "at"])
    for statement in database.append_only_ddl("program_looks", database.Goes("at"))[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("program_looks")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION program_looks_append_only()")
