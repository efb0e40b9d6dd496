"""Kinds of habilitations, habilitations and what became of them; documents that were issued."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel.database import Base, append_only, free_words
from lms.kernel.personal import Ground, Personal, Term, Why, acted, personal
from lms.proof.papers import Paper
from lms.proof.rules import Act, Basis, Validity


class HabilitationKind(Base):
    """What somebody may be licensed to do."""

    __tablename__ = "habilitation_kinds"
    __table_args__ = (
        CheckConstraint("validity_months IS NULL OR validity_months BETWEEN 1 AND 240", "valid_for_some_time"),
        CheckConstraint("renewal_days >= 0", "renewed_before_the_end"),
        CheckConstraint(
            "fixed_month IS NULL OR (fixed_month BETWEEN 1 AND 12 AND validity_months >= 12)", "a_month_of_the_year"
        ),
        CheckConstraint("module_id IS NOT NULL OR by_session OR by_certificate", "something_renews"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[dict[str, str]] = mapped_column(JSON)
    reference: Mapped[str] = mapped_column(String(150), default="")
    """The text that asks for it: a recommendation, a standard, an article."""
    validity_months: Mapped[int | None]
    """None for good."""
    renewal_days: Mapped[int]
    fixed_month: Mapped[int | None]
    """Every one ends on the last day of this month."""
    module_id: Mapped[int | None] = mapped_column(ForeignKey("modules.id"))
    """The module whose completion gives or renews it."""
    by_session: Mapped[bool]
    """A session that was attended gives or renews it."""
    by_certificate: Mapped[bool]
    """A certificate from outside gives or renews it."""
    created_at: Mapped[datetime]

    @property
    def validity(self) -> Validity:
        """How long one is valid."""
        return Validity(self.validity_months, self.renewal_days, self.fixed_month)

    @property
    def bases(self) -> tuple[Basis, ...]:
        """What one may rest on."""
        accepted = {
            Basis.MODULE: self.module_id is not None,
            Basis.SESSION: self.by_session,
            Basis.CERTIFICATE: self.by_certificate,
        }
        return tuple(basis for basis, taken in accepted.items() if taken)


class Habilitation(Base):
    """One habilitation as it was given; never changed."""

    __tablename__ = "habilitations"
    __table_args__ = (
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", "ends_after_it_begins"),
        CheckConstraint("valid_from >= obtained_on", "begins_once_obtained"),
        CheckConstraint(
            "(basis = 'module' AND edition_id IS NOT NULL) OR (basis = 'session' AND session_id IS NOT NULL) OR "
            "(basis = 'certificate' AND issuer <> '' AND paper IS NOT NULL)",
            "rests_on_something",
        ),
        Index("ix_habilitations_person_kind", "person_id", "kind_id"),
        Index("ix_habilitations_valid_until", "valid_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind_id: Mapped[int] = mapped_column(ForeignKey("habilitation_kinds.id"), index=True)
    obtained_on: Mapped[date]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    """The last day; None for good."""
    basis: Mapped[Basis]
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("editions.id"))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("classroom_sessions.id"))
    number: Mapped[str] = mapped_column(String(80), default="")
    """On the paper from outside."""
    issuer: Mapped[str] = mapped_column(String(150), default="")
    paper: Mapped[str | None] = mapped_column(ForeignKey("enclosures.digest"))
    given_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    given_at: Mapped[datetime]
    kind: Mapped[HabilitationKind] = relationship(lazy="raise_on_sql")


class PostHabilitation(Base):
    """Whoever is to hold a post holds a habilitation of this kind."""

    __tablename__ = "post_habilitations"

    workstation_id: Mapped[int] = mapped_column(ForeignKey("workstations.id"), primary_key=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("habilitation_kinds.id"), primary_key=True)


class HabilitationAct(Base):
    """That a habilitation was suspended, resumed or withdrawn, from a day on; never changed."""

    __tablename__ = "habilitation_acts"
    __table_args__ = (CheckConstraint("reason <> ''", "says_why"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    habilitation_id: Mapped[int] = mapped_column(ForeignKey("habilitations.id"), index=True)
    act: Mapped[Act]
    on: Mapped[date] = mapped_column("from_day")
    reason: Mapped[str] = mapped_column(String(300), info=free_words())
    done_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    done_at: Mapped[datetime]


class Document(Base):
    """A document that was issued, and what it stated; never changed.

    Its number holds a check over the sequence and one over the content; each row is chained to the
    one before, so that a row that was changed, slipped in or taken out shows (`papers.Seal`).
    """

    __tablename__ = "proof_documents"

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """1, 2, 3… without a gap."""
    number: Mapped[str] = mapped_column(String(40), unique=True)
    paper: Mapped[Paper]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    language: Mapped[str] = mapped_column(String(6))
    stated: Mapped[dict[str, Any]] = mapped_column(JSON)
    """All that the paper says, but for the name."""
    holder_digest: Mapped[str] = mapped_column(String(64))
    """Salted SHA-256 of the name on the paper (`Holder`): the name can be erased, the proof stays."""
    module_id: Mapped[int | None] = mapped_column(ForeignKey("modules.id"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("classroom_sessions.id"), index=True)
    issued_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    seal: Mapped[str] = mapped_column(String(64))
    """HMAC-SHA256 of the content and of the seal before it, in hexadecimal."""


class Holder(Base):
    """The name on a document, apart from it, so that erasing a person can take it away."""

    __tablename__ = "proof_holders"

    sequence: Mapped[int] = mapped_column(ForeignKey("proof_documents.sequence"), primary_key=True)
    given_name: Mapped[str] = mapped_column(String(120))
    family_name: Mapped[str] = mapped_column(String(120))
    registration: Mapped[str] = mapped_column(String(60))
    salt: Mapped[str] = mapped_column(String(64))


class DocumentVoid(Base):
    """That a document is good no longer, and why; never changed."""

    __tablename__ = "proof_document_voids"
    __table_args__ = (CheckConstraint("reason <> ''", "says_why"),)

    sequence: Mapped[int] = mapped_column(ForeignKey("proof_documents.sequence"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(300), info=free_words())
    voided_at: Mapped[datetime]
    voided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


for _table in (Habilitation, HabilitationAct, Document, DocumentVoid):
    append_only(_table.__table__)

acted(Document.__table__, "issued_by")
acted(DocumentVoid.__table__, "voided_by")
acted(Habilitation.__table__, "given_by")
acted(HabilitationAct.__table__, "done_by")
personal(Document.__table__, Personal(Why.TRAINING, Ground.LAW, Term.EMPLOYMENT))
personal(Habilitation.__table__, Personal(Why.TRAINING, Ground.LAW, Term.EMPLOYMENT))
