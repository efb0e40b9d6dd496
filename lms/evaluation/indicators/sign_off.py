"""T1: who was signed off within thirty days of completing."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators.definition import (
    FAILURES,
    ICC_USE,
    TASKS,
    WILSON,
    Definition,
    Family,
    Further,
    Level,
    Option,
    OptionKind,
)
from lms.evaluation.indicators.persons import person_cases
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.share import measure_share
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l
from lms.skills.rules import Outcome as Seen

WITHIN = timedelta(days=30)
ANY = "any"
ENOUGH = Option(
    "enough",
    OptionKind.WORDS,
    _l("Where several tasks are chosen"),
    required=False,
    words=((ANY, _l("A sign-off on one of them is enough")),),
)
"""The reference asks for a sign-off and does not say on how many tasks."""


def cases(facts: Facts) -> list[Case]:
    """Return one case per person who completed and whose thirty days are over; a success was signed off."""
    due = _due(facts)
    acquired = _seen(facts, due, Seen.ACQUIRED)
    kept = [case for case in person_cases(facts, lambda rows: None) if case.person in due]
    return [replace(case, success=_is_enough(facts, acquired[case.person])) for case in kept]


def further(facts: Facts) -> Further:
    """Return how many were observed and not yet at ease, and how many were not observed."""
    due = _due(facts)
    acquired, not_yet = _seen(facts, due, Seen.ACQUIRED), _seen(facts, due, Seen.NOT_YET)
    lacking = [person for person in due if not _is_enough(facts, acquired[person])]
    # Had what was seen and not yet acquired been acquired, it would have been enough.
    observed = sum(_is_enough(facts, acquired[person] | not_yet[person]) for person in lacking)
    return {"not_yet_acquired": observed, "not_observed": len(lacking) - observed}


def _is_enough(facts: Facts, acquired: Collection[str]) -> bool:
    """Whether sign-offs on these tasks are a success: on every task chosen, unless one of them is said to be enough."""
    tasks = set(facts.options.get("tasks", ()))
    if ANY in facts.options.get(ENOUGH.name, ()):
        return not tasks.isdisjoint(acquired)
    return bool(tasks) and tasks.issubset(acquired)


def _due(facts: Facts) -> dict[int, date]:
    """Return when those whose thirty days are over had completed all their modules."""
    found = {}
    for person, rows in facts.by_person().items():
        days = [day for row in rows if (day := facts.outcome(row).completed_on) is not None]
        if len(days) == len(rows) and max(days) + WITHIN <= facts.as_of:
            found[person] = max(days)
    return found


def _seen(facts: Facts, due: Mapping[int, date], outcome: Seen) -> dict[int, set[str]]:
    """Return the tasks on which each of them was seen so in their thirty days."""
    found: dict[int, set[str]] = defaultdict(set)
    for one in facts.sign_offs:
        completed = due.get(one.person_id)
        if completed is not None and one.outcome is outcome and completed <= one.observed_on <= completed + WITHIN:
            found[one.person_id].add(one.task)
    return found


SIGN_OFF = Definition(
    code="T1",
    label=_l("Practical sign-off"),
    question=_l("Is what was learnt done at the post?"),
    family=Family.TRANSFER,
    unit=Unit.SHARE,
    numerator=_l(
        "People signed off as acquired on every task chosen, or on one where that is enough, at most 30 days after "
        "completion"
    ),
    denominator=_l("People who completed every module assigned and whose 30 days are over"),
    direction=Direction.GE,
    n_min=30,
    min_teams=3,
    icc0=ICC_USE,
    method=WILSON,
    missing_rule=FAILURES,
    pitfalls=_l(
        "Where the tutor lacks time it looks like a lack of skill: not done and not yet acquired are told apart."
    ),
    cases=cases,
    measuring=measure_share,
    level=Level.BEHAVIOUR,
    needs=frozenset({Need.WORK, Need.SIGN_OFFS}),
    options=(replace(TASKS, required=True), ENOUGH),
    sensitive=True,
    further=further,
)
