"""S1: how many answers are favourable."""

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import surveying
from lms.evaluation.indicators.definition import (
    ICC_QUIZ,
    OF_ANSWERS,
    SURVEYED,
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


def cases(facts: Facts) -> list[Case]:
    """Return one case per answer; those of one sheet belong together."""
    return [
        surveying.case_of(number, sheet, success=surveying.is_favourable(answer, sheet))
        for number, sheet, content in REACTION.sheets(facts)
        for item in content.rated
        if (answer := sheet.answers.get(item.key)) is not None
    ]


SATISFACTION = Definition(
    code="S1",
    label=_l("Satisfaction (CSAT)"),
    question=_l("Are people content?"),
    family=Family.PERCEPTION,
    unit=Unit.SHARE,
    numerator=_l("Answers of 4 or 5 to the items of the reaction form"),
    denominator=_l("Answers of operators to these items"),
    direction=Direction.GE,
    n_min=30,
    min_teams=2,
    icc0=ICC_QUIZ,
    method=SURVEYED,
    missing_rule=OF_ANSWERS,
    pitfalls=_l("Only those who finished answer: read the response rate."),
    cases=cases,
    measuring=measure_share,
    level=Level.REACTION,
    scope=Scope.PILOT,
    needs=frozenset({Need.SURVEYS}),
    grouping=Grouping.SHIFT,
    opinion=True,
    sensitive=True,
    response=REACTION.response,
)
