"""second factors of staff

Revision ID: 0038
Revises: 0037
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

ACTS = (
    "app_added", "app_removed", "passkey_added", "passkey_removed", "recovery_codes_made", "recovery_code_used",
    "second_factor_reset", "came_by_openid",
)  # fmt: skip


def moment() -> database.UtcDateTime:
    return database.UtcDateTime(timezone=True)


def person(table: str, column: str = "person_id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["people.id"], name=op.f(f"fk_{table}_{column}_people"))


def upgrade() -> None:
    op.create_table(
        "authenticator_apps",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("begun_at", moment(), nullable=False),
        sa.Column("confirmed_at", moment(), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=True),
        person("authenticator_apps"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_authenticator_apps")),
    )
    op.create_table(
        "passkeys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("created_at", moment(), nullable=False),
        sa.Column("used_at", moment(), nullable=True),
        person("passkeys"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkeys")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkeys_credential_id")),
    )
    op.create_index(op.f("ix_passkeys_person_id"), "passkeys", ["person_id"])
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", moment(), nullable=True),
        person("recovery_codes"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
    )
    op.create_index(op.f("ix_recovery_codes_person_id"), "recovery_codes", ["person_id"])
    op.create_table(
        "access_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(*ACTS, name="accessact", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        person("access_events", "by_id"),
        person("access_events"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_events")),
    )
    op.create_index(op.f("ix_access_events_at"), "access_events", ["at"])
    op.create_index(op.f("ix_access_events_person_id"), "access_events", ["person_id"])
    for statement in database.append_only_ddl("access_events")[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("access_events")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION access_events_append_only()")
    for table in ("recovery_codes", "passkeys", "authenticator_apps"):
        op.drop_table(table)
