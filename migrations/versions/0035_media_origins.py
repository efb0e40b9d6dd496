"""where files come from, and by what right they are shown

Revision ID: 0035
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "media_origins",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "rights",
            sa.Enum(
                "own",
                "permission",
                "licence",
                name="rights",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("said_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["digest"], ["media.digest"], name=op.f("fk_media_origins_digest_media")),
        sa.ForeignKeyConstraint(["said_by"], ["people.id"], name=op.f("fk_media_origins_said_by_people")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_media_origins")),
    )


def downgrade() -> None:
    op.drop_table("media_origins")
