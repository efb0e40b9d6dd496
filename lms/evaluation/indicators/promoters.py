"""S5: promoters less detractors."""

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import surveying
from lms.evaluation.indicators.definition import (
    ICC_QUIZ,
    OF_ANSWERS,
    Counted,
    Definition,
    Family,
    Grouping,
    Level,
    Scope,
)
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.promoters import measure_promoters
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l
from lms.surveys.content import Scoring
from lms.surveys.scoring import recommendation_counts

RECOMMENDATION = surveying.Asked(lambda content: content.scoring is Scoring.RECOMMENDATION, surveying.OPERATORS)


def cases(facts: Facts) -> list[Case]:
    """Return one case per answer: 1 for a promoter, -1 for a detractor, 0 for the others."""
    found = []
    for number, sheet, content in RECOMMENDATION.sheets(facts):
        promoters, passives, detractors = recommendation_counts([sheet.answers.get(content.items[0].key)])
        if promoters + passives + detractors:
            found.append(surveying.case_of(number, sheet, value=float(promoters - detractors)))
    return found


PROMOTERS = Definition(
    code="S5",
    label=_l("Recommendation (NPS)"),
    question=_l("Would people recommend it?"),
    family=Family.PERCEPTION,
    unit=Unit.PROMOTERS,
    numerator=_l("Percentage of 9 and 10 less percentage of 0 to 6"),
    denominator=_l("Answers of operators"),
    direction=Direction.GE,
    n_min=100,
    min_teams=2,
    icc0=ICC_QUIZ,
    method=_l("Normal interval, widened for shifts."),
    missing_rule=OF_ANSWERS,
    pitfalls=_l("With 30 answers the interval spans more than 57 points: descriptive only."),
    cases=cases,
    measuring=measure_promoters,
    level=Level.REACTION,
    scope=Scope.PILOT,
    needs=frozenset({Need.SURVEYS}),
    counted=Counted.ANSWERS,
    grouping=Grouping.NONE,
    opinion=True,
    sensitive=True,
    ruled=False,
    response=RECOMMENDATION.response,
)
