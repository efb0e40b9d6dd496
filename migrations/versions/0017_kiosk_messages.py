"""messages to kiosks, version of their pages

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

APPEND_ONLY = ("kiosk_messages", "kiosk_receipts")
KINDS = ("sign_out", "reload", "measure", "out_of_order", "back_in_service")


def moment() -> database.UtcDateTime:
    return database.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.add_column("terminals", sa.Column("page_version", sa.String(length=20), nullable=True))
    op.add_column("terminals", sa.Column("out_of_order", sa.String(length=200), nullable=True))
    op.create_table(
        "kiosk_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("terminal_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="messagekind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("sent_at", moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["terminal_id"], ["terminals.id"], name=op.f("fk_kiosk_messages_terminal_id_terminals")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_kiosk_messages_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kiosk_messages")),
    )
    op.create_index(op.f("ix_kiosk_messages_terminal_id"), "kiosk_messages", ["terminal_id"])
    op.create_table(
        "kiosk_receipts",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("heard_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["kiosk_messages.id"], name=op.f("fk_kiosk_receipts_message_id_kiosk_messages")
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_kiosk_receipts")),
    )
    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        for statement in database.append_only_ddl(table)[dialect]:
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("kiosk_receipts")
    op.drop_table("kiosk_messages")
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION {table}_append_only()")
    op.drop_column("terminals", "out_of_order")
    op.drop_column("terminals", "page_version")
