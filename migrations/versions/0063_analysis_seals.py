"""what the questions of a module came to is kept when answers go

Revision ID: 0063
Revises: 0062
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "analysis_seals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("read", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["module_id"], ["modules.id"], name=op.f("fk_analysis_seals_module_id_modules")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analysis_seals")),
        sa.UniqueConstraint("module_id", "as_of", name=op.f("uq_analysis_seals_module_id_as_of")),
    )
    for statement in database.append_only_ddl("analysis_seals")[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("analysis_seals")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION analysis_seals_append_only()")
