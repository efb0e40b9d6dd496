"""Q4: how much is learnt outside working hours."""

from zoneinfo import ZoneInfo

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators.definition import CENSUS, Counted, Definition, Family, Grouping, Scope
from lms.evaluation.indicators.persons import places
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.census import measure_part
from lms.evaluation.shifts import share_outside
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per session with active time, and how much of that lay outside the shift."""
    hours = {one.code: one for one in facts.kept.shifts}
    where, zone = places(facts), ZoneInfo(facts.zone)
    found = []
    for sitting in facts.sittings:
        team, shift = where.get(sitting.person, ("", None))
        if shift in hours and sitting.active_seconds:
            minutes = sitting.active_seconds / 60
            outside = minutes * share_outside(sitting.started_at, sitting.last_at, hours[shift], zone)
            found.append(Case(sitting.person, team, shift, value=outside, exposure=minutes))
    return found


OUT_OF_HOURS = Definition(
    code="Q4",
    label=_l("Out-of-hours"),
    question=_l("Does learning stay within working hours?"),
    family=Family.EQUITY,
    unit=Unit.SHARE,
    numerator=_l("Active minutes outside the hours of the person’s shift"),
    denominator=_l("Active minutes at kiosks of people whose shift has hours"),
    direction=Direction.LE,
    n_min=100,
    min_teams=1,
    icc0=0.0,
    method=CENSUS,
    missing_rule=_l("People without a shift are left out."),
    pitfalls=_l(
        "A sign with legal weight: what happened counts, not what could. The shift is that of the person’s last team."
    ),
    cases=cases,
    measuring=measure_part,
    counts_all=True,
    scope=Scope.PILOT,
    needs=frozenset({Need.WORK, Need.SHIFTS}),
    counted=Counted.SESSIONS,
    grouping=Grouping.SHIFT,
)
