"""C6: how many sessions were broken off."""

from collections import Counter

from lms.delivery.models import EndedBy
from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import terminals
from lms.evaluation.indicators.definition import ICC_USE, PERSONS_TOO, Counted, Definition, Family, Further, Scope
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.share import measure_share_of_units
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l

INACTIVE = frozenset({EndedBy.IDLE, EndedBy.EXPIRED})
BROKEN_OFF = INACTIVE | {EndedBy.CALLED_AWAY}


def cases(facts: Facts) -> list[Case]:
    """Return one case per visit that has ended; a success was broken off."""
    return [
        Case(visit.person_id, *place, success=visit.ended_by in BROKEN_OFF)
        for visit, place in terminals.own_visits(facts)
        if visit.ended_by is not None
    ]


def further(facts: Facts) -> Further:
    """Return how many were called away, and how many left the kiosk untouched."""
    ends = Counter(visit.ended_by for visit, _ in terminals.own_visits(facts))
    return {"called_away": ends[EndedBy.CALLED_AWAY], "left_untouched": sum(ends[one] for one in INACTIVE)}


INTERRUPTED = Definition(
    code="C6",
    label=_l("Interrupted sessions"),
    question=_l("Can people finish what they begin?"),
    family=Family.USAGE,
    unit=Unit.SHARE,
    numerator=_l("Sessions at a kiosk that ended because nobody touched it any more, or because production called"),
    denominator=_l("Sessions at a kiosk that have ended"),
    direction=Direction.LE,
    n_min=100,
    min_teams=3,
    icc0=ICC_USE,
    method=PERSONS_TOO,
    missing_rule=_l("A session of which the end is not known is left out."),
    pitfalls=_l("To be called to production is normal: ask whether the work was kept and taken up again."),
    cases=cases,
    measuring=measure_share_of_units,
    scope=Scope.PILOT,
    needs=frozenset({Need.VISITS}),
    counted=Counted.SESSIONS,
    people_min=10,
    further=further,
)
