"""B1: defects of the kind targeted."""

from functools import partial

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import outside
from lms.evaluation.indicators.definition import RATE, TOO_RARE, Counted, Definition, Family, Further, Level, Scope
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.rate import measure_rate
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l

EVENTS, AMOUNT, PER = "defects", "units_produced", 1_000


def cases(facts: Facts) -> list[Case]:
    """Return one case per figure of the pilot: events, or in how much they could happen."""
    return outside.rate_cases(facts, outside.during(facts), EVENTS, AMOUNT, PER)


def further(facts: Facts) -> Further:
    """Return the rate of the year before the pilot."""
    return outside.baseline(facts, EVENTS, AMOUNT, PER)


DEFECTS = Definition(
    code="B1",
    label=_l("Targeted defects"),
    question=_l("Are there fewer defects of the kind targeted?"),
    family=Family.TRANSFER,
    unit=Unit.PER_THOUSAND,
    numerator=_l("Defects of the kind targeted"),
    denominator=_l("Thousands of units produced"),
    direction=Direction.LE,
    n_min=1,
    min_teams=1,
    icc0=0.0,
    method=RATE,
    missing_rule=_l("Periods without a figure are left out."),
    pitfalls=TOO_RARE,
    cases=cases,
    measuring=measure_rate,
    level=Level.RESULTS,
    counted=Counted.READINGS,
    scope=Scope.PILOT,
    needs=frozenset({Need.FIGURES}),
    ruled=False,
    ruled_if_compared=True,
    people=False,
    further=further,
    over_time=partial(outside.parts, events=EVENTS, amount=AMOUNT, per=PER),
)
