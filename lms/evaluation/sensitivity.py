"""Whether a verdict would hold under other defensible choices: evaluation reference, section 3.6.

Each variant is judged by its interval alone: the least number of people and of teams are
conditions of the design, and leaving a team out would trip them without saying anything
about the result.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lms.evaluation.measures import Case, Measuring
from lms.evaluation.verdict import Measure, Rule, Verdict, decide
from lms.kernel.intervals import Interval

THRESHOLD_STEP = 0.05


class Choice(StrEnum):
    """What a variant does otherwise."""

    ICC_DOUBLED = "icc_doubled"
    PER_PROTOCOL = "per_protocol"
    WITHOUT_TEAM = "without_team"
    THRESHOLD_HIGHER = "threshold_higher"
    THRESHOLD_LOWER = "threshold_lower"


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


def variants(cases: Sequence[Case], measuring: Measuring, measure: Measure, rule: Rule) -> list[Variant]:
    """Return every variant of a measure, flipped where its interval says something else."""
    held, _ = decide(measure.interval, rule.threshold, rule.direction)
    return [
        Variant(choice, detail, interval, verdict, verdict is not held)
        for choice, detail, interval, verdict in _tried(cases, measuring, measure, rule)
    ]


def is_fragile(verdict: Verdict, found: Sequence[Variant]) -> bool | None:
    """Whether a *met* or *not met* would flip; None where the word does not apply."""
    if verdict not in (Verdict.MET, Verdict.NOT_MET):
        return None
    return any(variant.flips for variant in found)


Tried = tuple[Choice, str, Interval | None, Verdict]


def _tried(cases: Sequence[Case], measuring: Measuring, measure: Measure, rule: Rule) -> Iterator[Tried]:
    def again(choice: Choice, detail: str, kept: Sequence[Case], icc0: float) -> Tried:
        found = measuring(kept, icc0, rule.level)
        if found is None:
            return choice, detail, None, Verdict.NOT_MEASURABLE
        return choice, detail, found.interval, decide(found.interval, rule.threshold, rule.direction)[0]

    yield again(Choice.ICC_DOUBLED, f"{2 * rule.icc0:g}", cases, 2 * rule.icc0)
    stayed = [case for case in cases if case.throughout]
    yield again(Choice.PER_PROTOCOL, "", stayed, rule.icc0)
    for team in sorted({case.team for case in cases}):
        yield again(Choice.WITHOUT_TEAM, team, [case for case in cases if case.team != team], rule.icc0)
    for choice, step in ((Choice.THRESHOLD_HIGHER, THRESHOLD_STEP), (Choice.THRESHOLD_LOWER, -THRESHOLD_STEP)):
        threshold = round(min(max(rule.threshold + step, 0.0), 1.0), 6)
        yield choice, f"{threshold:g}", measure.interval, decide(measure.interval, threshold, rule.direction)[0]
