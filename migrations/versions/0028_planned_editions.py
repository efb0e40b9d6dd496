"""editions planned for a day

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

OPEN = sa.text("ended_at IS NULL")


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "planned_editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("media", sa.JSON(), nullable=False),
        sa.Column("impact", one_of("impact", "correction", "acknowledgement", "retraining"), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("publish_on", sa.Date(), nullable=False),
        sa.Column("planned_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("planned_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_as", one_of("planend", "published", "cancelled"), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_as IS NULL)", name=op.f("ck_planned_editions_ends_in_some_way")
        ),
        sa.ForeignKeyConstraint(["module_id"], ["modules.id"], name=op.f("fk_planned_editions_module_id_modules")),
        sa.ForeignKeyConstraint(["planned_by"], ["people.id"], name=op.f("fk_planned_editions_planned_by_people")),
        sa.ForeignKeyConstraint(["ended_by"], ["people.id"], name=op.f("fk_planned_editions_ended_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_editions")),
    )
    op.create_index(
        "uq_planned_editions_open",
        "planned_editions",
        ["module_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_table("planned_editions")
