"""H1: how often people ask for help."""

from collections import Counter

from lms.delivery.models import HelpCategory
from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import terminals
from lms.evaluation.indicators.definition import ICC_USE, NOT_MISSING, RATE, Counted, Definition, Family, Further, Scope
from lms.evaluation.indicators.persons import places
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.rate import measure_rate
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return the visits, in which help could be asked for, and the requests."""
    where = places(facts)
    visits = [
        Case(visit.person_id, *place, value=0.0, exposure=1 / terminals.HUNDRED)
        for visit, place in terminals.own_visits(facts)
    ]
    return visits + [
        Case(one.person_id, *where[one.person_id], value=1.0, exposure=0.0)
        for one in facts.help_requests
        if one.person_id in where
    ]


def further(facts: Facts) -> Further:
    """Return the requests of each category for a hundred sessions."""
    where, hundreds = places(facts), len(terminals.own_visits(facts)) / terminals.HUNDRED
    counts = Counter(one.category for one in facts.help_requests if one.person_id in where)
    return {f"help_{kind.value}": counts[kind] / hundreds for kind in HelpCategory} if hundreds else {}


HELP_REQUESTS = Definition(
    code="H1",
    label=_l("Help requests"),
    question=_l("How much help do people need?"),
    family=Family.CONDITIONS,
    unit=Unit.PER_HUNDRED,
    numerator=_l("Requests for help at a kiosk"),
    denominator=_l("Hundreds of sessions at a kiosk"),
    direction=Direction.LE,
    n_min=100,
    min_teams=3,
    icc0=ICC_USE,
    method=RATE,
    missing_rule=NOT_MISSING,
    pitfalls=_l("Few may mean that nobody knows how to ask."),
    cases=cases,
    measuring=measure_rate,
    scope=Scope.PILOT,
    needs=frozenset({Need.VISITS, Need.HELP}),
    counted=Counted.SESSIONS,
    further=further,
)
