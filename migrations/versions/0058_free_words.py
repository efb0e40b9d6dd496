"""free words of append-only tables may be replaced, once whoever they speak of is erased

Revision ID: 0058
Revises: 0057
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

WORDS = {
    "afest_records": ("activity", "reflection", "evaluation"),
    "classroom_attendances": ("reason",),
    "contest_answers": ("words",),
    "contests": ("words",),
    "habilitation_acts": ("reason",),
    "help_answers": ("words",),
    "level_changes": ("reason",),
    "levels_kept": ("reason",),
    "plan_exemptions": ("reason",),
    "privacy_answers": ("words",),
    "privacy_requests": ("words",),
    "proof_document_voids": ("reason",),
    "sign_off_signatures": ("note",),
    "sign_offs": ("situation", "reflection"),
    "verdict_comments": ("text",),
}


def upgrade() -> None:
    for table, words in WORDS.items():
        _replace(table, words)


def downgrade() -> None:
    for table in WORDS:
        _replace(table, ())


def _replace(table: str, words: tuple[str, ...]) -> None:
    """Put triggers in the place of those before."""
    dialect = op.get_bind().dialect.name
    if dialect == "sqlite":
        for act in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{act}")
    else:
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
        op.execute(f"DROP FUNCTION {table}_append_only()")
    columns = tuple(column["name"] for column in sa.inspect(op.get_bind()).get_columns(table))
    for statement in database.append_only_ddl(table, None, columns, words)[dialect]:
        op.execute(statement)
