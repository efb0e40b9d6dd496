"""T1: who was signed off within thirty days of completing."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators.definition import FAILURES, ICC_USE, TASKS, WILSON, Definition, Family, Further, Level
from lms.evaluation.indicators.persons import person_cases
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.share import measure_share
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l
from lms.skills.rules import Outcome as Seen

WITHIN = timedelta(days=30)


def cases(facts: Facts) -> list[Case]:
    """Return one case per person who completed and whose thirty days are over; a success was signed off."""
    due, tasks = _due(facts), set(facts.options.get("tasks", ()))
    acquired = _seen(facts, due, Seen.ACQUIRED)
    kept = [case for case in person_cases(facts, lambda rows: None) if case.person in due]
    return [replace(case, success=bool(tasks) and tasks <= acquired[case.person]) for case in kept]


def further(facts: Facts) -> Further:
    """Return how many were observed and not yet at ease, and how many were not observed."""
    due, tasks = _due(facts), set(facts.options.get("tasks", ()))
    acquired, not_yet = _seen(facts, due, Seen.ACQUIRED), _seen(facts, due, Seen.NOT_YET)
    lacking = {person: tasks - acquired[person] for person in due if tasks - acquired[person]}
    observed = sum(missing <= not_yet[person] for person, missing in lacking.items())
    return {"not_yet_acquired": observed, "not_observed": len(lacking) - observed}


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
    numerator=_l("People signed off as acquired on every task chosen, at most 30 days after completion"),
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
    options=(replace(TASKS, required=True),),
    sensitive=True,
    further=further,
)
