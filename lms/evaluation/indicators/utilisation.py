"""K1: for how much of the time kiosks are in use."""

from collections import Counter, defaultdict
from datetime import date
from zoneinfo import ZoneInfo

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import terminals
from lms.evaluation.indicators.definition import (
    NOT_MISSING,
    Counted,
    Definition,
    Family,
    Further,
    Grouping,
    Level,
    Scope,
)
from lms.evaluation.measures.availability import measure_availability
from lms.evaluation.measures.case import Case
from lms.evaluation.shifts import shift_at
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per day and shift, with minutes in use and minutes up."""
    used = _minutes_used(facts)
    return [
        Case(
            -one.day.toordinal(),
            one.shift or "",
            one.shift,
            value=min(used[one.day, one.shift], float(one.minutes)),
            exposure=float(one.minutes),
            group=one.day.isoformat(),
        )
        for one in facts.open_minutes
    ]


def further(facts: Facts) -> Further:
    """Return the share of the shift in which kiosks are used most."""
    used, up = Counter[str](), Counter[str]()
    for case in cases(facts):
        if case.shift is not None:
            used[case.shift] += round(case.value or 0.0)
            up[case.shift] += round(case.exposure)
    return {"busiest_shift": max((used[shift] / up[shift] for shift in up if up[shift]), default=None)}


def _minutes_used(facts: Facts) -> dict[tuple[date, str | None], float]:
    """Return the minutes of visits that have ended, by the day and shift in which they began."""
    zone, used = ZoneInfo(facts.zone), defaultdict[tuple[date, str | None], float](float)
    for visit in terminals.visits_here(facts):
        if visit.ended_at is not None:
            minutes = (visit.ended_at - visit.opened_at).total_seconds() / 60
            used[shift_at(visit.opened_at, facts.kept.shifts, zone)] += minutes
    return used


UTILISATION = Definition(
    code="K1",
    label=_l("Kiosk utilisation by shift"),
    question=_l("Are there enough kiosks, and in the right place?"),
    family=Family.CONDITIONS,
    unit=Unit.SHARE,
    numerator=_l("Minutes during which someone was signed in at a kiosk of the pilot’s workshops"),
    denominator=_l("Minutes during which these kiosks were up, all added up"),
    direction=Direction.LE,
    n_min=14,
    min_teams=1,
    icc0=0.0,
    method=_l("Ratio of sums, whole days being drawn again."),
    missing_rule=NOT_MISSING,
    pitfalls=_l("High is not good: above 70 % people queue."),
    cases=cases,
    measuring=measure_availability,
    level=Level.USE,
    scope=Scope.PILOT,
    needs=frozenset({Need.VISITS, Need.OPEN, Need.SHIFTS, Need.ZONES}),
    counted=Counted.DAYS,
    grouping=Grouping.SHIFT,
    ruled=False,
    people=False,
    further=further,
)
