"""E4: training expenditure over gross payroll."""

from lms.evaluation.estimators.ledger import payroll_share
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
    plant = [one for one in facts.figures if one.team is None]
    found = payroll_share(plant, facts.as_of)
    return [Case(-1, "", None, value=found[2], exposure=found[3])] if found else []


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
