"""Levels: what changes come to, why it is proposed to lower one, and what a matrix comes to (pure).

Evaluation reference, section 7. The letters and their order are fixed. Who may raise a level stands in `authority`.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from lms.kernel.refusals import Refusal

OBSERVATION_WITHIN = 30
"""Days after the module within which the practice is to be observed (indicator T1)."""


class Level(StrEnum):
    """How far someone is with a task; each letter fills one more quarter of the symbol."""

    NONE = "none"
    TRAINED = "I"
    ACCOMPANIED = "L"
    AUTONOMOUS = "U"
    TEACHING = "O"

    @property
    def rank(self) -> int:
        """The number of quarters, 0 to 4."""
        return _RANKS[self]

    @property
    def covers(self) -> bool:
        """Whether someone at this level counts for the task: U or O."""
        return self in _COVERING


_RANKS = {level: rank for rank, level in enumerate(Level)}


_COVERING = frozenset({Level.AUTONOMOUS, Level.TEACHING})


class Outcome(StrEnum):
    """What came of an observation; that there was none is said apart from what was not acquired."""

    ACQUIRED = "acquired"
    NOT_YET = "not_yet"
    NOT_DONE = "not_done"


class Kind(StrEnum):
    """What a change of level rests on."""

    AUTOMATIC = "automatic"
    """A completed module: the only move that nobody signs."""
    SIGNED = "signed"
    STATED = "stated"
    """The plant's own matrix, as HR kept it."""
    LOWERED = "lowered"


class PointKind(StrEnum):
    """What a point of a checklist is about."""

    STEP = "step"
    SAFETY = "safety"
    """Nothing is acquired while one is not respected."""
    QUALITY = "quality"
    """Nobody works alone while one is not reached."""


class Cause(StrEnum):
    """Why it is proposed to lower a level; a failed quiz is none (section 7)."""

    NO_PRACTICE = "no_practice"
    PROCEDURE = "procedure"
    LAPSED = "lapsed"
    """What prepares for the task is to be taken again."""


class NothingProposed(Refusal):
    """It is no longer proposed to lower this level."""


class NothingLearntYet(Refusal):
    """The person has no level yet: the modules that prepare for the task come first."""


class ChecklistIncomplete(Refusal):
    """A checklist has points, each said in French, and in English for all of them or for none."""


class NothingToLower(Refusal):
    """The person has no level that could be lowered."""


class TaskCodeTaken(Refusal):
    """Another task has this code."""


class TaskCodeMalformed(Refusal):
    """A code is made of letters, digits and hyphens."""


class Change(NamedTuple):
    """A change of level as it was recorded; they sort by day, then by arrival, and there are tens of thousands."""

    on: date
    sequence: int
    kind: Kind
    after: Level


class Move(NamedTuple):
    """A change that took effect."""

    on: date
    sequence: int
    kind: Kind
    before: Level
    after: Level


def history(changes: Iterable[Change]) -> list[Move]:
    """Return the moves that changes come to, in order, whatever the order in which they were recorded.

    A completed module never lowers: someone whom the plant's matrix knows at U stays there.
    """
    moves: list[Move] = []
    level = Level.NONE
    for change in sorted(changes):
        if change.kind is Kind.AUTOMATIC and change.after.rank <= level.rank:
            continue
        if change.after is not level:
            moves.append(Move(change.on, change.sequence, change.kind, level, change.after))
            level = change.after
    return moves


def level_of(changes: Iterable[Change], on: date | None = None) -> Level:
    """Return the level that changes lead to, at the end of a day or after all of them."""
    moves = history(change for change in changes if on is None or change.on <= on)
    return moves[-1].after if moves else Level.NONE


def aim(changes: Sequence[Change], observed_on: date, *, prepared: bool, coaching: bool) -> Level | None:
    """Return the level that an observation of that day may lead to: the next one, never skipping.

    None where it can raise nothing: the level was settled on a later day already, the person
    is at the top, or at U without having been seen coaching. A task that no module prepares
    begins with a signature. Raises NothingLearntYet.
    """
    if any(change.on > observed_on and change.kind is not Kind.AUTOMATIC for change in changes):
        return None
    level = level_of(changes, observed_on)
    if level is Level.NONE and prepared:
        raise NothingLearntYet()
    if level is Level.TEACHING or (level is Level.AUTONOMOUS and not coaching):
        return None
    return list(Level)[level.rank + 1]


def causes(
    level: Level,
    practised_on: date,
    *,
    changed_on: date | None,
    lapsed_on: date | None,
    kept_on: Mapping[Cause, date],
    today: date,
    months: int,
) -> list[tuple[Cause, date]]:
    """Return why it is proposed to lower a level, each with the day since when; nothing lowers by itself.

    `practised_on` is the last day on which practice was seen, or the level reached; so many `months` without
    any are a cause (section 7: X, by default 6). What somebody decided to keep is asked again for a newer cause,
    or once those months have passed again.
    """
    if not level.covers:
        return []
    found = []
    idle_on = months_after(max(practised_on, kept_on.get(Cause.NO_PRACTICE, practised_on)), months)
    if idle_on <= today:
        found.append((Cause.NO_PRACTICE, idle_on))
    for cause, since in ((Cause.PROCEDURE, changed_on), (Cause.LAPSED, lapsed_on)):
        seen_since = practised_on if cause is Cause.PROCEDURE else date.min
        if since and seen_since < since <= today and kept_on.get(cause, date.min) < since:
            found.append((cause, since))
    return found


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month."""
    place = day.year * 12 + day.month - 1 + months
    year, month = place // 12, place % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


class Cover(StrEnum):
    """How far a task is covered by those at U or O."""

    NONE = "none"
    SINGLE = "single"
    """A single point of failure."""
    SHORT = "short"
    COVERED = "covered"


def cover(persons: int, required: int) -> Cover:
    """Return how far so many people cover a task that needs so many."""
    if persons >= required:
        return Cover.COVERED
    return {0: Cover.NONE, 1: Cover.SINGLE}.get(persons, Cover.SHORT)


Levels = Mapping[tuple[int, int], Level]
"""The level of each person and task, by their numbers."""


def versatility(levels: Levels, person_id: int, tasks: Collection[int]) -> int:
    """Return how many of the tasks someone masters (U or O)."""
    return sum(levels.get((person_id, task), Level.NONE).covers for task in tasks)


Reached = Mapping[int, Set[int]]
"""By task, who is at a level or beyond: of thousands of people quicker than their levels one by one."""


def reached(levels: Levels, least: Level) -> Reached:
    """Return who is at a level or beyond, by task: at U, who masters it; at O, who can teach it."""
    found: dict[int, set[int]] = defaultdict(set)
    for (person, task), level in levels.items():
        if level.rank >= least.rank:
            found[task].add(person)
    return found


def depth(masters: Reached, task: int, people: Set[int]) -> int:
    """Return how many of the people master a task."""
    return len(masters.get(task, frozenset()) & people)


def holders(masters: Reached, tasks: Collection[int], people: Set[int]) -> Set[int]:
    """Return who of the people holds a post: whoever masters every task of it."""
    found = people if tasks else frozenset()
    for task in tasks:
        found = masters.get(task, frozenset()) & found
    return found


def steps_missing(levels: Levels, person: int, tasks: Collection[int]) -> int:
    """Return how many levels somebody lacks before they hold a post: up to U on every task of it."""
    held = (levels.get((person, task), Level.NONE).rank for task in tasks)
    return sum(max(Level.AUTONOMOUS.rank - rank, 0) for rank in held)


def places_filled(holders: Mapping[int, Collection[int]], needed: Mapping[int, int]) -> int:
    """Return how many places of posts are filled at most while everybody stands at one post at a time.

    `holders` hold each post, `needed` are its places. A largest matching, found by augmenting paths.
    """
    at: dict[int, int] = {}

    def fill(post: int, seen: set[int]) -> bool:
        seen.add(post)
        for person in holders.get(post, ()):
            if person not in at:
                at[person] = post
                return True
        for person in holders.get(post, ()):
            if at[person] not in seen and fill(at[person], seen):
                at[person] = post
                return True
        return False

    for post, places in needed.items():
        for _place in range(places):
            if not fill(post, set()):
                break
    return len(at)


@dataclass(frozen=True)
class Frailty:
    """Tasks that hang on one person, and tasks that nobody can teach."""

    single: frozenset[int]
    untaught: frozenset[int]


def frailty(masters: Reached, teachers: Reached, tasks: Collection[int], people: Set[int]) -> Frailty:
    """Return the tasks with exactly one person at U or O, and those with some at U and none at O."""
    able = {task: depth(masters, task, people) for task in tasks}
    return Frailty(
        frozenset(task for task in tasks if able[task] == 1),
        frozenset(task for task in tasks if able[task] and not depth(teachers, task, people)),
    )
