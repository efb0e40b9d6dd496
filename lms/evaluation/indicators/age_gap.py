"""Q2: the largest gap in completion between two age bands."""

from dataclasses import replace

from lms.evaluation.facts import Facts
from lms.evaluation.indicators import completion
from lms.evaluation.indicators.definition import ICC_USE, Definition, Family, Grouping
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.gap import measure_gap
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return the cases of completion, compared by age band."""
    bands = {member.person: member.age_band for member in facts.members}
    return [replace(case, group=bands.get(case.person)) for case in completion.cases(facts)]


AGE_GAP = Definition(
    code="Q2",
    label=_l("Age-band gap"),
    question=_l("Has every age the same chance?"),
    family=Family.EQUITY,
    unit=Unit.POINTS,
    numerator=_l("Completion of the age band that completes most, minus that of the band that completes least"),
    denominator=_l("Everyone concerned whose age band is known: under 35, 35 to 49, 50 and over"),
    direction=Direction.LE,
    n_min=20,
    min_teams=3,
    icc0=ICC_USE,
    method=_l("Newcombe’s interval for each pair of age bands on effective numbers; met only if every pair is within."),
    missing_rule=_l("Someone without an outcome counts as a failure; someone whose band is not known is left out."),
    pitfalls=_l("Bands alone are kept, never an age; three bands are three comparisons."),
    cases=cases,
    measuring=measure_gap,
    grouping=Grouping.AGE_BAND,
)
