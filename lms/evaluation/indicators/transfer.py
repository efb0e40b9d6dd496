"""T4: whether people say that they use what they learnt."""

from statistics import fmean

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import surveying
from lms.evaluation.indicators.definition import (
    ICC_QUIZ,
    OF_ANSWERS,
    SCORED,
    Counted,
    Definition,
    Family,
    Further,
    Grouping,
    Level,
    Scope,
)
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.mean import measure_score
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l

DECLARED = surveying.instrument("TRA", surveying.OPERATORS)
OBSERVED = surveying.instrument("TRA-OBS", surveying.LEADERS)
OPPORTUNITY = "TRA2"
LEAST = 10
"""Opinions of fewer are not shown, whatever the configuration."""


def cases(facts: Facts) -> list[Case]:
    """Return one case per answer sheet of an operator, with its score."""
    return DECLARED.scores(facts)


def on_three(facts: Facts) -> list[Case]:
    """Return the same with five points taken as three."""
    return DECLARED.scores(facts, on_three=True)


def further(facts: Facts) -> Further:
    """Return the share that had the opportunity, and the score that team leaders gave."""
    told = [
        surveying.is_favourable(answer, sheet)
        for _, sheet, _ in DECLARED.sheets(facts)
        if (answer := sheet.answers.get(OPPORTUNITY)) is not None
    ]
    seen = [case.value for case in OBSERVED.scores(facts) if case.value is not None]
    return {
        "had_opportunity": fmean(told) if len(told) >= LEAST else None,
        "observed_by_leaders": fmean(seen) if len(seen) >= LEAST else None,
    }


TRANSFER = Definition(
    code="T4",
    label=_l("Declared and observed transfer"),
    question=_l("Is what was learnt used?"),
    family=Family.TRANSFER,
    unit=Unit.SCORE,
    numerator=_l("Mean score of items TRA1 to TRA5, as declared by operators"),
    denominator=_l("Answers of operators that can be scored"),
    direction=Direction.GE,
    n_min=20,
    min_teams=2,
    icc0=ICC_QUIZ,
    method=SCORED,
    missing_rule=OF_ANSWERS,
    pitfalls=_l(
        "Whoever had no opportunity could not use it: read the opportunity beside it, and what team leaders saw."
    ),
    cases=cases,
    measuring=measure_score,
    level=Level.BEHAVIOUR,
    scope=Scope.PILOT,
    needs=frozenset({Need.SURVEYS}),
    counted=Counted.ANSWERS,
    grouping=Grouping.SHIFT,
    opinion=True,
    sensitive=True,
    response=DECLARED.response,
    collapsed=on_three,
    further=further,
)
