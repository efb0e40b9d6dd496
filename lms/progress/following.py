"""Who was to learn what, who did, who is late: one row for each person and plan."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from lms.catalogue import queries as catalogue
from lms.catalogue.models import Edition, Module
from lms.kernel.clock import end_of, local_day
from lms.kernel.database import db
from lms.kernel.languages import in_language
from lms.people.models import Person, Shift, Team, TeamMembership
from lms.plans import queries as plans
from lms.progress import queries
from lms.progress.holding import NOTHING, Hold, Holding, due_again_on
from lms.progress.models import Standing
from lms.progress.rules import State, state_of

Words = dict[str, str]


@dataclass(frozen=True)
class Followed:
    """One person who is, or was, to complete a module by a day: what leaders and HR may know, no score."""

    person_id: int
    registration: str
    family_name: str
    given_name: str
    simulated: bool
    left: bool
    """No longer works here."""
    team_id: int
    team: str
    shift_id: int | None
    shift: str
    module_id: int
    module: str
    """The module's code."""
    title: Words
    plan_code: str
    due_on: date
    """By when it is to be done, or done again."""
    started_on: date | None
    completed_on: date | None
    in_time: bool
    """Completed by the day that the plan gave at first, and good still."""
    state: State
    hold: Hold
    """What the completion is worth as of the day."""
    good_until: date | None
    """Its last day; None for good."""


@dataclass(frozen=True)
class Wanted:
    """Which rows of the list, in which order; nothing means all."""

    team_id: int | None = None
    shift_id: int | None = None
    module_id: int | None = None
    states: Collection[State] = tuple(State)
    due_until: date | None = None
    sort: str = "due"
    """A key of `ORDERS`, with a minus sign in front to turn it round."""


OPEN = (State.LATE, State.UNDER_WAY, State.NOT_STARTED)

ORDERS: dict[str, Callable[[Followed], Any]] = {
    "name": lambda row: (row.family_name, row.given_name),
    "team": lambda row: row.team,
    "shift": lambda row: row.shift,
    "module": lambda row: in_language(row.title),
    "due": lambda row: row.due_on,
    "state": lambda row: list(State).index(row.state),
    "completed": lambda row: (row.completed_on is None, row.completed_on),
}


def following(as_of: date, team_ids: Collection[int] | None = None) -> list[Followed]:
    """Return every assignment as of a day, in these teams (in all of them when None)."""
    given = [one for one in plans.assignments(None, as_of) if team_ids is None or one.team_id in team_ids]
    people, teams, modules = _people(team_ids), _teams(), _modules()
    days, holdings = _days(), queries.every_holding(end_of(as_of))
    return [
        _followed(
            one,
            people[one.person_id],
            teams[one.team_id],
            modules[one.module_id],
            days.get((one.person_id, one.module_id), _Days()),
            holdings.get(one.person_id, {}).get(one.module_id, NOTHING),
            as_of,
        )
        for one in given
    ]


def chosen(rows: Iterable[Followed], wanted: Wanted) -> list[Followed]:
    """Return the rows that are wanted, in the wanted order; equals by due day and name."""
    kept = [row for row in rows if _is_wanted(row, wanted)]
    kept.sort(key=lambda row: (row.due_on, row.family_name, row.given_name, row.plan_code))
    kept.sort(key=ORDERS[wanted.sort.removeprefix("-")], reverse=wanted.sort.startswith("-"))
    return kept


def _is_wanted(row: Followed, wanted: Wanted) -> bool:
    return (
        (wanted.team_id is None or row.team_id == wanted.team_id)
        and (wanted.shift_id is None or row.shift_id == wanted.shift_id)
        and (wanted.module_id is None or row.module_id == wanted.module_id)
        and (wanted.due_until is None or row.due_on <= wanted.due_until)
        and row.state in wanted.states
    )


@dataclass(frozen=True)
class _Days:
    """When somebody first started and first completed a module, and last did anything in it."""

    started: datetime | None = None
    completed: datetime | None = None
    last: datetime | None = None


def _followed(
    given: plans.Assignment,
    person: Any,
    team: Any,
    module: tuple[str, Words],
    days: _Days,
    held: Holding,
    as_of: date,
) -> Followed:
    due_on = due_again_on(held, given.assigned_on, given.due_on, local_day)
    started_on = _day(days.started)
    if held.since is not None:
        started_on = _day(days.last) if days.last and days.last >= held.since else None
    completed_on = _day(held.completed_at) if held.is_good else None
    state = state_of(started_on, completed_on, due_on, as_of)
    return Followed(
        person_id=given.person_id,
        registration=person.registration,
        family_name=person.family_name,
        given_name=person.given_name,
        simulated=person.simulated,
        left=person.left_on is not None and person.left_on < as_of,
        team_id=given.team_id,
        team=team.name,
        shift_id=team.shift_id,
        shift=team.shift or "",
        module_id=given.module_id,
        module=module[0],
        title=module[1],
        plan_code=given.plan_code,
        due_on=due_on,
        started_on=started_on if state != State.NOT_STARTED else None,
        completed_on=completed_on if state == State.COMPLETED else None,
        in_time=state == State.COMPLETED and days.completed is not None and local_day(days.completed) <= given.due_on,
        state=state,
        hold=held.hold,
        good_until=_day(held.good_until),
    )


def _modules() -> dict[int, tuple[str, Words]]:
    """Return the code and title of every module; the title is its newest edition's, its code before there is one."""
    named = {id: (code, {"": code}) for id, code in db.session.execute(select(Module.id, Module.code))}
    return named | {edition.module_id: (edition.code, edition.content.title) for edition in catalogue.newest_editions()}


def _people(team_ids: Collection[int] | None) -> dict[int, Any]:
    members = select(TeamMembership.person_id)
    if team_ids is not None:
        members = members.where(TeamMembership.team_id.in_(team_ids))
    columns = (
        Person.id,
        Person.registration,
        Person.family_name,
        Person.given_name,
        Person.simulated,
        Person.left_on,
    )
    return {row.id: row for row in db.session.execute(select(*columns).where(Person.id.in_(members)))}


def _teams() -> dict[int, Any]:
    query = select(Team.id, Team.name, Team.shift_id, Shift.name.label("shift")).outerjoin(Shift)
    return {row.id: row for row in db.session.execute(query)}


def _days() -> dict[tuple[int, int], _Days]:
    """Return when each person first started and completed each module, and last did anything in it.

    The first two are first times, so a later day of the question can only take them away.
    """
    query = (
        select(
            Standing.person_id,
            Edition.module_id,
            func.min(Standing.started_at),
            func.min(Standing.completed_at),
            func.max(Standing.last_at),
        )
        .join(Edition, Edition.id == Standing.edition_id)
        .group_by(Standing.person_id, Edition.module_id)
    )
    return {(person_id, module_id): _Days(*moments) for person_id, module_id, *moments in db.session.execute(query)}


def _day(moment: Any) -> date | None:
    return None if moment is None else local_day(moment)
