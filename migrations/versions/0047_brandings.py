"""name, logo and colours of the site

Revision ID: 0047
Revises: 0046
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "brandings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("desk", sa.String(length=7), nullable=True),
        sa.Column("kiosk", sa.String(length=7), nullable=True),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("logo_type", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brandings")),
    )
    for statement in database.append_only_ddl("brandings")[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("brandings")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION brandings_append_only()")
