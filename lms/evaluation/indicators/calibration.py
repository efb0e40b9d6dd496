"""L5: whether people are as sure as they are right."""

from collections import defaultdict
from dataclasses import replace
from statistics import fmean

from lms.evaluation.facts import Facts, Need, Sure
from lms.evaluation.indicators.definition import ICC_QUIZ, PAIRED, Definition, Family, Further, Level
from lms.evaluation.indicators.persons import person_cases
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.gain import measure_gain
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per person who said how sure they were: mean confidence less the share of right answers."""
    own = _by_person(facts)
    found = [case for case in person_cases(facts, lambda rows: None) if case.person in own]
    return [
        replace(case, value=_sure(own[case.person]) - _right(own[case.person]), before=_right(own[case.person]))
        for case in found
    ]


def further(facts: Facts) -> Further:
    """Return the two means whose difference it is, over people."""
    own = _by_person(facts)
    counted = [own[case.person] for case in cases(facts)]
    if not counted:
        return {}
    return {"confidence": fmean(map(_sure, counted)), "right_answers": fmean(map(_right, counted))}


def _by_person(facts: Facts) -> dict[int, list[Sure]]:
    modules = {(row.person, row.module) for row in facts.assigned}
    found: dict[int, list[Sure]] = defaultdict(list)
    for one in facts.sureness:
        if (one.person, one.module) in modules:
            found[one.person].append(one)
    return found


def _sure(answers: list[Sure]) -> float:
    return fmean(one.confidence for one in answers)


def _right(answers: list[Sure]) -> float:
    return fmean(one.right for one in answers)


CALIBRATION = Definition(
    code="L5",
    label=_l("Calibration"),
    question=_l("Are people as sure as they are right?"),
    family=Family.LEARNING,
    unit=Unit.BALANCE,
    numerator=_l("Mean confidence"),
    denominator=_l("Share of right answers"),
    direction=Direction.LE,
    n_min=30,
    min_teams=3,
    icc0=ICC_QUIZ,
    method=PAIRED,
    missing_rule=_l(
        "Who was not asked, did not say how sure they were, or began the module before the pilot is left out."
    ),
    pitfalls=_l("It can be measured only where the questions ask for it."),
    cases=cases,
    measuring=measure_gain,
    level=Level.LEARNING,
    ruled=False,
    needs=frozenset({Need.WORK, Need.SURENESS}),
    further=further,
)
