"""G3: points of vigilance that still block."""

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators.definition import (
    CENSUS,
    NOT_MISSING,
    Counted,
    Definition,
    Family,
    Further,
    Grouping,
    Level,
    Scope,
)
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.census import measure_number
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per point of vigilance; a success blocks and is not lifted."""
    points = facts.kept.vigilance
    return [Case(-place, "", None, place <= points.blocking) for place in range(1, points.opened + 1)] if points else []


def further(facts: Facts) -> Further:
    """Return how many points were lifted."""
    points = facts.kept.vigilance
    return {"lifted": points.lifted} if points else {}


VIGILANCE = Definition(
    code="G3",
    label=_l("Points of vigilance lifted"),
    question=_l("Is anything open that blocks?"),
    family=Family.GOVERNANCE,
    unit=Unit.COUNT,
    numerator=_l("Blocking points of vigilance that are not lifted"),
    denominator=_l("Points of vigilance of the audit"),
    direction=Direction.LE,
    n_min=1,
    min_teams=1,
    icc0=0.0,
    method=CENSUS,
    missing_rule=NOT_MISSING,
    pitfalls=_l("A gate for the decision and no statistic: one open point is enough."),
    cases=cases,
    measuring=measure_number,
    level=Level.GOVERNANCE,
    scope=Scope.PILOT,
    needs=frozenset({Need.AUDIT}),
    counted=Counted.POINTS,
    grouping=Grouping.NONE,
    people=False,
    further=further,
)
