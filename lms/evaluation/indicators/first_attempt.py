"""L1: who passed the questions at the first attempt."""

from lms.evaluation.facts import Facts
from lms.evaluation.indicators.definition import ICC_QUIZ, WILSON, Definition, Family
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.share import measure_share
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per assignment; those who never ended an attempt have no outcome."""
    return [
        Case(row.person, row.team, row.shift, facts.outcome(row).first_passed, row.throughout) for row in facts.assigned
    ]


FIRST_ATTEMPT = Definition(
    code="L1",
    label=_l("First-attempt pass"),
    question=_l("Do people know it after one run through the module?"),
    family=Family.LEARNING,
    unit=Unit.SHARE,
    numerator=_l("First attempts that reached the pass mark"),
    denominator=_l("First attempts ended"),
    direction=Direction.GE,
    n_min=30,
    min_teams=3,
    icc0=ICC_QUIZ,
    method=WILSON,
    missing_rule=_l(
        "Those who never ended an attempt are left out and counted; above 20 % of them, "
        "the verdict must be the same whether they had all failed or all passed."
    ),
    pitfalls=_l("Questions that are too easy give everybody a pass; those who did not come are not in it."),
    cases=cases,
    measuring=measure_share,
    sensitive=True,
)
