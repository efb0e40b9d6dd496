"""G2: actions done by their date."""

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators.definition import CENSUS, FAILURES, Counted, Definition, Family, Grouping, Level, Scope
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.census import measure_census
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per action due; a success was done in time."""
    actions = facts.kept.actions
    return (
        [Case(-place, "", None, place <= actions.done_in_time) for place in range(1, actions.due + 1)]
        if actions
        else []
    )


ACTIONS_ON_TIME = Definition(
    code="G2",
    label=_l("Actions on time"),
    question=_l("Is what was decided done in time?"),
    family=Family.GOVERNANCE,
    unit=Unit.SHARE,
    numerator=_l("Actions of the audit done by their due date"),
    denominator=_l("Actions due by the cut-off day, those cancelled left out"),
    direction=Direction.GE,
    n_min=1,
    min_teams=1,
    icc0=0.0,
    method=CENSUS,
    missing_rule=FAILURES,
    pitfalls=_l("Everything that was due is counted; what has no date is not."),
    cases=cases,
    measuring=measure_census,
    counts_all=True,
    level=Level.GOVERNANCE,
    scope=Scope.PILOT,
    needs=frozenset({Need.AUDIT}),
    counted=Counted.ACTIONS,
    grouping=Grouping.NONE,
    people=False,
)
