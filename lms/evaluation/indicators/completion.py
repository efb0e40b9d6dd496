"""C1: who completed every module."""

from lms.evaluation.facts import Facts
from lms.evaluation.indicators.definition import FAILURES, ICC_USE, WILSON, Definition, Family
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.share import measure_share
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per person; a success completed all the modules assigned."""
    return [
        Case(
            person=person,
            team=rows[-1].team,
            shift=rows[-1].shift,
            success=all(facts.outcome(row).completed_on is not None for row in rows),
            throughout=all(row.throughout for row in rows),
        )
        for person, rows in facts.by_person().items()
    ]


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
)
