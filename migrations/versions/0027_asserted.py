"""what was done under a badge alone, while the server was away

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

EVENTS = "kiosk_events"
NEW = ("assertions", "asserted_events", "assertion_ends")
REASONS_BEFORE = (
    *("unreadable", "not_signed_in", "malformed", "too_old"),
    *("conflict", "not_in_module", "too_many_attempts", "withdrawn", "fault"),
)
REASONS = (
    *("unreadable", "not_signed_in", "malformed", "too_old"),
    *("conflict", "not_in_module", "too_many_attempts", "withdrawn"),
    *("unknown_badge", "badge_ended", "certifies", "not_theirs", "unconfirmed", "fault"),
)
OUTCOMES = ("confirmed", "not_theirs", "unconfirmed")


def moment() -> database.UtcDateTime:
    return database.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.add_column("sittings", sa.Column("assertion_id", sa.Uuid(), nullable=True))
    _allow(REASONS)
    op.create_table(
        "assertions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("badge_id", sa.Integer(), nullable=True),
        sa.Column("terminal_id", sa.Integer(), nullable=False),
        sa.Column("began_at", moment(), nullable=False),
        sa.Column("received_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_assertions_person_id_people")),
        sa.ForeignKeyConstraint(["badge_id"], ["badges.id"], name=op.f("fk_assertions_badge_id_badges")),
        sa.ForeignKeyConstraint(["terminal_id"], ["terminals.id"], name=op.f("fk_assertions_terminal_id_terminals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assertions")),
    )
    op.create_index("ix_assertions_person_id", "assertions", ["person_id"])
    op.create_table(
        "asserted_events",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("assertion_id", sa.Uuid(), nullable=False),
        sa.Column("outbox_id", sa.Uuid(), nullable=False),
        sa.Column("terminal_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", moment(), nullable=False),
        sa.Column("received_at", moment(), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assertion_id"], ["assertions.id"], name=op.f("fk_asserted_events_assertion_id_assertions")
        ),
        sa.ForeignKeyConstraint(
            ["terminal_id"], ["terminals.id"], name=op.f("fk_asserted_events_terminal_id_terminals")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_asserted_events")),
        sa.UniqueConstraint("id", "digest", name=op.f("uq_asserted_events_id_digest")),
    )
    op.create_index("ix_asserted_events_assertion_id", "asserted_events", ["assertion_id"])
    op.create_index("ix_asserted_events_outbox", "asserted_events", ["outbox_id"])
    op.create_table(
        "assertion_ends",
        sa.Column("assertion_id", sa.Uuid(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(*OUTCOMES, name="assertionoutcome", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("at", moment(), nullable=False),
        sa.Column("terminal_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assertion_id"], ["assertions.id"], name=op.f("fk_assertion_ends_assertion_id_assertions")
        ),
        sa.ForeignKeyConstraint(
            ["terminal_id"], ["terminals.id"], name=op.f("fk_assertion_ends_terminal_id_terminals")
        ),
        sa.PrimaryKeyConstraint("assertion_id", name=op.f("pk_assertion_ends")),
    )
    for table in NEW:
        _keep_for_good(table)


def downgrade() -> None:
    for table in reversed(NEW):
        op.drop_table(table)
        if op.get_context().dialect.name == "postgresql":
            op.execute(f"DROP FUNCTION {table}_append_only()")
    _let_go(EVENTS)
    # What was put aside for reasons that are unknown before cannot be kept.
    events = sa.table(EVENTS, sa.column("reason"))
    op.execute(events.delete().where(events.c.reason.in_(set(REASONS) - set(REASONS_BEFORE))))
    _keep_for_good(EVENTS)
    _allow(REASONS_BEFORE)
    op.drop_column("sittings", "assertion_id")


def _allow(reasons: tuple[str, ...]) -> None:
    """Let an event be put aside for these reasons."""
    condition = sa.column("reason").in_([sa.literal(reason, literal_execute=True) for reason in reasons])
    with op.batch_alter_table(EVENTS) as table:
        table.drop_constraint(op.f("ck_kiosk_events_setaside"), type_="check")
        table.create_check_constraint(op.f("ck_kiosk_events_setaside"), condition)
    if op.get_context().dialect.name == "sqlite":
        # The table was made anew, and the triggers went with the former one.
        _keep_for_good(EVENTS)


def _keep_for_good(table: str) -> None:
    for statement in database.append_only_ddl(table)[op.get_context().dialect.name]:
        op.execute(statement)


def _let_go(table: str) -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {table}_append_only() CASCADE")
        return
    for act in ("update", "delete"):
        op.execute(f"DROP TRIGGER {table}_no_{act}")
