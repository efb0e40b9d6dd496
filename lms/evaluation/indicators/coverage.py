"""T6: whether enough people master each task on each shift."""

from collections import Counter
from collections.abc import Sequence

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import posts
from lms.evaluation.indicators.definition import (
    CENSUS,
    NOT_MISSING,
    TASKS,
    Counted,
    Definition,
    Family,
    Further,
    Grouping,
    Level,
    Scope,
)
from lms.evaluation.kept import Covered
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.census import measure_census
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per task and shift; a success has as many people as it needs."""
    return _cases(_chosen(facts, facts.kept.coverage))


def before(facts: Facts) -> list[Case]:
    """Return the same as it was on the day before the pilot."""
    return _cases(_chosen(facts, facts.kept.coverage_before))


def behind(facts: Facts) -> dict[str, int]:
    """Return how many people each shift had, now or before, the fewer of both: their levels are told."""
    every = [*_chosen(facts, facts.kept.coverage_before), *_chosen(facts, facts.kept.coverage)]
    found: dict[str, int] = {}
    for one in every:
        if one.members is not None:
            found[one.shift] = min(one.members, found.get(one.shift, one.members))
    return found


def _cases(rows: Sequence[Covered]) -> list[Case]:
    return [
        Case(-place, one.shift, one.shift, success=one.persons >= one.required)
        for place, one in enumerate(rows, start=1)
    ]


def further(facts: Facts) -> Further:
    """Return at how many nobody masters the task, and at how many only one person does."""
    persons = Counter(min(one.persons, 2) for one in _chosen(facts, facts.kept.coverage))
    return {"nobody": persons[0], "one_person": persons[1]}


def _chosen(facts: Facts, rows: Sequence[Covered]) -> list[Covered]:
    return [one for one in rows if posts.chosen(facts, one.task)]


COVERAGE = Definition(
    code="T6",
    label=_l("Coverage"),
    question=_l("Is every post covered on every shift?"),
    family=Family.TRANSFER,
    unit=Unit.SHARE,
    numerator=_l("Tasks and shifts with as many people at U or O as needed"),
    denominator=_l("Tasks, each with the shifts that it concerns"),
    direction=Direction.GE,
    n_min=1,
    min_teams=1,
    icc0=0.0,
    method=CENSUS,
    missing_rule=NOT_MISSING,
    pitfalls=_l("It counts who is on the roster, not who is at work today."),
    cases=cases,
    measuring=measure_census,
    counts_all=True,
    level=Level.RESULTS,
    scope=Scope.PILOT,
    needs=frozenset({Need.COVERAGE}),
    options=(TASKS,),
    counted=Counted.POSTS,
    grouping=Grouping.SHIFT,
    people=False,
    further=further,
    before=before,
    behind=behind,
)
