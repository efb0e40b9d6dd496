"""A4: how many trainers publish, review or sign off."""

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators.definition import CENSUS, NOT_MISSING, Definition, Family, Grouping, Scope
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.census import measure_census
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per trainer; a success published, reviewed or signed off."""
    published = {deed.by_id for work in facts.works for deed in (*work.published, *work.reviewed)}
    active = published | {one.observer_id for one in facts.sign_offs}
    return [Case(trainer, "", None, success=trainer in active) for trainer in facts.kept.trainers]


TRAINER_ADOPTION = Definition(
    code="A4",
    label=_l("Trainer adoption"),
    question=_l("Do trainers make it their own?"),
    family=Family.USAGE,
    unit=Unit.SHARE,
    numerator=_l("Trainers who published or reviewed a module, or signed someone off, by the cut-off day"),
    denominator=_l("Trainers of the plant"),
    direction=Direction.GE,
    n_min=10,
    min_teams=1,
    icc0=0.0,
    method=CENSUS,
    missing_rule=NOT_MISSING,
    pitfalls=_l("With fewer than ten trainers it is a count and no percentage."),
    cases=cases,
    measuring=measure_census,
    counts_all=True,
    scope=Scope.PILOT,
    needs=frozenset({Need.TRAINERS, Need.MODULES, Need.SIGN_OFFS}),
    grouping=Grouping.NONE,
)
