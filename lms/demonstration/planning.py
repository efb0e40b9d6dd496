"""What HR and a team leader of the demonstration planned besides the pilot: posts, newcomers, ten minutes."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from lms.delivery.slots import queries as slots
from lms.delivery.slots import rules
from lms.delivery.slots.actions import Wanted, plan_slot
from lms.demonstration import visitors
from lms.demonstration.building import Plant
from lms.demonstration.visitors import Visitor
from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.kernel.ids import new_id
from lms.people import queries as people
from lms.people.models import Workstation
from lms.people.permissions import Role
from lms.plans import actions, queries
from lms.plans.rules import Reason, Rhythm

SAFETY = "Code du travail, L4141-2"


def plan(plant: Plant, visiting: Mapping[Visitor, int], modules: Mapping[str, int], now: datetime) -> None:
    """Plan what a post and the law require, change a plan, exempt somebody, give two people ten minutes."""
    by = {visitor.role: number for visitor, number in visiting.items()}
    posts = dict(db.session.execute(select(Workstation.code, Workstation.id)).all())
    today = local_day(now)
    actions.make_plan(
        "PL-DECOUPEUSE", recommendation_id=None, module_id=modules["lock-out"], workstation_ids=[posts["decoupeuse-3"]],
        reason=Reason.POST, assigned_on=today - timedelta(weeks=2), due_on=today + timedelta(days=5),
        by=by[Role.HR], now=now,
    )  # fmt: skip
    actions.make_plan(
        "PL-ARRIVEE", recommendation_id=None, module_id=modules["manual-handling"], roles=[Role.OPERATOR],
        reason=Reason.LEGAL, basis=SAFETY, rhythm=Rhythm.NEWCOMER, assigned_on=today - timedelta(weeks=2),
        due_on=today + timedelta(weeks=2), by=by[Role.HR], now=now,
    )  # fmt: skip
    actions.require_post(posts["ligne-1"], posts["encres"])
    _change_and_exempt(by[Role.HR], now)
    _give_ten_minutes(plant.teams[visitors.TEAM], by[Role.TEAM_LEADER], now)


def _change_and_exempt(hr: int, now: datetime) -> None:
    found = queries.plan("PL-enduction")
    if found is None:
        return
    timing, teams = found.timing, found.audience.teams
    actions.change_plan(
        found, recommendation_id=None, module_id=found.module_id, team_ids=teams, assigned_on=timing.assigned_on,
        due_on=timing.due_on + timedelta(days=7), why="Arrêt de ligne la semaine de l’échéance", by=hr, now=now,
    )  # fmt: skip
    concerned = queries.assignments([found.id], local_day(now))
    if concerned:
        actions.exempt(found, concerned[0].person_id, "Forme les autres à ce contenu", by=hr, now=now)


def _give_ten_minutes(team_id: int, leader: int, now: datetime) -> None:
    today = local_day(now)
    team = next(team for team in people.teams() if team.id == team_id)
    members = [stay.person_id for stay in people.memberships([team_id], today, today)]
    # What is due last, the simulation leaves open.
    given = sorted(queries.assignments(None, today, members), key=lambda one: one.due_on)
    asked = {one.person_id: one for one in given}
    days = rules.working_days(today + timedelta(days=1), 2)
    for one, offer in zip(asked.values(), slots.offers([team], days, now)[team_id], strict=False):
        wanted = Wanted(new_id(), one.person_id, one.module_id, offer.starts_at, offer.terminal_id)
        plan_slot(wanted, by=leader, now=now)
