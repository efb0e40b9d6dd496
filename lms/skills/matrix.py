"""The matrix that a page shows: people and tasks, with what each level rests on."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from lms.kernel.database import db
from lms.people import queries as people
from lms.people.models import Person, Team, TeamMembership, Workstation
from lms.skills import covering, queries, rules
from lms.skills.covering import Covering
from lms.skills.models import LevelChange, Task
from lms.skills.rules import Kind, Level, Move


@dataclass(frozen=True)
class Wanted:
    """What narrows the matrix; None is everything."""

    team: int | None = None
    shift: str | None = None
    workshop: int | None = None
    post: int | None = None
    level: Level | None = None
    """Those who are at this level on one of the tasks shown."""


EVERYTHING = Wanted()
_LEARNT = LevelChange.kind == Kind.AUTOMATIC


@dataclass(frozen=True)
class Row:
    """One person: the last move on each task, by the task's number."""

    person_id: int
    name: str
    registration: str
    team: Team
    last: Mapping[int, Move]
    masters: int
    """How many of the tasks shown they master."""

    def level(self, task: int) -> Level:
        """Return the level on a task."""
        return self.last[task].after if task in self.last else Level.NONE


@dataclass(frozen=True)
class Post:
    """A post with those of its tasks that are shown."""

    workstation: Workstation
    tasks: list[Task]


@dataclass(frozen=True)
class Matrix:
    """What is known of some people and the tasks that concern them."""

    posts: list[Post]
    rows: list[Row]
    covering: Covering
    """Over everybody of each shift, whoever is shown."""
    shifts: list[tuple[str, str]]
    """Code and name, in the order of the day."""
    simulated: bool

    @property
    def tasks(self) -> list[Task]:
        """The tasks shown, post by post."""
        return [task for post in self.posts for task in post.tasks]


@dataclass(frozen=True)
class ToObserve:
    """Someone whose module is behind them and whose practice nobody has signed yet."""

    person_id: int
    task: str
    since: date


def matrix(on: date, known_at: datetime, team_ids: Collection[int] | None, wanted: Wanted = EVERYTHING) -> Matrix:
    """Return the matrix of some teams, all of them when None, as of a day.

    The tasks are those of the workshops of these teams, and what their people master. The number
    of statements is the same however many people and tasks there are.
    """
    last = _last_moves(on, known_at)
    levels = {(person, task): move.after for person, moves in last.items() for task, move in moves.items()}
    found = covering.staffing(on, known_at, levels)
    teams = _teams(team_ids, wanted)
    stays = {stay.person_id: teams[stay.team_id] for stay in people.memberships(list(teams), on, on)}
    every = _concerning(found.tasks, teams.values(), _mastered(stays, last), wanted)
    persons = _persons(list(teams), on)
    numbers = [task.id for task in every]
    rows = [_row(person, stays[person.id], last[person.id], numbers) for person in persons]
    return Matrix(
        posts(every),
        sorted(_at_level(rows, numbers, wanted), key=lambda row: (row.team.name, row.name.casefold(), row.person_id)),
        covering.covering(found),
        [(shift.code, shift.name) for shift in people.shifts() if wanted.shift in (None, shift.code)],
        any(person.simulated for person in persons),
    )


def to_observe(on: date, known_at: datetime, team_ids: Collection[int] | None) -> list[ToObserve]:
    """Return who completed a module and waits for somebody to watch them work, the longest first.

    Only on tasks of their own workshop: what a module gives elsewhere is not practised there.
    """
    workshop_of = {team.id: team.workshop_id for team in people.teams()}
    present = {stay.person_id: workshop_of[stay.team_id] for stay in people.memberships(team_ids, on, on)}
    tasks = {task.id: (task.code, task.workstation.workshop_id) for task in queries.tasks()}
    return sorted(
        (
            ToObserve(person_id, tasks[task][0], move.on)
            for person_id, moves in _last_moves(on, known_at, present, having=_LEARNT).items()
            for task, move in moves.items()
            if move.kind is Kind.AUTOMATIC and present[person_id] in (None, tasks[task][1])
        ),
        key=lambda one: (one.since, one.task, one.person_id),
    )


def names(person_ids: Collection[int]) -> dict[int, str]:
    """Return who these people are, family name first."""
    rows = db.session.execute(select(Person.id, Person.family_name, Person.given_name).where(Person.id.in_(person_ids)))
    return {number: f"{family} {given}".strip() for number, family, given in rows}


def posts(tasks: Sequence[Task]) -> list[Post]:
    """Return the posts of tasks, in the order of the tasks."""
    found: dict[int, Post] = {}
    for task in tasks:
        found.setdefault(task.workstation_id, Post(task.workstation, [])).tasks.append(task)
    return list(found.values())


def any_simulated(person_ids: Collection[int]) -> bool:
    """Whether the simulator made one of these people."""
    made_up = db.session.scalars(select(Person.id).where(Person.simulated))
    return any(number in person_ids for number in made_up)


def _last_moves(
    on: date,
    known_at: datetime,
    person_ids: Collection[int] | None = None,
    *,
    having: ColumnElement[bool] | None = None,
) -> defaultdict[int, dict[int, Move]]:
    found: defaultdict[int, dict[int, Move]] = defaultdict(dict)
    for (person_id, task_id), changes in queries.recorded(on, known_at, person_ids, having=having).items():
        moves = rules.history(changes)
        if moves:
            found[person_id][task_id] = moves[-1]
    return found


def _teams(team_ids: Collection[int] | None, wanted: Wanted) -> dict[int, Team]:
    return {
        team.id: team
        for team in people.teams()
        if (team_ids is None or team.id in team_ids)
        and wanted.team in (None, team.id)
        and (wanted.shift is None or (team.shift is not None and team.shift.code == wanted.shift))
        and wanted.workshop in (None, team.workshop_id)
    }


def _mastered(stays: Collection[int], last: Mapping[int, Mapping[int, Move]]) -> set[int]:
    return {task for person in stays for task, move in last.get(person, {}).items() if move.after.covers}


def _concerning(every: Sequence[Task], teams: Collection[Team], mastered: set[int], wanted: Wanted) -> list[Task]:
    workshops = {team.workshop_id for team in teams}
    return [
        task
        for task in every
        if (task.workstation.workshop_id in workshops or task.id in mastered)
        and wanted.workshop in (None, task.workstation.workshop_id)
        and wanted.post in (None, task.workstation_id)
    ]


def _persons(teams: Collection[int], on: date) -> Sequence[Any]:
    return db.session.execute(
        select(Person.id, Person.family_name, Person.given_name, Person.registration, Person.simulated)
        .join(TeamMembership, TeamMembership.person_id == Person.id)
        .where(TeamMembership.team_id.in_(teams), TeamMembership.joined_on <= on)
        .where(or_(TeamMembership.left_on.is_(None), TeamMembership.left_on >= on))
        .distinct()
    ).all()


def _row(person: Any, team: Team, last: Mapping[int, Move], tasks: Sequence[int]) -> Row:
    name = f"{person.family_name} {person.given_name}".strip()
    masters = sum(last[task].after.covers for task in tasks if task in last)
    return Row(person.id, name, person.registration, team, last, masters)


def _at_level(rows: Sequence[Row], tasks: Sequence[int], wanted: Wanted) -> Sequence[Row]:
    if wanted.level is None:
        return rows
    return [row for row in rows if any(row.level(task) is wanted.level for task in tasks)]
