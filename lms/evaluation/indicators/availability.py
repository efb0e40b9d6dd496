"""K5: for how much of their service kiosks were up."""

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import terminals
from lms.evaluation.indicators.definition import Counted, Definition, Family, Grouping, Scope
from lms.evaluation.measures.availability import measure_availability
from lms.evaluation.measures.case import Case
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per kiosk and day, with minutes heard of and minutes of service."""
    return [
        Case(
            -day.day.toordinal(),
            terminals.kiosk(day.terminal_id),
            None,
            value=float(day.seen_minutes),
            exposure=float(day.scheduled_minutes),
            group=day.day.isoformat(),
        )
        for day in facts.service
        if day.scheduled_minutes > 0
    ]


AVAILABILITY = Definition(
    code="K5",
    label=_l("Kiosk availability"),
    question=_l("Can kiosks be used when they should be?"),
    family=Family.CONDITIONS,
    unit=Unit.SHARE,
    numerator=_l("Minutes of service in which a kiosk was heard of"),
    denominator=_l("Minutes of service of the kiosks of the pilot’s workshops"),
    direction=Direction.GE,
    n_min=14,
    min_teams=1,
    icc0=0.0,
    method=_l(
        "Bootstrap interval (BCa, fixed seed), whole days being drawn again: one minute’s failure is the next one’s."
    ),
    missing_rule=_l("Kiosks without declared hours of service are left out."),
    pitfalls=_l("A kiosk that the server cannot hear counts as down, even if it works on alone."),
    cases=cases,
    measuring=measure_availability,
    scope=Scope.PILOT,
    needs=frozenset({Need.SERVICE, Need.ZONES}),
    counted=Counted.DAYS,
    grouping=Grouping.NONE,
    people=False,
)
