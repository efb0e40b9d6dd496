"""L6: how many questions are doubtful."""

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators.definition import CENSUS, Counted, Definition, Family, Further, Grouping, Level
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.census import measure_items
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per question of the modules; a success is one with a flag."""
    modules = {row.module for row in facts.assigned}
    return [
        Case(-place, item.module, None, item.flagged, exposure=float(item.attempts), group=item.module)
        for place, item in enumerate(facts.items, start=1)
        if item.module in modules
    ]


def further(facts: Facts) -> Further:
    """Return the consistency and the standard error of the quiz that most people took."""
    modules = {row.module for row in facts.assigned}
    known = [item for item in facts.items if item.module in modules and item.flagged is not None]
    most = max(known, key=lambda item: item.attempts, default=None)
    return {"alpha": most.alpha, "standard_error": most.standard_error} if most else {}


QUIZ_QUALITY = Definition(
    code="L6",
    label=_l("Quiz quality"),
    question=_l("Are the questions good enough to rest on?"),
    family=Family.LEARNING,
    unit=Unit.SHARE,
    numerator=_l("Questions with a flag: too hard, doubtful key, ambiguous, an idle distractor, answered at random"),
    denominator=_l("Questions that at least 30 people answered in a first attempt"),
    direction=Direction.LE,
    n_min=30,
    min_teams=1,
    icc0=0.0,
    method=CENSUS,
    missing_rule=_l(
        "Questions with fewer than 30 first attempts are left out: it is too early. So are attempts of those who began "
        "the module before the pilot."
    ),
    pitfalls=_l("In a mastery quiz nearly everyone is right: alpha is low by construction and no fault."),
    cases=cases,
    measuring=measure_items,
    level=Level.LEARNING,
    counted=Counted.ATTEMPTS,
    people=False,
    needs=frozenset({Need.ITEMS}),
    grouping=Grouping.ITEM,
    further=further,
)
