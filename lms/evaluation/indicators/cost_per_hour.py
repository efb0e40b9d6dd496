"""E1: what an hour of completed training costs."""

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import spending
from lms.evaluation.indicators.definition import (
    COST,
    NONE_NEEDED,
    Counted,
    Definition,
    Family,
    Further,
    Grouping,
    Level,
    Scope,
)
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.scenario import CENTRAL, measure_scenario
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return the low, the central and the high scenario."""
    return spending.scenario_cases(facts, _per_hour)


def further(facts: Facts) -> Further:
    """Return the total, the hours, and what an hour in a classroom costs."""
    known = spending.costs(facts, CENTRAL)
    return {
        "total_cost": known.total if known else None,
        "completed_hours": spending.completed_hours(facts),
        "classroom_per_hour": spending.ledger(facts).classroom_per_hour(CENTRAL),
    }


def _per_hour(facts: Facts, scenario: str) -> float | None:
    known = spending.costs(facts, scenario)
    return known.per_completed_hour if known else None


COST_PER_HOUR = Definition(
    code="E1",
    label=_l("Cost per completed hour"),
    question=_l("What does an hour of training cost?"),
    family=Family.COSTS,
    unit=Unit.EURO,
    numerator=_l(
        "Development and kiosks by the months they serve, hosting, support, learners’ hours at their hourly cost"
    ),
    denominator=_l("Hours completed, by the time that each module is meant to take"),
    direction=Direction.LE,
    n_min=1,
    min_teams=1,
    icc0=0.0,
    method=COST,
    missing_rule=NONE_NEEDED,
    pitfalls=_l("What was spent before and an optimistic life hide in it. A classroom may be cheaper."),
    cases=cases,
    measuring=measure_scenario,
    level=Level.RETURN,
    scope=Scope.PILOT,
    needs=frozenset({Need.WORK, Need.FIGURES}),
    counted=Counted.READINGS,
    grouping=Grouping.NONE,
    people=False,
    further=further,
)
