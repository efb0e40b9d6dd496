"""The rule that turns a measure into a verdict (evaluation reference, section 3.8).

The rule was frozen before the data. *Inconclusive* is neither a polite no nor nearly a
yes: the interval holds the threshold, or there is too little to say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from lms.evaluation.units import Unit
from lms.kernel.intervals import Interval


class Direction(StrEnum):
    """Whether more or less is better."""

    GE = "ge"
    LE = "le"


class Verdict(StrEnum):
    """What an indicator came to."""

    MET = "met"
    NOT_MET = "not_met"
    INCONCLUSIVE = "inconclusive"
    NOT_MEASURABLE = "not_measurable"


class Reason(StrEnum):
    """Why the rule gave that verdict."""

    NO_DATA = "no_data"
    NOT_COLLECTED = "not_collected"
    NO_INTERVAL = "no_interval"
    N_TOO_SMALL = "n_too_small"
    BESIDE_ANOTHER = "beside_another"
    """Beside what another recommendation asked of nearly the same people, it would tell of the few others."""
    TOO_FEW_TEAMS = "too_few_teams"
    MISSING_DATA = "missing_data"
    LOW_RESPONSE = "low_response"
    CLEARS = "ci_clears_target"
    EXCLUDES = "ci_excludes_target"
    CONTAINS = "ci_contains_target"


MISSING_LIMIT = 0.2
"""Above this share of missing outcomes the worst and the best case must agree."""
RESPONSE_LIMIT = 0.6
"""A survey answered by fewer of those invited settles nothing."""


class Basis(StrEnum):
    """What an interval rests on."""

    SAMPLE = "sample"
    """People who stand for others like them."""
    CENSUS = "census"
    """Everything there is was counted: the value has no interval, or one of no width."""
    SCENARIO = "scenario"
    """The most and the least favourable assumptions: costs have no sampling interval."""


@dataclass(frozen=True)
class Rule:
    """What was frozen of an indicator and decides its verdict."""

    threshold: float
    direction: Direction
    n_min: int
    min_teams: int
    icc0: float
    level: float = 0.95
    people_min: int = 0
    """The least number of persons, where `n_min` counts something else."""
    response_min: float = RESPONSE_LIMIT
    unit: Unit = Unit.SHARE


@dataclass(frozen=True)
class Missing:
    """Outcomes that cannot be assumed: how many, and the intervals at either extreme."""

    count: int
    share: float
    worst: Interval
    best: Interval


@dataclass(frozen=True)
class Measure:
    """What was observed of one indicator."""

    estimate: float
    interval: Interval | None
    """None where too little was seen for one."""
    numerator: float | None
    """None where there is not one: a gap has one for each group, a median has none."""
    denominator: float | None
    n: int
    """Persons; other units where nobody is counted (readings, modules)."""
    gate_n: int
    """What must reach `n_min`: persons, pairs, sessions, or those of the smallest group compared."""
    n_eff: float
    deff: float
    teams: int
    missing: Missing | None = None
    basis: Basis = Basis.SAMPLE
    response_rate: float | None = None
    """Answers over those invited, of a survey."""
    details: Mapping[str, float | None] = field(default_factory=dict)
    """Further figures to show beside the estimate, by name (worded in `reports.labels`)."""


@dataclass(frozen=True)
class Ruling:
    """A verdict, its reason, and whether the observed figure itself reaches the threshold."""

    verdict: Verdict
    reason: Reason
    reaches: bool | None


def decide(interval: Interval, threshold: float, direction: Direction) -> tuple[Verdict, Reason]:
    """Return what the interval alone says (step 4 of the rule)."""
    if direction is Direction.GE:
        clears, excludes = interval.low >= threshold, interval.high < threshold
    else:
        clears, excludes = interval.high <= threshold, interval.low > threshold
    if clears:
        return Verdict.MET, Reason.CLEARS
    if excludes:
        return Verdict.NOT_MET, Reason.EXCLUDES
    return Verdict.INCONCLUSIVE, Reason.CONTAINS


def judge(measure: Measure | None, rule: Rule) -> Ruling:
    """Return the verdict on a measure; None means that there was nothing to measure.

    The order of the steps is part of the rule: too few people come before a fine interval.
    """
    if measure is None:
        return Ruling(Verdict.NOT_MEASURABLE, Reason.NO_DATA, None)
    reaches = _reaches(measure.estimate, rule)
    if measure.gate_n < rule.n_min or measure.n < rule.people_min:
        return Ruling(Verdict.INCONCLUSIVE, Reason.N_TOO_SMALL, reaches)
    if measure.teams < rule.min_teams:
        return Ruling(Verdict.INCONCLUSIVE, Reason.TOO_FEW_TEAMS, reaches)
    if measure.interval is None:
        return Ruling(Verdict.INCONCLUSIVE, Reason.NO_INTERVAL, reaches)
    verdict, reason = decide(measure.interval, rule.threshold, rule.direction)
    if _bounds_disagree(measure.missing, verdict, rule):
        return Ruling(Verdict.INCONCLUSIVE, Reason.MISSING_DATA, reaches)
    if measure.response_rate is not None and measure.response_rate < rule.response_min:
        return Ruling(Verdict.INCONCLUSIVE, Reason.LOW_RESPONSE, reaches)
    return Ruling(verdict, reason, reaches)


def _reaches(estimate: float, rule: Rule) -> bool:
    over = estimate - rule.threshold if rule.direction is Direction.GE else rule.threshold - estimate
    return over > -1e-9


def _bounds_disagree(missing: Missing | None, observed: Verdict, rule: Rule) -> bool:
    if missing is None or missing.share <= MISSING_LIMIT:
        return False
    extremes = (missing.worst, missing.best)
    return any(decide(extreme, rule.threshold, rule.direction)[0] is not observed for extreme in extremes)


class RecommendationVerdict(StrEnum):
    """What a recommendation came to; never typed, only derived."""

    MET = "met"
    NOT_MET = "not_met"
    INCONCLUSIVE = "inconclusive"
    OUTSIDE_PILOT = "outside_pilot"


class RecommendationReason(StrEnum):
    """Why a recommendation came to that."""

    ALL_CRITICAL_MET = "all_critical_met"
    CRITICAL_NOT_MET = "critical_not_met"
    CRITICAL_OPEN = "critical_open"
    NO_CRITICAL_INDICATOR = "no_critical_indicator"
    UNTESTABLE = "untestable"
    NO_INDICATOR = "no_indicator"


@dataclass(frozen=True)
class Evidence:
    """An indicator's verdict as a recommendation sees it."""

    verdict: Verdict | None
    """None for a secondary indicator, which gets no verdict."""
    critical: bool


def weigh(testable: bool, evidence: Sequence[Evidence]) -> tuple[RecommendationVerdict, RecommendationReason]:
    """Return a recommendation's verdict from its indicators (evaluation reference, section 8).

    Met only if all critical indicators are: that rule needs no correction for their number.
    """
    critical = [found.verdict for found in evidence if found.critical]
    if not testable:
        return RecommendationVerdict.OUTSIDE_PILOT, RecommendationReason.UNTESTABLE
    if not evidence:
        return RecommendationVerdict.OUTSIDE_PILOT, RecommendationReason.NO_INDICATOR
    if not critical:
        return RecommendationVerdict.INCONCLUSIVE, RecommendationReason.NO_CRITICAL_INDICATOR
    if Verdict.NOT_MET in critical:
        return RecommendationVerdict.NOT_MET, RecommendationReason.CRITICAL_NOT_MET
    if all(verdict is Verdict.MET for verdict in critical):
        return RecommendationVerdict.MET, RecommendationReason.ALL_CRITICAL_MET
    return RecommendationVerdict.INCONCLUSIVE, RecommendationReason.CRITICAL_OPEN
