"""what there is about one person is found without reading whole tables

Revision ID: 0059
Revises: 0058
"""

from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

SUBJECTS = {
    "afest_records": "recorded_for_id",
    "draft_tabs": "person_id",
    "help_requests": "person_id",
    "kiosk_events": "person_id",
    "sign_in_attempts": "person_id",
    "visits": "person_id",
}


def upgrade() -> None:
    for table, column in SUBJECTS.items():
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table, column in SUBJECTS.items():
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
