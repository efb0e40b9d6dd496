"""K2: how often all kiosks were taken."""

from collections import defaultdict

from lms.delivery.rules import contended
from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import terminals
from lms.evaluation.indicators.definition import ICC_USE, NOT_MISSING, Counted, Definition, Family, Grouping, Scope
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.share import measure_share_of_units
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per visit; a success found every kiosk of the workshop busy."""
    here, zones = terminals.visits_here(facts), defaultdict[int, set[int]](set)
    for terminal, workshop in facts.kept.zones:
        zones[workshop].add(terminal)
    taken = {visit.id for visit in contended(here, zones)}
    return [
        Case(visit.person_id, terminals.kiosk(visit.terminal_id), None, success=visit.id in taken) for visit in here
    ]


CONTENTION = Definition(
    code="K2",
    label=_l("Kiosk contention"),
    question=_l("Do people find a free kiosk?"),
    family=Family.CONDITIONS,
    unit=Unit.SHARE,
    numerator=_l("Badges read over someone’s work while every other kiosk of the workshop was busy"),
    denominator=_l("Sessions at the kiosks of the pilot’s workshops, everybody’s"),
    direction=Direction.LE,
    n_min=100,
    min_teams=1,
    icc0=ICC_USE,
    method=_l("Wilson’s score interval on the effective number (kiosks and persons are clusters)."),
    missing_rule=NOT_MISSING,
    pitfalls=_l("Whoever saw the queue and went away is not counted."),
    cases=cases,
    measuring=measure_share_of_units,
    scope=Scope.PILOT,
    needs=frozenset({Need.VISITS, Need.ZONES}),
    counted=Counted.SESSIONS,
    grouping=Grouping.NONE,
)
