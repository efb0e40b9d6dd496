"""B2: incidents for ten thousand hours."""

from functools import partial

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import outside
from lms.evaluation.indicators.definition import RATE, TOO_RARE, Counted, Definition, Family, Further, Level, Scope
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.rate import measure_rate
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l

EVENTS, AMOUNT, PER = "incidents", "hours_worked", 10_000


def cases(facts: Facts) -> list[Case]:
    """Return one case per figure of the pilot: events, or in how much they could happen."""
    return outside.rate_cases(facts, outside.during(facts), EVENTS, AMOUNT, PER)


def further(facts: Facts) -> Further:
    """Return the rate of the year before the pilot."""
    return outside.baseline(facts, EVENTS, AMOUNT, PER)


INCIDENTS = Definition(
    code="B2",
    label=_l("Incidents for 10,000 hours"),
    question=_l("Are there fewer incidents?"),
    family=Family.TRANSFER,
    unit=Unit.PER_TEN_THOUSAND,
    numerator=_l("Incidents"),
    denominator=_l("Tens of thousands of hours worked"),
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
