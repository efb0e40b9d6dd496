"""Questions about plans: who is to learn what, and by when.

Whoever asks who is concerned asks `assignments`: a constant number of statements, however
many plans and people there are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from lms.audit.models import Recommendation
from lms.kernel.clock import end_of
from lms.kernel.database import db
from lms.kernel.prepared import Prepared, each
from lms.people import stays as held
from lms.people.models import Person, PostStay, RoleGrant, Team, TeamMembership, Workstation
from lms.people.stays import Held
from lms.plans.models import Exemption, Named, Plan, PlanVersion, PostRequirement, plan_teams
from lms.plans.rules import (
    OF_EACH,
    Audience,
    Concerned,
    Presence,
    Reason,
    Rhythm,
    Roster,
    Stays,
    Terms,
    Timing,
    all_required,
    members,
    read_terms,
    turn,
    turns,
    within,
)


class Assignment(NamedTuple):
    """One person who is, or was, to take one plan's module."""

    plan_id: int
    plan_code: str
    recommendation_id: int | None
    module_id: int
    person_id: int
    team_id: int
    """The team in which the person was last, of those through which the plan concerns them."""
    assigned_on: date
    """The day from which the plan, or its newest turn, concerned this person."""
    due_on: date
    reason: Reason


def assignments(
    plan_ids: Collection[int] | None, as_of: date, person_ids: Collection[int] | None = None
) -> list[Assignment]:
    """Return everyone whom the plans (all of them when None) concern as of a day, leavers included.

    Plans count as they stood on that day. Cancelled plans and plans assigned after `as_of`
    concern nobody; who was exempt on that day is left out (`exemptions` tells of them). With
    `person_ids`, of these people only.
    """
    found = concerning(as_of, plan_ids, person_ids)
    return [given for plan, terms, concerned in found for given in _given(plan, terms, concerned)]


def concerning(
    as_of: date, plan_ids: Collection[int] | None = None, person_ids: Collection[int] | None = None
) -> Iterator[tuple[Plan, Terms, Concerned]]:
    """Yield the same plan by plan, in the order of their codes; plans of the same people and days share a list."""
    asking = _asking(plan_ids, as_of)
    if not asking:
        return
    exempt = _exempt(as_of, [plan.id for plan, _ in asking])
    working = _Working([terms for _, terms in asking], person_ids, as_of)
    for plan, terms in asking:
        concerned, own = working.concerned(terms, as_of), exempt[plan.id]
        yield plan, terms, [one for one in concerned if one[0] not in own] if own else concerned


class Exempted(NamedTuple):
    """Somebody whom a plan would concern, and who need not take it."""

    plan_id: int
    person_id: int
    starts_on: date
    reason: str
    by_id: int | None


def exemptions(as_of: date, plan_ids: Collection[int] | None = None) -> list[Exempted]:
    """Return who is exempt on a day, of these plans or of all of them, by plan and person."""
    query = (
        select(Exemption)
        .where(Exemption.starts_on <= as_of)
        .order_by(Exemption.plan_id, Exemption.person_id, Exemption.id)
    )
    if plan_ids is not None:
        query = query.where(Exemption.plan_id.in_(plan_ids))
    last = {(one.plan_id, one.person_id): one for one in db.session.scalars(query)}
    return [
        Exempted(one.plan_id, one.person_id, one.starts_on, one.reason, one.by_id)
        for one in last.values()
        if one.exempt
    ]


def would_concern(terms: Terms, as_of: date) -> Concerned:
    """Return whom a plan of these terms would concern as of a day: person, team and turn, by person."""
    roster = _roster([terms], None, as_of)
    return turns(terms.timing, members(terms.audience, roster), roster.hired, as_of)


class _Working:
    """Works out whom terms concern; what several plans have in common once."""

    def __init__(self, every: Collection[Terms], person_ids: Collection[int] | None, last: date) -> None:
        """`every` are the terms that will be asked about, `last` the latest of the days."""
        self._roster = _roster(every, person_ids, last)
        self._members: dict[Audience, dict[int, Stays]] = {}
        self._turns: dict[tuple[Audience, Timing, date], Concerned] = {}

    def concerned(self, terms: Terms, as_of: date) -> Concerned:
        """Return whom terms concern as of a day."""
        if terms.audience not in self._members:
            self._members[terms.audience] = members(terms.audience, self._roster)
        key = terms.audience, terms.timing, as_of
        if key not in self._turns:
            self._turns[key] = turns(terms.timing, self._members[terms.audience], self._roster.hired, as_of)
        return self._turns[key]


def _exempt(as_of: date, plan_ids: Collection[int] | None = None) -> dict[int, set[int]]:
    """Return who is exempt on a day, by plan."""
    found: dict[int, set[int]] = defaultdict(set)
    for one in exemptions(as_of, plan_ids):
        found[one.plan_id].add(one.person_id)
    return found


def _given(plan: Any, terms: Terms, concerned: Concerned) -> Iterator[Assignment]:
    # A plant has millions of these: what a plan says is read once for all of its people.
    plan_id, code, recommendation_id, module_id = plan.id, plan.code, terms.recommendation_id, terms.module_id
    reason = terms.reason
    return (
        Assignment(
            plan_id,
            code,
            recommendation_id,
            module_id,
            person_id,
            team_id,
            found.assigned_on,
            found.due_on,
            reason,
        )
        for person_id, team_id, found in concerned
    )


def _asking(plan_ids: Collection[int] | None, as_of: date) -> list[tuple[Any, Terms]]:
    """Return the plans that are in force, each with what it said on that day."""
    query = select(Plan).where(Plan.cancelled_at.is_(None)).order_by(Plan.code)
    query = query.options(selectinload(Plan.teams).load_only(Team.id), selectinload(Plan.named))
    if plan_ids is not None:
        query = query.where(Plan.id.in_(plan_ids))
    plans = db.session.scalars(query).all()
    stood = _as_they_stood(as_of)
    found = [(plan, stood.get(plan.id) or plan.terms) for plan in plans]
    return [(plan, terms) for plan, terms in found if terms.timing.assigned_on <= as_of]


def _as_they_stood(as_of: date) -> dict[int, Terms]:
    """Return what plans said on a day, of those that have said something else since."""
    later = aliased(PlanVersion)
    moment = end_of(as_of)
    changed_since = select(later.plan_id).where(later.at > moment, later.number > 1)
    versions = db.session.scalars(
        select(PlanVersion)
        .where(PlanVersion.plan_id.in_(changed_since), or_(PlanVersion.at <= moment, PlanVersion.number == 1))
        .order_by(PlanVersion.number)
    )
    return {version.plan_id: read_terms(version.terms) for version in versions}


def _roster(every: Collection[Terms], person_ids: Collection[int] | None, as_of: date) -> Roster:
    """Return what has to be known of people for these terms; what none of them asks is not read."""
    posts = {post for terms in every for post in terms.audience.posts}
    roles = {role for terms in every for role in terms.audience.roles}
    return Roster(
        _stays(person_ids, as_of),
        _shifts() if any(terms.audience.shifts for terms in every) else {},
        _by_person(held.posts(posts)) if posts else {},
        _by_person(held.roles(roles)) if roles else {},
        _hired(person_ids) if any(terms.timing.rhythm in OF_EACH for terms in every) else {},
    )


def _stays(person_ids: Collection[int] | None, as_of: date) -> dict[int, Stays]:
    columns = ("person_id", "team_id", "joined_on", "left_on")
    query: Any = select(*(getattr(TeamMembership, name) for name in columns)).where(TeamMembership.joined_on <= as_of)
    if person_ids is not None:
        query = query.where(TeamMembership.person_id.in_(person_ids))
    found: dict[int, Stays] = defaultdict(list)
    for row in each(query.order_by(TeamMembership.joined_on, TeamMembership.id)):
        found[row.person_id].append((row.team_id, Presence(row.joined_on, row.left_on)))
    return found


def _shifts() -> dict[int, int | None]:
    return dict(db.session.execute(select(Team.id, Team.shift_id)).all())


def _hired(person_ids: Collection[int] | None) -> dict[int, date | None]:
    query = select(Person.id, Person.hired_on)
    narrowed = query if person_ids is None else query.where(Person.id.in_(person_ids))
    return dict(db.session.execute(narrowed).all())


def _by_person(rows: Iterable[Held]) -> dict[int, list[tuple[Any, Presence]]]:
    found: dict[int, list[tuple[Any, Presence]]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append((row.what, Presence(row.since or date.min, row.until)))
    return found


_on: BindParameter[date] = bindparam("on")
_person: BindParameter[int] = bindparam("person")
_later = aliased(Exemption)


def _names(*conditions: Any) -> Any:
    return exists().where(Named.plan_id == Plan.id, *conditions)


_in_team = exists().where(plan_teams.c.plan_id == Plan.id, plan_teams.c.team_id == TeamMembership.team_id)
_any_team = exists().where(plan_teams.c.plan_id == Plan.id)
_his_role = Named.role.in_(select(RoleGrant.role).where(RoleGrant.person_id == _person))
_matches = and_(
    or_(_any_team, _names(Named.person_id.is_(None))),
    or_(~_any_team, _in_team),
    or_(~_names(Named.shift_id.is_not(None)), _names(Named.shift_id == Team.shift_id)),
    or_(~_names(Named.workstation_id.is_not(None)), _names(Named.workstation_id == Person.workstation_id)),
    or_(~_names(Named.role.is_not(None)), _names(_his_role)),
)
_is_exempt = exists().where(
    Exemption.plan_id == Plan.id,
    Exemption.person_id == _person,
    Exemption.exempt,
    Exemption.starts_on <= _on,
    ~exists().where(
        _later.plan_id == Plan.id,
        _later.person_id == _person,
        _later.id > Exemption.id,
        _later.starts_on <= _on,
    ),
)
_due = Prepared(
    select(
        Plan.id,
        Plan.code,
        Plan.recommendation_id,
        Plan.module_id,
        Plan.assigned_on,
        Plan.due_on,
        Plan.rhythm,
        Plan.months,
        Plan.reason,
        _names(Named.workstation_id.is_not(None)).label("for_posts"),
        Person.hired_on,
        TeamMembership.team_id,
        TeamMembership.joined_on,
        TeamMembership.left_on,
    )
    .select_from(Plan)
    .join(TeamMembership, TeamMembership.person_id == _person)
    .join(Team, Team.id == TeamMembership.team_id)
    .join(Person, Person.id == TeamMembership.person_id)
    .where(Plan.cancelled_at.is_(None), Plan.assigned_on <= _on, TeamMembership.joined_on <= _on)
    .where(or_(_matches, _names(Named.person_id == _person)), ~_is_exempt)
    .order_by(TeamMembership.joined_on, TeamMembership.id)
)


def due_for(person_id: int, on: date) -> list[Assignment]:
    """Return what one person present today is to take, soonest due first.

    Unlike the denominators, a newcomer sees the module from the first day.
    """
    of_plan: dict[int, list[Any]] = defaultdict(list)
    for row in _due.rows({"person": person_id, "on": on}):
        of_plan[row.id].append(row)
    at_posts = _at_posts([rows[0].id for rows in of_plan.values() if rows[0].for_posts], person_id)
    found = [_due_of(rows, at_posts.get(plan_id), person_id, on) for plan_id, rows in of_plan.items()]
    return sorted((due for due in found if due), key=lambda due: (due.due_on, due.plan_code))


def _due_of(rows: list[Any], at_posts: list[Presence] | None, person_id: int, on: date) -> Assignment | None:
    plan = rows[0]
    stays = [(row.team_id, Presence(row.joined_on, row.left_on)) for row in rows]
    if at_posts:
        stays = within(stays, at_posts) or stays
    if all(stay.last_day is not None and stay.last_day < on for _, stay in stays):
        return None
    timing = Timing(plan.assigned_on, plan.due_on, Rhythm(plan.rhythm), plan.months)
    found = turn(timing, stays, plan.hired_on, on, waits=False)
    if found is None:
        return None
    terms = Terms(plan.module_id, timing, Audience(), Reason(plan.reason), "", plan.recommendation_id)
    return next(_given(plan, terms, [(person_id, stays[-1][0], found)]))


def _at_posts(plan_ids: Collection[int], person_id: int) -> dict[int, list[Presence]]:
    """Return when somebody was at the posts that plans name, by plan."""
    found: dict[int, list[Presence]] = defaultdict(list)
    if plan_ids:
        rows = db.session.execute(
            select(Named.plan_id, PostStay.since, PostStay.until)
            .join(PostStay, PostStay.workstation_id == Named.workstation_id)
            .where(Named.plan_id.in_(plan_ids), PostStay.person_id == person_id)
        )
        for plan_id, since, until in rows:
            found[plan_id].append(Presence(since or date.min, until))
    return found


def modules_asked_in(workshop_id: int | None, on: date) -> set[int]:
    """Return the modules that plans ask, on a day, of the people of a workshop; of everybody when it is None.

    What a plan asks by shift, role or name may concern any workshop.
    """
    query = select(Plan.module_id).where(Plan.cancelled_at.is_(None), Plan.assigned_on <= on)
    if workshop_id is not None:
        in_workshop = exists().where(
            plan_teams.c.plan_id == Plan.id, plan_teams.c.team_id == Team.id, Team.workshop_id == workshop_id
        )
        at_posts = _names(Named.workstation_id == Workstation.id, Workstation.workshop_id == workshop_id)
        elsewhere = or_(Named.shift_id.is_not(None), Named.role.is_not(None), Named.person_id.is_not(None))
        query = query.where(
            or_(in_workshop, at_posts, and_(~_any_team, _names(elsewhere)), _names(Named.person_id.is_not(None)))
        )
    return set(db.session.scalars(query))


def every_plan() -> list[Plan]:
    """Return all plans, whole, soonest due first."""
    return list(db.session.scalars(_whole().order_by(Plan.due_on, Plan.code)))


def answering(audit_id: int) -> list[Plan]:
    """Return the plans, whole, that answer a recommendation of the audit, soonest due first."""
    wanted = _whole().join(Recommendation).where(Recommendation.audit_id == audit_id)
    return list(db.session.scalars(wanted.order_by(Plan.due_on, Plan.code)))


def running_of(module_id: int) -> list[int]:
    """Return the numbers of the plans, not cancelled, that ask a module."""
    query = select(Plan.id).where(Plan.module_id == module_id, Plan.cancelled_at.is_(None))
    return list(db.session.scalars(query))


def required_directly() -> dict[int, list[int]]:
    """Return which posts each post names that it requires, by their numbers."""
    found: dict[int, list[int]] = defaultdict(list)
    query = select(PostRequirement.workstation_id, PostRequirement.required_id)
    for post, required in db.session.execute(query.order_by(PostRequirement.required_id)):
        found[post].append(required)
    return dict(found)


def posts_required() -> dict[int, list[int]]:
    """Return which posts each post requires, with those that they require."""
    directly = required_directly()
    return {post: all_required(directly, post) for post in directly}


def codes() -> set[str]:
    """Return the codes that plans have, cancelled ones included."""
    return set(db.session.scalars(select(Plan.code)))


def headcounts(plans: Collection[Plan], today: date) -> dict[int, int]:
    """Return how many people each plan concerns today, or will on its first day, by the plan's number.

    A cancelled plan concerns nobody; who is exempt is not counted.
    """
    running = [(plan, plan.terms) for plan in plans if plan.cancelled_at is None]
    counts = {plan.id: 0 for plan in plans}
    if not running:
        return counts
    last = max(today, *(terms.timing.assigned_on for _, terms in running))
    working, exempt = _Working([terms for _, terms in running], None, last), _exempt(last)
    for plan, terms in running:
        concerned, own = working.concerned(terms, max(today, terms.timing.assigned_on)), exempt[plan.id]
        counts[plan.id] = len(concerned) - sum(one[0] in own for one in concerned) if own else len(concerned)
    return counts


def plan(code: str) -> Plan | None:
    """Return the plan of that code, whole, or None."""
    return db.session.scalars(_whole().where(Plan.code == code)).one_or_none()


def versions(plan_id: int) -> list[PlanVersion]:
    """Return what a plan said, the newest first."""
    query = select(PlanVersion).where(PlanVersion.plan_id == plan_id).order_by(PlanVersion.number.desc())
    return list(db.session.scalars(query))


def _whole() -> Select[Plan]:
    return select(Plan).options(
        joinedload(Plan.recommendation).joinedload(Recommendation.audit),
        joinedload(Plan.module),
        selectinload(Plan.teams),
        selectinload(Plan.named),
    )
