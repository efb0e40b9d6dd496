"""enrolments by number, rotation of a kiosk's secret, size of its screen

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

COLUMNS = ("enrolment_needs_number", "token_issued_at", "previous_token_digest", "pixels_per_mm")


def moment() -> database.UtcDateTime:
    return database.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.add_column(
        "terminals", sa.Column("enrolment_needs_number", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("terminals", sa.Column("token_issued_at", moment(), nullable=True))
    op.add_column("terminals", sa.Column("previous_token_digest", sa.LargeBinary(), nullable=True))
    op.add_column("terminals", sa.Column("pixels_per_mm", sa.Double(), nullable=True))
    op.create_index(op.f("ix_terminals_previous_token_digest"), "terminals", ["previous_token_digest"], unique=True)
    op.create_table(
        "enrolments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("terminal_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", moment(), nullable=False),
        sa.Column("number", sa.String(length=3), nullable=True),
        sa.Column("key_digest", sa.LargeBinary(), nullable=True),
        sa.Column("browser", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("confirmed_at", moment(), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("enrolled_at", moment(), nullable=True),
        sa.ForeignKeyConstraint(["terminal_id"], ["terminals.id"], name=op.f("fk_enrolments_terminal_id_terminals")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["people.id"], name=op.f("fk_enrolments_confirmed_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolments")),
    )
    op.create_index(op.f("ix_enrolments_terminal_id"), "enrolments", ["terminal_id"])
    op.create_index(op.f("ix_enrolments_key_digest"), "enrolments", ["key_digest"], unique=True)


def downgrade() -> None:
    op.drop_table("enrolments")
    op.drop_index(op.f("ix_terminals_previous_token_digest"), "terminals")
    for column in COLUMNS:
        op.drop_column("terminals", column)
