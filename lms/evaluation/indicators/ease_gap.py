"""Q3: the gap in completion between shifts more and less at ease with screens."""

from collections import defaultdict
from dataclasses import replace
from statistics import fmean

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import completion
from lms.evaluation.indicators.definition import FAILURES, ICC_USE, Definition, Family, Grouping
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.gap import measure_gap
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l
from lms.surveys import scoring
from lms.surveys.rules import Band

EASE = "DIG"
LEAST = 10
"""Shifts with fewer answers are left out."""


def cases(facts: Facts) -> list[Case]:
    """Return the cases of completion, shifts below the mean of shifts against the others."""
    means = _means(facts)
    if len(means) < 2:
        return []
    middle = fmean(means.values())
    ease = {shift: "lower" if mean < middle else "higher" for shift, mean in means.items()}
    return [replace(case, group=ease.get(case.shift or "")) for case in completion.cases(facts)]


def _means(facts: Facts) -> dict[str, float]:
    """Return the mean score of each shift's operators, over all waves of the instrument."""
    contents = {wave.code: wave.instrument for wave in facts.waves if wave.instrument.code == EASE}
    scores: dict[str, list[float]] = defaultdict(list)
    for sheet in facts.sheets:
        if sheet.wave_code in contents and sheet.role is Band.OPERATOR and sheet.shift is not None:
            score = scoring.score(contents[sheet.wave_code], sheet.answers, sheet.scale_points)
            if score is not None:
                scores[sheet.shift].append(score)
    return {shift: fmean(found) for shift, found in scores.items() if len(found) >= LEAST}


EASE_GAP = Definition(
    code="Q3",
    label=_l("Digital-ease gap"),
    question=_l("Are those less at ease with screens left behind?"),
    family=Family.EQUITY,
    unit=Unit.POINTS,
    numerator=_l("Completion of the shifts more at ease with screens against that of the shifts less at ease"),
    denominator=_l("Everyone concerned on shifts of which ten answers or more are known"),
    direction=Direction.LE,
    n_min=20,
    min_teams=3,
    icc0=ICC_USE,
    method=_l(
        "Newcombe’s interval on effective numbers. Ecological: shifts are compared by their mean score of "
        "digital ease; no answer is linked to a person."
    ),
    missing_rule=FAILURES,
    pitfalls=_l("What holds for shifts need not hold for people: two or three shifts are a hint, no proof."),
    cases=cases,
    measuring=measure_gap,
    needs=frozenset({Need.WORK, Need.SURVEYS}),
    grouping=Grouping.EASE,
)
