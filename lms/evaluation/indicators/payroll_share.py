"""E4: training expenditure over gross payroll."""

from datetime import date

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators.definition import (
    CENSUS,
    NONE_NEEDED,
    Counted,
    Definition,
    Family,
    Grouping,
    Level,
    Scope,
)
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.census import measure_part
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return the newest period for which both are known, for the whole plant."""
    spent, payroll = (_by_period(facts, series) for series in ("training_expenditure", "gross_payroll"))
    periods = sorted(spent.keys() & payroll.keys(), key=lambda period: (period[1], period[0]))
    return [Case(-1, "", None, value=spent[period], exposure=payroll[period]) for period in periods[-1:]]


def _by_period(facts: Facts, series: str) -> dict[tuple[date, date], float]:
    return {
        (one.starts_on, one.ends_on): one.value
        for one in facts.figures
        if one.series == series and one.team is None and one.ends_on <= facts.as_of
    }


PAYROLL_SHARE = Definition(
    code="E4",
    label=_l("Share of the payroll"),
    question=_l("How much of the payroll goes into training?"),
    family=Family.COSTS,
    unit=Unit.SHARE,
    numerator=_l("Training expenditure"),
    denominator=_l("Gross payroll of the same period"),
    direction=Direction.GE,
    n_min=1,
    min_teams=1,
    icc0=0.0,
    method=CENSUS,
    missing_rule=NONE_NEEDED,
    pitfalls=_l("Published figures differ in what they count: compare only where the numerator is the same."),
    cases=cases,
    measuring=measure_part,
    level=Level.INPUT,
    scope=Scope.PILOT,
    needs=frozenset({Need.FIGURES}),
    counted=Counted.READINGS,
    grouping=Grouping.NONE,
    ruled=False,
    people=False,
)
