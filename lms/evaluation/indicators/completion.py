"""C1: who completed every module."""

from lms.evaluation.facts import Facts
from lms.evaluation.indicators.definition import FAILURES, ICC_USE, WILSON, Definition, Family, Further
from lms.evaluation.indicators.persons import person_cases
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.share import measure_share
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per person; a success completed all the modules assigned."""
    return person_cases(facts, lambda rows: all(facts.outcome(row).completed_on is not None for row in rows))


def further(facts: Facts) -> Further:
    """Return the share of assignments that were completed (C1b)."""
    completed = sum(facts.outcome(row).completed_on is not None for row in facts.assigned)
    return {"assignments_completed": completed / len(facts.assigned) if facts.assigned else None}


COMPLETION = Definition(
    code="C1",
    label=_l("Completion"),
    question=_l("Do people finish?"),
    family=Family.USAGE,
    unit=Unit.SHARE,
    numerator=_l("People who completed every module assigned: all cards seen and the questions passed"),
    denominator=_l("Everyone concerned"),
    direction=Direction.GE,
    n_min=30,
    min_teams=3,
    icc0=ICC_USE,
    method=WILSON,
    missing_rule=FAILURES,
    pitfalls=_l("Clicking through is not learning: read it together with the first-attempt pass."),
    cases=cases,
    measuring=measure_share,
    further=further,
)
