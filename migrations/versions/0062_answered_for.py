"""for which leader a deputy answered a contest or kept a level

Revision ID: 0062
Revises: 0061
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

WORDS = {"contest_answers": ("words",), "levels_kept": ("reason",)}


def upgrade() -> None:
    for table, words in WORDS.items():
        _let_go(table)
        with op.batch_alter_table(table) as columns:
            columns.add_column(sa.Column("for_id", sa.Integer(), nullable=True))
            columns.create_foreign_key(op.f(f"fk_{table}_for_id_people"), "people", ["for_id"], ["id"])
        _hold(table, words)


def downgrade() -> None:
    for table, words in WORDS.items():
        _let_go(table)
        with op.batch_alter_table(table) as columns:
            columns.drop_constraint(op.f(f"fk_{table}_for_id_people"), type_="foreignkey")
            columns.drop_column("for_id")
        _hold(table, words)


def _let_go(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{act}")
    else:
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
        op.execute(f"DROP FUNCTION {table}_append_only()")


def _hold(table: str, words: tuple[str, ...]) -> None:
    columns = tuple(column["name"] for column in sa.inspect(op.get_bind()).get_columns(table))
    for statement in database.append_only_ddl(table, None, columns, words)[op.get_bind().dialect.name]:
        op.execute(statement)
