"""survey box

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLE = "survey_box"
BANDS = ("operator", "team_leader", "trainer", "management")


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column(
            "band",
            sa.Enum(*BANDS, name="band", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("shift", sa.String(length=40), nullable=True),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("straight_lined", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["survey_waves.id"], name=op.f("fk_survey_box_wave_id_survey_waves")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_box")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_survey_box_wave_id"), TABLE, ["wave_id"], unique=False)


def downgrade() -> None:
    op.execute("INSERT INTO survey_responses SELECT * FROM survey_box ORDER BY id")
    op.drop_table(TABLE)
