"""sign in openings

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLE = "sign_in_openings"
ATTEMPTS = "sign_in_attempts"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_sign_in_openings_by_id_people")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sign_in_openings_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_openings")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_sign_in_openings_person_id"), TABLE, ["person_id"])
    op.create_index(op.f("ix_sign_in_openings_origin"), TABLE, ["origin"])
    for statement in database.append_only_ddl(TABLE)[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_index("ix_sign_in_attempts_origin_name_at", ATTEMPTS)
    op.create_index("ix_sign_in_attempts_name_at", ATTEMPTS, ["name_digest", "at"])
    op.create_index("ix_sign_in_attempts_origin_at", ATTEMPTS, ["origin", "at"])
    op.create_index("ix_sign_in_attempts_at", ATTEMPTS, ["at"])


def downgrade() -> None:
    for name in ("ix_sign_in_attempts_at", "ix_sign_in_attempts_origin_at", "ix_sign_in_attempts_name_at"):
        op.drop_index(name, ATTEMPTS)
    op.create_index("ix_sign_in_attempts_origin_name_at", ATTEMPTS, ["origin", "name_digest", "at"])
    op.drop_table(TABLE)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {TABLE}_append_only()")
