"""R3: who started within fourteen days."""

from collections.abc import Sequence
from datetime import timedelta

from lms.evaluation.facts import Assigned, Facts
from lms.evaluation.indicators.definition import ICC_USE, WILSON, Definition, Family
from lms.evaluation.indicators.persons import person_cases
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.share import measure_share
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l

WITHIN = timedelta(days=14)


def cases(facts: Facts) -> list[Case]:
    """Return one case per person; a success started within fourteen days of the first assignment."""
    return person_cases(facts, lambda rows: _in_time(facts, rows))


def _in_time(facts: Facts, rows: Sequence[Assigned]) -> bool | None:
    last = min(row.assigned_on for row in rows) + WITHIN
    started = [day for row in rows if (day := facts.outcome(row).started_on) is not None]
    if started and min(started) <= last:
        return True
    return False if facts.as_of >= last else None


ACTIVATION = Definition(
    code="R3",
    label=_l("14-day activation"),
    question=_l("Do people start soon?"),
    family=Family.USAGE,
    unit=Unit.SHARE,
    numerator=_l("People who first started a module at most 14 days after their first assignment"),
    denominator=_l("Everyone concerned whose 14 days are over"),
    direction=Direction.GE,
    n_min=30,
    min_teams=3,
    icc0=ICC_USE,
    method=WILSON,
    missing_rule=_l(
        "Someone who did not start in time counts as a failure; someone whose 14 days are not over is left "
        "out and counted as missing."
    ),
    pitfalls=_l("Leave and plant holidays count as days: after a holiday, read it beside the reach."),
    cases=cases,
    measuring=measure_share,
)
