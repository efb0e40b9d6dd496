"""K4: how many sessions began without the network."""

from lms.evaluation.estimators.ranks import median
from lms.evaluation.facts import Facts
from lms.evaluation.indicators.definition import (
    ICC_USE,
    NOT_MISSING,
    PERSONS_TOO,
    Counted,
    Definition,
    Family,
    Further,
    Scope,
)
from lms.evaluation.indicators.persons import places
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.share import measure_share_of_units
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l

OFFLINE_FROM = 60
"""Seconds after which a record no longer came straight from the kiosk."""


def cases(facts: Facts) -> list[Case]:
    """Return one case per session; a success began offline."""
    where = places(facts)
    return [
        Case(sitting.person, *where[sitting.person], success=sitting.delay_seconds > OFFLINE_FROM)
        for sitting in facts.sittings
        if sitting.person in where
    ]


def further(facts: Facts) -> Further:
    """Return the median delay, in minutes, of what began offline."""
    delays = [one.delay_seconds / 60 for one in facts.sittings if one.delay_seconds > OFFLINE_FROM]
    return {"median_delay": median(delays).value if delays else None}


OFFLINE = Definition(
    code="K4",
    label=_l("Offline rate"),
    question=_l("Does the network hold?"),
    family=Family.CONDITIONS,
    unit=Unit.SHARE,
    numerator=_l("Sessions begun offline: their first record arrived more than a minute after it was made"),
    denominator=_l("Sessions in modules"),
    direction=Direction.LE,
    n_min=100,
    min_teams=3,
    icc0=ICC_USE,
    method=PERSONS_TOO,
    missing_rule=NOT_MISSING,
    pitfalls=_l("A kiosk’s clock that is wrong looks like a delay: both times are kept."),
    cases=cases,
    measuring=measure_share_of_units,
    counted=Counted.SESSIONS,
    scope=Scope.PILOT,
    further=further,
)
