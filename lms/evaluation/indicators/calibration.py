"""L5: whether people are as sure as they are right."""

from lms.evaluation.facts import Facts
from lms.evaluation.indicators.definition import ICC_QUIZ, NOT_MISSING, Definition, Family, Level
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.gain import measure_gain
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return nothing: nobody is asked how sure they are."""
    return []


CALIBRATION = Definition(
    code="L5",
    label=_l("Calibration"),
    question=_l("Are people as sure as they are right?"),
    family=Family.LEARNING,
    unit=Unit.BALANCE,
    numerator=_l("Mean confidence"),
    denominator=_l("Share of right answers"),
    direction=Direction.LE,
    n_min=30,
    min_teams=3,
    icc0=ICC_QUIZ,
    method=_l("None: no module asks how sure people are, and no record tells it."),
    missing_rule=NOT_MISSING,
    pitfalls=_l("It can be measured only where the questions ask for it."),
    cases=cases,
    measuring=measure_gain,
    level=Level.LEARNING,
    ruled=False,
    collected=False,
    needs=frozenset(),
)
