"""Pilots, their frozen protocols, amendments and evaluations."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.audit.models import Audit, Recommendation
from lms.evaluation.designs import Comparison
from lms.kernel.database import Base, append_only
from lms.kernel.personal import acted
from lms.people.models import Team
from lms.records.models import BigNumber

pilot_teams = Table(
    "pilot_teams",
    Base.metadata,
    Column("pilot_id", ForeignKey("pilots.id", ondelete="CASCADE"), primary_key=True),
    Column("team_id", ForeignKey("teams.id"), primary_key=True),
)

pilot_comparison_teams = Table(
    "pilot_comparison_teams",
    Base.metadata,
    Column("pilot_id", ForeignKey("pilots.id", ondelete="CASCADE"), primary_key=True),
    Column("team_id", ForeignKey("teams.id"), primary_key=True),
)


class Screening(StrEnum):
    """Whether an impact assessment (DPIA) is needed."""

    NOT_NEEDED = "not_needed"
    NEEDED = "needed"
    CARRIED_OUT = "carried_out"


class Pilot(Base):
    """A trial of an audit's recommendations with some teams for some weeks.

    Its state follows from its facts: designed until a protocol is frozen, frozen until
    it starts, running until it ends, closed, evaluated.
    """

    __tablename__ = "pilots"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", "ends_after_start"),
        CheckConstraint("points_before >= 0", "points_before_counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[dict[str, str]] = mapped_column(JSON)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    population: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """Whom the pilot is about; by language, like who is included and who is left out."""
    inclusion: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    exclusion: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    comparison: Mapped[Comparison] = mapped_column(default=Comparison.ONE_GROUP)
    points_before: Mapped[int | None]
    """Weekly points from before the start, for an interrupted series."""
    works_council_opinion_on: Mapped[date | None]
    """Date of the works council's opinion (CSE); without it a pilot does not run."""
    opinion_reference: Mapped[str] = mapped_column(String(200), default="")
    """The document that holds the opinion."""
    notice_version: Mapped[str] = mapped_column(String(20), default="")
    notice_given_on: Mapped[date | None]
    """When the information notice was given to the people concerned."""
    screened_on: Mapped[date | None]
    """When it was examined whether an impact assessment is needed."""
    screening: Mapped[Screening | None]
    screening_note: Mapped[str] = mapped_column(Text, default="")
    data_officer_on: Mapped[date | None]
    """When the data protection officer signed off."""
    illustrative: Mapped[bool] = mapped_column(default=False)
    """Rests on simulated people or illustrative values: every page and file says so."""
    created_at: Mapped[datetime]
    audit: Mapped[Audit] = relationship(lazy="raise_on_sql")
    teams: Mapped[list[Team]] = relationship(secondary=pilot_teams, lazy="raise_on_sql", order_by="Team.code")
    """All of them, those of the comparison group included."""
    compared: Mapped[list[Team]] = relationship(
        secondary=pilot_comparison_teams, lazy="raise_on_sql", order_by="Team.code"
    )
    """The comparison group."""
    steps: Mapped[list["PilotStep"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="PilotStep.team_id"
    )
    indicators: Mapped[list["PilotIndicator"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="PilotIndicator.id"
    )
    protocol: Mapped["Protocol | None"] = relationship(lazy="raise_on_sql", back_populates="pilot")


class PilotStep(Base):
    """What one team does when, where the design staggers teams."""

    __tablename__ = "pilot_steps"

    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilots.id", ondelete="CASCADE"), primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), primary_key=True)
    starts_on: Mapped[date | None]
    modules: Mapped[list[str]] = mapped_column(JSON)
    """Codes of modules in the order in which the team takes them."""
    team: Mapped[Team] = relationship(lazy="raise_on_sql")


class PilotIndicator(Base):
    """An indicator chosen for a recommendation while the pilot is designed."""

    __tablename__ = "pilot_indicators"
    __table_args__ = (UniqueConstraint("pilot_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilots.id"))
    code: Mapped[str] = mapped_column(String(40))
    """Unique in the pilot: the indicator's code, with a suffix where it is used twice."""
    indicator: Mapped[str] = mapped_column(String(10))
    """R1, C1, C2, L1, Q1…"""
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendations.id"))
    modules: Mapped[list[str]] = mapped_column(JSON)
    """Codes of the modules it is computed on; empty means all modules planned for the recommendation."""
    options: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    """What the indicator is told beyond its modules, by the names its definition gives."""
    threshold: Mapped[float]
    """Drives the verdict; in the indicator's unit (`units.Unit`)."""
    ambition: Mapped[float | None]
    """Displayed only."""
    baseline: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What it was before the pilot (`choices.Baseline`)."""
    critical: Mapped[bool] = mapped_column(default=True)
    primary: Mapped[bool] = mapped_column(default=True)
    n_min: Mapped[int]
    min_teams: Mapped[int]
    icc0: Mapped[float]
    level: Mapped[float] = mapped_column(default=0.95)
    recommendation: Mapped[Recommendation] = relationship(lazy="raise_on_sql")


class Protocol(Base):
    """The rules of a pilot as they were frozen; never changed."""

    __tablename__ = "protocols"

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilots.id"), unique=True)
    text: Mapped[str] = mapped_column(Text)
    """Canonical JSON: sorted keys, no spaces, UTF-8."""
    sha256: Mapped[str] = mapped_column(String(64))
    frozen_at: Mapped[datetime]
    frozen_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    records_up_to: Mapped[int] = mapped_column(BigNumber)
    """The last record that existed then: proof that the rule came before the data."""
    pilot: Mapped[Pilot] = relationship(lazy="raise_on_sql", back_populates="protocol")


class Amendment(Base):
    """A departure from a frozen protocol, appended with its reason and printed."""

    __tablename__ = "amendments"

    id: Mapped[int] = mapped_column(primary_key=True)
    protocol_id: Mapped[int] = mapped_column(ForeignKey("protocols.id"))
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(Text)
    data_seen: Mapped[bool]
    changes: Mapped[dict[str, Any]] = mapped_column(JSON)


class Evaluation(Base):
    """One computation of a pilot's indicators and verdicts, signed and never changed."""

    __tablename__ = "evaluations"

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilots.id"), index=True)
    protocol_sha256: Mapped[str] = mapped_column(String(64))
    as_of: Mapped[date]
    """The last day whose events count (data cut-off)."""
    records_up_to: Mapped[int] = mapped_column(BigNumber)
    population: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Who counted, by number (`population.Population`): kept, since rosters and plans change; never shown."""
    results: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What may be shown to anyone who may read the report: small groups are masked already."""
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the canonical population and results."""
    code_version: Mapped[str] = mapped_column(String(40))
    run_at: Mapped[datetime]
    run_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class EvaluationSeal(Base):
    """That records which an evaluation read have gone, and what it came to when it was last recomputed from them."""

    __tablename__ = "evaluation_seals"

    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluations.id"), primary_key=True)
    at: Mapped[datetime]
    """When the first of them went."""
    months: Mapped[int]
    """For how many months they were kept, by the rule of that day."""
    records: Mapped[int]
    """How many records it rests on."""
    read: Mapped[str] = mapped_column(String(64))
    """SHA-256 of their ids and digests, in the order of their arrival."""
    differing: Mapped[int]
    """How many values were not as stored when it was recomputed from them for the last time; 0 where it stood."""


for _frozen in (Protocol, Amendment, Evaluation, EvaluationSeal):
    append_only(_frozen.__table__)

acted(Amendment.__table__, "by")
acted(Evaluation.__table__, "run_by")
acted(Protocol.__table__, "frozen_by")
