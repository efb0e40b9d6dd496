"""badges with their ends and alarms, picture codes

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ALARMS = "badge_alarms"
IN_USE = sa.text("revoked_at IS NULL")


def moment() -> database.UtcDateTime:
    return database.UtcDateTime(timezone=True)


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    with op.batch_alter_table("pins") as table:
        table.add_column(
            sa.Column("kind", one_of("pinkind", "digits", "pictures"), server_default="digits", nullable=False)
        )
    with op.batch_alter_table("pins") as table:
        table.alter_column("kind", server_default=None)
    kinds, ends = one_of("badgekind", "reader", "printed"), ("lost", "returned", "withdrawn", "replaced", "copied")
    with op.batch_alter_table("badges") as table:
        table.add_column(sa.Column("kind", kinds, server_default="reader", nullable=False))
        table.add_column(sa.Column("issued_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("revoked_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("ended_as", one_of("badgeend", *ends), nullable=True))
        table.add_column(sa.Column("read_at", moment(), nullable=True))
        table.add_column(sa.Column("read_at_origin", sa.String(length=40), nullable=True))
        table.drop_constraint("uq_badges_digest", type_="unique")
    # Why badges ended before was not kept; ended for good is what they were.
    op.execute("UPDATE badges SET ended_as = 'withdrawn' WHERE revoked_at IS NOT NULL")
    with op.batch_alter_table("badges") as table:
        table.alter_column("kind", server_default=None)
        table.create_foreign_key("fk_badges_issued_by_people", "people", ["issued_by"], ["id"])
        table.create_foreign_key("fk_badges_revoked_by_people", "people", ["revoked_by"], ["id"])
        table.create_check_constraint("ends_in_some_way", "(revoked_at IS NULL) = (ended_as IS NULL)")
        table.create_check_constraint("read_somewhere", "(read_at IS NULL) = (read_at_origin IS NULL)")
    op.create_index("ix_badges_digest", "badges", ["digest"])
    op.create_index("uq_badges_in_use", "badges", ["digest"], unique=True, sqlite_where=IN_USE, postgresql_where=IN_USE)
    op.create_table(
        ALARMS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("badge_id", sa.Integer(), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("before_at", moment(), nullable=False),
        sa.Column("before_origin", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["badge_id"], ["badges.id"], name=op.f("fk_badge_alarms_badge_id_badges")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge_alarms")),
        info={"append_only": True},
    )
    op.create_index("ix_badge_alarms_badge_id", ALARMS, ["badge_id"])
    op.create_index("ix_badge_alarms_at", ALARMS, ["at"])
    for statement in database.append_only_ddl(ALARMS)[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(ALARMS)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {ALARMS}_append_only()")
    # A badge had one holder for ever: of one that was handed on, the last is kept. Printed ones were unknown.
    op.execute("DELETE FROM badges WHERE id NOT IN (SELECT max(id) FROM badges GROUP BY digest)")
    op.drop_index("uq_badges_in_use", "badges")
    op.drop_index("ix_badges_digest", "badges")
    with op.batch_alter_table("badges") as table:
        for name in ("ends_in_some_way", "read_somewhere", "badgekind", "badgeend"):
            table.drop_constraint(op.f(f"ck_badges_{name}"), type_="check")
        for column in ("issued_by", "revoked_by"):
            table.drop_constraint(op.f(f"fk_badges_{column}_people"), type_="foreignkey")
        for column in ("kind", "issued_by", "revoked_by", "ended_as", "read_at", "read_at_origin"):
            table.drop_column(column)
        table.create_unique_constraint("uq_badges_digest", ["digest"])
    op.execute("DELETE FROM pins WHERE kind = 'pictures'")
    with op.batch_alter_table("pins") as table:
        table.drop_constraint(op.f("ck_pins_pinkind"), type_="check")
        table.drop_column("kind")
