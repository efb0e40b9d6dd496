"""the e-mail to team leaders

Revision ID: 0048
Revises: 0047
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def moment() -> database.UtcDateTime:
    return database.UtcDateTime(timezone=True)


def person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f(f"fk_{table}_person_id_people"))


def upgrade() -> None:
    every = sa.Enum("day", "week", "never", name="every", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "digest_choices",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("every", every, nullable=False),
        sa.Column("changed_at", moment(), nullable=False),
        person("digest_choices"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_digest_choices")),
    )
    op.create_table(
        "digests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("sent", sa.Boolean(), nullable=False),
        person("digests"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
    )
    op.create_index("ix_digests_person_at", "digests", ["person_id", "at"])
    for statement in database.append_only_ddl("digests")[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("digests")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION digests_append_only()")
    op.drop_table("digest_choices")
