"""The matrix that a page shows: people and tasks, with what each level rests on."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from lms.kernel.database import db
from lms.people import queries as people
from lms.people.models import Person, Team
from lms.skills import queries, rules
from lms.skills.models import Task
from lms.skills.queries import Coverage, Moved
from lms.skills.rules import Kind, Level


@dataclass(frozen=True)
class Row:
    """One person: the last move on each task, by the task's code."""

    person_id: int
    name: str
    registration: str
    team: Team
    last: dict[str, Moved]
    masters: int
    """How many of the tasks shown they master."""

    def level(self, task: str) -> Level:
        """Return the level on a task."""
        return self.last[task].after if task in self.last else Level.NONE


@dataclass(frozen=True)
class Matrix:
    """What is known of some people and the tasks that concern them."""

    tasks: list[Task]
    rows: list[Row]
    coverage: dict[tuple[str, str], Coverage]
    """By code of task and shift, over everybody of the shift."""
    shifts: list[tuple[str, str]]
    """Code and name, in the order of the day."""
    simulated: bool


@dataclass(frozen=True)
class ToObserve:
    """Someone whose module is behind them and whose practice nobody has signed yet."""

    person_id: int
    task: str
    since: date


def matrix(on: date, known_at: datetime, team_ids: Collection[int] | None) -> Matrix:
    """Return the matrix of some teams, all of them when None, as of a day.

    The tasks are those of the workshops of these teams, and what their people master.
    """
    teams = {team.id: team for team in people.teams() if team_ids is None or team.id in team_ids}
    stays = {stay.person_id: teams[stay.team_id] for stay in people.memberships(list(teams), on, on)}
    last = _last_moves(on, known_at)
    mastered = {task for person in stays for task, move in last[person].items() if move.after.covers}
    every = _concerning(queries.tasks(), teams.values(), mastered)
    codes = [task.code for task in every]
    persons = db.session.scalars(select(Person).where(Person.id.in_(stays))).all()
    rows = [_row(person, stays[person.id], last[person.id], codes) for person in persons]
    return Matrix(
        every,
        sorted(rows, key=lambda row: (row.team.name, row.name.casefold(), row.person_id)),
        {(one.task, one.shift): one for one in queries.coverage(on, known_at)},
        [(shift.code, shift.name) for shift in people.shifts()],
        any(person.simulated for person in persons),
    )


def to_observe(on: date, known_at: datetime, team_ids: Collection[int] | None) -> list[ToObserve]:
    """Return who completed a module and waits for somebody to watch them work, the longest first.

    Only on tasks of their own workshop: what a module gives elsewhere is not practised there.
    """
    workshop_of = {team.id: team.workshop_id for team in people.teams()}
    present = {stay.person_id: workshop_of[stay.team_id] for stay in people.memberships(team_ids, on, on)}
    tasks = {task.code: task.workstation.workshop_id for task in queries.tasks()}
    return sorted(
        (
            ToObserve(person_id, task, move.on)
            for person_id, moves in _last_moves(on, known_at).items()
            if person_id in present
            for task, move in moves.items()
            if move.kind is Kind.AUTOMATIC and present[person_id] in (None, tasks[task])
        ),
        key=lambda one: (one.since, one.task, one.person_id),
    )


def _last_moves(on: date, known_at: datetime) -> defaultdict[int, dict[str, Moved]]:
    found: defaultdict[int, dict[str, Moved]] = defaultdict(dict)
    for move in queries.level_changes(on, known_at):
        found[move.person_id][move.task] = move
    return found


def _concerning(every: Sequence[Task], teams: Collection[Team], mastered: set[str]) -> list[Task]:
    workshops = {team.workshop_id for team in teams}
    return [task for task in every if task.workstation.workshop_id in workshops or task.code in mastered]


def _row(person: Person, team: Team, last: dict[str, Moved], codes: list[str]) -> Row:
    name = f"{person.family_name} {person.given_name}".strip()
    masters = sum(last[code].after.covers for code in codes if code in last)
    return Row(person.id, name, person.registration, team, last, masters)


def names(person_ids: Collection[int]) -> dict[int, str]:
    """Return who these people are, family name first."""
    rows = db.session.execute(select(Person.id, Person.family_name, Person.given_name).where(Person.id.in_(person_ids)))
    return {number: f"{family} {given}".strip() for number, family, given in rows}


def frailty(found: Matrix) -> rules.Frailty:
    """Return which of the tasks shown hang on one person, or can be taught by nobody, among the people shown."""
    numbers = {task.code: task.id for task in found.tasks}
    levels = {
        (row.person_id, numbers[code]): move.after
        for row in found.rows
        for code, move in row.last.items()
        if code in numbers
    }
    return rules.frailty(levels, list(numbers.values()), [row.person_id for row in found.rows])
