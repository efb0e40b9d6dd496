"""How tasks and posts are covered on each shift, and how they would be: one function for both.

A task counts as covered from U (evaluation reference, section 7). A post is held by whoever is
at U or O on every task of it; it needs as many people as the task of it that needs most.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from lms.people import queries as people
from lms.skills import queries, rules
from lms.skills.models import Task
from lms.skills.queries import Coverage
from lms.skills.rules import Cover, Level


@dataclass(frozen=True)
class Staffing:
    """What coverage is worked out from."""

    tasks: Sequence[Task]
    levels: rules.Levels
    members: Mapping[str, set[int]]
    """Who is in a team of each shift, by its code."""
    shifts: Mapping[int, list[str]]
    """The shifts that each task concerns."""
    everyone: frozenset[int]
    """Whoever is in a team, be it one without a shift."""


@dataclass(frozen=True)
class Assumption:
    """What would be otherwise than it is."""

    absent: Collection[int] = frozenset()
    more: Mapping[int, int] = field(default_factory=dict)
    """By post: how many people more each shift would need, as for a further line."""


AS_IT_IS = Assumption()


@dataclass(frozen=True)
class PostCover:
    """How many people of a shift hold a post, and how many it needs."""

    persons: int
    required: int

    @property
    def state(self) -> Cover:
        """How far they cover it."""
        return rules.cover(self.persons, self.required)


@dataclass(frozen=True)
class Covering:
    """How everything is covered."""

    tasks: dict[tuple[str, str], Coverage]
    """By code of task and of shift."""
    posts: dict[tuple[int, str], PostCover]
    """By post and code of shift."""
    single: dict[int, int]
    """By task: the one person who masters it."""
    untaught: frozenset[int]
    """Tasks that some master and nobody can teach."""
    teachers: dict[int, list[int]]
    """By task: who can teach it."""


def staffing(on: date, known_at: datetime, levels: rules.Levels | None = None) -> Staffing:
    """Return what coverage rests on as of a day; `levels` spares reading them again."""
    tasks = queries.tasks()
    known = queries.levels(on, known_at) if levels is None else levels
    everyone = frozenset(stay.person_id for stay in people.memberships(None, on, on))
    return Staffing(tasks, known, queries.members_by_shift(on), queries.shifts_of(tasks), everyone)


def covering(found: Staffing, assumed: Assumption = AS_IT_IS) -> Covering:
    """Return how tasks and posts are covered, or would be."""
    away = set(assumed.absent)
    members = {shift: own - away for shift, own in found.members.items()}
    present = found.everyone - away
    more = {task.id: assumed.more.get(task.workstation_id, 0) for task in found.tasks}
    tasks = queries.coverage_of(found.tasks, found.levels, members, dict(found.shifts), more)
    frail = rules.frailty(found.levels, [task.id for task in found.tasks], present)
    held = _at_each(found, present)
    return Covering(
        {(one.task, one.shift): one for one in tasks},
        _posts(found, members, assumed.more),
        {task: next(person for person, level in held[task] if level.covers) for task in frail.single},
        frail.untaught,
        {task: [person for person, level in those if level is Level.TEACHING] for task, those in held.items()},
    )


def _at_each(found: Staffing, present: Collection[int]) -> dict[int, list[tuple[int, Level]]]:
    """Return by task who has a level on it."""
    held: dict[int, list[tuple[int, Level]]] = {task.id: [] for task in found.tasks}
    for (person, task), level in found.levels.items():
        if person in present and task in held:
            held[task].append((person, level))
    return held


def _posts(
    found: Staffing, members: Mapping[str, set[int]], more: Mapping[int, int]
) -> dict[tuple[int, str], PostCover]:
    of_post: dict[int, list[Task]] = {}
    for task in found.tasks:
        of_post.setdefault(task.workstation_id, []).append(task)
    return {
        (post, shift): PostCover(
            len(rules.holders(found.levels, [task.id for task in tasks], members.get(shift, ()))),
            max(task.required for task in tasks) + more.get(post, 0),
        )
        for post, tasks in of_post.items()
        for shift in found.shifts[tasks[0].id]
    }
