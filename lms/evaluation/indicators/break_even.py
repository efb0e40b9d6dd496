"""E5: from how many hours on kiosks pay."""

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import spending
from lms.evaluation.indicators.definition import COST, NONE_NEEDED, Counted, Definition, Family, Grouping, Level, Scope
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.scenario import measure_scenario
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return the low, the central and the high scenario."""
    return spending.scenario_cases(facts, _volume)


def _volume(facts: Facts, scenario: str) -> float | None:
    return spending.ledger(facts).break_even(scenario)


BREAK_EVEN = Definition(
    code="E5",
    label=_l("Break-even volume"),
    question=_l("From how many hours on does it pay?"),
    family=Family.COSTS,
    unit=Unit.HOURS,
    numerator=_l("What the kiosks and modules cost whatever the hours"),
    denominator=_l("What an hour in a classroom costs less what learners cost for an hour completed at kiosks"),
    direction=Direction.LE,
    n_min=1,
    min_teams=1,
    icc0=0.0,
    method=COST,
    missing_rule=NONE_NEEDED,
    pitfalls=_l("Where an hour in a classroom costs less, it is never reached."),
    cases=cases,
    measuring=measure_scenario,
    level=Level.RETURN,
    scope=Scope.PILOT,
    needs=frozenset({Need.WORK, Need.FIGURES}),
    counted=Counted.READINGS,
    grouping=Grouping.NONE,
    people=False,
)
