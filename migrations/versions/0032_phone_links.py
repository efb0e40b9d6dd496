"""links by which phones bring pictures

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "phone_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("made_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("ends_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("phone_digest", sa.LargeBinary(length=32), nullable=True),
        sa.ForeignKeyConstraint(["module_id"], ["modules.id"], name=op.f("fk_phone_links_module_id_modules")),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_phone_links_made_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_links")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_phone_links_token_digest")),
    )
    op.create_index(op.f("ix_phone_links_made_by"), "phone_links", ["made_by"])
    op.create_table(
        "phone_pictures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=106), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["phone_links.id"], name=op.f("fk_phone_pictures_link_id_phone_links")),
        sa.ForeignKeyConstraint(["digest"], ["media.digest"], name=op.f("fk_phone_pictures_digest_media")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_pictures")),
    )
    op.create_index(op.f("ix_phone_pictures_link_id"), "phone_pictures", ["link_id"])


def downgrade() -> None:
    op.drop_table("phone_pictures")
    op.drop_table("phone_links")
