"""Questions about plans: who is to learn what, and by when."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.orm import joinedload, selectinload

from lms.audit.models import Recommendation
from lms.kernel.database import db
from lms.kernel.prepared import Prepared
from lms.people.models import Team, TeamMembership
from lms.plans.models import Plan, plan_teams
from lms.plans.rules import Presence, concerned, first_concerned_on, own_due_on


@dataclass(frozen=True)
class Assignment:
    """One person who is, or was, to take one plan's module."""

    plan_id: int
    plan_code: str
    recommendation_id: int | None
    module_id: int
    person_id: int
    team_id: int
    """The planned team in which the person was last."""
    assigned_on: date
    """The day from which the plan concerned this person."""
    due_on: date


def assignments(plan_ids: Collection[int] | None, as_of: date) -> list[Assignment]:
    """Return everyone whom the plans (all of them when None) concern as of a day, leavers included.

    Cancelled plans and plans assigned after `as_of` concern nobody.
    """
    plans = _plans(plan_ids, as_of)
    presences = _presences([plan.id for plan in plans])
    return [
        _assignment(plan, person_id, stays)
        for plan in plans
        for person_id, stays in sorted(presences[plan.id].items())
        if concerned([stay for _, stay in stays], plan.assigned_on, as_of)
    ]


_on: BindParameter[date] = bindparam("on")
_due = Prepared(
    select(
        Plan.id,
        Plan.code,
        Plan.recommendation_id,
        Plan.module_id,
        Plan.assigned_on,
        Plan.due_on,
        TeamMembership.team_id,
        TeamMembership.joined_on,
        TeamMembership.left_on,
    )
    .join(plan_teams, plan_teams.c.plan_id == Plan.id)
    .join(TeamMembership, TeamMembership.team_id == plan_teams.c.team_id)
    .where(TeamMembership.person_id == bindparam("person"), Plan.cancelled_at.is_(None), Plan.assigned_on <= _on)
    .where(TeamMembership.joined_on <= _on, (TeamMembership.left_on.is_(None)) | (TeamMembership.left_on >= _on))
)


def due_for(person_id: int, on: date) -> list[Assignment]:
    """Return what one person present on that day is to take, soonest due first.

    Unlike the denominators, a newcomer sees the module from the first day.
    """
    rows = _due.rows({"person": person_id, "on": on})
    found = [_assignment(row, person_id, [(row.team_id, Presence(row.joined_on, row.left_on))]) for row in rows]
    return sorted(found, key=lambda due: (due.due_on, due.plan_code))


def modules_asked_in(workshop_id: int | None, on: date) -> set[int]:
    """Return the modules that plans ask, on a day, of the teams of a workshop; of all teams when it is None."""
    query = select(Plan.module_id).join(Plan.teams).where(Plan.cancelled_at.is_(None), Plan.assigned_on <= on)
    if workshop_id is not None:
        query = query.where(Team.workshop_id == workshop_id)
    return set(db.session.scalars(query))


def every_plan() -> list[Plan]:
    """Return all plans with their recommendation, module and teams, soonest due first."""
    return list(db.session.scalars(_whole().order_by(Plan.due_on, Plan.code)))


def answering(audit_id: int) -> list[Plan]:
    """Return the plans, whole, that answer a recommendation of the audit, soonest due first."""
    wanted = _whole().join(Recommendation).where(Recommendation.audit_id == audit_id)
    return list(db.session.scalars(wanted.order_by(Plan.due_on, Plan.code)))


def codes() -> set[str]:
    """Return the codes that plans have, cancelled ones included."""
    return set(db.session.scalars(select(Plan.code)))


def headcounts(plans: Collection[Plan], today: date) -> dict[int, int]:
    """Return how many people each plan concerns today, or will on its first day, by the plan's number.

    A cancelled plan concerns nobody.
    """
    presences = _presences([plan.id for plan in plans if plan.cancelled_at is None])
    return {
        plan.id: sum(
            concerned([stay for _, stay in stays], plan.assigned_on, max(today, plan.assigned_on))
            for stays in presences[plan.id].values()
        )
        for plan in plans
    }


def plan(code: str) -> Plan | None:
    """Return the plan of that code, whole, or None."""
    return db.session.scalars(_whole().where(Plan.code == code)).one_or_none()


def _whole() -> Select[Plan]:
    return select(Plan).options(
        joinedload(Plan.recommendation).joinedload(Recommendation.audit),
        joinedload(Plan.module),
        selectinload(Plan.teams),
    )


def _plans(plan_ids: Collection[int] | None, as_of: date) -> list[Plan]:
    query = select(Plan).where(Plan.cancelled_at.is_(None), Plan.assigned_on <= as_of).order_by(Plan.code)
    if plan_ids is not None:
        query = query.where(Plan.id.in_(plan_ids))
    return list(db.session.scalars(query))


Stays = list[tuple[int, Presence]]


def _presences(plan_ids: Collection[int]) -> dict[int, dict[int, Stays]]:
    rows = db.session.execute(
        select(plan_teams.c.plan_id, TeamMembership)
        .join(TeamMembership, TeamMembership.team_id == plan_teams.c.team_id)
        .where(plan_teams.c.plan_id.in_(plan_ids))
        .order_by(TeamMembership.joined_on, TeamMembership.id)
    )
    found: dict[int, dict[int, Stays]] = defaultdict(lambda: defaultdict(list))
    for plan_id, stay in rows:
        found[plan_id][stay.person_id].append((stay.team_id, Presence(stay.joined_on, stay.left_on)))
    return found


def _assignment(plan: Any, person_id: int, stays: Stays) -> Assignment:
    concerned_on = first_concerned_on([stay for _, stay in stays], plan.assigned_on)
    return Assignment(
        plan_id=plan.id,
        plan_code=plan.code,
        recommendation_id=plan.recommendation_id,
        module_id=plan.module_id,
        person_id=person_id,
        team_id=stays[-1][0],
        assigned_on=concerned_on,
        due_on=own_due_on(concerned_on, plan.assigned_on, plan.due_on),
    )
