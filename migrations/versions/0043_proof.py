"""classroom sessions and attendance, habilitations, documents that can be verified

Revision ID: 0043
Revises: 0042
"""

import sqlalchemy as sa
from alembic import op

from lms.kernel import database

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

APPEND_ONLY = ("classroom_attendances", "habilitations", "habilitation_acts", "proof_documents", "proof_document_voids")
TABLES = (
    "enclosures",
    "habilitation_kinds",
    "classroom_sessions",
    "classroom_half_days",
    "classroom_invitations",
    "habilitations",
    "proof_documents",
    "classroom_attendances",
    "habilitation_acts",
    "proof_document_voids",
    "proof_holders",
)


def moment() -> database.UtcDateTime:
    return database.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "enclosures",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("kept_at", moment(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_enclosures")),
    )
    op.create_table(
        "habilitation_kinds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("reference", sa.String(length=150), nullable=False),
        sa.Column("validity_months", sa.Integer(), nullable=True),
        sa.Column("renewal_days", sa.Integer(), nullable=False),
        sa.Column("fixed_month", sa.Integer(), nullable=True),
        sa.Column("module_id", sa.Integer(), nullable=True),
        sa.Column("by_session", sa.Boolean(), nullable=False),
        sa.Column("by_certificate", sa.Boolean(), nullable=False),
        sa.Column("created_at", moment(), nullable=False),
        sa.CheckConstraint(
            "fixed_month IS NULL OR (fixed_month BETWEEN 1 AND 12 AND validity_months >= 12)",
            name=op.f("ck_habilitation_kinds_a_month_of_the_year"),
        ),
        sa.CheckConstraint(
            "module_id IS NOT NULL OR by_session OR by_certificate", name=op.f("ck_habilitation_kinds_something_renews")
        ),
        sa.CheckConstraint("renewal_days >= 0", name=op.f("ck_habilitation_kinds_renewed_before_the_end")),
        sa.CheckConstraint(
            "validity_months IS NULL OR validity_months BETWEEN 1 AND 240",
            name=op.f("ck_habilitation_kinds_valid_for_some_time"),
        ),
        sa.ForeignKeyConstraint(["module_id"], ["modules.id"], name=op.f("fk_habilitation_kinds_module_id_modules")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_habilitation_kinds")),
        sa.UniqueConstraint("code", name=op.f("uq_habilitation_kinds_code")),
    )
    op.create_table(
        "classroom_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=150), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=True),
        sa.Column("trainer", sa.String(length=150), nullable=False),
        sa.Column("place", sa.String(length=150), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("mandatory", sa.Boolean(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", moment(), nullable=True),
        sa.Column("cancelled_because", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "(cancelled_at IS NULL) = (cancelled_because = '')",
            name=op.f("ck_classroom_sessions_cancelled_with_a_reason"),
        ),
        sa.CheckConstraint(
            "capacity IS NULL OR capacity >= 1", name=op.f("ck_classroom_sessions_somebody_has_a_place")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_classroom_sessions_created_by_people")),
        sa.ForeignKeyConstraint(["module_id"], ["modules.id"], name=op.f("fk_classroom_sessions_module_id_modules")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_classroom_sessions_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_classroom_sessions")),
        sa.UniqueConstraint("code", name=op.f("uq_classroom_sessions_code")),
    )
    op.create_table(
        "classroom_half_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column(
            "part",
            sa.Enum("morning", "afternoon", "night", name="part", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 1 AND 300", name=op.f("ck_classroom_half_days_as_long_as_a_half_day")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["classroom_sessions.id"], name=op.f("fk_classroom_half_days_session_id_classroom_sessions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_classroom_half_days")),
        sa.UniqueConstraint(
            "session_id", "held_on", "part", name=op.f("uq_classroom_half_days_session_id_held_on_part")
        ),
    )
    op.create_index("ix_classroom_half_days_held_on", "classroom_half_days", ["held_on"], unique=False)
    op.create_table(
        "classroom_invitations",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("invited_at", moment(), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["invited_by"], ["people.id"], name=op.f("fk_classroom_invitations_invited_by_people")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_classroom_invitations_person_id_people")),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["classroom_sessions.id"],
            name=op.f("fk_classroom_invitations_session_id_classroom_sessions"),
        ),
        sa.PrimaryKeyConstraint("session_id", "person_id", name=op.f("pk_classroom_invitations")),
    )
    op.create_index(op.f("ix_classroom_invitations_person_id"), "classroom_invitations", ["person_id"], unique=False)
    op.create_table(
        "habilitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("obtained_on", sa.Date(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column(
            "basis",
            sa.Enum(
                "module", "session", "certificate", name="basis", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("issuer", sa.String(length=150), nullable=False),
        sa.Column("paper", sa.String(length=64), nullable=True),
        sa.Column("given_by", sa.Integer(), nullable=True),
        sa.Column("given_at", moment(), nullable=False),
        sa.CheckConstraint(
            "(basis = 'module' AND edition_id IS NOT NULL) OR (basis = 'session' AND session_id IS NOT NULL) OR (basis = 'certificate' AND issuer <> '' AND paper IS NOT NULL)",
            name=op.f("ck_habilitations_rests_on_something"),
        ),
        sa.CheckConstraint("valid_from >= obtained_on", name=op.f("ck_habilitations_begins_once_obtained")),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_habilitations_ends_after_it_begins")
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_habilitations_edition_id_editions")),
        sa.ForeignKeyConstraint(["given_by"], ["people.id"], name=op.f("fk_habilitations_given_by_people")),
        sa.ForeignKeyConstraint(
            ["kind_id"], ["habilitation_kinds.id"], name=op.f("fk_habilitations_kind_id_habilitation_kinds")
        ),
        sa.ForeignKeyConstraint(["paper"], ["enclosures.digest"], name=op.f("fk_habilitations_paper_enclosures")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_habilitations_person_id_people")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["classroom_sessions.id"], name=op.f("fk_habilitations_session_id_classroom_sessions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_habilitations")),
    )
    op.create_index(op.f("ix_habilitations_kind_id"), "habilitations", ["kind_id"], unique=False)
    op.create_index("ix_habilitations_person_kind", "habilitations", ["person_id", "kind_id"], unique=False)
    op.create_index("ix_habilitations_valid_until", "habilitations", ["valid_until"], unique=False)
    op.create_table(
        "proof_documents",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column(
            "paper",
            sa.Enum("certificate", "realisation", name="paper", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=6), nullable=False),
        sa.Column("stated", sa.JSON(), nullable=False),
        sa.Column("holder_digest", sa.String(length=64), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=True),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("issued_at", moment(), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["issued_by"], ["people.id"], name=op.f("fk_proof_documents_issued_by_people")),
        sa.ForeignKeyConstraint(["module_id"], ["modules.id"], name=op.f("fk_proof_documents_module_id_modules")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_proof_documents_person_id_people")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["classroom_sessions.id"], name=op.f("fk_proof_documents_session_id_classroom_sessions")
        ),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_proof_documents")),
        sa.UniqueConstraint("number", name=op.f("uq_proof_documents_number")),
    )
    op.create_index(op.f("ix_proof_documents_module_id"), "proof_documents", ["module_id"], unique=False)
    op.create_index(op.f("ix_proof_documents_person_id"), "proof_documents", ["person_id"], unique=False)
    op.create_index(op.f("ix_proof_documents_session_id"), "proof_documents", ["session_id"], unique=False)
    op.create_table(
        "classroom_attendances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("half_day_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=150), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("recorded_at", moment(), nullable=False),
        sa.CheckConstraint(
            "minutes >= 0 AND (present OR minutes = 0)", name=op.f("ck_classroom_attendances_absent_for_no_time")
        ),
        sa.CheckConstraint("present OR NOT signed", name=op.f("ck_classroom_attendances_only_those_present_sign")),
        sa.ForeignKeyConstraint(
            ["half_day_id"],
            ["classroom_half_days.id"],
            name=op.f("fk_classroom_attendances_half_day_id_classroom_half_days"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_classroom_attendances_person_id_people")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["people.id"], name=op.f("fk_classroom_attendances_recorded_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_classroom_attendances")),
    )
    op.create_index(
        "ix_classroom_attendances_half_day_person", "classroom_attendances", ["half_day_id", "person_id"], unique=False
    )
    op.create_index(op.f("ix_classroom_attendances_person_id"), "classroom_attendances", ["person_id"], unique=False)
    op.create_table(
        "habilitation_acts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("habilitation_id", sa.Integer(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "suspended", "resumed", "withdrawn", name="act", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("done_at", moment(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_habilitation_acts_says_why")),
        sa.ForeignKeyConstraint(["done_by"], ["people.id"], name=op.f("fk_habilitation_acts_done_by_people")),
        sa.ForeignKeyConstraint(
            ["habilitation_id"], ["habilitations.id"], name=op.f("fk_habilitation_acts_habilitation_id_habilitations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_habilitation_acts")),
    )
    op.create_index(
        op.f("ix_habilitation_acts_habilitation_id"), "habilitation_acts", ["habilitation_id"], unique=False
    )
    op.create_table(
        "proof_document_voids",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("voided_at", moment(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_proof_document_voids_says_why")),
        sa.ForeignKeyConstraint(
            ["sequence"], ["proof_documents.sequence"], name=op.f("fk_proof_document_voids_sequence_proof_documents")
        ),
        sa.ForeignKeyConstraint(["voided_by"], ["people.id"], name=op.f("fk_proof_document_voids_voided_by_people")),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_proof_document_voids")),
    )
    op.create_table(
        "proof_holders",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("given_name", sa.String(length=120), nullable=False),
        sa.Column("family_name", sa.String(length=120), nullable=False),
        sa.Column("registration", sa.String(length=60), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["sequence"], ["proof_documents.sequence"], name=op.f("fk_proof_holders_sequence_proof_documents")
        ),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_proof_holders")),
    )
    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        for statement in database.append_only_ddl(table)[dialect]:
            op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION {table}_append_only()")
