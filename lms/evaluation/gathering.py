"""The one place that reads people, plans and records for an evaluation. It changes nothing."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select

from lms.catalogue.models import Edition, Module
from lms.evaluation.facts import Assigned, Facts, Outcome
from lms.evaluation.population import Population, is_learner, persons
from lms.evaluation.protocol import FrozenProtocol
from lms.kernel.database import db
from lms.people.models import Person, RoleGrant, Shift, Team, TeamMembership
from lms.people.permissions import Role
from lms.plans import queries as plans
from lms.plans.models import Plan
from lms.plans.queries import Assignment
from lms.progress import queries as progress
from lms.progress.rules import StandingFacts
from lms.records.models import LearningRecord

Places = dict[int, tuple[str, str | None]]
"""The code and the shift of each team."""


def population(protocol: FrozenProtocol, as_of: date) -> Population:
    """Return who counts on that day, by today's roster and plans."""
    places = _places(protocol.teams)
    stays = _stays(places, protocol.starts_on, as_of)
    roster = {stay.person_id for stay in stays}
    learners = _learners(roster)
    by_plan = {plan.id: plan for plan in _plans(protocol.plans)}
    concerned = [
        given
        for given in plans.assignments(list(by_plan), as_of)
        if given.team_id in places and given.person_id in learners
    ]
    simulated, own = _simulated(learners), _by_person(stays)
    rows = tuple(
        _assigned(given, by_plan[given.plan_id], places, own[given.person_id], as_of, given.person_id in simulated)
        for given in concerned
    )
    counted = persons(rows)
    there = {stay.person_id for stay in stays if stay.left_on is None or stay.left_on >= as_of}
    return Population(
        assigned=rows,
        roster=len(roster),
        left_out_by_role=len(roster - learners),
        too_short=len(learners - counted),
        joined_later=len({given.person_id for given in concerned if _late(given, by_plan)}),
        left_before_end=len(counted - there),
    )


def facts(protocol: FrozenProtocol, found: Population, as_of: date, up_to: int) -> Facts:
    """Return what these people did by the end of the day, as far as records up to a sequence tell."""
    zone = ZoneInfo(protocol.timezone)
    end = datetime.combine(as_of + timedelta(days=1), time(), zone) - timedelta(microseconds=1)
    modules = _editions({row.module for row in found.assigned})
    counted = persons(found.assigned)
    told: dict[tuple[int, str], list[StandingFacts]] = {}
    for one in progress.recompute(list(modules), until=end, up_to=up_to):
        if one.person_id in counted:
            told.setdefault((one.person_id, modules[one.edition_id]), []).append(one.facts)
    return Facts(as_of, found.assigned, {key: _outcome(standings, zone) for key, standings in told.items()})


def records_before(found: Population, up_to: int) -> int:
    """Return how many records of these people and modules had arrived by a sequence."""
    modules, counted = _editions({row.module for row in found.assigned}), persons(found.assigned)
    query = (
        select(LearningRecord.person_id, func.count())
        .where(LearningRecord.edition_id.in_(modules), LearningRecord.sequence <= up_to)
        .group_by(LearningRecord.person_id)
    )
    return sum(count for person, count in db.session.execute(query) if person in counted)


def team_sizes(codes: Collection[str], on: date) -> list[int]:
    """Return how many learners each team has on a day, teams by code; empty teams are left out."""
    places = _places(codes)
    stays = _stays(places, on, on)
    learners = _learners({stay.person_id for stay in stays})
    counts = Counter(places[stay.team_id][0] for stay in stays if stay.person_id in learners)
    return [counts[code] for code in sorted(counts)]


def _outcome(standings: list[StandingFacts], zone: ZoneInfo) -> Outcome:
    """Return what came of a module over its editions: the first start, completion and attempt."""

    def first(moments: Iterable[datetime | None]) -> date | None:
        known = [moment for moment in moments if moment is not None]
        return min(known).astimezone(zone).date() if known else None

    tried = [standing for standing in standings if standing.first_passed is not None]
    earliest = min(tried, key=lambda standing: standing.started_at or standing.last_at, default=None)
    return Outcome(
        started_on=first(standing.started_at for standing in standings),
        completed_on=first(standing.completed_at for standing in standings),
        first_passed=earliest.first_passed if earliest else None,
    )


def _assigned(
    given: Assignment, plan: Plan, places: Places, stays: list[TeamMembership], as_of: date, simulated: bool
) -> Assigned:
    team, shift = places[given.team_id]
    return Assigned(
        person=given.person_id,
        team=team,
        shift=shift,
        plan=given.plan_code,
        recommendation=plan.recommendation.code if plan.recommendation else "",
        module=plan.module.code,
        assigned_on=given.assigned_on,
        due_on=given.due_on,
        throughout=_covered(stays, plan.assigned_on, min(given.due_on, as_of)),
        simulated=simulated,
    )


def _covered(stays: list[TeamMembership], first: date, last: date) -> bool:
    """Whether stays, one after the other, leave no day of the stretch out."""
    day = first
    for stay in sorted(stays, key=lambda stay: stay.joined_on):
        if stay.joined_on <= day:
            day = max(day, (stay.left_on or date.max - timedelta(days=1)) + timedelta(days=1))
    return day > last


def _late(given: Assignment, by_plan: dict[int, Plan]) -> bool:
    return given.assigned_on > by_plan[given.plan_id].assigned_on


def _places(codes: Collection[str]) -> Places:
    query = select(Team.id, Team.code, Shift.code).outerjoin(Shift, Team.shift_id == Shift.id)
    return {number: (code, shift) for number, code, shift in db.session.execute(query.where(Team.code.in_(codes)))}


def _stays(places: Places, first: date, last: date) -> list[TeamMembership]:
    query = select(TeamMembership).where(
        TeamMembership.team_id.in_(places),
        TeamMembership.joined_on <= last,
        or_(TeamMembership.left_on.is_(None), TeamMembership.left_on >= first),
    )
    return list(db.session.scalars(query))


def _by_person(stays: list[TeamMembership]) -> dict[int, list[TeamMembership]]:
    found: dict[int, list[TeamMembership]] = defaultdict(list)
    for stay in stays:
        found[stay.person_id].append(stay)
    return found


def _learners(roster: set[int]) -> set[int]:
    roles: dict[int, set[Role]] = defaultdict(set)
    for person, role in db.session.execute(select(RoleGrant.person_id, RoleGrant.role)):
        roles[person].add(role)
    return {person for person in roster if is_learner(roles[person])}


def _simulated(learners: set[int]) -> set[int]:
    return learners & set(db.session.scalars(select(Person.id).where(Person.simulated)))


def _plans(codes: Collection[str]) -> list[Plan]:
    return [plan for plan in plans.every_plan() if plan.code in codes]


def _editions(modules: Collection[str]) -> dict[int, str]:
    query = select(Edition.id, Module.code).join(Module, Edition.module_id == Module.id)
    return dict(db.session.execute(query.where(Module.code.in_(modules))).all())
