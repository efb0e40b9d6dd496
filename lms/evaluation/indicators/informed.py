"""G1: who had read the notice before anything was recorded."""

from datetime import datetime

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators.definition import CENSUS, Definition, Family, Level, Scope
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.census import measure_census
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per person; a success had read the notice before the first session."""
    first: dict[int, datetime] = {}
    for (person, _edition), began_at in facts.begun.items():
        first[person] = min(began_at, first.get(person, began_at))
    return [
        Case(one.person, one.team, one.shift, _informed(facts.notices.get(one.person), first.get(one.person)))
        for one in facts.members
    ]


def _informed(read_at: datetime | None, begun_at: datetime | None) -> bool:
    return read_at is not None and (begun_at is None or read_at <= begun_at)


INFORMED = Definition(
    code="G1",
    label=_l("Informed beforehand"),
    question=_l("Was everyone informed before anything was recorded?"),
    family=Family.GOVERNANCE,
    unit=Unit.SHARE,
    numerator=_l("People who had read the notice before their first session"),
    denominator=_l("Everyone of the pilot teams"),
    direction=Direction.GE,
    n_min=1,
    min_teams=1,
    icc0=0.0,
    method=CENSUS,
    missing_rule=_l("Who has not read the notice counts as not informed, whether or not anything was recorded."),
    pitfalls=_l("A gate and no statistic: every person counts. Notices on paper are not in it."),
    cases=cases,
    measuring=measure_census,
    counts_all=True,
    level=Level.GOVERNANCE,
    scope=Scope.PILOT,
    needs=frozenset({Need.WORK, Need.NOTICES}),
)
