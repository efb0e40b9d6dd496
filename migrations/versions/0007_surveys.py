"""surveys

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLE = "survey_responses"


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "survey_instruments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("updated_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_instruments")),
        sa.UniqueConstraint("code", name=op.f("uq_survey_instruments_code")),
    )
    op.create_table(
        "survey_waves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("instrument_code", sa.String(length=20), nullable=False),
        sa.Column("instrument", sa.JSON(), nullable=False),
        sa.Column("moment", _one_of("moment", "before", "during", "after", "pulse"), nullable=False),
        sa.Column("opens_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("closes_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("announced_at", database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("bands", sa.JSON(), nullable=False),
        sa.Column("shifts", sa.JSON(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("scale_points", sa.Integer(), nullable=False),
        sa.Column("notice", sa.JSON(), nullable=False),
        sa.Column("with_codes", sa.Boolean(), nullable=False),
        sa.Column("invited", sa.JSON(), nullable=False),
        sa.Column("link_token", sa.String(length=43), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
        sa.Column("created_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_survey_waves_closes_after_opening")),
        sa.CheckConstraint("scale_points IN (3, 5)", name=op.f("ck_survey_waves_three_or_five_points")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_waves")),
        sa.UniqueConstraint("code", name=op.f("uq_survey_waves_code")),
        sa.UniqueConstraint("link_token", name=op.f("uq_survey_waves_link_token")),
    )
    op.create_index(op.f("ix_survey_waves_instrument_code"), "survey_waves", ["instrument_code"], unique=False)
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("band", _one_of("band", "operator", "team_leader", "trainer", "management"), nullable=False),
        sa.Column("shift", sa.String(length=40), nullable=True),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("straight_lined", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["survey_waves.id"], name=op.f("fk_survey_responses_wave_id_survey_waves")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_responses")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_survey_responses_wave_id"), TABLE, ["wave_id"], unique=False)
    for table in ("survey_participations", "survey_codes"):
        op.create_table(
            table,
            sa.Column("wave_id", sa.Integer(), nullable=False),
            sa.Column("digest", sa.LargeBinary(), nullable=False),
            sa.ForeignKeyConstraint(["wave_id"], ["survey_waves.id"], name=op.f(f"fk_{table}_wave_id_survey_waves")),
            sa.PrimaryKeyConstraint("wave_id", "digest", name=op.f(f"pk_{table}")),
            sqlite_with_rowid=False,
        )
    for statement in database.append_only_ddl(TABLE)[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for table in ("survey_codes", "survey_participations", TABLE, "survey_waves", "survey_instruments"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {TABLE}_append_only")
