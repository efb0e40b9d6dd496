"""T2: whose first observation was acquired."""

from collections import defaultdict
from collections.abc import Sequence
from statistics import fmean

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import posts
from lms.evaluation.indicators.definition import (
    ICC_USE,
    NOT_MISSING,
    PERSONS_TOO,
    TASKS,
    Definition,
    Family,
    Further,
    Level,
    Scope,
)
from lms.evaluation.indicators.periods import Part, Span
from lms.evaluation.indicators.persons import places
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.share import measure_share
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l
from lms.skills.queries import Observed
from lms.skills.rules import Outcome as Seen

FEWEST = 5
"""An observer of fewer tells nothing of leniency."""


def cases(facts: Facts) -> list[Case]:
    """Return one case per person and task first observed during the pilot; a success was acquired."""
    where = places(facts)
    return [
        Case(one.person_id, *where[one.person_id], success=one.outcome is Seen.ACQUIRED)
        for one in _first(facts)
        if one.person_id in where
    ]


def over_time(facts: Facts, spans: Sequence[Span]) -> list[Part]:
    """Return each first observation in the period in which it was made."""
    where = places(facts)
    return [
        Part(where[one.person_id][0], place, float(one.outcome is Seen.ACQUIRED), 1.0, one.person_id)
        for place, span in enumerate(spans)
        for one in _first(facts)
        if one.person_id in where and span.holds(one.observed_on)
    ]


def further(facts: Facts) -> Further:
    """Return how far the most and the least lenient observer lie apart."""
    where, seen = places(facts), defaultdict(list)
    for one in _first(facts):
        if one.person_id in where:
            seen[one.observer_id].append(one.outcome is Seen.ACQUIRED)
    shares = [fmean(told) for told in seen.values() if len(told) >= FEWEST]
    return {"observers": len(seen), "observer_spread": max(shares) - min(shares) if len(shares) > 1 else None}


def _first(facts: Facts) -> list[Observed]:
    return [
        one
        for one in facts.sign_offs
        if one.attempt_number == 1 and one.observed_on >= facts.starts_on and posts.chosen(facts, one.task)
    ]


FIRST_SIGN_OFF = Definition(
    code="T2",
    label=_l("First-time sign-off"),
    question=_l("Is it right the first time at the post?"),
    family=Family.TRANSFER,
    unit=Unit.SHARE,
    numerator=_l("First observations that were acquired"),
    denominator=_l("First observations of a person on a task since the pilot’s first day"),
    direction=Direction.GE,
    n_min=30,
    min_teams=3,
    icc0=ICC_USE,
    method=PERSONS_TOO,
    missing_rule=NOT_MISSING,
    pitfalls=_l("Observers differ in leniency: read how far they lie apart."),
    cases=cases,
    measuring=measure_share,
    level=Level.BEHAVIOUR,
    scope=Scope.PILOT,
    needs=frozenset({Need.SIGN_OFFS}),
    options=(TASKS,),
    sensitive=True,
    further=further,
    over_time=over_time,
)
