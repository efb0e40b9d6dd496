"""F4: how many modules were made in the plant."""

from lms.authoring.models import Origin
from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import works
from lms.evaluation.indicators.definition import CENSUS, Counted, Definition, Family, Grouping, Level, Scope
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.census import measure_census
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per published module; a success was made internally."""
    return works.module_cases(facts, lambda work: None if work.origin is None else work.origin is Origin.INTERNAL)


OWN_PRODUCTION = Definition(
    code="F4",
    label=_l("Internal production"),
    question=_l("Who makes the modules?"),
    family=Family.CONDITIONS,
    unit=Unit.SHARE,
    numerator=_l("Published modules made internally, as declared"),
    denominator=_l("Published modules of which it is known"),
    direction=Direction.GE,
    n_min=1,
    min_teams=1,
    icc0=0.0,
    method=CENSUS,
    missing_rule=_l("Modules of which nobody said where they were made are left out."),
    pitfalls=_l("Not a goal in itself."),
    cases=cases,
    measuring=measure_census,
    counts_all=True,
    level=Level.USE,
    scope=Scope.PILOT,
    needs=frozenset({Need.MODULES}),
    counted=Counted.MODULES,
    grouping=Grouping.NONE,
    people=False,
    ruled=False,
)
