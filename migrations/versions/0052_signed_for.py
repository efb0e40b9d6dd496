"""for which leader a deputy signed

Revision ID: 0052
Revises: 0051
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def refers(column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_signed_for_{column}_{other}"))


def upgrade() -> None:
    op.create_table(
        "signed_for",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sign_off_id", sa.Integer(), nullable=True),
        sa.Column("level_change_id", sa.Integer(), nullable=True),
        sa.Column("signer_id", sa.Integer(), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(sign_off_id IS NULL) <> (level_change_id IS NULL)", name=op.f("ck_signed_for_about_one_entry")
        ),
        sa.CheckConstraint("leader_id <> signer_id", name=op.f("ck_signed_for_somebody_else")),
        refers("sign_off_id", "sign_offs"),
        refers("level_change_id", "level_changes"),
        refers("signer_id", "people"),
        refers("leader_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_for")),
        sa.UniqueConstraint("sign_off_id", "signer_id", name=op.f("uq_signed_for_sign_off_id_signer_id")),
        sa.UniqueConstraint("level_change_id", name=op.f("uq_signed_for_level_change_id")),
    )
    for statement in database.append_only_ddl("signed_for")[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("signed_for")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION signed_for_append_only()")
