"""tables of figures saved, and kept as files

Revision ID: 0051
Revises: 0050
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

ROLES = ("operator", "trainer", "team_leader", "hr", "evaluator", "staff_representative", "administrator")


def upgrade() -> None:
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column(
            "role", sa.Enum(*ROLES, name="role", native_enum=False, create_constraint=True, length=40), nullable=True
        ),
        sa.Column("day_of_month", sa.Integer(), nullable=True),
        sa.Column("format", sa.String(length=4), nullable=True),
        sa.Column("language", sa.String(length=6), nullable=False),
        sa.Column("saved_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "day_of_month IS NULL OR day_of_month BETWEEN 1 AND 28", name=op.f("ck_saved_views_a_day_of_every_month")
        ),
        sa.CheckConstraint(
            "(day_of_month IS NULL) = (format IS NULL)", name=op.f("ck_saved_views_a_day_has_its_format")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_saved_views_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
    )
    op.create_index(op.f("ix_saved_views_person_id"), "saved_views", ["person_id"])
    op.create_table(
        "kept_exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("view_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("format", sa.String(length=4), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["view_id"], ["saved_views.id"], name=op.f("fk_kept_exports_view_id_saved_views"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_exports")),
        sa.UniqueConstraint("view_id", "as_of", name=op.f("uq_kept_exports_view_id_as_of")),
    )


def downgrade() -> None:
    op.drop_table("kept_exports")
    op.drop_table("saved_views")
