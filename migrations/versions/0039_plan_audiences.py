"""plans for shifts, posts, roles and people, their versions and exemptions; days at posts

Revision ID: 0039
Revises: 0038
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

APPEND_ONLY = ("plan_versions", "plan_exemptions")
ROLES = ("operator", "trainer", "team_leader", "hr", "evaluator", "staff_representative", "administrator")
REASONS = ("recommendation", "post", "legal", "new_edition", "other")
RHYTHMS = ("once", "newcomer", "periodic", "anniversary")

CHECKED = (
    ("basis", "VARCHAR(300) DEFAULT ''", "a_duty_has_its_text", "reason <> 'legal' OR basis <> ''"),
    (
        "months",
        "INTEGER DEFAULT 0",
        "months_where_it_comes_again",
        "(rhythm IN ('periodic', 'anniversary')) = (months > 0)",
    ),
)


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def moment() -> database.UtcDateTime:
    return database.UtcDateTime(timezone=True)


def key(table: str, column: str, to: str, **options: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), **options)


def upgrade() -> None:
    _widen_plans()
    op.execute("UPDATE plans SET reason = 'recommendation' WHERE recommendation_id IS NOT NULL")
    op.create_table(
        "post_stays",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("workstation_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "until IS NULL OR since IS NULL OR until >= since", name=op.f("ck_post_stays_ends_after_beginning")
        ),
        key("post_stays", "person_id", "people"),
        key("post_stays", "workstation_id", "workstations"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_stays")),
    )
    op.create_index(op.f("ix_post_stays_person_id"), "post_stays", ["person_id"])
    current = sa.text("until IS NULL")
    op.create_index(
        "uq_post_stays_current",
        "post_stays",
        ["person_id"],
        unique=True,
        sqlite_where=current,
        postgresql_where=current,
    )
    op.execute(
        "INSERT INTO post_stays (person_id, workstation_id) "
        "SELECT id, workstation_id FROM people WHERE workstation_id IS NOT NULL"
    )
    op.create_table(
        "plan_named",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=True),
        sa.Column("workstation_id", sa.Integer(), nullable=True),
        sa.Column("role", one_of("role", *ROLES), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "CASE WHEN shift_id IS NULL THEN 0 ELSE 1 END + CASE WHEN workstation_id IS NULL THEN 0 ELSE 1 END + "
            "CASE WHEN role IS NULL THEN 0 ELSE 1 END + CASE WHEN person_id IS NULL THEN 0 ELSE 1 END = 1",
            name=op.f("ck_plan_named_names_one_thing"),
        ),
        key("plan_named", "plan_id", "plans", ondelete="CASCADE"),
        key("plan_named", "shift_id", "shifts"),
        key("plan_named", "workstation_id", "workstations"),
        key("plan_named", "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_named")),
    )
    op.create_index(op.f("ix_plan_named_plan_id"), "plan_named", ["plan_id"])
    op.create_index(op.f("ix_plan_named_person_id"), "plan_named", ["person_id"])
    op.create_table(
        "plan_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("act", one_of("act", "made", "changed", "cancelled"), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", moment(), nullable=False),
        key("plan_versions", "plan_id", "plans"),
        key("plan_versions", "by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_versions")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_versions_plan_id_number")),
    )
    op.create_table(
        "plan_exemptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("exempt", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", moment(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_plan_exemptions_has_its_reason")),
        key("plan_exemptions", "plan_id", "plans"),
        key("plan_exemptions", "person_id", "people"),
        key("plan_exemptions", "by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_exemptions")),
    )
    op.create_index(op.f("ix_plan_exemptions_plan_id"), "plan_exemptions", ["plan_id"])
    op.create_index(op.f("ix_plan_exemptions_person_id"), "plan_exemptions", ["person_id"])
    op.create_table(
        "post_requirements",
        sa.Column("workstation_id", sa.Integer(), nullable=False),
        sa.Column("required_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("workstation_id <> required_id", name=op.f("ck_post_requirements_asks_for_another")),
        key("post_requirements", "workstation_id", "workstations"),
        key("post_requirements", "required_id", "workstations"),
        sa.PrimaryKeyConstraint("workstation_id", "required_id", name=op.f("pk_post_requirements")),
    )
    _keep_first_versions()
    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        for statement in database.append_only_ddl(table)[dialect]:
            op.execute(statement)


def _widen_plans() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # Other tables refer to plans: SQLite would not let the table be made anew.
        for column, values, first in (("reason", REASONS, "other"), ("rhythm", RHYTHMS, "once")):
            named = ", ".join(f"'{value}'" for value in values)
            op.execute(
                f"ALTER TABLE plans ADD COLUMN {column} VARCHAR(40) DEFAULT '{first}' NOT NULL "
                f"CONSTRAINT ck_plans_{column} CHECK ({column} IN ({named}))"
            )
        for column, kind, name, condition in CHECKED:
            op.execute(
                f"ALTER TABLE plans ADD COLUMN {column} {kind} NOT NULL CONSTRAINT ck_plans_{name} CHECK ({condition})"
            )
        return
    op.add_column("plans", sa.Column("reason", one_of("reason", *REASONS), nullable=False, server_default="other"))
    op.add_column("plans", sa.Column("rhythm", one_of("rhythm", *RHYTHMS), nullable=False, server_default="once"))
    for column, kind, name, condition in CHECKED:
        op.execute(f"ALTER TABLE plans ADD COLUMN {column} {kind} NOT NULL")
        op.create_check_constraint(op.f(f"ck_plans_{name}"), "plans", condition)
    for column in ("reason", "basis", "rhythm", "months"):
        op.alter_column("plans", column, server_default=None)


def _keep_first_versions() -> None:
    """Write down what each plan says, so that its next change has something before it."""
    plans = sa.table(
        "plans",
        *(sa.column(name) for name in ("id", "module_id", "recommendation_id", "reason")),
        sa.column("assigned_on", sa.Date()),
        sa.column("due_on", sa.Date()),
        sa.column("created_at", moment()),
    )
    teams = sa.table("plan_teams", sa.column("plan_id"), sa.column("team_id"))
    versions = sa.table(
        "plan_versions",
        *(sa.column(name) for name in ("plan_id", "number", "act", "why")),
        sa.column("terms", sa.JSON()),
        sa.column("at", moment()),
    )
    bind = op.get_bind()
    of_plan: dict[int, list[int]] = {}
    for plan_id, team_id in bind.execute(sa.select(teams.c.plan_id, teams.c.team_id).order_by(teams.c.team_id)):
        of_plan.setdefault(plan_id, []).append(team_id)
    rows = [
        {
            "plan_id": plan.id,
            "number": 1,
            "act": "made",
            "why": "",
            "at": plan.created_at,
            "terms": {
                "module": plan.module_id,
                "recommendation": plan.recommendation_id,
                "reason": plan.reason,
                "basis": "",
                "assigned_on": plan.assigned_on.isoformat(),
                "due_on": plan.due_on.isoformat(),
                "rhythm": "once",
                "months": 0,
                "teams": of_plan.get(plan.id, []),
                "shifts": [],
                "posts": [],
                "roles": [],
                "people": [],
            },
        }
        for plan in bind.execute(sa.select(plans).order_by(plans.c.id))
    ]
    if rows:
        bind.execute(versions.insert(), rows)


def downgrade() -> None:
    op.drop_table("post_requirements")
    for table in reversed(APPEND_ONLY):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION {table}_append_only()")
    op.drop_table("plan_named")
    op.drop_table("post_stays")
    # Only plans for teams can be told without what goes.
    op.execute("DELETE FROM plan_teams WHERE plan_id IN (SELECT id FROM plans WHERE rhythm <> 'once')")
    op.execute("DELETE FROM plans WHERE NOT EXISTS (SELECT 1 FROM plan_teams WHERE plan_id = plans.id)")
    # Each goes with the conditions that were made with it; made anew, the table would take its teams along.
    for column in ("basis", "months", "reason", "rhythm"):
        op.execute(f"ALTER TABLE plans DROP COLUMN {column}")
