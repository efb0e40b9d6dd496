"""C2: assignments completed by their date."""

from lms.evaluation.facts import Assigned, Facts
from lms.evaluation.indicators.definition import FAILURES, ICC_USE, PERSONS_TOO, Definition, Family
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.share import measure_share
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per assignment that was due by the cut-off; a success was completed in time."""
    return [
        Case(row.person, row.team, row.shift, _in_time(facts, row), row.throughout)
        for row in facts.assigned
        if row.due_on <= facts.as_of
    ]


def _in_time(facts: Facts, row: Assigned) -> bool:
    completed = facts.outcome(row).completed_on
    return completed is not None and completed <= row.due_on


ON_TIME = Definition(
    code="C2",
    label=_l("On time"),
    question=_l("Do people finish by the agreed date?"),
    family=Family.USAGE,
    unit=Unit.SHARE,
    numerator=_l("Assignments completed on their due date or before"),
    denominator=_l("Assignments due by the cut-off day"),
    direction=Direction.GE,
    n_min=30,
    min_teams=3,
    icc0=ICC_USE,
    method=PERSONS_TOO,
    missing_rule=FAILURES,
    pitfalls=_l("One person’s assignments resemble each other: persons are counted, not assignments."),
    cases=cases,
    measuring=measure_share,
)
