"""Plans."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.audit.models import Recommendation
from lms.catalogue.models import Module
from lms.kernel.database import Base
from lms.people.models import Team

plan_teams = Table(
    "plan_teams",
    Base.metadata,
    Column("plan_id", ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True),
    Column("team_id", ForeignKey("teams.id"), primary_key=True),
)


class Plan(Base):
    """This recommendation is answered by this module, for these teams, by this date."""

    __tablename__ = "plans"
    __table_args__ = (CheckConstraint("due_on >= assigned_on", "due_after_assigned"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    recommendation_id: Mapped[int | None] = mapped_column(ForeignKey("recommendations.id"))
    """Empty for training that answers no recommendation."""
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"))
    assigned_on: Mapped[date]
    due_on: Mapped[date]
    cancelled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    recommendation: Mapped[Recommendation | None] = relationship(lazy="raise_on_sql")
    module: Mapped[Module] = relationship(lazy="raise_on_sql")
    teams: Mapped[list[Team]] = relationship(secondary=plan_teams, lazy="raise_on_sql", order_by="Team.code")
