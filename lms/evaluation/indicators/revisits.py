"""A3: who came back to a completed module of their own accord."""

from collections.abc import Sequence

from lms.evaluation.facts import Assigned, Facts
from lms.evaluation.indicators.definition import ICC_USE, WILSON, Definition, Family, Level
from lms.evaluation.indicators.persons import person_cases
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.share import measure_share
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per person who completed a module; a success came back to one."""
    completed = {row.person for row in facts.assigned if facts.outcome(row).completed_on is not None}
    return [case for case in person_cases(facts, lambda rows: _came_back(facts, rows)) if case.person in completed]


def _came_back(facts: Facts, rows: Sequence[Assigned]) -> bool:
    return any(
        facts.outcome(row).revisited_on is not None and (row.person, row.module) not in facts.planned_again
        for row in rows
    )


REVISITS = Definition(
    code="A3",
    label=_l("Voluntary re-visit"),
    question=_l("Do people come back without being told to?"),
    family=Family.USAGE,
    unit=Unit.SHARE,
    numerator=_l(
        "People who opened a completed module again, at least 24 hours later, without its being assigned again"
    ),
    denominator=_l("People who completed a module"),
    direction=Direction.GE,
    n_min=30,
    min_teams=3,
    icc0=ICC_USE,
    method=WILSON,
    missing_rule=_l("Those who completed nothing are left out."),
    pitfalls=_l("To open a module again may be a sign of confusion."),
    cases=cases,
    measuring=measure_share,
    level=Level.BEHAVIOUR,
)
