"""How simulated people behave: pure, from a seed.

The figures are invented so that every kind of verdict and every awkward case occurs.
They say nothing about any real person or plant.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random


class ShiftCode(StrEnum):
    """The three shifts of the simulated plant."""

    MORNING = "matin"
    AFTERNOON = "apres-midi"
    NIGHT = "nuit"


@dataclass(frozen=True)
class Habit:
    """How people of a shift meet the kiosk: chances between 0 and 1."""

    starts: float
    """Chance that someone ever starts a planned module."""
    finishes: float
    """Chance that someone who started goes on to the end."""
    in_time: float
    """Chance that a start falls before the due date."""


HABITS = {
    ShiftCode.MORNING: Habit(starts=0.98, finishes=0.97, in_time=0.9),
    ShiftCode.AFTERNOON: Habit(starts=0.97, finishes=0.96, in_time=0.88),
    # The kiosk of the slitting workshop is hard to reach at night.
    ShiftCode.NIGHT: Habit(starts=0.82, finishes=0.92, in_time=0.7),
}
EASE = {"clp-inks-solvents": 0.35}
"""Chance of a right answer, by module; this one everybody finds too hard."""
USUAL_EASE = 0.93
LEARNT = 0.97
"""Chance of a right answer once the feedback was read."""
MOST_ATTEMPTS = 3
INTERRUPTED = 0.12
"""Chance that a sitting is broken off and taken up later."""
SENT_TWICE = 0.03
"""Chance that a kiosk repeats a record whose acknowledgement it missed."""


@dataclass(frozen=True)
class Answering:
    """One attempt: which questions are answered rightly."""

    right: tuple[bool, ...]


@dataclass(frozen=True)
class Course:
    """What one person does with one module."""

    starts_at: datetime
    attempts: tuple[Answering, ...]
    stops_after: int | None
    """Blocks done before breaking off for good; None goes to the end."""
    breaks_after: int | None
    """Blocks done before an interruption."""
    resumes_after: timedelta
    seconds_per_block: tuple[float, ...]
    repeats: frozenset[int]
    """Places of the blocks whose record is sent twice."""


@dataclass(frozen=True)
class Task:
    """A module as the simulator sees it: how many blocks, which are questions, what passes."""

    code: str
    questions: tuple[bool, ...]
    """One for each block: whether it is a question."""
    pass_mark: float
    opens_at: datetime
    due_at: datetime
    closes_at: datetime
    """Nothing happens after it."""


def course(task: Task, shift: ShiftCode, moments: Sequence[datetime], random: Random) -> Course | None:
    """Return what someone of the shift does with the module, or None for someone who never starts.

    `moments` are times at which the person is at work, in order. Whether and how well
    someone does it hangs on `random` alone: the day on which the story is told changes
    nothing about it.
    """
    habit = HABITS[shift]
    if random.random() > habit.starts:
        return None
    early = random.random() < habit.in_time
    place = random.random()
    fitting = [at for at in moments if task.opens_at <= at < task.closes_at and (at < task.due_at) == early]
    if not fitting:
        return None
    blocks = len(task.questions)
    unfinished = random.random() > habit.finishes
    return Course(
        starts_at=fitting[int(place * len(fitting))],
        attempts=_attempts(task, random),
        stops_after=random.randint(1, blocks - 1) if unfinished else None,
        breaks_after=random.randint(1, blocks - 1) if random.random() < INTERRUPTED else None,
        resumes_after=timedelta(minutes=random.randint(20, 300)),
        seconds_per_block=tuple(round(random.uniform(6, 45), 1) for _ in range(blocks)),
        repeats=frozenset(place for place in range(blocks) if random.random() < SENT_TWICE),
    )


def _attempts(task: Task, random: Random) -> tuple[Answering, ...]:
    ease = EASE.get(task.code, USUAL_EASE)
    first = _answering(task, ease, random)
    attempts = [first]
    while not _passes(attempts[-1], task) and len(attempts) < MOST_ATTEMPTS:
        attempts.append(_answering(task, min(LEARNT, ease + 0.25 * len(attempts)), random))
    return tuple(attempts)


def _answering(task: Task, ease: float, random: Random) -> Answering:
    return Answering(tuple(random.random() < ease for _ in range(sum(task.questions))))


def _passes(answering: Answering, task: Task) -> bool:
    return sum(answering.right) >= task.pass_mark * len(answering.right)
