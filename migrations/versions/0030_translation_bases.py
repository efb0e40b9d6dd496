"""for what translations were written

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "translation_bases",
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("translation", sa.String(length=32), nullable=False),
        sa.Column("original", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["module_id"], ["modules.id"], name=op.f("fk_translation_bases_module_id_modules")),
        sa.PrimaryKeyConstraint("module_id", "language", "translation", "original", name=op.f("pk_translation_bases")),
    )


def downgrade() -> None:
    op.drop_table("translation_bases")
