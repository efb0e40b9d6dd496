"""T5: how many days pass from I to U."""

from lms.evaluation.estimators.times import Wait, median_time
from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import posts
from lms.evaluation.indicators.definition import ICC_USE, KAPLAN_MEIER, TASKS, Definition, Family, Further, Level, Scope
from lms.evaluation.indicators.persons import places
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.waiting import measure_waiting
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per person and task begun during the pilot, with the days to U or to the cut-off."""
    where = places(facts)
    return [
        Case(person, *where[person], success=reached is not None, value=float(((reached or facts.as_of) - begun).days))
        for person, begun, reached in posts.climbs(facts)
        if person in where and facts.starts_on <= begun <= facts.as_of
    ]


def further(facts: Facts) -> Further:
    """Return the median of those who began before the pilot, as it stood on its first day."""
    waits = [
        Wait(
            float((min(reached or facts.starts_on, facts.starts_on) - begun).days),
            bool(reached and reached < facts.starts_on),
        )
        for _, begun, reached in posts.climbs(facts)
        if begun < facts.starts_on
    ]
    return {"days_before": median_time(waits).value if waits else None, "people_before": len(waits)}


AUTONOMY = Definition(
    code="T5",
    label=_l("Time to autonomy"),
    question=_l("How long until people work alone?"),
    family=Family.TRANSFER,
    unit=Unit.DAYS,
    numerator=_l("Median days from I to U on a task"),
    denominator=_l("People who came to I on a task since the pilot’s first day"),
    direction=Direction.LE,
    n_min=15,
    min_teams=3,
    icc0=ICC_USE,
    method=KAPLAN_MEIER,
    missing_rule=_l("Who is not at U by the cut-off day stays in, with the days it has lasted."),
    pitfalls=_l("Those before the pilot were others, at other times: cohorts differ."),
    cases=cases,
    measuring=measure_waiting,
    level=Level.BEHAVIOUR,
    scope=Scope.PILOT,
    needs=frozenset({Need.MOVES}),
    options=(TASKS,),
    further=further,
)
