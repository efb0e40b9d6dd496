"""F2: how many modules were reviewed within a year."""

from datetime import timedelta

from lms.authoring.queries import ModuleWork, Review
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
from lms.kernel.clock import months_after
from lms.kernel.languages import lazy_gettext as _l

YEAR, MONTHS = timedelta(days=365), 12


def cases(facts: Facts) -> list[Case]:
    """Return one case per published module; a success was reviewed within a year, or its own shorter time."""
    return works.module_cases(facts, lambda work: any(_is_fresh(facts, work, review) for review in work.reviewed))


def _is_fresh(facts: Facts, work: ModuleWork, review: Review) -> bool:
    on = facts.day(review.at)
    own = work.review_months >= MONTHS or facts.as_of < months_after(on, work.review_months)
    return own and on > facts.as_of - YEAR


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
