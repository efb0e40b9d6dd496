"""An audit and everything it holds; texts are mappings of language to text."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel.database import Base


class Provenance(StrEnum):
    """Whether something is known or stands in for what is not."""

    KNOWN = "known"
    ILLUSTRATIVE = "illustrative"


class InventoryBlock(StrEnum):
    """The inventories of an audit."""

    ARRANGEMENT = "arrangement"
    TRAINER = "trainer"
    MATERIAL = "material"
    IT = "it"


class PanelRole(StrEnum):
    """Who was met."""

    OPERATOR = "operator"
    TEAM_LEADER = "team_leader"
    MANAGER = "manager"
    TRAINER = "trainer"
    HR = "hr"
    IT = "it"
    OTHER = "other"


class EvidenceSource(StrEnum):
    """What kind of evidence it is."""

    INTERVIEW = "interview"
    OBSERVATION = "observation"
    DOCUMENT = "document"
    MEASURE = "measure"
    SURVEY = "survey"


class Polarity(StrEnum):
    """Whether a finding helps or hinders."""

    ASSET = "asset"
    OBSTACLE = "obstacle"


class Testable(StrEnum):
    """Whether a pilot can test a recommendation."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class RecommendationStatus(StrEnum):
    """What was decided of a recommendation."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DEFERRED = "deferred"


class ActionStatus(StrEnum):
    """Where an action stands; that it is late is computed, never typed."""

    TO_DO = "to_do"
    DOING = "doing"
    DONE = "done"
    CANCELLED = "cancelled"


class VigilanceStatus(StrEnum):
    """Where a point of vigilance stands."""

    OPEN = "open"
    MITIGATING = "mitigating"
    OBSERVED = "observed"
    """The criterion was seen; someone has yet to lift the point."""
    LIFTED = "lifted"


class RecordSection(StrEnum):
    """The lists of an audit that are kept as they stand in its document."""

    THEMES = "themes"
    MATURITY = "maturity"
    GATES = "gates"
    MOMENTS = "moments"


class ChangeKind(StrEnum):
    """What happened to an entry."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


Words = dict[str, str]


class Audit(Base):
    """One audit of one site."""

    __tablename__ = "audits"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[Words] = mapped_column(JSON)
    summary: Mapped[Words] = mapped_column(JSON)
    institution: Mapped[str] = mapped_column(String(200))
    site: Mapped[str] = mapped_column(String(200))
    shifts: Mapped[list[str]] = mapped_column(JSON, default=list)
    started_on: Mapped[date | None]
    delivered_on: Mapped[date | None]
    provenance: Mapped[Provenance]
    source: Mapped[str] = mapped_column(String(500), default="")
    """Where what is known was read."""
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}

    inventory: Mapped[list["InventoryItem"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="InventoryItem.position"
    )
    panel: Mapped[list["PanelEntry"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="PanelEntry.position"
    )
    evidence: Mapped[list["Evidence"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Evidence.position"
    )
    findings: Mapped[list["Finding"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Finding.position"
    )
    recommendations: Mapped[list["Recommendation"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Recommendation.position", back_populates="audit"
    )
    actions: Mapped[list["AuditAction"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="AuditAction.position"
    )
    vigilance_points: Mapped[list["VigilancePoint"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="VigilancePoint.position"
    )
    records: Mapped[list["AuditRecord"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="AuditRecord.position"
    )


class _Entry:
    """What every entry of an audit has: a code of its own, a place, a provenance."""

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(40))


class InventoryItem(_Entry, Base):
    """A training arrangement, a trainer, a material, a piece of the IT system."""

    __tablename__ = "inventory_items"
    __table_args__ = (UniqueConstraint("audit_id", "block", "code"),)

    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"))
    provenance: Mapped[Provenance]
    block: Mapped[InventoryBlock]
    title: Mapped[Words] = mapped_column(JSON)
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Fields of the block, checked by `audit.document`."""


class PanelEntry(Base):
    """How many people of a role were met."""

    __tablename__ = "panel_entries"
    __table_args__ = (UniqueConstraint("audit_id", "role"), CheckConstraint("met >= 0", "met_not_negative"))

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"))
    provenance: Mapped[Provenance]
    role: Mapped[PanelRole]
    asked: Mapped[int | None]
    met: Mapped[int]
    must_cover: Mapped[Words] = mapped_column(JSON)
    shifts: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    every_shift: Mapped[bool] = mapped_column(default=False)
    seniority_bands: Mapped[list[str]] = mapped_column(JSON, default=list)
    least_seniority_bands: Mapped[int] = mapped_column(default=0)
    age_bands: Mapped[list[str]] = mapped_column(JSON, default=list)
    least_age_bands: Mapped[int] = mapped_column(default=0)
    profiles_asked: Mapped[list[str]] = mapped_column(JSON, default=list)
    profiles_met: Mapped[list[str]] = mapped_column(JSON, default=list)


finding_evidence = Table(
    "finding_evidence",
    Base.metadata,
    Column("finding_id", ForeignKey("findings.id", ondelete="CASCADE"), primary_key=True),
    Column("evidence_id", ForeignKey("evidence.id", ondelete="CASCADE"), primary_key=True),
)
recommendation_findings = Table(
    "recommendation_findings",
    Base.metadata,
    Column("recommendation_id", ForeignKey("recommendations.id", ondelete="CASCADE"), primary_key=True),
    Column("finding_id", ForeignKey("findings.id", ondelete="CASCADE"), primary_key=True),
)


class Evidence(_Entry, Base):
    """One piece of evidence, without a name: role and shift band only."""

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("audit_id", "code"),
        CheckConstraint("sentiment BETWEEN -1 AND 1", "sentiment_is_a_sign"),
    )

    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"))
    provenance: Mapped[Provenance]
    source_type: Mapped[EvidenceSource]
    role: Mapped[PanelRole | None]
    shift_band: Mapped[str] = mapped_column(String(40), default="")
    speaker: Mapped[int | None]
    gathered_on: Mapped[date | None]
    excerpt: Mapped[Words] = mapped_column(JSON)
    sentiment: Mapped[int] = mapped_column(default=0)
    themes: Mapped[list[str]] = mapped_column(JSON, default=list)
    coder: Mapped[str] = mapped_column(String(120), default="")
    second_themes: Mapped[list[str]] = mapped_column(JSON, default=list)
    second_coder: Mapped[str] = mapped_column(String(120), default="")


class Finding(_Entry, Base):
    """What the audit found; weak unless it rests on enough evidence."""

    __tablename__ = "findings"
    __table_args__ = (UniqueConstraint("audit_id", "code"),)

    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"))
    provenance: Mapped[Provenance]
    statement: Mapped[Words] = mapped_column(JSON)
    area: Mapped[str] = mapped_column(String(40), default="")
    polarity: Mapped[Polarity]
    scope: Mapped[Words] = mapped_column(JSON, default=dict)
    validated_by: Mapped[str] = mapped_column(String(120), default="")
    validated_on: Mapped[date | None]
    second_validated_by: Mapped[str] = mapped_column(String(120), default="")
    second_validated_on: Mapped[date | None]
    evidence: Mapped[list[Evidence]] = relationship(
        secondary=finding_evidence, lazy="raise_on_sql", order_by="Evidence.position"
    )


class Recommendation(_Entry, Base):
    """What the audit recommends, and what was decided of it."""

    __tablename__ = "recommendations"
    __table_args__ = (UniqueConstraint("audit_id", "code"),)

    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"))
    provenance: Mapped[Provenance]
    statement: Mapped[Words] = mapped_column(JSON)
    rationale: Mapped[Words] = mapped_column(JSON)
    horizon: Mapped[str] = mapped_column(String(20), default="short")
    owner: Mapped[str] = mapped_column(String(120), default="")
    testable: Mapped[Testable]
    critical: Mapped[bool] = mapped_column(default=False)
    status: Mapped[RecommendationStatus]
    decided_by: Mapped[str] = mapped_column(String(120), default="")
    decided_on: Mapped[date | None]
    decision_reason: Mapped[str] = mapped_column(String(500), default="")
    findings: Mapped[list[Finding]] = relationship(
        secondary=recommendation_findings, lazy="raise_on_sql", order_by="Finding.position"
    )
    audit: Mapped[Audit] = relationship(lazy="raise_on_sql", back_populates="recommendations")


class AuditAction(_Entry, Base):
    """Something to do for a recommendation."""

    __tablename__ = "audit_actions"
    __table_args__ = (
        UniqueConstraint("audit_id", "code"),
        CheckConstraint("(status = 'done') = (done_on IS NOT NULL)", "done_has_a_date"),
    )

    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"))
    provenance: Mapped[Provenance]
    recommendation_id: Mapped[int | None] = mapped_column(ForeignKey("recommendations.id"))
    title: Mapped[Words] = mapped_column(JSON)
    owner: Mapped[str] = mapped_column(String(120), default="")
    due_on: Mapped[date | None]
    status: Mapped[ActionStatus]
    done_on: Mapped[date | None]
    milestones: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    proof: Mapped[Words] = mapped_column(JSON, default=dict)
    cancelled_reason: Mapped[str] = mapped_column(String(500), default="")
    recommendation: Mapped[Recommendation | None] = relationship(lazy="raise_on_sql")


class VigilancePoint(_Entry, Base):
    """A risk the audit named, and what must be seen before it counts as lifted."""

    __tablename__ = "vigilance_points"
    __table_args__ = (
        UniqueConstraint("audit_id", "code"),
        CheckConstraint("likelihood BETWEEN 1 AND 4 AND severity BETWEEN 1 AND 4", "risk_within_scale"),
        CheckConstraint("(status = 'lifted') = (lifted_on IS NOT NULL)", "lifted_has_a_date"),
        CheckConstraint("status != 'lifted' OR evidence_id IS NOT NULL", "lifted_with_evidence"),
    )

    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"))
    provenance: Mapped[Provenance]
    statement: Mapped[Words] = mapped_column(JSON)
    likelihood: Mapped[int]
    severity: Mapped[int]
    warning_sign: Mapped[Words] = mapped_column(JSON)
    mitigation: Mapped[Words] = mapped_column(JSON)
    lifted_when: Mapped[Words] = mapped_column(JSON)
    owner: Mapped[str] = mapped_column(String(120), default="")
    blocking: Mapped[bool] = mapped_column(default=False)
    status: Mapped[VigilanceStatus]
    watch: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """An indicator, a direction and a limit that warn early."""
    observed_on: Mapped[date | None]
    lifted_by: Mapped[str] = mapped_column(String(120), default="")
    reopened_on: Mapped[date | None]
    reopened_reason: Mapped[str] = mapped_column(String(500), default="")
    lifted_on: Mapped[date | None]
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    evidence: Mapped[Evidence | None] = relationship(lazy="raise_on_sql")


class AuditRecord(Base):
    """A theme, a rating, a gate or a key moment, as it stands in the document."""

    __tablename__ = "audit_records"
    __table_args__ = (UniqueConstraint("audit_id", "section", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"))
    section: Mapped[RecordSection]
    key: Mapped[str] = mapped_column(String(40))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Fields of the list, checked by `audit.document`."""
