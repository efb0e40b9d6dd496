"""R1: who started at least one module."""

from lms.evaluation.facts import Facts
from lms.evaluation.indicators.definition import FAILURES, ICC_USE, WILSON, Definition, Family
from lms.evaluation.indicators.persons import person_cases
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.share import measure_share
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per person; a success started at least one of the modules."""
    return person_cases(facts, lambda rows: any(facts.outcome(row).started_on is not None for row in rows))


REACH = Definition(
    code="R1",
    label=_l("Reach"),
    question=_l("Are all those concerned reached?"),
    family=Family.USAGE,
    unit=Unit.SHARE,
    numerator=_l("People who started at least one module"),
    denominator=_l("Everyone concerned"),
    direction=Direction.GE,
    n_min=30,
    min_teams=3,
    icc0=ICC_USE,
    method=WILSON,
    missing_rule=FAILURES,
    pitfalls=_l("Counting only those who signed up would flatter it."),
    cases=cases,
    measuring=measure_share,
)
