"""what standings came to, day by day: completions and time worked

What the standings say is brought over; of completions renewed more than once and of time worked on
several days only the whole is known then: `flask progress rebuild` works both out from the records.

Revision ID: 0045
Revises: 0044
"""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

from lms.kernel import database
from lms.kernel.clock import local_day, months_after

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

NEVER = 4_000_000


def references(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    completions = op.create_table(
        "completions",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("until_on", sa.Integer(), nullable=False),
        sa.Column("again_on", sa.Integer(), nullable=False),
        references("completions", "person_id", "people"),
        references("completions", "edition_id", "editions"),
        references("completions", "module_id", "modules"),
        sa.PrimaryKeyConstraint("person_id", "edition_id", "done_on", name=op.f("pk_completions")),
    )
    days = op.create_table(
        "active_days",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        references("active_days", "person_id", "people"),
        references("active_days", "edition_id", "editions"),
        references("active_days", "module_id", "modules"),
        sa.PrimaryKeyConstraint("person_id", "edition_id", "day", name=op.f("pk_active_days")),
    )
    op.create_index("ix_active_days_day", "active_days", ["day"])
    bring_over(completions, days)


def bring_over(completions: sa.Table, days: sa.Table) -> None:
    moment = database.UtcDateTime(timezone=True)
    standings = sa.table(
        "standings",
        *(sa.column(name) for name in ("person_id", "edition_id", "active_seconds")),
        *(sa.column(name, moment) for name in ("last_at", "completed_at", "renewed_at")),
    )
    editions = sa.table(
        "editions", *(sa.column(name) for name in ("id", "module_id", "number")), sa.column("content", sa.JSON())
    )
    connection = op.get_bind()
    known = {row.id: row for row in connection.execute(sa.select(editions))}
    done, worked = [], []
    for row in connection.execute(sa.select(standings)):
        edition = known[row.edition_id]
        common = {"person_id": row.person_id, "edition_id": row.edition_id, "module_id": edition.module_id}
        worked.append({**common, "day": local_day(row.last_at).toordinal(), "seconds": row.active_seconds})
        months = edition.content.get("validity_months")
        done += [
            {**common, "number": edition.number, **completion(at, months)}
            for at in (row.completed_at, row.renewed_at)
            if at is not None
        ]
    if worked:
        op.bulk_insert(days, worked)
    if done:
        op.bulk_insert(completions, done)


def completion(at: datetime, months: int | None) -> dict[str, int]:
    if months is None:
        return {"done_on": local_day(at).toordinal(), "until_on": NEVER, "again_on": NEVER}
    until = months_after(at, months)
    again = max(until - (until - at) / 2, datetime.fromtimestamp(until.timestamp() - 30 * 86400, until.tzinfo))
    days = {"done_on": at, "until_on": until, "again_on": again}
    return {name: local_day(day).toordinal() for name, day in days.items()}


def downgrade() -> None:
    op.drop_table("active_days")
    op.drop_table("completions")
