"""How tasks and posts are covered on each shift, and how they would be: one function for both.

A task counts as covered from U (evaluation reference, section 7). A post is held by whoever is
at U or O on every task of it; it needs as many people as the task of it that needs most.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

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

    @cached_property
    def masters(self) -> rules.Reached:
        """By task, who masters it."""
        return rules.reached(self.levels, Level.AUTONOMOUS)

    @cached_property
    def teachers(self) -> rules.Reached:
        """By task, who can teach it."""
        return rules.reached(self.levels, Level.TEACHING)


@dataclass(frozen=True)
class Line:
    """A further line on trial: posts as there are already, once more."""

    posts: Collection[int]
    people: int | None = None
    """How many each of its shifts needs at each of the posts; None for as many as the post needs now."""
    shifts: Collection[str] = ()
    """On which it works; none for those on which the post is worked now."""


@dataclass(frozen=True)
class Assumption:
    """What would be otherwise than it is; nothing of it is stored."""

    absent: Collection[int] = frozenset()
    line: Line | None = None


AS_IT_IS = Assumption()
NEAREST = 3
"""Of those who do not hold a post yet, as many are named."""


@dataclass(frozen=True)
class PostCover:
    """How many people of a shift hold a post, and how many it needs."""

    persons: int
    required: int

    @property
    def state(self) -> Cover:
        """How far they cover it."""
        return rules.cover(self.persons, self.required)

    @property
    def lacking(self) -> int:
        """How many people it is short of."""
        return max(self.required - self.persons, 0)


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


@dataclass(frozen=True)
class Near:
    """Somebody who does not hold a post yet, and what they lack."""

    person_id: int
    steps: int
    """Levels to go, over all tasks of the post."""
    missing: list[tuple[Task, Level]]
    """The tasks not mastered, each with the level that they have."""


@dataclass(frozen=True)
class Taken:
    """What a new line takes at a post on a shift, and who is nearest to hold the post."""

    post: int
    shift: str
    cover: PostCover
    near: list[Near]


def covering(found: Staffing, assumed: Assumption = AS_IT_IS) -> Covering:
    """Return how tasks and posts are covered, or would be."""
    members, present = _members(found, assumed), found.everyone - set(assumed.absent)
    more = _more(found, assumed.line)
    posts = {task.id: task.workstation_id for task in found.tasks}
    needed = queries.needed_now(found.tasks, found.shifts)
    needed |= {
        (task, shift): needed.get((task, shift), 0) + people
        for (post, shift), people in more.items()
        for task in (number for number, own in posts.items() if own == post)
    }
    tasks = queries.coverage_of(found.tasks, found.masters, members, needed)
    frail = rules.frailty(found.masters, found.teachers, [task.id for task in found.tasks], present)
    held = _at_each(found, present)
    return Covering(
        {(one.task, one.shift): one for one in tasks},
        _posts(found, members, more),
        {task: next(person for person, level in held[task] if level.covers) for task in frail.single},
        frail.untaught,
        {task: [person for person, level in those if level is Level.TEACHING] for task, those in held.items()},
    )


def places(found: Staffing, shown: Covering, assumed: Assumption = AS_IT_IS) -> dict[str, tuple[int, int]]:
    """Return by shift how many places of posts are filled at once, each person at one post, of how many."""
    members, tasks = _members(found, assumed), _tasks_of(found)
    return {
        shift: (
            rules.places_filled(
                {
                    post: sorted(rules.holders(found.masters, tasks[post], members.get(shift, frozenset())))
                    for post in needed
                },
                needed,
            ),
            sum(needed.values()),
        )
        for shift in sorted({shift for _post, shift in shown.posts})
        for needed in ({post: one.required for (post, of), one in shown.posts.items() if of == shift},)
    }


def taken(found: Staffing, assumed: Assumption, among: Collection[int]) -> list[Taken]:
    """Return what the new line takes, by shift and post; who is nearest is looked for among some people."""
    shown, more = covering(found, assumed).posts, _more(found, assumed.line)
    return [
        Taken(post, shift.code, cover, _nearest(found, assumed, post, shift.code, among) if cover.lacking else [])
        for shift in people.shifts()
        for post in _tasks_of(found)
        if (post, shift.code) in more
        for cover in (shown[post, shift.code],)
    ]


def _nearest(found: Staffing, assumed: Assumption, post: int, shift: str, among: Collection[int]) -> list[Near]:
    """Return who of some people is nearest to holding a post on their shift, fewest levels to go first."""
    tasks = [task for task in found.tasks if task.workstation_id == post]
    numbers = [task.id for task in tasks]
    own = _members(found, assumed).get(shift, set()).intersection(among)
    steps = sorted((rules.steps_missing(found.levels, person, numbers), person) for person in own)
    return [
        Near(
            person,
            to_go,
            [(task, level) for task in tasks if not (level := _level(found, person, task)).covers],
        )
        for to_go, person in [one for one in steps if one[0]][:NEAREST]
    ]


def _level(found: Staffing, person: int, task: Task) -> Level:
    return found.levels.get((person, task.id), Level.NONE)


def _members(found: Staffing, assumed: Assumption) -> dict[str, set[int]]:
    return {shift: own.difference(assumed.absent) for shift, own in found.members.items()}


def _tasks_of(found: Staffing) -> dict[int, list[int]]:
    of_post: dict[int, list[int]] = {}
    for task in found.tasks:
        of_post.setdefault(task.workstation_id, []).append(task.id)
    return of_post


def _more(found: Staffing, line: Line | None) -> dict[tuple[int, str], int]:
    """Return how many people a line takes at each post and shift, beside those needed now."""
    if line is None:
        return {}
    more: dict[tuple[int, str], int] = {}
    for task in found.tasks:
        if task.workstation_id in line.posts:
            for shift in line.shifts or found.shifts[task.id]:
                key = (task.workstation_id, shift)
                more[key] = max(more.get(key, 0), task.required if line.people is None else line.people)
    return more


def _at_each(found: Staffing, present: Collection[int]) -> dict[int, list[tuple[int, Level]]]:
    """Return by task who has a level on it."""
    held: dict[int, list[tuple[int, Level]]] = {task.id: [] for task in found.tasks}
    for (person, task), level in found.levels.items():
        if person in present and task in held:
            held[task].append((person, level))
    return held


def _posts(
    found: Staffing, members: Mapping[str, set[int]], more: Mapping[tuple[int, str], int]
) -> dict[tuple[int, str], PostCover]:
    needed: dict[tuple[int, str], int] = {}
    for task in found.tasks:
        for shift in found.shifts[task.id]:
            key = (task.workstation_id, shift)
            needed[key] = max(needed.get(key, 0), task.required)
    tasks = _tasks_of(found)
    return {
        (post, shift): PostCover(
            len(rules.holders(found.masters, tasks[post], members.get(shift, frozenset()))),
            needed.get((post, shift), 0) + more.get((post, shift), 0),
        )
        for post, shift in {**needed, **more}
    }
