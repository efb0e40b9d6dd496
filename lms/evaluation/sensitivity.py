"""Whether a verdict would hold under other defensible choices: evaluation reference, section 3.6.

Each variant is judged by its interval alone: the least number of people and of teams are
conditions of the design, and leaving a team out would trip them without saying anything
about the result.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lms.evaluation.measures.case import Case, Measuring
from lms.evaluation.units import moved
from lms.evaluation.verdict import Basis, Measure, Rule, Verdict, decide
from lms.kernel.intervals import Interval


class Choice(StrEnum):
    """What a variant does otherwise."""

    ICC_DOUBLED = "icc_doubled"
    PER_PROTOCOL = "per_protocol"
    WITHOUT_TEAM = "without_team"
    THRESHOLD_HIGHER = "threshold_higher"
    THRESHOLD_LOWER = "threshold_lower"
    COLLAPSED = "collapsed"
    """Opinions of five points taken as three."""


@dataclass(frozen=True)
class Variant:
    """One other choice, and what the interval would then say."""

    choice: Choice
    detail: str
    """The ICC, the threshold or the team; empty when there is nothing to add."""
    interval: Interval | None
    """None when nothing is left to measure."""
    verdict: Verdict
    flips: bool


@dataclass(frozen=True)
class Judged:
    """What is tried otherwise: the cases, how they are measured, what was measured, the rule."""

    cases: Sequence[Case]
    measuring: Measuring
    measure: Measure
    rule: Rule
    collapsed: Sequence[Case] | None = None
    """The cases with opinions of five points taken as three, where there are opinions."""


def variants(judged: Judged) -> list[Variant]:
    """Return every variant of a measure, flipped where its interval says something else.

    Nothing where there is no interval; of a census or a scenario only the thresholds vary.
    """
    if judged.measure.interval is None:
        return []
    held, _ = decide(judged.measure.interval, judged.rule.threshold, judged.rule.direction)
    return [
        Variant(choice, detail, interval, verdict, verdict is not held)
        for choice, detail, interval, verdict in _tried(judged, judged.measure.interval)
    ]


def is_fragile(verdict: Verdict, found: Sequence[Variant]) -> bool | None:
    """Whether a *met* or *not met* would flip; None where the word does not apply."""
    if verdict not in (Verdict.MET, Verdict.NOT_MET):
        return None
    return any(variant.flips for variant in found)


Tried = tuple[Choice, str, Interval | None, Verdict]


def _tried(judged: Judged, interval: Interval) -> Iterator[Tried]:
    if judged.measure.basis is Basis.SAMPLE:
        yield from _remeasured(judged)
    rule = judged.rule
    for choice, way in ((Choice.THRESHOLD_HIGHER, 1), (Choice.THRESHOLD_LOWER, -1)):
        threshold = moved(rule.unit, rule.threshold, way)
        yield choice, f"{threshold:g}", interval, decide(interval, threshold, rule.direction)[0]


def _remeasured(judged: Judged) -> Iterator[Tried]:
    cases, rule = judged.cases, judged.rule

    def again(choice: Choice, detail: str, kept: Sequence[Case], icc0: float) -> Tried:
        found = judged.measuring(kept, icc0, rule.level)
        if found is None or found.interval is None:
            return choice, detail, None, Verdict.NOT_MEASURABLE
        return choice, detail, found.interval, decide(found.interval, rule.threshold, rule.direction)[0]

    yield again(Choice.ICC_DOUBLED, f"{2 * rule.icc0:g}", cases, 2 * rule.icc0)
    yield again(Choice.PER_PROTOCOL, "", [case for case in cases if case.throughout], rule.icc0)
    for team in sorted({case.team for case in cases}):
        yield again(Choice.WITHOUT_TEAM, team, [case for case in cases if case.team != team], rule.icc0)
    if judged.collapsed is not None:
        yield again(Choice.COLLAPSED, "", judged.collapsed, rule.icc0)
