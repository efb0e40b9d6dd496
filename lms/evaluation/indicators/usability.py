"""S3: the two-item usability score."""

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
from lms.surveys.rules import Band

TWO_ITEMS = surveying.Asked(lambda content: content.scoring is Scoring.TWO_ITEMS, frozenset(Band))


def cases(facts: Facts) -> list[Case]:
    """Return one case per answer sheet of an instrument of two items, with its score."""
    return TWO_ITEMS.scores(facts)


USABILITY = Definition(
    code="S3",
    label=_l("Usability in two items (UX-Lite)"),
    question=_l("Is the kiosk easy to use?"),
    family=Family.PERCEPTION,
    unit=Unit.SCORE,
    numerator=_l("Mean score of the two items: (a + b − 2) × 100 over 12 with seven points, over 8 with five"),
    denominator=_l("Answer sheets with both items"),
    direction=Direction.GE,
    n_min=20,
    min_teams=2,
    icc0=ICC_QUIZ,
    method=SCORED,
    missing_rule=OF_ANSWERS,
    pitfalls=_l(
        "Not to be turned into a SUS by the old formula. The items are their publisher’s: the plant brings them in."
    ),
    cases=cases,
    measuring=measure_score,
    level=Level.REACTION,
    scope=Scope.PILOT,
    needs=frozenset({Need.SURVEYS}),
    counted=Counted.ANSWERS,
    grouping=Grouping.SHIFT,
    opinion=True,
    sensitive=True,
    response=TWO_ITEMS.response,
)
