"""R2: whether those reached are like those concerned."""

from dataclasses import replace

from lms.evaluation.facts import Facts
from lms.evaluation.indicators import reach
from lms.evaluation.indicators.definition import FAILURES, ICC_USE, Definition, Family
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.representation import measure_representation
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return the cases of reach, compared by team."""
    return [replace(case, group=case.team) for case in reach.cases(facts)]


REPRESENTATIVENESS = Definition(
    code="R2",
    label=_l("Representativeness"),
    question=_l("Are those reached like those concerned, team by team?"),
    family=Family.USAGE,
    unit=Unit.POINTS,
    numerator=_l("The largest gap between a team’s share of those who started and its share of those concerned"),
    denominator=_l("Everyone concerned"),
    direction=Direction.LE,
    n_min=30,
    min_teams=3,
    icc0=ICC_USE,
    method=_l(
        "Newcombe’s interval of each team’s share who started less that of all other teams, scaled to the "
        "gap; met only if every team is within."
    ),
    missing_rule=FAILURES,
    pitfalls=_l("With many small teams, most are hidden and the largest gap is partly chance."),
    cases=cases,
    measuring=measure_representation,
)
