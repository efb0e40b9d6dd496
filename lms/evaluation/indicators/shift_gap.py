"""Q1: the largest gap in completion between two shifts."""

from dataclasses import replace

from lms.evaluation.facts import Facts
from lms.evaluation.indicators import completion
from lms.evaluation.indicators.definition import FAILURES, ICC_USE, Definition, Family, Grouping
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.gap import measure_gap
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return the cases of completion, compared by shift."""
    return [replace(case, group=case.shift) for case in completion.cases(facts)]


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
    cases=cases,
    grouping=Grouping.SHIFT,
    measuring=measure_gap,
)
