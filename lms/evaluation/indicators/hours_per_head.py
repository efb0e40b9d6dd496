"""E3: training hours per head."""

from collections import Counter

from lms.evaluation.facts import Facts, Member, Need
from lms.evaluation.indicators import spending
from lms.evaluation.indicators.definition import ICC_USE, NOT_MISSING, Definition, Family, Level, Scope
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.ratio import measure_ratio
from lms.evaluation.measures.scenario import CENTRAL
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per person, with hours and the part of the pilot for which the person was there."""
    seconds = Counter[int]()
    for sitting in facts.sittings:
        seconds[sitting.person] += sitting.active_seconds
    present = {one.person: _presence(facts, one) for one in facts.members}
    everyone = sum(present.values())
    classroom = spending.ledger(facts).total("classroom_hours", CENTRAL)
    return [
        Case(
            one.person,
            one.team,
            one.shift,
            throughout=one.left_on is None,
            # A classroom's hours are known for all together: each gets the part that presence gives.
            value=seconds[one.person] / 3600 + classroom * present[one.person] / everyone,
            exposure=present[one.person],
        )
        for one in facts.members
        if present[one.person] > 0
    ]


def _presence(facts: Facts, member: Member) -> float:
    first, last = max(member.joined_on, facts.starts_on), min(member.left_on or facts.as_of, facts.as_of)
    return max((last - first).days + 1, 0) / max((facts.as_of - facts.starts_on).days + 1, 1)


HOURS_PER_HEAD = Definition(
    code="E3",
    label=_l("Training hours per head"),
    question=_l("How much training does each person get?"),
    family=Family.COSTS,
    unit=Unit.HOURS,
    numerator=_l("Active hours at kiosks, and hours in classrooms where these are read"),
    denominator=_l("Average head-count of the pilot teams"),
    direction=Direction.GE,
    n_min=1,
    min_teams=1,
    icc0=ICC_USE,
    method=_l(
        "Ratio of sums; persons (from ten teams on, whole teams) are drawn again, the interval being widened for teams."
    ),
    missing_rule=NOT_MISSING,
    pitfalls=_l("Minutes at a kiosk are shorter by design: fewer hours can be a success."),
    cases=cases,
    measuring=measure_ratio,
    level=Level.INPUT,
    scope=Scope.PILOT,
    needs=frozenset({Need.WORK, Need.FIGURES}),
    ruled=False,
)
