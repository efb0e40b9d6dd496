"""F1: how long making a module takes."""

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import works
from lms.evaluation.indicators.definition import Counted, Definition, Family, Further, Grouping, Level, Scope
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.ratio import measure_ratio
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per published module, with hours declared and minutes of learning."""
    return [
        Case(
            -place,
            work.code,
            None,
            value=None if work.minutes_declared is None else work.minutes_declared / 60,
            exposure=float(work.designed_minutes),
        )
        for place, work in enumerate(works.chosen(facts), start=1)
    ]


def further(facts: Facts) -> Further:
    """Return how many modules have no hours declared."""
    return {"undeclared": sum(work.minutes_declared is None for work in works.chosen(facts))}


AUTHORING_EFFORT = Definition(
    code="F1",
    label=_l("Authoring effort"),
    question=_l("What does making a module take?"),
    family=Family.CONDITIONS,
    unit=Unit.RATIO,
    numerator=_l("Hours of authoring declared"),
    denominator=_l("Minutes that the published modules are meant to take a learner"),
    direction=Direction.LE,
    n_min=8,
    min_teams=1,
    icc0=0.0,
    method=_l("Ratio of sums, modules being drawn again."),
    missing_rule=_l("Modules of which nobody declared the hours are left out."),
    pitfalls=_l("Declared by the authors themselves; the first modules cost more."),
    cases=cases,
    measuring=measure_ratio,
    level=Level.INPUT,
    scope=Scope.PILOT,
    needs=frozenset({Need.MODULES}),
    counted=Counted.MODULES,
    grouping=Grouping.NONE,
    people=False,
    further=further,
)
