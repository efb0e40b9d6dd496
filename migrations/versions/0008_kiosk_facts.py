"""visits, help, service hours, notices, work on modules

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

APPEND_ONLY = (
    "authoring_times",
    "help_answers",
    "help_requests",
    "module_origins",
    "module_reviews",
    "notice_acknowledgements",
    "notices",
    "service_hours",
)


def moment() -> database.UtcDateTime:
    return database.UtcDateTime(timezone=True)


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def refers(table: str, column: str, other: str, key: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.{key}"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    op.create_table(
        "visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("terminal_id", sa.Integer(), nullable=False),
        sa.Column("session_digest", sa.LargeBinary(), nullable=True),
        sa.Column("opened_at", moment(), nullable=False),
        sa.Column("recorded_at", moment(), nullable=False),
        sa.Column("ended_at", moment(), nullable=True),
        sa.Column(
            "ended_by",
            one_of("endedby", "button", "called_away", "idle", "another_badge", "expired", "terminal_reset"),
            nullable=True,
        ),
        sa.Column("end_recorded_at", moment(), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (end_recorded_at IS NULL)",
            name=op.f("ck_visits_ends_in_some_way"),
        ),
        sa.CheckConstraint("ended_at IS NULL OR ended_at >= opened_at", name=op.f("ck_visits_ends_after_opening")),
        refers("visits", "person_id", "people"),
        refers("visits", "terminal_id", "terminals"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
    )
    op.create_index("ix_visits_opened_at", "visits", ["opened_at"])
    op.create_index(
        "ix_visits_open_at_terminal",
        "visits",
        ["terminal_id"],
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "help_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("terminal_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("block_key", sa.String(length=40), nullable=True),
        sa.Column("category", one_of("helpcategory", "kiosk", "unclear", "content", "other"), nullable=False),
        sa.Column("asked_at", moment(), nullable=False),
        sa.CheckConstraint(
            "block_key IS NULL OR edition_id IS NOT NULL", name=op.f("ck_help_requests_a_block_is_of_an_edition")
        ),
        refers("help_requests", "person_id", "people"),
        refers("help_requests", "terminal_id", "terminals"),
        refers("help_requests", "edition_id", "editions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_requests")),
    )
    op.create_index("ix_help_requests_asked_at", "help_requests", ["asked_at"])
    op.create_index(op.f("ix_help_requests_edition_id"), "help_requests", ["edition_id"])
    op.create_table(
        "help_answers",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("resolved_at", moment(), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        refers("help_answers", "request_id", "help_requests"),
        refers("help_answers", "by_id", "people"),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_help_answers")),
    )
    op.create_table(
        "service_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("terminal_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("opens_at", sa.Time(), nullable=False),
        sa.Column("closes_at", sa.Time(), nullable=False),
        sa.Column("weekdays", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", moment(), nullable=False),
        sa.CheckConstraint("weekdays BETWEEN 0 AND 127", name=op.f("ck_service_hours_seven_weekdays")),
        refers("service_hours", "terminal_id", "terminals"),
        refers("service_hours", "by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_hours")),
    )
    op.create_index(op.f("ix_service_hours_terminal_id"), "service_hours", ["terminal_id"])
    op.create_table(
        "kiosk_quarters",
        sa.Column("terminal_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", moment(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("slow_requests", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 0 AND 32767", name=op.f("ck_kiosk_quarters_fifteen_minutes")),
        refers("kiosk_quarters", "terminal_id", "terminals"),
        sa.PrimaryKeyConstraint("terminal_id", "starts_at", name=op.f("pk_kiosk_quarters")),
    )
    op.create_table(
        "notices",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("published_at", moment(), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=True),
        refers("notices", "published_by", "people"),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_notices")),
    )
    op.create_table(
        "notice_acknowledgements",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        refers("notice_acknowledgements", "person_id", "people"),
        refers("notice_acknowledgements", "version", "notices", "version"),
        sa.PrimaryKeyConstraint("person_id", "version", name=op.f("pk_notice_acknowledgements")),
    )
    op.create_table(
        "module_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", moment(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        refers("module_reviews", "edition_id", "editions"),
        refers("module_reviews", "by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module_reviews")),
    )
    op.create_index(op.f("ix_module_reviews_edition_id"), "module_reviews", ["edition_id"])
    op.create_table(
        "authoring_times",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_authoring_times_not_negative")),
        refers("authoring_times", "module_id", "modules"),
        refers("authoring_times", "author_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authoring_times")),
    )
    op.create_index(op.f("ix_authoring_times_module_id"), "authoring_times", ["module_id"])
    op.create_table(
        "module_origins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("origin", one_of("origin", "internal", "external"), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", moment(), nullable=False),
        refers("module_origins", "module_id", "modules"),
        refers("module_origins", "by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module_origins")),
    )
    op.create_index(op.f("ix_module_origins_module_id"), "module_origins", ["module_id"])
    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        for statement in database.append_only_ddl(table)[dialect]:
            op.execute(statement)


def downgrade() -> None:
    for table in (
        "module_origins",
        "authoring_times",
        "module_reviews",
        "notice_acknowledgements",
        "notices",
        "kiosk_quarters",
        "service_hours",
        "help_answers",
        "help_requests",
        "visits",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION {table}_append_only()")
