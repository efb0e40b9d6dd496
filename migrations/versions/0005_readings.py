"""readings

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_readings_ends_after_start")),
        sa.CheckConstraint("source <> ''", name=op.f("ck_readings_source_is_given")),
        sa.CheckConstraint("(low IS NULL) = (high IS NULL)", name=op.f("ck_readings_scenarios_are_whole")),
        sa.CheckConstraint(
            "low IS NULL OR (low <= value AND value <= high)", name=op.f("ck_readings_scenarios_are_ordered")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_readings_team_id_teams")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["people.id"], name=op.f("fk_readings_entered_by_id_people")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["readings.id"], name=op.f("fk_readings_supersedes_id_readings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_readings_supersedes_id")),
    )
    op.create_index("ix_readings_series_period", "readings", ["series", "starts_on", "ends_on"])
    for statement in database.append_only_ddl("readings")[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("readings")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION readings_append_only()")
