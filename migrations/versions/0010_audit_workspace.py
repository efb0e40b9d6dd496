"""audit workspace

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _empty_list(name: str) -> sa.Column:
    return sa.Column(name, sa.JSON(), nullable=False, server_default=sa.text("'[]'"))


def _empty_words(name: str) -> sa.Column:
    return sa.Column(name, sa.JSON(), nullable=False, server_default=sa.text("'{}'"))


def _text(name: str, length: int) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=False, server_default="")


def _least(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False, server_default="0")


def _added() -> dict[str, list[sa.Column]]:
    return {
        "audits": [_empty_list("shifts")],
        "panel_entries": [
            sa.Column("asked", sa.Integer(), nullable=True),
            _empty_list("shifts"),
            sa.Column("every_shift", sa.Boolean(), nullable=False, server_default=sa.false()),
            _empty_list("seniority_bands"),
            _least("least_seniority_bands"),
            _empty_list("age_bands"),
            _least("least_age_bands"),
            _empty_list("profiles_asked"),
            _empty_list("profiles_met"),
        ],
        "evidence": [
            sa.Column("speaker", sa.Integer(), nullable=True),
            _empty_list("themes"),
            _text("coder", 120),
            _empty_list("second_themes"),
            _text("second_coder", 120),
        ],
        "findings": [
            _empty_words("scope"),
            _text("validated_by", 120),
            sa.Column("validated_on", sa.Date(), nullable=True),
            _text("second_validated_by", 120),
            sa.Column("second_validated_on", sa.Date(), nullable=True),
        ],
        "audit_actions": [_empty_list("milestones"), _empty_words("proof"), _text("cancelled_reason", 500)],
        "vigilance_points": [
            sa.Column("watch", sa.JSON(), nullable=True),
            sa.Column("observed_on", sa.Date(), nullable=True),
            _text("lifted_by", 120),
            sa.Column("reopened_on", sa.Date(), nullable=True),
            _text("reopened_reason", 500),
        ],
    }


STATUS_CHECK = "ck_vigilance_points_vigilancestatus"


def upgrade() -> None:
    # Columns one by one: to make a table anew would empty those that point at it.
    for table, columns in _added().items():
        for column in columns:
            op.add_column(table, column)
    _allow_status("open", "mitigating", "observed", "lifted")
    op.execute("UPDATE vigilance_points SET observed_on = lifted_on WHERE status = 'lifted'")
    _create_tables()
    for statement in database.append_only_ddl("audit_changes")[op.get_bind().dialect.name]:
        op.execute(statement)


def _allow_status(*statuses: str) -> None:
    allowed = ", ".join(f"'{status}'" for status in statuses)
    with op.batch_alter_table("vigilance_points", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(STATUS_CHECK), type_="check")
        batch_op.create_check_constraint(op.f(STATUS_CHECK), f"status IN ({allowed})")


def _create_tables() -> None:
    op.create_table(
        "audit_records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column(
            "section",
            sa.Enum(
                "themes",
                "maturity",
                "gates",
                "moments",
                name="recordsection",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_records_audit_id_audits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_records")),
        sa.UniqueConstraint("audit_id", "section", "key", name=op.f("uq_audit_records_audit_id_section_key")),
    )
    op.create_table(
        "audit_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "added",
                "changed",
                "removed",
                name="changekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_changes_audit_id_audits")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_audit_changes_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_changes")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_audit_changes_audit_id"), "audit_changes", ["audit_id"], unique=False)
    op.create_table(
        "audit_attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("size > 0", name=op.f("ck_audit_attachments_size_positive")),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"], name=op.f("fk_audit_attachments_added_by_people")),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_attachments_audit_id_audits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_attachments")),
        sa.UniqueConstraint("audit_id", "digest", name=op.f("uq_audit_attachments_audit_id_digest")),
    )


def downgrade() -> None:
    op.drop_table("audit_attachments")
    op.drop_index(op.f("ix_audit_changes_audit_id"), table_name="audit_changes")
    op.drop_table("audit_changes")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_changes_append_only()")
    op.drop_table("audit_records")
    op.execute("UPDATE vigilance_points SET status = 'mitigating' WHERE status = 'observed'")
    _allow_status("open", "mitigating", "lifted")
    for table, columns in _added().items():
        for column in reversed(columns):
            op.drop_column(table, column.name)
