"""S2: who finds it useful."""

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import surveying
from lms.evaluation.indicators.definition import (
    ICC_QUIZ,
    OF_ANSWERS,
    SURVEYED,
    Counted,
    Definition,
    Family,
    Grouping,
    Level,
    Scope,
)
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.share import measure_share
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l

REACTION = surveying.instrument("REA", surveying.OPERATORS)
USEFUL = "REA1"


def cases(facts: Facts) -> list[Case]:
    """Return one case per answer sheet that answers the item; a success finds it useful."""
    return [
        surveying.case_of(number, sheet, success=surveying.is_favourable(answer, sheet))
        for number, sheet, _ in REACTION.sheets(facts)
        if (answer := sheet.answers.get(USEFUL)) is not None
    ]


USEFULNESS = Definition(
    code="S2",
    label=_l("Perceived usefulness"),
    question=_l("Do people find it useful?"),
    family=Family.PERCEPTION,
    unit=Unit.SHARE,
    numerator=_l("Answers of 4 or 5 to item REA1"),
    denominator=_l("Answers of operators to that item"),
    direction=Direction.GE,
    n_min=30,
    min_teams=2,
    icc0=ICC_QUIZ,
    method=SURVEYED,
    missing_rule=OF_ANSWERS,
    pitfalls=_l("It goes with performance more than liking does, and is still an opinion."),
    cases=cases,
    measuring=measure_share,
    level=Level.REACTION,
    scope=Scope.PILOT,
    needs=frozenset({Need.SURVEYS}),
    counted=Counted.ANSWERS,
    grouping=Grouping.SHIFT,
    opinion=True,
    sensitive=True,
    response=REACTION.response,
)
