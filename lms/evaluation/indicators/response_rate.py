"""G4: how many of those invited answered."""

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators.definition import CENSUS, Counted, Definition, Family, Grouping, Level, Scope
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.census import measure_census
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per person invited to a wave; a success answered. Nobody in particular is meant."""
    waves = [wave for wave in facts.waves if facts.day(wave.opens_at) >= facts.starts_on]
    places = [(wave, place) for wave in waves for place in range(1, wave.invited + 1)]
    return [
        Case(-number, wave.code, None, success=place <= wave.respondents, group=wave.code)
        for number, (wave, place) in enumerate(places, start=1)
    ]


RESPONSE_RATE = Definition(
    code="G4",
    label=_l("Response rate"),
    question=_l("Do enough people answer the surveys?"),
    family=Family.GOVERNANCE,
    unit=Unit.SHARE,
    numerator=_l("People who answered"),
    denominator=_l("People invited to the waves that opened since the pilot’s first day and have closed, wave by wave"),
    direction=Direction.GE,
    n_min=1,
    min_teams=1,
    icc0=0.0,
    method=CENSUS,
    missing_rule=_l("Who did not answer counts as not having answered; whether they declined is not kept."),
    pitfalls=_l("Below 60 % the verdicts of that survey stay open."),
    cases=cases,
    measuring=measure_census,
    counts_all=True,
    level=Level.GOVERNANCE,
    scope=Scope.PILOT,
    needs=frozenset({Need.SURVEYS}),
    counted=Counted.ANSWERS,
    grouping=Grouping.KIND,
    people=False,
)
