"""Events over what they could happen in, from figures read outside."""

from collections.abc import Sequence
from datetime import timedelta

from lms.evaluation.facts import Facts, Figure
from lms.evaluation.indicators.definition import Further
from lms.evaluation.indicators.periods import Part, Span
from lms.evaluation.measures.case import Case

PLANT = "plant"
BEFORE = timedelta(days=365)
"""Of the time before a pilot a year is compared with it (at least six months are asked for)."""


def during(facts: Facts) -> list[Figure]:
    """Return the figures of periods that lie within the pilot."""
    return [one for one in facts.figures if one.starts_on >= facts.starts_on and one.ends_on <= facts.as_of]


def rate_cases(facts: Facts, figures: list[Figure], events: str, amount: str, per: int) -> list[Case]:
    """Return a case for each figure of the two series: teams where they are known, else the plant.

    Only periods for which both are known are counted.
    """
    told = [one for one in figures if one.series in (events, amount)]
    both = {_period(one) for one in told if one.series == events} & {
        _period(one) for one in told if one.series == amount
    }
    by_team = any(one.team is not None for one in told if _period(one) in both)
    return [
        Case(
            -place,
            one.team or PLANT,
            None,
            value=one.value if one.series == events else 0.0,
            exposure=one.value / per if one.series == amount else 0.0,
        )
        for place, one in enumerate(told, start=1)
        if _period(one) in both and (one.team is not None) is by_team
    ]


def parts(facts: Facts, spans: Sequence[Span], events: str, amount: str, per: int) -> list[Part]:
    """Return what each figure of a team adds to the rate of a period; one that reaches beyond a period is left out."""
    found = []
    for place, span in enumerate(spans):
        within = [one for one in facts.figures if one.team and one.starts_on >= span.first and one.ends_on <= span.last]
        cases = rate_cases(facts, within, events, amount, per)
        found += [Part(case.team, place, case.value or 0.0, case.exposure) for case in cases]
    return found


def baseline(facts: Facts, events: str, amount: str, per: int) -> Further:
    """Return the rate of the year before the pilot's first day, and the days that were read of it."""
    since = facts.starts_on - BEFORE
    earlier = [one for one in facts.figures if since <= one.starts_on and one.ends_on < facts.starts_on]
    cases = rate_cases(facts, earlier, events, amount, per)
    exposure = sum(case.exposure for case in cases)
    days = {(one.starts_on, one.ends_on) for one in earlier if one.series == amount}
    return {
        "rate_before": sum(case.value or 0.0 for case in cases) / exposure if exposure else None,
        "baseline_days": float(sum((last - first).days + 1 for first, last in days)) if exposure else None,
    }


def _period(one: Figure) -> tuple[object, ...]:
    return (one.starts_on, one.ends_on, one.team)
