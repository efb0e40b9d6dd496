"""Plans, what they said before, who is exempt, and which posts ask for others."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.audit.models import Recommendation
from lms.catalogue.models import Module
from lms.kernel.database import Base, append_only, free_words
from lms.kernel.personal import Ground, Personal, Term, Why, acted, personal
from lms.people.models import Team
from lms.people.permissions import Role
from lms.plans.rules import Audience, Reason, Rhythm, Terms, Timing

plan_teams = Table(
    "plan_teams",
    Base.metadata,
    Column("plan_id", ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True),
    Column("team_id", ForeignKey("teams.id"), primary_key=True),
)


class Plan(Base):
    """Somebody is to learn this module, for this reason, by this date."""

    __tablename__ = "plans"
    __table_args__ = (
        CheckConstraint("due_on >= assigned_on", "due_after_assigned"),
        CheckConstraint("(rhythm IN ('periodic', 'anniversary')) = (months > 0)", "months_where_it_comes_again"),
        CheckConstraint("reason <> 'legal' OR basis <> ''", "a_duty_has_its_text"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    recommendation_id: Mapped[int | None] = mapped_column(ForeignKey("recommendations.id"))
    """Empty for training that answers no recommendation."""
    reason: Mapped[Reason] = mapped_column(default=Reason.OTHER)
    basis: Mapped[str] = mapped_column(String(300), default="")
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"))
    assigned_on: Mapped[date]
    due_on: Mapped[date]
    rhythm: Mapped[Rhythm] = mapped_column(default=Rhythm.ONCE)
    months: Mapped[int] = mapped_column(default=0)
    cancelled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    recommendation: Mapped[Recommendation | None] = relationship(lazy="raise_on_sql")
    module: Mapped[Module] = relationship(lazy="raise_on_sql")
    teams: Mapped[list[Team]] = relationship(secondary=plan_teams, lazy="raise_on_sql", order_by="Team.code")
    named: Mapped[list["Named"]] = relationship(lazy="raise_on_sql", order_by="Named.id", cascade="all, delete-orphan")
    """Whom it names besides teams."""

    @property
    def timing(self) -> Timing:
        """When it asks."""
        return Timing(self.assigned_on, self.due_on, self.rhythm, self.months)

    @property
    def audience(self) -> Audience:
        """Whom it names."""
        return Audience(
            frozenset(team.id for team in self.teams),
            frozenset(one.shift_id for one in self.named if one.shift_id is not None),
            frozenset(one.workstation_id for one in self.named if one.workstation_id is not None),
            frozenset(one.role for one in self.named if one.role is not None),
            frozenset(one.person_id for one in self.named if one.person_id is not None),
        )

    @property
    def terms(self) -> Terms:
        """All that it says."""
        return Terms(self.module_id, self.timing, self.audience, self.reason, self.basis, self.recommendation_id)


class Named(Base):
    """A shift, post, role or person that a plan names; its teams stand in `plan_teams`."""

    __tablename__ = "plan_named"
    __table_args__ = (
        CheckConstraint(
            "CASE WHEN shift_id IS NULL THEN 0 ELSE 1 END + CASE WHEN workstation_id IS NULL THEN 0 ELSE 1 END + "
            "CASE WHEN role IS NULL THEN 0 ELSE 1 END + CASE WHEN person_id IS NULL THEN 0 ELSE 1 END = 1",
            "names_one_thing",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"), index=True)
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shifts.id"))
    workstation_id: Mapped[int | None] = mapped_column(ForeignKey("workstations.id"))
    role: Mapped[Role | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)


class Act(StrEnum):
    """What was done with a plan."""

    MADE = "made"
    CHANGED = "changed"
    CANCELLED = "cancelled"


class PlanVersion(Base):
    """What a plan said from a moment on, and who said so for which reason; never changed."""

    __tablename__ = "plan_versions"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    number: Mapped[int]
    """1, 2, 3…"""
    act: Mapped[Act]
    terms: Mapped[dict[str, Any]] = mapped_column(JSON)
    """As `rules.Terms.document`."""
    why: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """None for the command line."""
    at: Mapped[datetime]


class Exemption(Base):
    """That somebody need not take what a plan asks, from a day on, or must again; never changed."""

    __tablename__ = "plan_exemptions"
    __table_args__ = (CheckConstraint("reason <> ''", "has_its_reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    exempt: Mapped[bool]
    """False ends the exemption before."""
    starts_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(500), info=free_words())
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class PostRequirement(Base):
    """Whoever is to hold a post must master another first."""

    __tablename__ = "post_requirements"
    __table_args__ = (CheckConstraint("workstation_id <> required_id", "asks_for_another"),)

    workstation_id: Mapped[int] = mapped_column(ForeignKey("workstations.id"), primary_key=True)
    required_id: Mapped[int] = mapped_column(ForeignKey("workstations.id"), primary_key=True)


for _table in (PlanVersion.__table__, Exemption.__table__):
    append_only(_table)

acted(Exemption.__table__, "by_id")
acted(PlanVersion.__table__, "by_id")
personal(Exemption.__table__, Personal(Why.TRAINING, Ground.CONTRACT, Term.EMPLOYMENT))
personal(Named.__table__, Personal(Why.TRAINING, Ground.CONTRACT, Term.EMPLOYMENT))
