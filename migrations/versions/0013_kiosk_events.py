"""events of kiosks, what a kiosk says of its outbox and clock

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

REASONS = (
    "unreadable",
    "not_signed_in",
    "malformed",
    "too_old",
    "conflict",
    "not_in_module",
    "too_many_attempts",
    "fault",
)


def moment() -> database.UtcDateTime:
    return database.UtcDateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("terminals") as terminals:
        terminals.add_column(sa.Column("outbox_id", sa.Uuid(), nullable=True))
        terminals.add_column(sa.Column("recorded_there", sa.Integer(), nullable=True))
        terminals.add_column(sa.Column("queue_length", sa.Integer(), nullable=True))
        terminals.add_column(sa.Column("oldest_queued_at", moment(), nullable=True))
        terminals.add_column(sa.Column("clock_skew_ms", sa.BigInteger(), nullable=True))
    op.create_table(
        "kiosk_events",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("outbox_id", sa.Uuid(), nullable=False),
        sa.Column("terminal_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("sitting_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("kiosk_at", moment(), nullable=True),
        sa.Column("corrected_at", moment(), nullable=True),
        sa.Column("received_at", moment(), nullable=False),
        sa.Column("clock_doubtful", sa.Boolean(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(*REASONS, name="setaside", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("said", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(reason IS NULL) = (said IS NULL)", name=op.f("ck_kiosk_events_what_was_put_aside_is_kept")
        ),
        sa.ForeignKeyConstraint(["terminal_id"], ["terminals.id"], name=op.f("fk_kiosk_events_terminal_id_terminals")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_kiosk_events_person_id_people")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_kiosk_events")),
        sa.UniqueConstraint("id", "digest", name=op.f("uq_kiosk_events_id_digest")),
    )
    op.create_index("ix_kiosk_events_outbox", "kiosk_events", ["outbox_id"])
    op.create_index(
        "ix_kiosk_events_put_aside",
        "kiosk_events",
        ["received_at"],
        sqlite_where=sa.text("reason IS NOT NULL"),
        postgresql_where=sa.text("reason IS NOT NULL"),
    )
    for statement in database.append_only_ddl("kiosk_events")[op.get_context().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("kiosk_events")
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION kiosk_events_append_only()")
    with op.batch_alter_table("terminals") as terminals:
        for name in ("clock_skew_ms", "oldest_queued_at", "queue_length", "recorded_there", "outbox_id"):
            terminals.drop_column(name)
