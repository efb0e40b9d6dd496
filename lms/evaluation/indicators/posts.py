"""Which tasks at the post an indicator looks at, and moves from one level to another."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from lms.evaluation.facts import Facts
from lms.skills.queries import Moved
from lms.skills.rules import Kind, Level

DAYS_A_MONTH = 365.25 / 12


def chosen(facts: Facts, task: str) -> bool:
    """Whether a task is one of those named by the protocol, or none was named."""
    tasks = facts.options.get("tasks", ())
    return not tasks or task in tasks


def moves(facts: Facts) -> list[Moved]:
    """Return the moves on these tasks; what the plant's own matrix first stated is none."""
    return [one for one in facts.moves if chosen(facts, one.task) and one.kind is not Kind.STATED]


def climbs(facts: Facts) -> Iterator[tuple[int, date, date | None]]:
    """Yield who came to I on a task, when, and when they came to U, if they did."""
    by_task: dict[tuple[int, str], list[Moved]] = defaultdict(list)
    for move in moves(facts):
        by_task[move.person_id, move.task].append(move)
    for (person, _), own in by_task.items():
        trained = next((one.on for one in own if one.after is Level.TRAINED), None)
        if trained is not None:
            reached = (one.on for one in own if one.after.covers and one.on >= trained)
            yield person, trained, next(reached, None)


def is_upward(move: Moved) -> bool:
    """Whether a move raises."""
    return move.after.rank > move.before.rank
