"""the files of modules by name

Revision ID: 0029
Revises: 0028
"""

import json

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "module_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=106), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("came_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("came_by", sa.Integer(), nullable=True),
        sa.Column("named_at", database.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["module_id"], ["modules.id"], name=op.f("fk_module_files_module_id_modules")),
        sa.ForeignKeyConstraint(["digest"], ["media.digest"], name=op.f("fk_module_files_digest_media")),
        sa.ForeignKeyConstraint(["came_by"], ["people.id"], name=op.f("fk_module_files_came_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module_files")),
        sa.UniqueConstraint("module_id", "name", name=op.f("uq_module_files_module_id_name")),
    )
    op.create_index(op.f("ix_module_files_digest"), "module_files", ["digest"])
    _know_what_drafts_name()


def downgrade() -> None:
    op.drop_table("module_files")


def _know_what_drafts_name() -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT module_id, media, updated_at, updated_by FROM drafts")).all()
    for row in rows:
        media = json.loads(row.media) if isinstance(row.media, str) else row.media
        for name, digest in media.items():
            connection.execute(
                sa.text(
                    "INSERT INTO module_files (module_id, name, digest, came_at, came_by, named_at)"
                    " VALUES (:module_id, :name, :digest, :at, :by, :at)"
                ),
                {
                    "module_id": row.module_id,
                    "name": name,
                    "digest": digest,
                    "at": row.updated_at,
                    "by": row.updated_by,
                },
            )
