"""H2: how long until help comes."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators.definition import ICC_USE, KAPLAN_MEIER, Counted, Definition, Family, Scope
from lms.evaluation.indicators.persons import places
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.waiting import measure_waiting_of_units
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per request, with the minutes to its answer or to the end of the cut-off day."""
    where = places(facts)
    end = datetime.combine(facts.as_of + timedelta(days=1), time(), ZoneInfo(facts.zone))
    return [
        Case(
            one.person_id,
            *where[one.person_id],
            success=one.resolved_at is not None,
            value=max(((one.resolved_at or end) - one.asked_at).total_seconds() / 60, 0.0),
        )
        for one in facts.help_requests
        if one.person_id in where
    ]


TIME_TO_HELP = Definition(
    code="H2",
    label=_l("Time to help"),
    question=_l("How long until help comes?"),
    family=Family.CONDITIONS,
    unit=Unit.MINUTES,
    numerator=_l("Median minutes from a request to its answer"),
    denominator=_l("Requests for help at a kiosk"),
    direction=Direction.LE,
    n_min=15,
    min_teams=3,
    icc0=ICC_USE,
    method=KAPLAN_MEIER,
    missing_rule=_l("A request that nobody answered stays in, with the time it has waited."),
    pitfalls=_l("Minutes of the night and of days off count too."),
    cases=cases,
    measuring=measure_waiting_of_units,
    scope=Scope.PILOT,
    needs=frozenset({Need.HELP}),
    counted=Counted.REQUESTS,
)
