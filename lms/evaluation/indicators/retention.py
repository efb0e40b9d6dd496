"""L3: what remains after a month."""

from lms.evaluation.facts import Facts
from lms.evaluation.indicators import scores
from lms.evaluation.indicators.definition import ICC_QUIZ, PAIRED, TESTS, Counted, Definition, Family, Further, Level
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.gain import measure_gain
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per person whose later test is taken or overdue, of those tested after completing."""
    return [
        Case(
            person=one.person,
            team=one.team,
            shift=one.shift,
            throughout=one.throughout,
            value=one.later.score - one.after.score if one.later else None,
            before=one.after.score,
        )
        for one in scores.learners(facts)
        if one.after and (one.later or one.later_due)
    ]


def further(facts: Facts) -> Further:
    """Return the share that passes the later test, of those who had passed and whose time it is."""
    due = [one for one in scores.learners(facts) if one.after and one.after.passed and (one.later or one.later_due)]
    kept = sum(one.later is not None and one.later.passed for one in due)
    return {"due_later": len(due), "still_passing": kept / len(due) if due else None}


RETENTION = Definition(
    code="L3",
    label=_l("30-day retention"),
    question=_l("What is left after a month?"),
    family=Family.LEARNING,
    unit=Unit.GAIN,
    numerator=_l("Mean of the score 25 to 40 days after completion less the score right after, in points out of 100"),
    denominator=_l("People with both tests, in different forms"),
    direction=Direction.GE,
    n_min=20,
    min_teams=3,
    icc0=ICC_QUIZ,
    method=PAIRED,
    missing_rule=_l(
        "People whose time for the later test is over and who took none are left out and counted; above 20 % "
        "of them, the verdict must be the same had nothing changed for them."
    ),
    pitfalls=_l("The later test must ask questions that no review asked in between."),
    cases=cases,
    measuring=measure_gain,
    level=Level.LEARNING,
    counted=Counted.PAIRS,
    options=(TESTS,),
    sensitive=True,
    further=further,
)
