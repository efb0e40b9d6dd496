"""E2: what a skill signed off costs."""

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import posts, spending
from lms.evaluation.indicators.definition import (
    COST,
    NONE_NEEDED,
    TASKS,
    Counted,
    Definition,
    Family,
    Further,
    Grouping,
    Level,
    Scope,
)
from lms.evaluation.indicators.persons import places
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.scenario import measure_scenario
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l
from lms.skills.rules import Outcome as Seen


def cases(facts: Facts) -> list[Case]:
    """Return the low, the central and the high scenario; none before anything was signed off."""
    return spending.scenario_cases(facts, _per_skill)


def further(facts: Facts) -> Further:
    """Return how many sign-offs were acquired."""
    return {"acquired": _acquired(facts)}


def _per_skill(facts: Facts, scenario: str) -> float | None:
    known, acquired = spending.costs(facts, scenario), _acquired(facts)
    return known.total / acquired if known and acquired else None


def _acquired(facts: Facts) -> int:
    people = places(facts)
    return sum(
        one.outcome is Seen.ACQUIRED and one.observed_on >= facts.starts_on and posts.chosen(facts, one.task)
        for one in facts.sign_offs
        if one.person_id in people
    )


COST_PER_SKILL = Definition(
    code="E2",
    label=_l("Cost per skill signed off"),
    question=_l("What does a skill cost?"),
    family=Family.COSTS,
    unit=Unit.EURO,
    numerator=_l("What the pilot cost"),
    denominator=_l("Sign-offs that were acquired during the pilot"),
    direction=Direction.LE,
    n_min=1,
    min_teams=1,
    icc0=0.0,
    method=COST,
    missing_rule=NONE_NEEDED,
    pitfalls=_l("Fairer than the cost of an hour, where sign-offs are really held."),
    cases=cases,
    measuring=measure_scenario,
    level=Level.RETURN,
    scope=Scope.PILOT,
    needs=frozenset({Need.WORK, Need.FIGURES, Need.SIGN_OFFS}),
    options=(TASKS,),
    counted=Counted.READINGS,
    grouping=Grouping.NONE,
    people=False,
    further=further,
)
