"""what was found of each version of a draft, for lists

Revision ID: 0054
Revises: 0053
"""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft_checks",
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("release", sa.String(length=40), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["module_id"], ["modules.id"], name=op.f("fk_draft_checks_module_id_modules")),
        sa.PrimaryKeyConstraint("module_id", name=op.f("pk_draft_checks")),
    )


def downgrade() -> None:
    op.drop_table("draft_checks")
