"""L2: what people gained between two tests."""

from statistics import fmean

from lms.evaluation.estimators.gains import Pair, normalised_change
from lms.evaluation.facts import Facts
from lms.evaluation.indicators import scores
from lms.evaluation.indicators.definition import ICC_QUIZ, PAIRED, TESTS, Counted, Definition, Family, Further, Level
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.gain import measure_gain
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l

MOST = 1.0
"""Scores are shares of the points."""


def cases(facts: Facts) -> list[Case]:
    """Return one case per person; those without both tests have no gain."""
    return [
        Case(
            person=one.person,
            team=one.team,
            shift=one.shift,
            throughout=one.throughout,
            value=one.after.score - one.before.score if one.before and one.after else None,
            before=one.before.score if one.before else None,
        )
        for one in scores.learners(facts)
    ]


def further(facts: Facts) -> Further:
    """Return the class gain, the mean change of each, the mean scores, and how many took which tests."""
    everyone = scores.learners(facts)
    pairs = [(one.before.score, one.after.score) for one in everyone if one.before and one.after]
    found: dict[str, float | None] = {
        "pairs": len(pairs),
        "before_only": sum(one.before is not None and one.after is None for one in everyone),
        "after_only": sum(one.before is None and one.after is not None for one in everyone),
        "no_test": sum(one.before is None and one.after is None for one in everyone),
    }
    if not pairs:
        return found
    before, after = fmean(one for one, _ in pairs), fmean(other for _, other in pairs)
    changes = [change for pair in pairs if (change := normalised_change(Pair(*pair), MOST)) is not None]
    return {
        **found,
        "mean_before": before,
        "mean_after": after,
        "class_gain": (after - before) / (MOST - before) if before < MOST else None,
        "mean_change": fmean(changes) if changes else None,
    }


GAIN = Definition(
    code="L2",
    label=_l("Pre–post gain"),
    question=_l("What do people know that they did not know before?"),
    family=Family.LEARNING,
    unit=Unit.GAIN,
    numerator=_l("Mean of the score after less the score before, in points out of 100"),
    denominator=_l("People with both tests: the first before they started, another one after they completed"),
    direction=Direction.GE,
    n_min=20,
    min_teams=3,
    icc0=ICC_QUIZ,
    method=PAIRED,
    missing_rule=_l(
        "People without both tests are left out and counted; above 20 % of them, the verdict must be the same"
        " had they gained nothing."
    ),
    pitfalls=_l(
        "A test teaches: use equal forms. Without a comparison group, time and other causes are in it; those "
        "who dropped out are not."
    ),
    cases=cases,
    measuring=measure_gain,
    level=Level.LEARNING,
    counted=Counted.PAIRS,
    options=(TESTS,),
    sensitive=True,
    further=further,
    tested=True,
)
