"""habilitations that posts ask for

Revision ID: 0055
Revises: 0054
"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def refers(column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_post_habilitations_{column}_{other}"))


def upgrade() -> None:
    op.create_table(
        "post_habilitations",
        sa.Column("workstation_id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        refers("workstation_id", "workstations"),
        refers("kind_id", "habilitation_kinds"),
        sa.PrimaryKeyConstraint("workstation_id", "kind_id", name=op.f("pk_post_habilitations")),
    )


def downgrade() -> None:
    op.drop_table("post_habilitations")
