"""The one place that reads people, plans and records for an evaluation. It changes nothing."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select

from lms.catalogue import queries as catalogue
from lms.evaluation import keeping, said_and_did
from lms.evaluation.facts import Assigned, Cutoff, Facts, Member
from lms.evaluation.population import Population, is_learner, persons
from lms.evaluation.protocol import FrozenProtocol
from lms.evaluation.sources import editions, gathered
from lms.kernel.database import db
from lms.people import queries as people
from lms.people.models import Person, RoleGrant, Shift, Team, TeamMembership
from lms.people.permissions import Role
from lms.plans import queries as plans
from lms.plans.models import Plan
from lms.plans.queries import Assignment
from lms.plans.rules import Presence, concerned
from lms.progress.seals import queries as sealed
from lms.records.models import LearningRecord
from lms.records.queries import in_a_module

Places = dict[int, tuple[str, str | None]]
"""The code and the shift of each team."""


def population(protocol: FrozenProtocol, as_of: date) -> Population:
    """Return who counts on that day, by today's roster and plans."""
    places = _places(protocol.teams)
    stays = _stays(places, protocol.starts_on, as_of)
    roster = {stay.person_id for stay in stays}
    learners = _learners(roster)
    by_plan = {plan.id: plan for plan in _plans(protocol.plans)}
    planned = [
        given
        for given in plans.assignments(list(by_plan), as_of)
        if given.team_id in places and given.person_id in learners
    ]
    simulated, own = _simulated(learners), _by_person(stays)
    rows = tuple(
        _assigned(given, by_plan[given.plan_id], places, own[given.person_id], as_of, given.person_id in simulated)
        for given in planned
    )
    counted = persons(rows)
    there = {stay.person_id for stay in stays if stay.left_on is None or stay.left_on >= as_of}
    return Population(
        assigned=rows,
        roster=len(roster),
        left_out_by_role=len(roster - learners),
        too_short=len(learners - counted),
        joined_later=len({given.person_id for given in planned if _late(given, by_plan)}),
        left_before_end=len(counted - there),
        kept=keeping.kept(protocol, as_of),
        members=_members(places, {person: own[person] for person in learners}, protocol.starts_on, as_of, simulated),
    )


def cutoff(protocol: FrozenProtocol, as_of: date, up_to: int, known_at: datetime) -> Cutoff:
    """Return the cut-off at the end of a day of the plant."""
    return Cutoff(as_of, end_of(protocol, as_of), up_to, known_at)


def end_of(protocol: FrozenProtocol, day: date) -> datetime:
    """Return the last moment of a day of the plant."""
    end = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(protocol.timezone))
    return end - timedelta(microseconds=1)


def facts(protocol: FrozenProtocol, found: Population, at: Cutoff) -> Facts:
    """Return what the protocol's indicators read of these people, as of the cut-off."""
    read = bare(protocol, found, at)
    return replace(read, **gathered(protocol.needs | said_and_did.NEEDS, read, at))


def bare(protocol: FrozenProtocol, found: Population, at: Cutoff) -> Facts:
    """Return the facts of which nothing was read yet: who counts, and by which protocol."""
    return Facts(
        at.as_of,
        found.assigned,
        {},
        starts_on=protocol.starts_on,
        zone=protocol.timezone,
        members=found.members,
        options={"tests": sorted({code for entry in protocol.indicators for code in entry.options.get("tests", ())})},
        kept=found.kept,
    )


def records_before(found: Population, up_to: int) -> int:
    """Return how many records of these people and modules had arrived by a sequence, those that have gone included."""
    modules, counted = editions({row.module for row in found.assigned}), persons(found.assigned)
    query = (
        select(LearningRecord.person_id, func.count())
        .where(LearningRecord.edition_id.in_(modules), LearningRecord.sequence <= up_to, in_a_module())
        .group_by(LearningRecord.person_id)
    )
    there = sum(count for person, count in db.session.execute(query) if person in counted)
    return there + sum(count for person, count in sealed.gone_by(modules, up_to) if person in counted)


@dataclass(frozen=True, slots=True)
class TeamSize:
    """How many people who learn a team has."""

    team: str
    shift: str | None
    people: int


def team_sizes(codes: Collection[str], on: date) -> list[TeamSize]:
    """Return how many learners each team has on a day, teams by code; empty teams are left out."""
    places = dict(_places(codes).values())
    counts = Counter(team for teams in people_of(codes, on, on).values() for team in teams)
    return [TeamSize(code, places[code], counts[code]) for code in sorted(counts)]


def people_of(codes: Collection[str], first: date, last: date) -> dict[int, set[str]]:
    """Return the learners who are in the teams at some time from one day to another, and in which."""
    places = _places(codes)
    stays = _stays(places, first, last)
    learners = _learners({stay.person_id for stay in stays})
    found: dict[int, set[str]] = defaultdict(set)
    for stay in stays:
        if stay.person_id in learners:
            found[stay.person_id].add(places[stay.team_id][0])
    return found


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


def _members(
    places: Places, stays: Mapping[int, list[TeamMembership]], first: date, last: date, simulated: set[int]
) -> tuple[Member, ...]:
    """Return who was in the pilot teams on the first day, or at least 14 days in all."""
    found, bands = [], people.age_bands(stays.keys())
    for person, own in sorted(stays.items()):
        in_order = sorted(own, key=lambda stay: stay.joined_on)
        if concerned([Presence(stay.joined_on, stay.left_on) for stay in in_order], first, last):
            team, shift = places[in_order[-1].team_id]
            joined_on, left_on = max(in_order[0].joined_on, first), in_order[-1].left_on
            band = bands.get(person)
            found.append(Member(person, team, shift, joined_on, left_on, person in simulated, band))
    return tuple(found)


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


def names() -> dict[str, Any]:
    """Return what teams, shifts and modules are called today, by their codes, for readers of a protocol."""
    modules = {edition.code: edition.content.title for edition in catalogue.newest_editions()}
    return {
        "teams": dict(db.session.execute(select(Team.code, Team.name)).all()),
        "shifts": dict(db.session.execute(select(Shift.code, Shift.name)).all()),
        "modules": {code: dict(title) for code, title in modules.items()},
    }
