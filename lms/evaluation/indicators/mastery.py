"""L4: who reached four fifths of the points in the end."""

from statistics import fmean

from lms.evaluation.facts import Facts, Outcome
from lms.evaluation.indicators.definition import FAILURES, ICC_QUIZ, WILSON, Definition, Family, Further, Level
from lms.evaluation.indicators.persons import person_cases
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.share import measure_share
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l

MASTERED = 0.8


def cases(facts: Facts) -> list[Case]:
    """Return one case per person; a success reached 80 % of the points in every module."""
    return person_cases(facts, lambda rows: all(_mastered(facts.outcome(row)) for row in rows))


def _mastered(outcome: Outcome) -> bool:
    return outcome.best_score is not None and outcome.best_score > MASTERED - 1e-9


def further(facts: Facts) -> Further:
    """Return how many attempts those who ended one made on average."""
    tries = [tried for row in facts.assigned if (tried := facts.outcome(row).attempts)]
    return {"attempts_each": fmean(tries) if tries else None}


MASTERY = Definition(
    code="L4",
    label=_l("Mastery"),
    question=_l("Do people master it in the end?"),
    family=Family.LEARNING,
    unit=Unit.SHARE,
    numerator=_l("People whose best score is at least 80 % in every module assigned"),
    denominator=_l("Everyone concerned"),
    direction=Direction.GE,
    n_min=30,
    min_teams=3,
    icc0=ICC_QUIZ,
    method=WILSON,
    missing_rule=FAILURES,
    pitfalls=_l("Where one may try again at will it is always high: read the number of attempts."),
    cases=cases,
    measuring=measure_share,
    level=Level.LEARNING,
    sensitive=True,
    further=further,
)
