"""skills

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

APPEND_ONLY = ("sign_offs", "sign_off_signatures", "level_changes")
LEVELS = ("none", "I", "L", "U", "O")


def one_of(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def refers(column: str, table: str, other: str, **how: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), **how)


def upgrade() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("workstation_id", sa.Integer(), nullable=False),
        sa.Column("safety_critical", sa.Boolean(), nullable=False),
        sa.Column("required", sa.Integer(), nullable=False),
        sa.Column("created_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("required >= 1", name=op.f("ck_tasks_somebody_is_required")),
        refers("workstation_id", "tasks", "workstations"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
        sa.UniqueConstraint("code", name=op.f("uq_tasks_code")),
    )
    op.create_table(
        "task_modules",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        refers("task_id", "task_modules", "tasks", ondelete="CASCADE"),
        refers("module_id", "task_modules", "modules"),
        sa.PrimaryKeyConstraint("task_id", "module_id", name=op.f("pk_task_modules")),
    )
    op.create_table(
        "sign_offs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("observer_id", sa.Integer(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("outcome", one_of("acquired", "not_yet", "not_done", name="outcome"), nullable=False),
        sa.Column("aim", one_of(*LEVELS, name="level"), nullable=True),
        sa.Column("cycles", sa.Integer(), nullable=False),
        sa.Column("safety_respected", sa.Boolean(), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("reflected_on", sa.Date(), nullable=True),
        sa.Column("reflection", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("observer_id <> person_id", name=op.f("ck_sign_offs_nobody_observes_themselves")),
        sa.CheckConstraint(
            "outcome = 'not_done' OR situation <> '' OR source <> ''", name=op.f("ck_sign_offs_evidence_is_given")
        ),
        sa.CheckConstraint("outcome <> 'acquired' OR safety_respected", name=op.f("ck_sign_offs_acquired_is_safe")),
        sa.CheckConstraint("cycles >= 0", name=op.f("ck_sign_offs_cycles_are_counted")),
        sa.CheckConstraint("(reflected_on IS NULL) = (reflection = '')", name=op.f("ck_sign_offs_reflection_is_whole")),
        sa.CheckConstraint(
            "reflected_on IS NULL OR reflected_on >= observed_on", name=op.f("ck_sign_offs_reflection_comes_after")
        ),
        refers("person_id", "sign_offs", "people"),
        refers("task_id", "sign_offs", "tasks"),
        refers("observer_id", "sign_offs", "people"),
        refers("recorded_by_id", "sign_offs", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_offs")),
        sa.UniqueConstraint(
            "person_id",
            "task_id",
            "observed_on",
            "observer_id",
            "outcome",
            name=op.f("uq_sign_offs_person_id_task_id_observed_on_observer_id_outcome"),
        ),
    )
    op.create_index(op.f("ix_sign_offs_task_id"), "sign_offs", ["task_id"])
    op.create_table(
        "sign_off_signatures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sign_off_id", sa.Integer(), nullable=False),
        sa.Column("signer_id", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("confirmed OR note <> ''", name=op.f("ck_sign_off_signatures_a_refusal_has_its_reason")),
        refers("sign_off_id", "sign_off_signatures", "sign_offs"),
        refers("signer_id", "sign_off_signatures", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off_signatures")),
        sa.UniqueConstraint("sign_off_id", "signer_id", name=op.f("uq_sign_off_signatures_sign_off_id_signer_id")),
    )
    _create_level_changes()
    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        for statement in database.append_only_ddl(table)[dialect]:
            op.execute(statement)


def _create_level_changes() -> None:
    op.create_table(
        "level_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("before", one_of(*LEVELS, name="before"), nullable=False),
        sa.Column("after", one_of(*LEVELS, name="after"), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("kind", one_of("automatic", "signed", "stated", "lowered", name="kind"), nullable=False),
        sa.Column("sign_off_id", sa.Integer(), nullable=True),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("countersigned_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("before <> after", name=op.f("ck_level_changes_something_changes")),
        sa.CheckConstraint(
            "(kind = 'automatic' AND edition_id IS NOT NULL AND before = 'none' AND after = 'I') OR "
            "(kind = 'signed' AND sign_off_id IS NOT NULL AND signed_by_id IS NOT NULL) OR "
            "(kind = 'stated' AND source <> '') OR "
            "(kind = 'lowered' AND reason <> '' AND signed_by_id IS NOT NULL)",
            name=op.f("ck_level_changes_evidence_is_given"),
        ),
        sa.CheckConstraint(
            "kind = 'stated' OR signed_by_id IS NULL OR "
            "(signed_by_id <> person_id AND (countersigned_by_id IS NULL OR "
            "(countersigned_by_id <> person_id AND countersigned_by_id <> signed_by_id)))",
            name=op.f("ck_level_changes_others_sign"),
        ),
        refers("person_id", "level_changes", "people"),
        refers("task_id", "level_changes", "tasks"),
        refers("sign_off_id", "level_changes", "sign_offs"),
        refers("edition_id", "level_changes", "editions"),
        refers("signed_by_id", "level_changes", "people"),
        refers("countersigned_by_id", "level_changes", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_level_changes")),
    )
    op.create_index("ix_level_changes_person_task", "level_changes", ["person_id", "task_id"])


def downgrade() -> None:
    for table in ("level_changes", "sign_off_signatures", "sign_offs", "task_modules", "tasks"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION {table}_append_only()")
