"""F2: how many modules were reviewed within a year."""

from datetime import timedelta

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import works
from lms.evaluation.indicators.definition import (
    CENSUS,
    NOT_MISSING,
    Counted,
    Definition,
    Family,
    Grouping,
    Level,
    Scope,
)
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.census import measure_census
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l

YEAR = timedelta(days=365)


def cases(facts: Facts) -> list[Case]:
    """Return one case per published module; a success was reviewed within a year."""
    return works.module_cases(
        facts, lambda work: any(facts.day(review.at) > facts.as_of - YEAR for review in work.reviewed)
    )


FRESHNESS = Definition(
    code="F2",
    label=_l("Freshness"),
    question=_l("Are the modules still right?"),
    family=Family.CONDITIONS,
    unit=Unit.SHARE,
    numerator=_l("Published modules with a signed review of the last twelve months"),
    denominator=_l("Published modules"),
    direction=Direction.GE,
    n_min=1,
    min_teams=1,
    icc0=0.0,
    method=CENSUS,
    missing_rule=NOT_MISSING,
    pitfalls=_l("Reviewed means signed, not saved; to publish is no review."),
    cases=cases,
    measuring=measure_census,
    counts_all=True,
    level=Level.USE,
    scope=Scope.PILOT,
    needs=frozenset({Need.MODULES}),
    counted=Counted.MODULES,
    grouping=Grouping.NONE,
    people=False,
)
