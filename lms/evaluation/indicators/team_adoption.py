"""A1: in how many teams at least half started."""

from lms.evaluation.facts import Facts
from lms.evaluation.indicators import reach
from lms.evaluation.indicators.definition import FAILURES, ICC_USE, Counted, Definition, Family
from lms.evaluation.measures.adoption import measure_adoption
from lms.evaluation.measures.case import Case
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return the cases of reach: what is counted are their teams."""
    return reach.cases(facts)


TEAM_ADOPTION = Definition(
    code="A1",
    label=_l("Team adoption"),
    question=_l("Do whole teams take part?"),
    family=Family.USAGE,
    unit=Unit.SHARE,
    numerator=_l("Teams in which at least half started a module"),
    denominator=_l("Teams concerned"),
    direction=Direction.GE,
    n_min=6,
    min_teams=6,
    icc0=ICC_USE,
    method=_l("Wilson’s score interval on teams; none for fewer than six teams, which are only counted."),
    missing_rule=FAILURES,
    pitfalls=_l("With three teams it is a count and no percentage."),
    cases=cases,
    measuring=measure_adoption,
    counted=Counted.TEAMS,
)
