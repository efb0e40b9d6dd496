"""What is done with plans."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from lms.kernel.database import db
from lms.people.models import Team
from lms.plans.models import Plan
from lms.plans.rules import (
    PlanCodeTaken,
    PlanDueBeforeAssigned,
    PlanForUnknownTeam,
    PlanWithoutTeams,
    refuse_malformed,
)


def make_plan(
    code: str,
    *,
    recommendation_id: int | None,
    module_id: int,
    team_ids: Sequence[int],
    assigned_on: date,
    due_on: date,
    now: datetime,
) -> Plan:
    """Plan a module for teams by a date; raises a refusal when the plan makes no sense."""
    refuse_malformed(code)
    if due_on < assigned_on:
        raise PlanDueBeforeAssigned(assigned_on=assigned_on, due_on=due_on)
    if not team_ids:
        raise PlanWithoutTeams()
    if db.session.scalar(select(Plan.id).where(Plan.code == code)) is not None:
        raise PlanCodeTaken(code=code)
    plan = Plan(
        code=code,
        recommendation_id=recommendation_id,
        module_id=module_id,
        assigned_on=assigned_on,
        due_on=due_on,
        created_at=now,
        teams=_teams(team_ids),
    )
    db.session.add(plan)
    db.session.flush()
    return plan


def _teams(team_ids: Sequence[int]) -> list[Team]:
    teams = list(db.session.scalars(select(Team).where(Team.id.in_(team_ids))))
    if len(teams) < len(set(team_ids)):
        raise PlanForUnknownTeam()
    return teams


def cancel_plan(plan: Plan, *, now: datetime) -> None:
    """Cancel a plan: it concerns nobody from now on; what was done stays."""
    plan.cancelled_at = plan.cancelled_at or now
