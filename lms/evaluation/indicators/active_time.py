"""C3: how long completing a module takes."""

from lms.evaluation.estimators.ranks import median
from lms.evaluation.facts import Assigned, Facts
from lms.evaluation.indicators.definition import ICC_USE, Definition, Family, Further
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.median import measure_median
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per assignment that was completed, with the minutes it took."""
    return [
        Case(row.person, row.team, row.shift, throughout=row.throughout, value=_minutes(facts, row))
        for row in facts.assigned
        if facts.outcome(row).completed_on is not None
    ]


def further(facts: Facts) -> Further:
    """Return the median ratio to the time that the modules are meant to take."""
    ratios = [
        _minutes(facts, row) / facts.designed[row.module]
        for row in facts.assigned
        if facts.outcome(row).completed_on is not None and facts.designed.get(row.module)
    ]
    return {"designed_ratio": median(ratios).value if ratios else None}


def _minutes(facts: Facts, row: Assigned) -> float:
    return facts.outcome(row).completing_seconds / 60


ACTIVE_TIME = Definition(
    code="C3",
    label=_l("Active time to complete"),
    question=_l("How long does a module really take?"),
    family=Family.USAGE,
    unit=Unit.MINUTES,
    numerator=_l("Median active minutes of a completion"),
    denominator=_l("Modules completed"),
    direction=Direction.LE,
    n_min=20,
    min_teams=3,
    icc0=ICC_USE,
    method=_l(
        "Median with the interval between two order statistics, widened for teams. Between two events at most"
        " 120 seconds count."
    ),
    missing_rule=_l("Those who did not complete are left out: it tells of those who did, and gets no verdict."),
    pitfalls=_l("It tells of those who finished alone; another longest pause would give another figure."),
    cases=cases,
    measuring=measure_median,
    ruled=False,
    further=further,
)
