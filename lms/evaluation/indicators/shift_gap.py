"""Q1: the largest gap in completion between two shifts."""

from lms.evaluation.indicators import completion
from lms.evaluation.indicators.definition import FAILURES, ICC_USE, Definition, Family, Unit
from lms.evaluation.measures import measure_gap
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l

SHIFT_GAP = Definition(
    code="Q1",
    label=_l("Shift gap"),
    question=_l("Has every shift the same chance?"),
    family=Family.EQUITY,
    unit=Unit.POINTS,
    numerator=_l("Completion of the shift that completes most, minus that of the shift that completes least"),
    denominator=_l("Everyone concerned, by shift"),
    direction=Direction.LE,
    n_min=20,
    min_teams=3,
    icc0=ICC_USE,
    method=_l("Newcombe’s interval for each pair of shifts on effective numbers; met only if every pair is within."),
    missing_rule=FAILURES,
    pitfalls=_l("Three shifts are three comparisons; the least number holds for each shift."),
    cases=completion.cases,
    measuring=measure_gap,
)
