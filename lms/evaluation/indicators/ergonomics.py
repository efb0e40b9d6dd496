"""S4: the score of ten alternating items, of staff."""

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import surveying
from lms.evaluation.indicators.definition import (
    ICC_QUIZ,
    OF_ANSWERS,
    SCORED,
    Counted,
    Definition,
    Family,
    Grouping,
    Level,
    Scope,
)
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.mean import measure_score
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l
from lms.surveys.content import Scoring

ALTERNATING = surveying.Asked(lambda content: content.scoring is Scoring.ALTERNATING, surveying.STAFF)


def cases(facts: Facts) -> list[Case]:
    """Return one case per answer sheet of staff, with its score."""
    return ALTERNATING.scores(facts)


ERGONOMICS = Definition(
    code="S4",
    label=_l("Usability for staff (SUS)"),
    question=_l("Is the studio easy to use?"),
    family=Family.PERCEPTION,
    unit=Unit.SCORE,
    numerator=_l("Mean of 2.5 times the sum of ten adjusted answers"),
    denominator=_l("Complete answer sheets of trainers and management"),
    direction=Direction.GE,
    n_min=12,
    min_teams=1,
    icc0=ICC_QUIZ,
    method=SCORED,
    missing_rule=OF_ANSWERS,
    pitfalls=_l("Ten items that turn to and fro: not for operators."),
    cases=cases,
    measuring=measure_score,
    level=Level.REACTION,
    scope=Scope.PILOT,
    needs=frozenset({Need.SURVEYS}),
    counted=Counted.ANSWERS,
    grouping=Grouping.NONE,
    opinion=True,
    sensitive=True,
    response=ALTERNATING.response,
)
