"""what became of drafts, and who writes in them

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("began_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("saved_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("delta", sa.JSON(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["module_id"], ["modules.id"], name=op.f("fk_draft_changes_module_id_modules")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_draft_changes_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_changes")),
        sa.UniqueConstraint("module_id", "version", name=op.f("uq_draft_changes_module_id_version")),
    )
    op.create_table(
        "draft_tabs",
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("tab", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=True),
        sa.Column("saved_part", sa.String(length=40), nullable=True),
        sa.Column("saved_on", sa.String(length=20), nullable=True),
        sa.Column("saved_as", sa.String(length=20), nullable=True),
        sa.Column("seen_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["module_id"], ["modules.id"], name=op.f("fk_draft_tabs_module_id_modules")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_draft_tabs_person_id_people")),
        sa.PrimaryKeyConstraint("module_id", "tab", name=op.f("pk_draft_tabs")),
    )


def downgrade() -> None:
    op.drop_table("draft_tabs")
    op.drop_table("draft_changes")
