"""C5: where people stop for good."""

from collections.abc import Iterator
from datetime import date

from lms.evaluation.facts import Facts, Outcome
from lms.evaluation.indicators.definition import ICC_USE, Counted, Definition, Family, Grouping
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.worst_step import measure_worst_step
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l
from lms.progress.leaving import FOR_GOOD


def cases(facts: Facts) -> list[Case]:
    """Return one case per person, module and step reached; a success stopped there for good."""
    return [
        Case(row.person, row.team, row.shift, left, row.throughout, group=f"{row.module} {step:02}")
        for row in facts.assigned
        for step, left in _steps(facts.outcome(row), facts.as_of)
    ]


def _steps(outcome: Outcome, as_of: date) -> Iterator[tuple[int, bool]]:
    if outcome.completed_on is not None:
        yield from ((step, False) for step in range(1, outcome.steps + 1))
        return
    yield from ((step, False) for step in range(1, outcome.reached))
    if outcome.reached and outcome.last_on is not None and as_of - outcome.last_on >= FOR_GOOD:
        yield outcome.reached, True


DROP_OFF = Definition(
    code="C5",
    label=_l("Drop-off point"),
    question=_l("Where do people give up?"),
    family=Family.USAGE,
    unit=Unit.SHARE,
    numerator=_l("People who left for good after the worst step: not completed, and nothing done for seven days"),
    denominator=_l("People who reached that step"),
    direction=Direction.LE,
    n_min=20,
    min_teams=3,
    icc0=ICC_USE,
    method=_l(
        "Wilson’s score interval of each step on the effective number; met only if every step that twenty "
        "people reached is within."
    ),
    missing_rule=_l(
        "Someone who stopped less than seven days ago may come back: counted for the steps passed, not for the last."
    ),
    pitfalls=_l("The worst of many steps is partly chance; steps that fewer than twenty people reached say nothing."),
    cases=cases,
    measuring=measure_worst_step,
    counted=Counted.AT_RISK,
    grouping=Grouping.ITEM,
)
