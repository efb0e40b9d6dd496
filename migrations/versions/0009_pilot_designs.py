"""how a pilot compares, what was known before it, what was examined first

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# Both engines add and drop a column with its own check in place; copying the table anew,
# as a batch does, would empty what refers to pilots on SQLite.
COLUMNS = {
    "population": "JSON NOT NULL DEFAULT '{}'",
    "inclusion": "JSON NOT NULL DEFAULT '{}'",
    "exclusion": "JSON NOT NULL DEFAULT '{}'",
    "comparison": "VARCHAR(40) NOT NULL DEFAULT 'one_group' CONSTRAINT ck_pilots_comparison CHECK (comparison IN "
    "('one_group', 'counterbalanced', 'waiting_list', 'matched', 'stepped_wedge', 'interrupted_series'))",
    "points_before": "INTEGER CONSTRAINT ck_pilots_points_before_counted CHECK (points_before >= 0)",
    "opinion_reference": "VARCHAR(200) NOT NULL DEFAULT ''",
    "screened_on": "DATE",
    "screening": "VARCHAR(40) CONSTRAINT ck_pilots_screening CHECK (screening IN "
    "('not_needed', 'needed', 'carried_out'))",
    "screening_note": "TEXT NOT NULL DEFAULT ''",
    "data_officer_on": "DATE",
}


def upgrade() -> None:
    for name, kind in COLUMNS.items():
        op.execute(f"ALTER TABLE pilots ADD COLUMN {name} {kind}")
    op.execute("ALTER TABLE pilot_indicators ADD COLUMN baseline JSON")
    op.create_table(
        "pilot_comparison_teams",
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilots.id"], name=op.f("fk_pilot_comparison_teams_pilot_id_pilots"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_pilot_comparison_teams_team_id_teams")),
        sa.PrimaryKeyConstraint("pilot_id", "team_id", name=op.f("pk_pilot_comparison_teams")),
    )
    op.create_table(
        "pilot_steps",
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("modules", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilots.id"], name=op.f("fk_pilot_steps_pilot_id_pilots"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_pilot_steps_team_id_teams")),
        sa.PrimaryKeyConstraint("pilot_id", "team_id", name=op.f("pk_pilot_steps")),
    )


def downgrade() -> None:
    op.drop_table("pilot_steps")
    op.drop_table("pilot_comparison_teams")
    op.execute("ALTER TABLE pilot_indicators DROP COLUMN baseline")
    for name in reversed(COLUMNS):
        op.execute(f"ALTER TABLE pilots DROP COLUMN {name}")
