"""T3: how fast people move up the levels."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from lms.evaluation.facts import Facts, Member, Need
from lms.evaluation.indicators import posts
from lms.evaluation.indicators.definition import (
    ICC_USE,
    NOT_MISSING,
    RATE,
    TASKS,
    Definition,
    Family,
    Further,
    Level,
    Scope,
)
from lms.evaluation.indicators.periods import Part, Span
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.rate import measure_rate
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l
from lms.skills.queries import Moved
from lms.skills.rules import Kind

BEFORE = timedelta(days=182)
"""The half year with which the pilot is compared."""
TEN = 10


def cases(facts: Facts) -> list[Case]:
    """Return one case per person, with upward moves and tens of person-months."""
    up = _counted(facts, upward=True)
    return [
        Case(one.person, one.team, one.shift, throughout=one.left_on is None, value=up[one.person], exposure=amount)
        for one in facts.members
        if (amount := _months(facts, one) / TEN) > 0
    ]


def over_time(facts: Facts, spans: Sequence[Span]) -> list[Part]:
    """Return the upward moves and the tens of person-months of each person in each period."""
    found = []
    for place, span in enumerate(spans):
        up = Counter(one.person_id for one in _during(facts) if posts.is_upward(one) and span.holds(one.on))
        for one in facts.members:
            if (amount := _months_in(one, span.first, min(span.last, facts.as_of)) / TEN) > 0:
                found.append(Part(one.team, place, up[one.person], amount, one.person))
    return found


def further(facts: Facts) -> Further:
    """Return the downward rate, the rate of the half year before, and what completed modules gave."""
    people = {one.person for one in facts.members}
    amount = sum(_months(facts, one) for one in facts.members) / TEN
    earlier = len(people) * BEFORE.days / posts.DAYS_A_MONTH / TEN
    before = [
        one
        for one in posts.moves(facts)
        if one.person_id in people and facts.starts_on - BEFORE <= one.on < facts.starts_on and posts.is_upward(one)
    ]
    alone = [one for one in _during(facts) if one.kind is Kind.AUTOMATIC and one.person_id in people]
    down = _counted(facts, upward=False)
    return {
        "downward": sum(down[person] for person in people) / amount if amount else None,
        "upward_before": len(before) / earlier if earlier else None,
        "automatic_moves": len(alone),
    }


def _counted(facts: Facts, *, upward: bool) -> Counter[int]:
    return Counter(one.person_id for one in _during(facts) if posts.is_upward(one) is upward)


def _during(facts: Facts) -> list[Moved]:
    return [one for one in posts.moves(facts) if facts.starts_on <= one.on <= facts.as_of]


def _months(facts: Facts, member: Member) -> float:
    return _months_in(member, facts.starts_on, facts.as_of)


def _months_in(member: Member, first: date, last: date) -> float:
    """Return how many months someone was there between two days."""
    since, until = max(member.joined_on, first), min(member.left_on or last, last)
    return max((until - since).days + 1, 0) / posts.DAYS_A_MONTH


PROGRESSION = Definition(
    code="T3",
    label=_l("ILUO progression"),
    question=_l("Do people move up?"),
    family=Family.TRANSFER,
    unit=Unit.MOVES,
    numerator=_l("Moves to a higher level (I, L, U, O) since the pilot’s first day"),
    denominator=_l("Ten persons present for a month"),
    direction=Direction.GE,
    n_min=20,
    min_teams=3,
    icc0=ICC_USE,
    method=RATE,
    missing_rule=NOT_MISSING,
    pitfalls=_l("Compare it with the rate before the pilot. A completed module raises to I by itself."),
    cases=cases,
    measuring=measure_rate,
    level=Level.BEHAVIOUR,
    scope=Scope.PILOT,
    needs=frozenset({Need.MOVES}),
    options=(TASKS,),
    further=further,
    over_time=over_time,
)
