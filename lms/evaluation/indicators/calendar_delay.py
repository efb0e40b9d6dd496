"""C4: how many days pass until completion."""

from lms.evaluation.facts import Assigned, Facts
from lms.evaluation.indicators.definition import ICC_USE, KAPLAN_MEIER, Definition, Family
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.waiting import measure_waiting
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per assignment, with the days until it was completed or the cut-off."""
    return [_case(facts, row) for row in facts.assigned if row.assigned_on <= facts.as_of]


def _case(facts: Facts, row: Assigned) -> Case:
    completed_on = facts.outcome(row).completed_on
    days = ((completed_on or facts.as_of) - row.assigned_on).days
    return Case(row.person, row.team, row.shift, completed_on is not None, row.throughout, value=float(max(days, 0)))


CALENDAR_DELAY = Definition(
    code="C4",
    label=_l("Calendar delay"),
    question=_l("How long until people have finished?"),
    family=Family.USAGE,
    unit=Unit.DAYS,
    numerator=_l("Median days from assignment to completion"),
    denominator=_l("Assignments"),
    direction=Direction.LE,
    n_min=20,
    min_teams=3,
    icc0=ICC_USE,
    method=KAPLAN_MEIER,
    missing_rule=_l(
        "What was not completed by the cut-off day is still under way: it stays in, with the days it has lasted."
    ),
    pitfalls=_l("To leave out those who have not finished would make it look quick."),
    cases=cases,
    measuring=measure_waiting,
)
