"""tokens of programs, their end and last use

Revision ID: 0037
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

APPEND_ONLY = ("tokens", "token_revocations")
ROLES = ("operator", "trainer", "team_leader", "hr", "evaluator", "staff_representative", "administrator")


def upgrade() -> None:
    op.create_table(
        "tokens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "role",
            sa.Enum(*ROLES, name="role", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_tokens_made_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("digest", name=op.f("uq_tokens_digest")),
    )
    op.create_table(
        "token_revocations",
        sa.Column("token_id", sa.Integer(), nullable=False),
        sa.Column("at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["token_id"], ["tokens.id"], name=op.f("fk_token_revocations_token_id_tokens")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_token_revocations_by_id_people")),
        sa.PrimaryKeyConstraint("token_id", name=op.f("pk_token_revocations")),
    )
    op.create_table(
        "token_uses",
        sa.Column("token_id", sa.Integer(), nullable=False),
        sa.Column("at", database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["token_id"], ["tokens.id"], name=op.f("fk_token_uses_token_id_tokens")),
        sa.PrimaryKeyConstraint("token_id", name=op.f("pk_token_uses")),
    )
    for table in APPEND_ONLY:
        for statement in database.append_only_ddl(table)[op.get_bind().dialect.name]:
            op.execute(statement)


def downgrade() -> None:
    for table in ("token_uses", "token_revocations", "tokens"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION {table}_append_only()")
